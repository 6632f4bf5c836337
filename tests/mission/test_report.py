"""The report of the week: numbers that name nobody, of people who are counted once."""

from __future__ import annotations

import pytest

from tests.mission.scene import Scene
from tests.mission.test_history import BY_HAL, told, week
from webinar_server.mission.report import Feedback, report_of

ANSWERS = {"worth": {"yes": 4, "no": 1}}


def test_a_week_in_which_nothing_happened() -> None:
    report = report_of(week().state)
    assert (report["participants"], report["came"], report["greeted"]) == (1, 0, 0)
    assert [hour["session"] for hour in report["sessions"]] == ["mon", "tue"]


def test_everybody_is_counted_once_and_once_in_each_session() -> None:
    story = week(bob="Voltline", cem="")
    story.given("ori", "change_card", participant="bob", kind="sme")
    told(story, "ada", "mon", 10, greeted=BY_HAL, asked=12, spoke=13)
    told(story, "ada", "tue", 100, greeted=BY_HAL)
    told(story, "bob", "tue", 100)
    report = report_of(story.state)
    week_long = {"came": 2, "greeted": 1, "asked": 1, "spoke": 1}
    assert {"participants": 3, **week_long}.items() <= report.items()
    monday, tuesday = report["sessions"]
    assert (monday["came"], monday["greeted"], monday["spoke"]) == (1, 1, 1)
    assert (tuesday["came"], tuesday["greeted"], tuesday["asked"]) == (2, 1, 0)
    assert monday["title"] == "Mon" and monday["feedback"] is None


def test_who_came_and_left_the_mission_still_came() -> None:
    story = told(week(), "ada", "mon", 10)
    story.given("ada", "leave_mission")
    report = report_of(story.state)
    assert (report["participants"], report["came"]) == (0, 1)


def test_an_hours_feedback_is_the_totals_it_told_last() -> None:
    story = week()
    for people in (5, 10, 10):
        story.given("server", "note_feedback", session="mon", people=people, answers=ANSWERS)
    assert report_of(story.state)["sessions"][0]["feedback"] == {"people": 10, "answers": ANSWERS}
    assert story.sees("organiser", Feedback, "mon") is None


def test_a_report_names_nobody() -> None:
    story = told(week(bob="Voltline"), "bob", "mon", 10, greeted=BY_HAL)
    assert not {"Bob", "bob", "Voltline", "Hal", "hal"} & set(repr(report_of(story.state)).split("'"))


def came(**kinds: int) -> Scene:
    """So many of each kind of organisation came on Monday."""
    who = {f"{kind}{number}": kind for kind, many in kinds.items() for number in range(many)}
    story = week(**dict.fromkeys(who, ""))
    for one, kind in who.items():
        story.given("ori", "change_card", participant=one, kind=kind)
        told(story, one, "mon", 10)
    return story


@pytest.mark.parametrize(
    ("kinds", "shown", "others"),
    [
        ({"sme": 5, "local": 6}, {"sme": 5, "local": 6}, None),
        ({"sme": 5, "local": 3, "federal": 2}, {"sme": 5}, 5),
        ({"sme": 7, "local": 9, "federal": 1}, {"local": 9}, 8),
        ({"sme": 7, "federal": 4}, {}, 11),
        ({"sme": 2, "federal": 2}, {}, None),
    ],
)
def test_no_kind_is_told_of_which_fewer_than_five_came_nor_what_the_others_leave_of_the_whole(
    kinds: dict[str, int], shown: dict[str, int], others: int | None
) -> None:
    report = report_of(came(**kinds).state)
    assert {kind: did["came"] for kind, did in report["kinds"].items()} == shown
    assert (report["others"] and report["others"]["came"]) == others


def test_who_is_erased_stays_counted_with_the_others() -> None:
    story = came(sme=6, federal=5)
    before = report_of(story.state)
    story.given("ori", "erase", participant="federal0")
    assert report_of(story.state) == before
