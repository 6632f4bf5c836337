"""The programme: what is on when, who leads and who speaks; and what organisers announce."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mission.scene import Scene, scene
from webinar_server.mission import announcements, programme
from webinar_server.mission.announcements import Announcement
from webinar_server.mission.programme import ABSTRACT_MAX, HOUR_MS, Slot, role_in

SLOT: dict[str, Any] = {"session": "depots", "title": "Depots", "starts_at": HOUR_MS, "ends_at": 2 * HOUR_MS}


def planned(**more: Any) -> Scene:
    return scene("ada", "bob").given("ori", "plan_slot", **SLOT | more)


def test_a_slot_names_who_leads_and_who_speaks() -> None:
    story = planned(hosts=["ada", "ada"], speakers=["bob"], abstract="One.\n\nTwo.", language="en")
    story.then(Slot, "depots", hosts=("ada",), speakers=("bob",), abstract="One.\n\nTwo.", language="en")
    roles = [role_in(story.state, "depots", who) for who in ("ada", "bob", "ori")]
    assert roles == ["host", "speaker", "attendee"] and role_in(story.state, "none", "ada") == "attendee"
    seen = story.sees("participant", Slot, "depots")
    assert seen is not None and seen["hosts"] == ["ada"] and seen["starts_at"] == HOUR_MS


def test_a_slot_is_changed_in_what_is_given() -> None:
    story = planned(hosts=["ada"], abstract="All of it.").given(
        "ori", "change_slot", slot="depots", speakers=["bob"]
    )
    story.then(Slot, "depots", title="Depots", hosts=("ada",), speakers=("bob",), abstract="All of it.")
    story.given("ori", "change_slot", slot="depots", abstract="").then(Slot, "depots", abstract="")
    story.when("ori", "change_slot", slot="depots", ends_at=HOUR_MS).then_refused("slot.times")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"session": "../depots"}, "session.id"),
        ({"session": "x" * 61}, "session.id"),
        ({"ends_at": HOUR_MS}, "slot.times"),
        ({"ends_at": 14 * HOUR_MS}, "slot.times"),
        ({"language": "English"}, "slot.language"),
        ({"hosts": ["mallory"]}, "slot.stranger"),
        ({"speakers": ["ada"] * 11}, "slot.named"),
        ({"title": " "}, "slot.empty"),
        ({"abstract": "x" * (ABSTRACT_MAX + 1)}, "slot.too_long"),
    ],
)
def test_what_cannot_be_a_slot_is_refused(wrong: dict[str, Any], code: str) -> None:
    scene("ada").when("ori", "plan_slot", **SLOT | wrong).then_refused(code)


def test_a_session_stands_in_the_programme_once_and_there_are_so_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story = planned().when("ori", "plan_slot", **SLOT).then_refused("slot.exists")
    monkeypatch.setattr(programme, "SLOTS_MAX", 1)
    story.when("ori", "plan_slot", **SLOT | {"session": "grids"}).then_refused("slot.full")
    story.when("ori", "drop_slot", slot="depots").then_gone(Slot, "depots")
    story.when("ori", "plan_slot", **SLOT | {"session": "grids"}).then_done()


def test_a_slot_says_what_its_session_told_of_its_doors_and_calendars_are_not_troubled() -> None:
    story = planned().given("server", "note_doors", session="depots", doors="open")
    seen = story.sees("participant", Slot, "depots")
    assert seen is not None and seen["doors"] == "open" and story.the(Slot, "depots").sequence == 0
    story.given("ori", "change_slot", slot="depots", title="Grids").then(Slot, "depots", doors="open")


def test_what_becomes_of_a_session_in_no_programme_is_known_when_it_is_planned_again() -> None:
    story = planned().given("server", "note_doors", session="depots", doors="open")
    story.given("ori", "drop_slot", slot="depots")
    story.given("server", "note_doors", session="depots", doors="closed")
    story.given("ori", "plan_slot", **SLOT).then(Slot, "depots", doors="closed")
    story.given("server", "note_doors", session="never", doors="open").then_gone(Slot, "never")


def test_announcements_are_for_all_or_for_organisers() -> None:
    story = (
        scene("ada")
        .given("ori", "announce", id="a1", text="Drinks\nat five")
        .given("ori", "announce", id="a2", text="Call me", to="organisers")
    )
    assert story.sees("ada", Announcement, "a1") == {
        "by": "ori",
        "name": "Ori",
        "text": "Drinks\nat five",
        "at": story.the(Announcement, "a1").at,
        "to": "all",
    }
    assert story.sees("ada", Announcement, "a2") is None and story.sees("ori", Announcement, "a2") is not None
    story.given("ori", "withdraw_announcement", announcement="a1").then_gone(Announcement, "a1")


def test_there_are_so_many_announcements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcements, "ANNOUNCEMENTS_MAX", 1)
    story = scene().given("ori", "announce", text="One").when("ori", "announce", text="Two")
    story.then_refused("announcement.full")
