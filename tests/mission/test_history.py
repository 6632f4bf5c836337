"""History: what sessions told of somebody stands once, is theirs, and is told to hosts of the next one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mission.scene import Scene, scene
from webinar_server.mission.history import TOLD_MAX, History, week_of
from webinar_server.mission.programme import HOUR_MS, SLOTS_MAX
from webinar_server.session import people

BY_HAL = {"by": "hal", "name": "Hal", "at": 50, "aloud": True}


def week(**organisations: str) -> Scene:
    """Ada, and others with these organisations, in a week with two sessions."""
    story = scene("ada")
    for day, session in enumerate(("mon", "tue")):
        times = {"starts_at": day * 24 * HOUR_MS, "ends_at": day * 24 * HOUR_MS + HOUR_MS}
        story.given("ori", "plan_slot", session=session, title=session.capitalize(), **times)
    for name, organisation in organisations.items():
        story.given("ori", "invite", id=name, name=name.capitalize(), organisation=organisation)
    return story


def told(story: Scene, who: str, session: str, came: int, **more: Any) -> Scene:
    return story.given("server", "note_part", session=session, participant=who, came=came, **more)


def test_who_was_nowhere_yet_has_a_week_that_says_so() -> None:
    assert week_of(week().state, "ada") == {"sessions": 0}
    assert week_of(week().state, "nobody") == {"sessions": 0}


def test_a_week_says_where_somebody_was_asked_spoke_and_was_greeted() -> None:
    story = told(week(), "ada", "mon", 10, asked=20, spoke=30, greeted=BY_HAL)
    told(story, "ada", "tue", 100, asked=120)
    monday = {"session": "mon", "title": "Mon"}
    assert week_of(story.state, "ada") == {
        "sessions": 2,
        "last": {"session": "tue", "title": "Tue", "at": 100},
        "asked": [monday | {"at": 20}, {"session": "tue", "title": "Tue", "at": 120}],
        "spoke": [monday | {"at": 30}],
        "greeted": monday | {"at": 50, "by": "hal", "name": "Hal"},
    }


def test_the_session_that_is_under_way_is_not_of_the_week_so_far() -> None:
    story = told(week(), "ada", "mon", 10, greeted=BY_HAL)
    assert week_of(story.state, "ada", besides="mon") == {"sessions": 0}


def test_what_is_told_takes_the_place_of_what_was_and_told_again_changes_nothing() -> None:
    story = told(week(), "ada", "mon", 10, greeted=BY_HAL)
    before = story.the(History, "ada")
    assert told(story, "ada", "mon", 10, greeted=BY_HAL).the(History, "ada") is before
    told(story, "ada", "mon", 10)
    assert "greeted" not in week_of(story.state, "ada")
    assert len(story.the(History, "ada").parts) == 1


def test_a_session_that_was_dropped_is_still_called_by_its_title() -> None:
    story = told(told(week(), "ada", "mon", 10), "ada", "gone", 5)
    story.given("ori", "drop_slot", slot="mon")
    assert week_of(story.state, "ada")["last"]["title"] == "Mon"


def test_only_the_newest_of_many_are_told() -> None:
    story = scene("ada")
    for number in range(TOLD_MAX + 2):
        told(story, "ada", f"s{number}", number + 1, asked=number + 1)
    found = week_of(story.state, "ada")
    assert [moment["session"] for moment in found["asked"]] == ["s2", "s3", "s4"] and found["sessions"] == 5


def test_a_history_ends_somewhere() -> None:
    story = scene("ada")
    for number in range(SLOTS_MAX + 3):
        told(story, "ada", f"s{number}", number)
    parts = story.the(History, "ada").parts
    assert len(parts) == SLOTS_MAX and parts[-1].session == f"s{SLOTS_MAX + 2}"


def test_of_whom_nobody_greeted_a_colleague_is_named_whom_somebody_did() -> None:
    story = week(bob="Voltline B.V.", cem="VOLTLINE B.V. ", dee="Other", eva="Voltline B.V.", fay="")
    for who, at in (("cem", 40), ("eva", 60), ("dee", 90), ("fay", 95)):
        told(story, who, "mon", 10, greeted=BY_HAL | {"at": at})
    assert week_of(story.state, "bob")["colleague"] == {
        "id": "eva",
        "name": "Eva",
        "organisation": "Voltline B.V.",
        "by": "hal",
        "by_name": "Hal",
        "at": 60,
    }
    assert "colleague" not in week_of(story.state, "eva"), "who was greeted needs none"
    assert "colleague" not in week_of(story.state, "ada"), "no organisation is nobody's colleague"


def test_a_colleague_who_is_not_listed_or_is_out_is_not_named() -> None:
    story = week(bob="Voltline", cem="Voltline")
    told(story, "cem", "mon", 10, greeted=BY_HAL)
    story.given("cem", "turn", switch="listed", on=False)
    assert "colleague" not in week_of(story.state, "bob")
    story.given("cem", "turn", switch="listed", on=True)
    assert week_of(story.state, "bob")["colleague"]["id"] == "cem"
    story.given("cem", "leave_mission")
    assert "colleague" not in week_of(story.state, "bob")


def test_a_history_is_told_to_whose_it_is_alone() -> None:
    story = told(week(bob=""), "ada", "mon", 10, asked=20)
    assert story.sees("bob", History, "ada") is None and story.sees("organiser", History, "ada") is None
    mine = story.sees("ada", History, "ada")
    assert mine is not None and [part["session"] for part in mine["parts"]] == ["mon"]


@pytest.mark.parametrize("command", ["note_part", "note_feedback", "note_doors"])
def test_nobody_but_the_server_tells(command: str) -> None:
    assert scene().about.commands[command].INTERNAL


def test_what_a_week_says_is_what_a_session_says_that_it_holds() -> None:
    story = told(week(bob="Voltline", cem="Voltline"), "cem", "mon", 10, greeted=BY_HAL)
    told(story, "cem", "tue", 100, asked=110, spoke=120)
    held: dict[str, Any] = next(filter(None, (one.week for one in reversed(people.EXAMPLES))))
    for who in ("bob", "cem"):
        for name, value in week_of(story.state, who).items():
            one, other = (each[0] if isinstance(each, list) else each for each in (value, held[name]))
            assert type(one) is type(other) and (not isinstance(one, dict) or one.keys() == other.keys()), (
                name
            )


def test_of_who_is_no_participant_nothing_is_kept() -> None:
    story = week().when("server", "note_part", session="mon", participant="guest", came=1)
    story.then_refused("participant.unknown").then_gone(History, "guest")
