"""Slots: an organiser plans one, and its session is there to be entered.

    what cannot be planned is refused ──▶ the session's log begins, if it is new ──▶ the slot stands

Said again, because it was pressed twice or the answer was lost, it is answered alike and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.clock import now_ms
from webinar_server.errors import Refusal
from webinar_server.live.hub import Hub
from webinar_server.live.saying import say_for
from webinar_server.mission.programme import PlanSlot, Slot
from webinar_server.session import SESSION
from webinar_server.session.programme import CreateSession, Session
from webinar_server.state import Actor, Draft, Identity, Records, State, replace, run
from webinar_server.web.http.answers import body_of
from webinar_server.web.mission.organisers import MISSION_PATH, Organiser, organiser
from webinar_server.web.sessions import pace_sessions
from webinar_server.web.who.access import Access
from webinar_server.words.ids import ID_MAX
from webinar_server.words.videos import guess_kind

TRIED = 50
"""Ids that are looked at for one that is free."""


class Slots:
    """`POST /api/missions/ID/slots`."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access

    def routes(self) -> list[Route]:
        return [Route(f"{MISSION_PATH}/slots", self.plan, methods=["POST"])]

    async def plan(self, request: Request) -> Response:
        asking = await organiser(request, self._hub, self._access)
        command = await body_of(request, PlanSlot)
        await plan(self._hub, asking, command)
        return JSONResponse({"id": command.session}, 201)


async def plan(hub: Hub, asking: Organiser, command: PlanSlot) -> None:
    """Have a session in the programme. Raises Refusal, with a `suggestion` where the session's id is taken,
    and StorageError."""
    identity, mission, room = asking
    if stands(room.state, identity, command):
        return
    try:
        refuse_amiss(room.state, identity, command)
        await begin(hub, mission, command, identity.id)
        await say_for(room, identity, command)
    except Refusal as refusal:
        if refusal.code not in ("slot.exists", "session.elsewhere"):
            raise
        # the same, said twice at once
        if not stands(room.state, identity, command):
            refusal.field, refusal.suggestion = "session", await free_id(hub, room.state, command.session)
            raise


def stands(state: State, identity: Identity, command: PlanSlot) -> bool:
    """Whether that slot is there as it is asked for."""
    slot = state.get(Slot, command.session)
    if slot is None:
        return False
    draft = Draft(state)
    draft.drop(slot)
    try:
        run(draft, _as(identity), command)
    except Refusal:
        return False
    asked = draft.get(Slot, slot.id)
    return asked is not None and replace(asked, sequence=slot.sequence) == slot


def refuse_amiss(state: State, identity: Identity, command: PlanSlot) -> None:
    """Before a log is begun for it. Raises Refusal as the command would."""
    run(Draft(state), _as(identity), command)


def _as(identity: Identity) -> Actor:
    return Actor(identity.id, identity.name, identity.role, now_ms(), "")


async def begin(hub: Hub, mission: str, command: PlanSlot, by: str | None) -> None:
    """Have a session's log, of that mission; `by` an organiser, whose pace counts, if that does. Raises
    Refusal `session.elsewhere` where it is another's."""
    topic = SESSION.topic(command.session)
    if await hub.room(topic) is None:
        if by is not None:
            pace_sessions(hub, by)
        outcome = await hub.begin(topic, _created(command, mission))
        # somebody was faster, by a press perhaps
        if isinstance(outcome, Refusal) and outcome.code != "session.exists":
            raise outcome
    room = await hub.room(topic)
    session = room.state.get(Session, command.session) if room else None
    if session is None or session.mission != mission:
        raise Refusal("session.elsewhere", "There is a session of this address elsewhere.", field="session")


def _created(command: PlanSlot, mission: str) -> CreateSession:
    return CreateSession(
        session=command.session,
        title=command.title,
        starts_at=command.starts_at,
        ends_at=command.ends_at,
        video=command.video,
        video_kind=guess_kind(command.video),
        mission=mission,
    )


async def free_id(hub: Hub, records: Records, wanted: str) -> str:
    """An id of no session there is: the wanted one, or that with a number; empty if none was found."""
    for id in alike(wanted):
        if records.get(Slot, id) is None and await hub.room(SESSION.topic(id)) is None:
            return id
    return ""


def alike(wanted: str) -> Iterator[str]:
    """The wanted id, and that with one number after another."""
    yield wanted
    for number in range(2, TRIED + 1):
        end = f"-{number}"
        yield wanted[: ID_MAX - len(end)].rstrip("-") + end
