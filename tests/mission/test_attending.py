"""Sessions that are somebody's: those they lead or speak in, and those they marked."""

from __future__ import annotations

import pytest

from tests.mission.scene import Scene, scene
from webinar_server.mission import programme
from webinar_server.mission.attending import Attending, cancelled_of, next_of, people_of, sessions_of
from webinar_server.mission.programme import HOUR_MS, Cancelled, Slot


def planned() -> Scene:
    story = scene("ada", "bob")
    for hour, id in enumerate(["one", "two", "three"]):
        at = {"starts_at": hour * HOUR_MS, "ends_at": (hour + 1) * HOUR_MS}
        story.given("ori", "plan_slot", session=id, title=id, hosts=["bob"] if id == "two" else [], **at)
    return story


def ids(slots: list[Slot]) -> list[str]:
    return [slot.id for slot in slots]


def test_what_is_marked_is_told_to_oneself_alone() -> None:
    story = planned().given("ada", "attend", slot="three").given("ada", "attend", slot="one")
    story.given("ada", "attend", slot="one")
    assert story.sees("ada", Attending, "ada") == {"slots": ["three", "one"]}
    assert story.sees("bob", Attending, "ada") is None and story.sees("ori", Attending, "ada") is None
    assert ids(sessions_of(story.state, "ada")) == ["one", "three"]
    story.given("ada", "skip", slot="one").then(Attending, "ada", slots=("three",))
    story.when("ada", "attend", slot="none").then_refused("slot.unknown")


def test_a_next_session_is_the_first_that_is_not_over() -> None:
    story = planned().given("bob", "attend", slot="one")
    assert [slot and slot.id for slot in (next_of(story.state, "bob", at * HOUR_MS) for at in (0, 1, 2))] == [
        "one",
        "two",
        None,
    ]


def test_who_means_to_be_there_is_told_to_others_where_they_agreed_to_be_seen() -> None:
    story = planned().given("ada", "attend", slot="two")
    assert people_of(story.state, story.the(Slot, "two")) == {"ada", "bob"}
    story.given("ada", "turn", switch="present", on=False)
    assert people_of(story.state, story.the(Slot, "two")) == {"bob"}


def test_a_session_that_is_off_leaves_its_trace_to_all(monkeypatch: pytest.MonkeyPatch) -> None:
    story = planned().given("ada", "attend", slot="two").given("ori", "drop_slot", slot="two")
    seen = story.sees("bob", Cancelled, "two")
    assert seen is not None and seen["title"] == "two" and sessions_of(story.state, "ada") == []
    assert ids(cancelled_of(story.state, "ada")) == ids(cancelled_of(story.state, "bob")) == ["two"]
    monkeypatch.setattr(programme, "SLOTS_MAX", 1)
    story.given("ori", "drop_slot", slot="three").then_gone(Cancelled, "two")


def test_what_is_forgotten_is_forgotten_by_those_who_marked_it(monkeypatch: pytest.MonkeyPatch) -> None:
    story = planned().given("ada", "attend", slot="two")
    monkeypatch.setattr(programme, "SLOTS_MAX", 1)
    story.given("ori", "drop_slot", slot="two").given("ori", "drop_slot", slot="three")
    story.given("ada", "attend", slot="one").then(Attending, "ada", slots=("one",))
