"""My data: all that a mission and its sessions hold of somebody, whole, for themselves alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.clock import monotonic, now_ms
from webinar_server.limits import MINE
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.mission import MISSION
from webinar_server.mission.announcements import Announcement
from webinar_server.mission.attending import sessions_of
from webinar_server.mission.conversations import PrivateMessage, all_seen_by, told_of
from webinar_server.mission.history import parts_of
from webinar_server.mission.letters import Letter
from webinar_server.mission.mission import the_mission
from webinar_server.mission.moments import Moment
from webinar_server.mission.programme import Cancelled, Slot
from webinar_server.session import SESSION
from webinar_server.session.answers import WrittenAnswer
from webinar_server.session.chat import Message
from webinar_server.session.people import Person
from webinar_server.session.questions import Question
from webinar_server.state import Audience, Record, Records, State, View
from webinar_server.web.entrance import let_in
from webinar_server.web.mission.directory import Asking
from webinar_server.web.mission.files import to_keep
from webinar_server.web.mission.organisers import MISSION_PATH

Told = dict[str, list[dict[str, Any]]]
"""Records by their kind, as their person may see them."""


BESIDES = frozenset(
    ("announcement", "slot", "letter", "moment", "private_message", "person", "question", "answer", "message")
)
"""Kinds of which those are told that are of somebody though they do not own the record."""

UNTOLD: Mapping[str, str] = {
    **dict.fromkeys(
        ("mission", "picture", "session", "poll", "pacing", "together", "cancelled"), "of all, not of one"
    ),
    **dict.fromkeys(("gone", "post", "tally", "heads", "shares", "totals"), "numbers of many"),
    **dict.fromkeys(("errand", "taken", "erased"), "between topics, by ids alone"),
    **dict.fromkeys(("import", "import_part"), "what an organiser took in; their own part is on their card"),
    **dict.fromkeys(("asked", "written", "reports", "signed_out"), "counters of limits, by times alone"),
    **dict.fromkeys(("segment", "run"), "of the hour, not of one"),
    **dict.fromkeys(("loose", "said", "split"), "what many said, of nobody by name"),
    "forgotten": "that something was let go of, by its id alone",
    "declined": "another's answer, which is never disclosed",
    "taken_on": "which host sees to a question, until it is over",
    "standing": "that a host removed them, which they are told at the door",
}
"""Kinds of records of which nobody is told as theirs, and why."""


class Mine:
    """`GET /api/missions/ID/mine.json`."""

    def __init__(self, hub: Hub, asking: Asking) -> None:
        self._hub = hub
        self._asking = asking

    def routes(self) -> list[Route]:
        return [Route(f"{MISSION_PATH}/mine.json", self.mine)]

    async def mine(self, request: Request) -> Response:
        identity = await self._asking.paced(request)
        text = "This takes a while; please wait a moment before you ask again."
        pace = self._hub.worker.pace
        pace.require(identity.id, {"my data": MINE}, monotonic(), "pace.mine", text)
        room = await let_in(self._hub, identity, MISSION.topic(request.path_params["id"]))
        told = {
            "written_at": now_ms(),
            "person": identity.id,
            "mission": the_mission(room.state).view("participant"),
            "records": mission_of(room.state, identity.id),
            "sessions": await self._sessions(room, identity.id),
        }
        name = f"{MISSION.id_of(room.topic)}-{identity.id}.json"
        return JSONResponse(told, headers=to_keep(name))

    async def _sessions(self, room: Room, person: str) -> list[dict[str, Any]]:
        """What the sessions hold, one after the other."""
        found = []
        for slot in may_hold(room.state, person, now_ms()):
            session = await self._hub.room(SESSION.topic(slot.id))
            is_ours = session is not None and session.about.home_of(session.state) == room.topic
            records = session_of(session.state, person) if session and is_ours else {}
            if records:
                found.append({"session": slot.id, "title": slot.title, "records": records})
        return found


def may_hold(records: Records, person: str, now: int) -> list[Slot]:
    """The sessions in which something of somebody may be (`now` is Unix ms), in order: people come before the
    hour, and what was said stays where a session is off."""
    slots = [*records.all(Slot), *(cancelled.slot for cancelled in records.all(Cancelled))]
    told = {part.session for part in parts_of(records, person)}
    begun = (
        slot
        for slot in slots
        if slot.starts_at <= now
        or slot.doors != "waiting"
        or slot.id in told
        or person in (*slot.hosts, *slot.speakers)
    )
    return sorted(begun, key=lambda slot: (slot.starts_at, slot.id))


def mission_of(state: State, person: str) -> Told:
    """What is somebody's in a mission, what they announced, and the sessions that are theirs."""
    said = [one for one in state.all(Announcement) if one.by == person]
    told = _told([*state.owned(person), *said, *sessions_of(state, person)], person, "participant")
    told |= _kept(Letter.KIND, state.of(Letter, "to", person), ("about", "state", "asked", "done"))
    told |= _kept(Moment.KIND, state.of(Moment, "participant", person), ("session", "shown", "at"))
    messages: list[dict[str, Any]] = [told_of(one) for one in all_seen_by(state, person)]
    return told | ({PrivateMessage.KIND: messages} if messages else {})


def session_of(state: State, person: str) -> Told:
    """What is somebody's in a session, and what they said there."""
    me = state.get(Person, person)
    asked = list(state.of(Question, "by", person))
    answers = [answer for question in asked if (answer := state.get(WrittenAnswer, question.id))]
    wrote = [*answers, *state.of(WrittenAnswer, "by", person)]
    said = [*asked, *wrote, *state.of(Message, "by", person)]
    return _told([*([me] if me else []), *state.owned(person), *said], person, "attendee")


def _kept(kind: str, records: Iterable[Record], fields: tuple[str, ...]) -> Told:
    """Of what the server keeps of somebody for itself, what is about them."""
    told = [{"id": one.id} | {name: getattr(one, name) for name in fields} for one in records]
    return {kind: told} if told else {}


def _told(records: list[Record], person: str, audience: Audience) -> Told:
    kept = {(record.KIND, record.id): record for record in records}
    told: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for (kind, id), record in kept.items():
        seen = _seen(record, person, audience)
        if seen is not None:
            told[kind].append({"id": id} | seen)
    return dict(told)


def _seen(record: Record, person: str, audience: Audience) -> View | None:
    return record.own(person, audience) if person in record.owners else record.view(audience)
