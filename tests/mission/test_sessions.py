"""What the programme means for sessions: they are called, and are on, as it says."""

from __future__ import annotations

import pytest
from msgspec import to_builtins

from tests.mission.scene import Scene, scene
from tests.session import scene as session
from webinar_server.errors import Refusal
from webinar_server.mission import MISSION, sessions
from webinar_server.mission.programme import HOUR_MS
from webinar_server.session import SESSION
from webinar_server.session.programme import Session
from webinar_server.state import Actor, Command, Draft, run

SLOT = {"session": "s1", "title": "Depots", "starts_at": HOUR_MS, "ends_at": 2 * HOUR_MS}
TIMES = {"starts_at": HOUR_MS, "ends_at": 2 * HOUR_MS}


def told(story: Scene, command: str, **args: object) -> list[tuple[str, Command]]:
    """What it means for others that an organiser does this."""
    draft = Draft(story.state)
    actor = Actor("ori", "Ori", "organiser", story.at, "fresh")
    run(draft, actor, MISSION.parse(command, args))
    return list(sessions.tells(draft, draft.turns()))


def of_mission(mission: str = "ev-2027") -> session.Scene:
    new = session.scene(session=False)
    new.given("organiser", "create_session", session="s1", title="Old", mission=mission)
    return new


def test_a_session_is_told_of_what_it_shows_of_its_slot_alone() -> None:
    story = scene("ada")
    [(topic, command)] = told(story, "plan_slot", **SLOT)
    assert topic == "session/s1"
    assert to_builtins(command) == {"mission": "ev-2027", "title": "Depots", **TIMES, "anew": True}
    story.given("ori", "plan_slot", **SLOT)
    assert told(story, "change_slot", slot="s1", abstract="More.", hosts=["ada"]) == []
    [(_, command)] = told(story, "change_slot", slot="s1", title="Grids")
    assert to_builtins(command)["title"] == "Grids" and to_builtins(command)["anew"] is False
    [(topic, command)] = told(story, "drop_slot", slot="s1")
    assert (topic, command.NAME) == ("session/s1", "leave_programme")
    assert told(story, "announce", text="Drinks") == []


def test_what_is_told_is_a_command_there() -> None:
    assert sessions.KIND == SESSION.name
    for command in (sessions.FollowSlot, sessions.LeaveProgramme):
        there = SESSION.commands[command.NAME]
        assert there.INTERNAL and there.__struct_fields__ == command.__struct_fields__


def test_a_session_follows_its_slot() -> None:
    story = of_mission().given("organiser", "follow_slot", mission="ev-2027", title="Depots", **TIMES)
    story.then(Session, "s1", title="Depots", **TIMES, state="waiting")
    before = len(story.entries)
    story.given("organiser", "follow_slot", mission="ev-2027", title="Depots", **TIMES)
    assert not story.entries[before:] or story.the(Session, "s1").title == "Depots"


def test_nobody_waits_for_what_is_off_and_what_is_planned_anew_is_waited_for_again() -> None:
    story = of_mission().given("organiser", "leave_programme", mission="ev-2027")
    story.then(Session, "s1", state="closed", closed_at=story.at)
    # a title that is corrected opens nothing
    story.given("organiser", "follow_slot", mission="ev-2027", title="Depots", **TIMES)
    story.then(Session, "s1", state="closed")
    story.given("organiser", "follow_slot", mission="ev-2027", title="Depots", **TIMES, anew=True)
    story.then(Session, "s1", state="waiting", closed_at=None)


@pytest.mark.parametrize("state", ["open", "closed"])
def test_what_has_been_open_is_its_hosts_to_end(state: str) -> None:
    story = of_mission().given("organiser", "open_session")
    if state == "closed":
        story.given("host", "close_session")
    story.given("organiser", "leave_programme", mission="ev-2027").then(Session, "s1", state=state)
    story.given("organiser", "follow_slot", mission="ev-2027", title="Depots", **TIMES, anew=True)
    story.then(Session, "s1", state=state)


def test_what_the_programme_says_its_hosts_leave_to_it() -> None:
    story = of_mission().given("host", "change_session", video="https://youtu.be/dQw4w9WgXcQ")
    for said in ({"title": "Mine"}, {"starts_at": 1}, {"ends_at": HOUR_MS}):
        story.when("host", "change_session", **said).then_refused("session.planned")
    of_mission("").given("host", "change_session", title="Mine").then(Session, "s1", title="Mine")


@pytest.mark.parametrize("command", ["follow_slot", "leave_programme"])
@pytest.mark.parametrize("mission", ["", "another"])
def test_a_mission_says_nothing_of_a_session_that_is_not_its_own(command: str, mission: str) -> None:
    more = {"title": "Mine", **TIMES} if command == "follow_slot" else {}
    story = of_mission(mission)
    story.when("organiser", command, mission="ev-2027", **more).then_refused("session.elsewhere")
    assert isinstance(story.refusal, Refusal)
