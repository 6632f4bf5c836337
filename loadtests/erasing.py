"""How long it takes to erase somebody with 30 leads, 200 lines in the chat and five sessions, until nothing
of them is in any log, and for how long nobody else is told anything meanwhile.

    python -m loadtests.erasing [--redis URL]
"""

from __future__ import annotations

import argparse
import asyncio
import pathlib
import tempfile
from typing import Any

from webinar_server.clock import fresh_id, monotonic, now_ms
from webinar_server.errors import Refusal
from webinar_server.live.committing import Request
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import said, say, to_nobody
from webinar_server.log import Log
from webinar_server.log.erasures import Erasures
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.mission.admission import Invite
from webinar_server.mission.answering import AcceptContacts
from webinar_server.mission.asking import AskContact
from webinar_server.mission.mission import CreateMission, Place
from webinar_server.mission.programme import PlanSlot
from webinar_server.session.attendance import Arrive
from webinar_server.session.chat import Say
from webinar_server.session.programme import CreateSession, OpenSession
from webinar_server.settings import Settings
from webinar_server.state import Actor, Answer, Command
from webinar_server.web.mission.erasing import erased

PEOPLE, LEADS, LINES, SESSIONS = 300, 30, 200, 5
TOPIC, SERVER = "mission/measured", "server"


async def main(redis: str | None) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        hub = Hub(_log(redis, folder), Settings(pace=False), Erasures(folder))
        await hub.open()
        people = await _lived(hub)
        stalls: list[float] = []
        watch = asyncio.create_task(_watch(stalls))  # noqa: TID251
        began = monotonic()
        told = await erased(hub, TOPIC, people[0])
        took = monotonic() - began
        watch.cancel()
        await hub.close()
    print(f"finished: {told['finished']}, after {took:.2f} s (asked for: 3 s)")
    print(f"longest stall of others: {max(stalls) * 1000:.0f} ms (asked for: 250 ms)")


def _log(redis: str | None, folder: pathlib.Path) -> Log:
    if redis is None:
        return SqliteLog(folder)
    from webinar_server.log.redis.engine import RedisLog

    return RedisLog(redis)


async def _watch(stalls: list[float]) -> None:
    """How late each turn of the loop is."""
    while True:
        at = monotonic()
        await asyncio.sleep(0.005)
        stalls.append(monotonic() - at - 0.005)


async def _lived(hub: Hub) -> list[str]:
    create = CreateMission(
        mission="measured",
        title="Measured",
        starts_on="2030-03-01",
        ends_on="2030-03-05",
        places=(Place(name="The Hague", zone="Europe/Amsterdam"),),
        organiser="Ori",
    )
    await hub.begin(TOPIC, create)
    room = await _room(hub, TOPIC)
    told = await said(room, [_request(SERVER, Invite(name=f"Person {number}")) for number in range(PEOPLE)])
    people = [_answered(one)["id"] for one in told]
    for other in people[1 : LEADS + 1]:
        asking = await _by(room, people[0], AskContact(where="directory", whom=other))
        await _by(room, other, AcceptContacts(requests=(asking["id"],)))
    for number in range(SESSIONS):
        await _hour(hub, room, f"hour-{number}", people)
    return people


async def _hour(hub: Hub, mission: Room, session: str, people: list[str]) -> None:
    await hub.begin(f"session/{session}", CreateSession(session=session, title="An hour", mission="measured"))
    await _say(mission, PlanSlot(session=session, title="An hour", starts_at=0, ends_at=1))
    room = await _room(hub, f"session/{session}")
    await _say(room, OpenSession())
    arrivals = [_request(person, Arrive(name=f"Person {person}"), "attendee") for person in people]
    lines = [_request(people[0], Say(text=f"line {n}"), "attendee") for n in range(LINES // SESSIONS)]
    for outcome in await said(room, arrivals + lines):
        _answered(outcome)


async def _room(hub: Hub, topic: str) -> Room:
    room = await hub.room(topic)
    assert room is not None
    return room


async def _say(room: Room, command: Command) -> dict[str, Any]:
    return _answered(await say(room, command))


async def _by(room: Room, who: str, command: Command) -> dict[str, Any]:
    return _answered((await said(room, [_request(who, command)]))[0])


def _request(who: str, command: Command, role: str = "participant") -> Request:
    role = "organiser" if who == SERVER else role
    return Request(Actor(who, "Somebody", role, now_ms(), fresh_id()), "", command, to_nobody)


def _answered(outcome: Answer | Refusal) -> dict[str, Any]:
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome.result


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--redis")
    asyncio.run(main(parser.parse_args().redis))
