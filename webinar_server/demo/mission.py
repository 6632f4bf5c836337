"""The mission of a demo, before its server starts: its people, its programme, what became of days before.

Everything goes through the rules and the log, as what organisers and participants say does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from webinar_server.clock import fresh_id, now_ms
from webinar_server.demo import week
from webinar_server.demo.cast import Guest
from webinar_server.demo.script import EARLIER_SESSION
from webinar_server.demo.script import SESSION as LIVE
from webinar_server.errors import Refusal, StorageError
from webinar_server.live.committing import Outcome, Request
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import said, server, to_nobody
from webinar_server.mission.admission import Invite
from webinar_server.mission.announcements import Announce
from webinar_server.mission.attendance import Enter, Exit
from webinar_server.mission.history import Greeted, NotePart
from webinar_server.mission.mission import CreateMission
from webinar_server.mission.programme import PlanSlot
from webinar_server.session import SESSION
from webinar_server.session.programme import CloseSession, OpenSession
from webinar_server.state import Actor, Answer, Command
from webinar_server.web.mission.slots import begin

AT_ONCE = 500
"""Commands that are said together."""


class Founded(NamedTuple):
    """A mission's room, and who organises it, hosts its session, and is the reader: their ids."""

    room: Room
    organiser: str
    host: str
    reader: str


HOST, READER, SECOND = "demo-host", "demo-you", "demo-second"


async def found(hub: Hub, guests: Sequence[Guest], now: int) -> Founded:
    """Begin the mission with its people and its programme. Raises StorageError."""
    first, last = (_day(now + days * week.DAY_MS) for days in (-1, 1))
    created = CreateMission(
        mission=week.ID,
        title=week.MISSION_TITLE,
        starts_on=first,
        ends_on=last,
        places=week.PLACES,
        organiser=week.ORGANISER,
    )
    outcome = await hub.begin(week.TOPIC, created)
    room = await hub.room(week.TOPIC)
    if isinstance(outcome, Refusal) or room is None:
        raise StorageError("the mission could not be begun")
    founded = Founded(room, outcome.result["organiser"], HOST, READER)
    await _say_all(founded, _people(guests))
    await _plan(hub, founded, guests, now)
    await _say_all(founded, ((fresh_id(), Announce(text=text)) for text in week.ANNOUNCEMENTS))
    await _remember(hub, founded, guests, now)
    return founded


def _people(guests: Sequence[Guest]) -> Iterator[tuple[str, Command]]:
    """Everybody's id, and what is said of them."""
    for id, name, card in (
        (HOST, week.HOST, week.HOST_CARD),
        (SECOND, week.SECOND, week.HOST_CARD),
        (READER, week.READER, week.READER_CARD),
    ):
        email = f"{id}@{week.ID}.example"
        yield id, msgspec.convert({"name": name, "email": email} | card, Invite)
    for guest in guests:
        yield guest.id, msgspec.convert(week.card_of(guest), Invite)


async def _plan(hub: Hub, founded: Founded, guests: Sequence[Guest], now: int) -> None:
    """Sessions first, since a slot is one; those of before were held."""
    slots = [_slot(planned, guests, now) for planned in week.PROGRAMME]
    async with asyncio.TaskGroup() as group:
        for slot in slots:
            group.create_task(begin(hub, week.ID, slot, None))
    await _say_all(founded, ((fresh_id(), slot) for slot in slots))
    async with asyncio.TaskGroup() as group:
        for planned in week.PROGRAMME:
            if planned.after < 0:
                group.create_task(_hold(hub, SESSION.topic(planned.session)))


async def _hold(hub: Hub, topic: str) -> None:
    live = await hub.room(topic)
    if live is not None:
        await said(
            live,
            [Request(server(live), "", command, to_nobody) for command in (OpenSession(), CloseSession())],
        )


def _slot(planned: week.Planned, guests: Sequence[Guest], now: int) -> PlanSlot:
    starts_at, ends_at = week.times(planned, now)
    hosts, speakers = week.led_by(planned, guests)
    return PlanSlot(
        session=planned.session,
        title=planned.title,
        starts_at=starts_at,
        ends_at=ends_at,
        abstract=planned.abstract,
        language=planned.language,
        hosts=hosts or ((HOST, SECOND) if planned.session == LIVE else (HOST,)),
        speakers=speakers,
    )


async def _remember(hub: Hub, founded: Founded, guests: Sequence[Guest], now: int) -> None:
    """Who was there before, and what those sessions told of them."""
    before = [guest for guest in guests if guest.seen_before]
    for guest in before:
        await hub.worker.log.remember(f"first:{guest.id}", EARLIER_SESSION)
    came = [
        Request(Actor(guest.id, guest.name, "participant", now - week.DAY_MS, ""), "", command, to_nobody)
        for guest in before
        for command in (Enter(), Exit())
    ]
    await _asked(founded.room, came)
    parts = [
        NotePart(
            session=session,
            participant=guest.id,
            came=came,
            greeted=Greeted(by=HOST, name=week.HOST, at=came + week.MINUTE_MS, aloud=True)
            if greeted
            else None,
        )
        for guest, session, came, greeted in week.attended(list(guests), now)
    ]
    by = server(founded.room, now)
    await _asked(founded.room, [Request(by, "", part, to_nobody) for part in parts])


async def _say_all(founded: Founded, commands: Iterable[tuple[str, Command]]) -> None:
    """The organiser says these; with each the id of what it makes."""
    requests = [
        Request(Actor(founded.organiser, week.ORGANISER, "organiser", now_ms(), id), "", command, to_nobody)
        for id, command in commands
    ]
    await _asked(founded.room, requests)


async def _asked(room: Room, requests: Sequence[Request]) -> None:
    outcomes: list[Outcome] = []
    for at in range(0, len(requests), AT_ONCE):
        outcomes += await said(room, requests[at : at + AT_ONCE])
    refused = next((one for one in outcomes if not isinstance(one, Answer)), None)
    if refused is not None:
        raise StorageError(f"the demo's mission was refused: {refused}")


def _day(at: int) -> str:
    """The day in Greenwich, which is near enough to that of the mission's first place."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d")
