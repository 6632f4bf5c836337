"""What somebody of a mission might try upon what is another's: each command, with ids that are not theirs.

Vic is the one whose records these are; what they are is in `GIVEN`. A command that stands in no row fails.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.mission.meeting import BEFORE, TIMES
from tests.mission.scene import scene
from tests.session.scene import Scene
from webinar_server.mission import MISSION
from webinar_server.state import Record, View, sees

VIC = "vic"
FIRST = (1_804_000_200_000, 1_804_003_800_000)
LATER = (1_804_007_400_000, 1_804_011_000_000)
"""Times of meetings (Unix ms), in the days of the mission."""
PEOPLE = (VIC, "wim", "xen", "yan", "zed", "mal")
ALLOWED = ""
"""The code of what is theirs to do, upon themselves, or upon what all may ask."""


class Try(NamedTuple):
    """Arguments that name what is Vic's, and the code by which another is refused who has the role for it."""

    args: dict[str, Any]
    code: str = ALLOWED


TRIES: dict[str, Try] = {
    # of contacts
    "ask_contact": Try({"whom": VIC, "where": "directory"}),
    "withdraw_contact": Try({"asking": "a1"}, "asking.unknown"),
    "accept_contacts": Try({"requests": ["r1"]}, "request.unknown"),
    "put_off_contacts": Try({"requests": ["r1"]}, "request.unknown"),
    "decline_contacts": Try({"requests": ["r1"]}, "request.unknown"),
    "block": Try({"person": VIC}),
    "unblock": Try({"person": "xen"}),
    "change_lead": Try({"lead": "vic/wim", "notes": "Mine"}, "lead.unknown"),
    "drop_lead": Try({"lead": "vic/wim"}, "lead.unknown"),
    "ask_sharing": Try({"whom": VIC}, "sharing.unknown"),
    "agree_sharing": Try({"sharing": "vic/wim"}, "sharing.unknown"),
    "end_sharing": Try({"sharing": "vic/wim"}, "sharing.unknown"),
    "drop_reminders": Try({"leads": ["vic/wim"]}, "lead.unknown"),
    # of conversations
    "write": Try({"to": VIC, "text": "Hello"}, "conversation.unknown"),
    "read_conversation": Try({"whom": VIC, "until": 1}, "conversation.unknown"),
    "report_message": Try({"message": "t1"}, "message.unknown"),
    # of meetings
    "propose_meeting": Try({"whom": VIC, "times": FIRST, "minutes": 20}, "meeting.stranger"),
    "propose_other_times": Try({"meeting": "m1", "times": LATER, "minutes": 20}, "meeting.unknown"),
    "accept_meeting": Try({"meeting": "m1", "starts_at": FIRST[0]}, "meeting.unknown"),
    "decline_meeting": Try({"meeting": "m1"}, "meeting.unknown"),
    "change_meeting": Try({"meeting": "m2", "minutes": 15}, "meeting.unknown"),
    "cancel_meeting": Try({"meeting": "m2"}, "meeting.unknown"),
    "keep_diary": Try({"zone": "Europe/Amsterdam"}),
    # of oneself
    "want_reminders": Try({"mail": False}),
    "attend": Try({"slot": "depots"}),
    "skip": Try({"slot": "depots"}),
    "turn": Try({"switch": "listed", "on": False}),
    "want_letters": Try({"on": False}),
    "change_card": Try({"participant": VIC, "place": "Elsewhere"}, "command.not_allowed"),
    "leave_mission": Try({}),
    # of organisers
    "admit": Try({"participant": VIC}),
    "announce": Try({"text": "Hello"}),
    "change_mission": Try({"title": "Mine"}),
    "change_role": Try({"participant": VIC, "role": "organiser"}),
    "change_slot": Try({"slot": "depots", "title": "Mine"}),
    "decline": Try({"participant": VIC}),
    "drop_slot": Try({"slot": "depots"}),
    "end_links_of": Try({"participant": VIC}),
    "hand_over": Try({"letters": ["invitation.vic"]}),
    "invite": Try({"name": "Eve", "email": "eve@example.org"}),
    "mail_announcement": Try({"announcement": "n1"}),
    "settle_reported": Try({"reported": "t1"}),
    "send_again": Try({"letters": ["invitation.vic"]}),
    "send_letters": Try({"kind": "invitation"}),
    "undo_decline": Try({"participant": VIC, "state": "invited"}),
    "withdraw_announcement": Try({"announcement": "n1"}),
}

OWN_KINDS = frozenset({"asking", "block", "diary", "lead"})
"""Of what Vic alone made, which nobody else touches by whatever they say."""


def commands() -> set[str]:
    """All that a socket may say to a mission."""
    return {name for name, command in MISSION.commands.items() if not command.INTERNAL}


def of_organisers() -> set[str]:
    return {name for name in commands() if MISSION.may(name) == {"organiser"}}


def given() -> Scene:
    """A mission in which Vic asks Zed, is asked by Yan, has Wim's contact and would like to meet, showed a
    message of theirs to the organisers, and blocked Xen."""
    story = scene(*PEOPLE)
    story.at = BEFORE
    story.given("server", "plan_slot", session="depots", title="Depots", starts_at=0, ends_at=1)
    story.given("ori", "announce", id="n1", text="Welcome")
    story.given(VIC, "ask_contact", id="w1", whom="wim", where="directory")
    story.given("wim", "accept_contacts", requests=["w1"])
    story.given(VIC, "ask_contact", id="a1", whom="zed", where="directory", reason="Depots")
    story.given("yan", "ask_contact", id="r1", whom=VIC, where="directory")
    story.given(VIC, "block", person="xen")
    story.given("wim", "write", id="t1", to=VIC, text="Between us")
    story.given(VIC, "report_message", message="t1")
    story.given(VIC, "propose_meeting", id="m1", whom="wim", times=TIMES, minutes=20)
    story.given(VIC, "keep_diary", zone="Europe/Amsterdam")
    story.given(VIC, "propose_meeting", id="m2", whom="wim", times=LATER, minutes=20, note="Grids")
    story.given("wim", "accept_meeting", meeting="m2", starts_at=LATER[0])
    story.given("wim", "propose_meeting", id="m1", whom=VIC, times=FIRST, minutes=20)
    story.given(VIC, "keep_diary", zone="Europe/Amsterdam")
    return story.given(VIC, "change_lead", lead="vic/wim", notes="Between us")


def sight_of(story: Scene, person: str) -> dict[tuple[str, str], View]:
    """What somebody sees in a mission, record by record."""
    audience = story._audience(person)
    seen = ((one, sees(one, audience, person)) for one in story.state.records())
    return {(one.KIND, one.id): view for one, view in seen if view is not None}


def held_of(story: Scene, person: str) -> dict[tuple[str, str], Record]:
    """The records of which somebody is an owner, in the state itself."""
    return {(one.KIND, one.id): one for one in story.state.records() if person in one.owners}


def swapped(story: Scene, args: dict[str, Any]) -> list[dict[str, Any]]:
    """The same arguments with each id in them exchanged for every id that there is."""
    ids = sorted({one.id for one in story.state.records()})
    known = {VIC, "xen", *ids}
    found = []
    for name, value in args.items():
        if isinstance(value, str) and value in known:
            found += [args | {name: id} for id in ids]
        elif isinstance(value, list) and set(value) <= known:
            found += [args | {name: [id]} for id in ids]
    return found
