"""What the programme means for sessions: they are called, and are on, as it says."""

from __future__ import annotations

import msgspec
import pytest
from msgspec import to_builtins

from tests.mission.scene import Scene, scene
from tests.session import scene as session
from webinar_server.errors import Refusal
from webinar_server.mission import MISSION, sessions
from webinar_server.mission.programme import HOUR_MS, Slot
from webinar_server.session import SESSION
from webinar_server.session.programme import Session
from webinar_server.state import Actor, Command, Draft, run

SLOT = {"session": "s1", "title": "Depots", "starts_at": HOUR_MS, "ends_at": 2 * HOUR_MS}
VIDEO, OTHER = "https://youtu.be/dQw4w9WgXcQ", "https://example.org/live.m3u8"
OUT = {"participant": "ada", "out": True}
TIMES = {"starts_at": HOUR_MS, "ends_at": 2 * HOUR_MS}


def told(story: Scene, command: str, **args: object) -> list[tuple[str, Command]]:
    """What it means for others that an organiser does this."""
    draft = Draft(story.state)
    actor = Actor("ori", "Ori", "organiser", story.at, "fresh")
    run(draft, actor, msgspec.convert(args, MISSION.commands[command]))
    return list(sessions.tells(draft, draft.turns()))


def of_mission(mission: str = "ev-2027") -> session.Scene:
    new = session.scene(session=False)
    new.given("organiser", "create_session", session="s1", title="Old", mission=mission)
    return new


def test_a_session_is_told_of_what_it_shows_of_its_slot_alone() -> None:
    story = scene("ada")
    [(topic, command)] = told(story, "plan_slot", **SLOT)
    assert topic == "session/s1"
    assert to_builtins(command) == {
        "mission": "ev-2027",
        "title": "Depots",
        **TIMES,
        "anew": True,
        "video": None,
    }
    story.given("ori", "plan_slot", **SLOT)
    assert told(story, "change_slot", slot="s1", abstract="More.", hosts=["ada"]) == []
    [(_, command)] = told(story, "change_slot", slot="s1", title="Grids")
    assert to_builtins(command)["title"] == "Grids" and to_builtins(command)["anew"] is False
    [(topic, command)] = told(story, "drop_slot", slot="s1")
    assert (topic, command.NAME) == ("session/s1", "leave_programme")
    assert told(story, "announce", text="Drinks") == []


def test_a_session_is_told_of_a_video_that_organisers_named_and_not_of_its_own() -> None:
    story = scene()
    [(_, command)] = told(story, "plan_slot", **SLOT, video=VIDEO)
    assert to_builtins(command)["video"] == VIDEO
    story.given("ori", "plan_slot", **SLOT, video=VIDEO)
    [(_, command)] = told(story, "change_slot", slot="s1", title="Grids")
    assert to_builtins(command)["video"] is None
    [(_, command)] = told(story, "change_slot", slot="s1", video="")
    assert to_builtins(command)["video"] == ""
    # its hosts chose another: the programme knows, and says nothing back
    assert told(story, "note_video", session="s1", video=OTHER) == []
    story.given("server", "note_video", session="s1", video=OTHER).then(Slot, "s1", video=OTHER, sequence=0)
    story.given("ori", "drop_slot", slot="s1").given("server", "note_video", session="s1", video=VIDEO)
    story.given("ori", "plan_slot", **SLOT).then(Slot, "s1", video="")


def test_a_session_plays_what_its_slot_names_until_its_hosts_choose_another() -> None:
    follow = {"mission": "ev-2027", "title": "Depots", **TIMES}
    story = of_mission().given("organiser", "follow_slot", **follow, video=VIDEO)
    story.then(Session, "s1", video=VIDEO, video_kind="youtube")
    story.given("host", "change_session", video=OTHER, video_kind="hls")
    story.given("organiser", "follow_slot", **follow | {"title": "Grids"})
    story.then(Session, "s1", title="Grids", video=OTHER, video_kind="hls")
    story.given("organiser", "follow_slot", **follow, video="").then(
        Session, "s1", video="", video_kind="none"
    )


@pytest.mark.parametrize(
    ("video", "code"),
    [
        ("nonsense", "slot.link"),
        ("http://example.org/a.mp4", "slot.video"),
        ("https://youtube.com/@somebody", "slot.video_page"),
        ("https://vimeo.com/123456", "slot.video_site"),
    ],
)
def test_a_slot_takes_what_its_session_can_show(video: str, code: str) -> None:
    scene().when("ori", "plan_slot", **SLOT, video=video).then_refused(code)
    story = scene().given("ori", "plan_slot", **SLOT)
    story.when("ori", "change_slot", slot="s1", video=video).then_refused(code)


def test_what_is_told_is_a_command_there() -> None:
    assert sessions.KIND == SESSION.name
    for command in (sessions.FollowSlot, sessions.LeaveProgramme, sessions.FollowMember):
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


def member(story: Scene, command: str, **args: object) -> list[tuple[str, bool]]:
    """Whom it tells that somebody is out, or not any more."""
    told_of = told(story, command, **args)
    assert all(to_builtins(one)["participant"] == "ada" for _, one in told_of)
    return [(topic, to_builtins(one)["out"]) for topic, one in told_of]


def test_the_sessions_that_somebody_came_to_or_leads_are_told_that_they_are_out_and_back() -> None:
    story = scene("ada").given("ori", "plan_slot", **SLOT)
    story.given("ori", "plan_slot", **SLOT | {"session": "s2"}, speakers=["ada"])
    story.given("ori", "plan_slot", **SLOT | {"session": "s3"})
    story.given("server", "note_part", session="s1", participant="ada", came=5)
    assert member(story, "decline", participant="ada") == [("session/s1", True), ("session/s2", True)]
    story.given("ori", "decline", participant="ada")
    undone = {"participant": "ada", "state": "admitted"}
    assert member(story, "undo_decline", **undone) == [("session/s1", False), ("session/s2", False)]
    assert member(story, "admit", participant="ada") == [("session/s1", False), ("session/s2", False)]
    story.given("ori", "admit", participant="ada")
    assert told(story, "end_links_of", participant="ada") == []


@pytest.mark.parametrize("command", ["follow_slot", "leave_programme", "follow_member"])
@pytest.mark.parametrize("mission", ["", "another"])
def test_a_mission_says_nothing_of_a_session_that_is_not_its_own(command: str, mission: str) -> None:
    more: dict[str, object] = {"follow_slot": {"title": "Mine", **TIMES}, "follow_member": OUT}.get(
        command, {}
    )
    story = of_mission(mission)
    story.when("organiser", command, mission="ev-2027", **more).then_refused("session.elsewhere")
    assert isinstance(story.refusal, Refusal)
