"""Two acceptances in the same moment at two workers: one is done, and nobody is in two meetings at once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from tests.mission.test_races_workers import ROUNDS, Two, two
from tests.mission.test_who_workers import workers
from tests.web.conftest import pytest_asyncio_loop_factories
from webinar_server.clock import now_ms
from webinar_server.errors import Refusal
from webinar_server.live.committing import Outcome, Request
from webinar_server.live.room import Room
from webinar_server.live.saying import said, server, to_nobody
from webinar_server.mission import MISSION
from webinar_server.mission.admission import Invite
from webinar_server.mission.meetings import DAY_MS, Meeting
from webinar_server.mission.mission import ChangeMission
from webinar_server.mission.programme import HOUR_MS
from webinar_server.state import Answer

__all__ = ["pytest_asyncio_loop_factories", "two", "workers"]


async def do(room: Room, who: str, command: str, **args: object) -> Outcome:
    actor = server(room)._replace(id=who, role="participant")
    return (await said(room, [Request(actor, "", MISSION.parse(command, args), to_nobody)]))[0]


async def made(two: Two, who: str, command: str, **args: object) -> str:
    outcome = await do(two.rooms[0], who, command, **args)
    assert isinstance(outcome, Answer), outcome
    await two.settled()
    return str(outcome.result.get("id", ""))


async def people(two: Two) -> tuple[str, str, str]:
    """Ada, who has Bob's contact and Cem's; the mission is on in ten days."""
    day = datetime.fromtimestamp(now_ms() // 1000 + 10 * 86_400, UTC).strftime("%Y-%m-%d")
    await two.say(ChangeMission(starts_on=day, ends_on=day))
    ada, bob, cem = [await two.say(Invite(name=name)) for name in ("Ada", "Bob", "Cem")]
    for other in (bob, cem):
        asking = await made(two, ada, "ask_contact", whom=other, where="directory")
        await made(two, other, "accept_contacts", requests=[asking])
    return ada, bob, cem


async def test_of_two_who_accept_at_once_one_meets_whoever_proposed_to_both(two: Two) -> None:
    ada, bob, cem = await people(two)
    begin = now_ms() // HOUR_MS * HOUR_MS + 2 * DAY_MS
    for number in range(ROUNDS):
        times = [begin + number * HOUR_MS, begin + number * HOUR_MS + 12 * HOUR_MS + DAY_MS]
        asked = [
            await made(two, ada, "propose_meeting", whom=whom, times=times, minutes=30) for whom in (bob, cem)
        ]
        told = await asyncio.gather(
            *(
                do(room, who, "accept_meeting", meeting=meeting, starts_at=times[0])
                for room, who, meeting in zip(two.rooms, (bob, cem), asked, strict=True)
            )
        )
        await two.settled()
        assert [one.code for one in told if isinstance(one, Refusal)] == ["meeting.gone"], told
        for room in two.rooms:
            states = [room.state.get(Meeting, id).state for id in asked]  # type: ignore[union-attr]
            assert sorted(states) == ["fixed", "proposed"]
        lost = asked[next(at for at, one in enumerate(told) if isinstance(one, Refusal))]
        await made(two, ada, "cancel_meeting", meeting=lost)


async def test_who_accepts_two_at_once_at_two_workers_is_in_one(two: Two) -> None:
    ada, bob, cem = await people(two)
    begin = now_ms() // HOUR_MS * HOUR_MS + 2 * DAY_MS
    for number in range(ROUNDS):
        times = [begin + number * HOUR_MS, begin + number * HOUR_MS + 12 * HOUR_MS + DAY_MS]
        asked = [
            await made(two, who, "propose_meeting", whom=ada, times=times, minutes=30) for who in (bob, cem)
        ]
        told = await asyncio.gather(
            *(
                do(room, ada, "accept_meeting", meeting=meeting, starts_at=times[0])
                for room, meeting in zip(two.rooms, asked, strict=True)
            )
        )
        await two.settled()
        assert [one.code for one in told if isinstance(one, Refusal)] == ["meeting.taken"], told
        fixed = [one for one in two.rooms[1].state.of(Meeting, "booked", ada) if one.starts_at == times[0]]
        assert len(fixed) == 1
        lost = asked[next(at for at, one in enumerate(told) if isinstance(one, Refusal))]
        await made(two, ada, "decline_meeting", meeting=lost)
