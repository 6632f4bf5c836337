"""The report of the week: numbers that name nobody, in fives, of people who are counted once; and nothing by
which to tell of one to four, from whatever was seen at whatever moments."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.mission.scene import Scene
from tests.mission.test_history import BY_HAL, told, week
from webinar_server.mission.heads import DID, Heads
from webinar_server.mission.report import Feedback, report_of

ANSWERS = {"worth": {"yes": 4, "no": 1}}
FEWEST = 5
PEOPLE = [f"p{number}" for number in range(24)]
KINDS = ("sme", "local", "federal", "")


def test_a_week_in_which_nothing_happened() -> None:
    report = report_of(week().state)
    assert (report["participants"], report["came"], report["greeted"]) == (1, 0, 0)
    assert [hour["session"] for hour in report["sessions"]] == ["mon", "tue"]


def test_everybody_is_counted_once_and_once_in_each_session() -> None:
    story = week(**dict.fromkeys(PEOPLE[:5], ""))
    for who in PEOPLE[:5]:
        for _ in range(2):
            told(story, who, "mon", 10, greeted=BY_HAL, asked=12, spoke=13)
        told(story, who, "tue", 100, greeted=BY_HAL)
    report = report_of(story.state)
    week_long = {"came": 5, "greeted": 5, "asked": 5, "spoke": 5}
    assert {"participants": 6, **week_long}.items() <= report.items()
    monday, tuesday = report["sessions"]
    assert (monday["came"], monday["greeted"], monday["spoke"]) == (5, 5, 5)
    assert (tuesday["came"], tuesday["greeted"], tuesday["asked"]) == (5, 5, 0)
    assert monday["title"] == "Mon" and monday["feedback"] is None


def test_who_came_and_left_the_mission_still_came() -> None:
    story = came(sme=5)
    for who in ("sme0", "sme1"):
        story.given(who, "leave_mission")
    report = report_of(story.state)
    assert (report["participants"], report["came"]) == (4, 5)


def test_an_hours_feedback_is_the_totals_it_told_last() -> None:
    story = week()
    for people in (5, 10, 10):
        story.given("server", "note_feedback", session="mon", people=people, answers=ANSWERS)
    assert report_of(story.state)["sessions"][0]["feedback"] == {"people": 10, "answers": ANSWERS}
    assert story.sees("organiser", Feedback, "mon") is None


def test_a_report_names_nobody() -> None:
    story = told(week(bob="Voltline"), "bob", "mon", 10, greeted=BY_HAL)
    assert not {"Bob", "bob", "Voltline", "Hal", "hal"} & set(repr(report_of(story.state)).split("'"))
    assert not any("bob" in repr(heads) for heads in story.state.all(Heads))


def came(**kinds: int) -> Scene:
    """So many of each kind of organisation came on Monday, one after the other."""
    who = {f"{kind}{number}": kind for kind, many in kinds.items() for number in range(many)}
    story = week(**dict.fromkeys(who, ""))
    for one, kind in who.items():
        story.given("ori", "change_card", participant=one, kind=kind)
        told(story, one, "mon", 10)
    return story


@pytest.mark.parametrize(
    ("kinds", "shown", "others"),
    [
        ({"sme": 5, "local": 6}, {"sme": 5, "local": 5}, None),
        ({"sme": 9, "local": 4, "federal": 2}, {"sme": 5}, 10),
        ({"sme": 7, "local": 9, "federal": 1}, {"sme": 5, "local": 5}, None),
        ({"sme": 4, "federal": 4}, {}, None),
        ({"sme": 4, "federal": 4, "local": 2}, {}, 10),
    ],
)
def test_no_kind_is_told_of_which_fewer_than_five_came_nor_what_the_others_leave_of_the_whole(
    kinds: dict[str, int], shown: dict[str, int], others: int | None
) -> None:
    report = report_of(came(**kinds).state)
    assert {kind: did["came"] for kind, did in report["kinds"].items()} == shown
    assert (report["others"] and report["others"]["came"]) == others
    assert report["came"] == sum(shown.values()) + (others or 0)


def test_who_is_erased_stays_counted_with_the_others() -> None:
    story = came(sme=6, federal=5)
    before = report_of(story.state)
    story.given("ori", "erase", participant="federal0")
    assert report_of(story.state) == before


def test_an_organiser_who_changes_somebodys_kind_to_see_what_moves_sees_nothing_move() -> None:
    story = came(sme=5, local=10)
    before = report_of(story.state)
    for kind in ("local", "federal", "sme"):
        story.given("ori", "change_card", participant="sme0", kind=kind)
        assert report_of(story.state) == before
    told(story, "sme0", "mon", 10, asked=11)
    assert report_of(story.state) == before


ACTS: Any = some.lists(
    some.tuples(
        some.sampled_from(PEOPLE),
        some.sampled_from(["mon", "tue", "kind", "untold", "erase", "leave"]),
        some.sampled_from(KINDS),
        some.integers(0, 7),
    ),
    max_size=150,
)
Oracle = dict[tuple[str, str], set[str]]
"""Who is in each group that is counted, kept by the test alone: by deed and session, or by deed and kind."""


def act(story: Scene, oracle: Oracle, who: str, what: str, kind: str, deeds: int) -> None:
    if what == "kind":
        story.when("ori", "change_card", participant=who, kind=kind)
    elif what == "erase":
        story.when("ori", "erase", participant=who)
    elif what == "leave":
        story.when(who, "leave_mission")
    else:
        session = "mon" if what == "untold" else what
        ways = {"greeted": BY_HAL, "asked": 11, "spoke": 12}
        said = {name: way for bit, (name, way) in enumerate(ways.items()) if deeds >> bit & 1}
        story.when("server", "note_part", session=session, participant=who, came=10, **said)
        if story.refusal is None:
            for did in ("came", *said):
                oracle[did, session].add(who)
                oracle[did, "week"].add(who)


def numbers(report: dict[str, Any]) -> dict[tuple[str, str], int]:
    """All that is shown, flat, by deed and cell."""
    cells: dict[str, dict[str, int]] = {"week": report} | {f"kind {k}": v for k, v in report["kinds"].items()}
    cells |= {"others": report["others"]} if report["others"] else {}
    cells |= {hour["session"]: hour for hour in report["sessions"]}
    return {(did, cell): shown[did] for cell, shown in cells.items() for did in DID}


@given(ACTS)
def test_of_no_two_numbers_at_any_two_moments_is_the_difference_one_to_four_people(
    acts: list[tuple[str, str, str, int]],
) -> None:
    """Whoever notes every number after everything that happens has numbers whose differences, between cells,
    between parts and their whole, and between moments, are none or five and more; each is of as many who
    truly did so, and none is of more than did."""
    story = week(**dict.fromkeys(PEOPLE, ""))
    oracle: Oracle = defaultdict(set)
    seen: list[dict[tuple[str, str], int]] = [numbers(report_of(story.state))]
    for who, what, kind, deeds in acts:
        act(story, oracle, who, what, kind, deeds)
        seen.append(report := numbers(report_of(story.state)))
        for did in DID:
            for cell in ("week", "mon", "tue"):
                assert report[did, cell] <= len(oracle[did, cell])
                assert report[did, cell] >= seen[-2][did, cell]
                assert report[did, cell] <= report["came", cell]
            parts = [n for (d, cell), n in report.items() if d == did and cell not in ("week", "mon", "tue")]
            assert sum(parts) == report[did, "week"]
    every = {number for report in seen for number in report.values()}
    assert not {abs(one - other) for one in every for other in every} & set(range(1, FEWEST))


@given(ACTS, some.sampled_from(PEOPLE))
def test_what_is_shown_is_the_same_whatever_those_who_wait_did(
    acts: list[tuple[str, str, str, int]], one: str
) -> None:
    """Somebody by whom no number moved might as well not have done it: so nothing says whether they did."""
    story, without = (week(**dict.fromkeys(PEOPLE, "")) for _ in range(2))
    moved = False
    for who, what, kind, deeds in acts:
        before = numbers(report_of(story.state))
        act(story, defaultdict(set), who, what, kind, deeds)
        after = numbers(report_of(story.state))
        moved = moved or after != before
        if who != one or what in ("kind", "erase", "leave"):
            act(without, defaultdict(set), who, what, kind, deeds)
        if moved:
            break
        assert numbers(report_of(without.state)) == after
