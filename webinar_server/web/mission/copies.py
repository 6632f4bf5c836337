"""Copies: a mission is begun as a copy of another, its programme on the same days of its week.

A session that began at six in The Hague begins at six in The Hague again, on whatever side of the turn of the
clocks; at other places the hour may be another for a week. What broke off goes on where it was.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Container
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.calendar import zone_of
from webinar_server.clock import monotonic
from webinar_server.errors import Refusal
from webinar_server.limits import COPIES
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import say
from webinar_server.mission import MISSION
from webinar_server.mission.copying import BeginCopy
from webinar_server.mission.look import Picture
from webinar_server.mission.mission import TITLE_MAX, Mission, day_number, the_mission
from webinar_server.mission.participants import Participant
from webinar_server.mission.programme import PlanSlot, Slot
from webinar_server.state import State, replace
from webinar_server.web.http.answers import body_of
from webinar_server.web.mission.organisers import MISSION_PATH, Organiser, organiser
from webinar_server.web.mission.slots import alike, begin
from webinar_server.web.who.access import Access
from webinar_server.web.who.member_links import path_of, token_of
from webinar_server.words.ids import ID_MAX, is_id
from webinar_server.words.sizes import up_to

_YEAR = re.compile(r"-20\d\d(?=-|$)")


class Copy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The new mission's id, what it is called, and its first day (YYYY-MM-DD)."""

    mission: Annotated[str, up_to(ID_MAX)]
    title: Annotated[str, up_to(TITLE_MAX)]
    starts_on: str


class Copies:
    """`POST /api/missions/ID/copy`."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access
        # one programme is copied at a time
        self._copying = asyncio.Lock()

    def routes(self) -> list[Route]:
        return [Route(f"{MISSION_PATH}/copy", self.copy, methods=["POST"])]

    async def copy(self, request: Request) -> Response:
        asking = await organiser(request, self._hub, self._access)
        body = await body_of(request, Copy)
        rates, text = {"copies": COPIES}, "Many copies at once; please wait."
        self._hub.worker.pace.require(asking.identity.id, rates, monotonic(), "pace.copies", text)
        room = await self._begun(asking, body)
        async with self._copying:
            await copy_programme(self._hub, asking.room.state, room)
        mine = room.state.get(Participant, asking.identity.id)
        assert mine is not None
        path = path_of(room.topic, mine, token_of(self._access.signer, room.topic, mine))
        return JSONResponse({"id": body.mission, "path": path}, 201)

    async def _begun(self, asking: Organiser, body: Copy) -> Room:
        """The copy's room, with its organiser in it. Raises Refusal `mission.exists` where it is no copy, or
        not theirs."""
        if not is_id(body.mission):
            text = "An address is up to 60 small letters, digits and dashes, like ports-2027."
            raise Refusal("mission.id", text, field="mission")
        topic = MISSION.topic(body.mission)
        outcome = await self._hub.begin(topic, _begin(asking, body))
        if isinstance(outcome, Refusal):
            raise outcome
        room = await self._hub.room(topic)
        assert room is not None
        return room


def _begin(asking: Organiser, body: Copy) -> BeginCopy:
    records = asking.room.state
    of = the_mission(records)
    days = day_number(of.ends_on, "ends_on") - day_number(of.starts_on, "starts_on")
    ends = day_number(body.starts_on, "starts_on") + days
    organiser = records.get(Participant, asking.identity.id)
    assert organiser is not None
    return BeginCopy(
        mission=body.mission,
        of=of,
        picture=records.get(Picture, of.id),
        title=body.title,
        starts_on=body.starts_on,
        ends_on=(date(1970, 1, 1) + timedelta(ends)).isoformat(),
        organiser=organiser,
    )


class Moved(NamedTuple):
    """By how many days, on the clocks of a time zone."""

    days: int
    zone: ZoneInfo

    def of(self, at: int) -> int:
        """When (Unix ms) it is as late on the other day; an hour that the clocks leave out is the next."""
        there = datetime.fromtimestamp(at / 1000, self.zone) + timedelta(self.days)
        return round(there.astimezone(UTC).timestamp() * 1000)


async def copy_programme(hub: Hub, source: State, room: Room) -> None:
    """Plan what is not in the copy yet, without its hosts and speakers. Raises Refusal and StorageError.

    Who copies it at another worker at the same time comes to the same ids, so each slot is planned once: an
    id follows from the source, and is another only where it is taken by what is not of this copy."""
    of, to = the_mission(source), the_mission(room.state)
    moved = Moved(_days(of, to), zone_of(of.places[0].zone))
    given: set[str] = set()
    for slot in sorted(source.all(Slot), key=lambda slot: (slot.starts_at, slot.id)):
        starts_at = moved.of(slot.starts_at)
        again = PlanSlot(
            session=renamed(slot.id, to.starts_on[:4]),
            title=slot.title,
            starts_at=starts_at,
            ends_at=starts_at + slot.ends_at - slot.starts_at,
            abstract=slot.abstract,
            language=slot.language,
        )
        there = (slot.id for slot in room.state.all(Slot) if slot.id not in given and _is_it(slot, again))
        given.add(next(there, None) or await _planned(hub, room, again, given))


async def _planned(hub: Hub, room: Room, again: PlanSlot, given: Container[str]) -> str:
    """The id that it stands under: its own, or the first like it which nothing else has."""
    mission = the_mission(room.state).id
    for id in alike(again.session):
        named = replace(again, session=id)
        try:
            if id not in given and room.state.get(Slot, id) is None:
                await begin(hub, mission, named, by=None)
                await _say(room, named)
        except Refusal as refusal:
            # at another worker somebody pressed, too, or there is a session of another mission
            if refusal.code not in ("slot.exists", "session.elsewhere"):
                raise
        slot = room.state.get(Slot, id)
        if id not in given and slot is not None and _is_it(slot, again):
            return id
    raise Refusal("session.elsewhere", "There are too many sessions of this address.", field="session")


async def _say(room: Room, command: PlanSlot) -> None:
    outcome = await say(room, command)
    if isinstance(outcome, Refusal):
        raise outcome


def _is_it(slot: Slot, again: PlanSlot) -> bool:
    return (slot.title, slot.starts_at) == (again.title, again.starts_at)


def renamed(id: str, year: str) -> str:
    """A session's id with the year of the copy: `opening` or `opening-2026` is `opening-2027`."""
    return f"{_YEAR.sub('', id)[:55].rstrip('-')}-{year}"


def _days(of: Mission, to: Mission) -> int:
    return day_number(to.starts_on, "starts_on") - day_number(of.starts_on, "starts_on")
