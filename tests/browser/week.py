"""A mission in its week, made before the server starts: sessions, people, and what they did so far."""

from __future__ import annotations

import asyncio
import pathlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from tests.browser.conftest import Server
from tests.mission.scene import CREATED
from webinar_server.clock import now_ms
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import say
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.mission import MISSION
from webinar_server.mission.mission import CreateMission
from webinar_server.mission.programme import HOUR_MS
from webinar_server.session import SESSION
from webinar_server.session.programme import CreateSession, OpenSession
from webinar_server.settings import Settings
from webinar_server.state import Answer, Identity
from webinar_server.web.who.secret import load_secrets
from webinar_server.web.who.tokens import Signer

DAY_MS = 24 * HOUR_MS
TOPIC = MISSION.topic("ev-2027")
TODAY, BEFORE, NEXT = "depots", "grid", "buses"


class Did(NamedTuple):
    """What somebody did in the session of two days ago."""

    greeted: bool = False
    asked: bool = False


class Guest(NamedTuple):
    """Somebody who takes part."""

    name: str
    card: Mapping[str, Any] = MappingProxyType({})
    did: Did | None = None


class Week:
    """A server with that mission; `ids` are its people's by their names."""

    def __init__(self, server: Server, ids: dict[str, str]) -> None:
        self.server = server
        self.ids = ids
        self._signer = Signer(*load_secrets(server.data))

    def link(self, name: str, page: str = "session", of: str = TODAY) -> str:
        identity = Identity(id=self.ids[name], name="", role="", topic=TOPIC)
        return f"http://127.0.0.1:{self.server.port}/{page}/{of}#{self._signer.sign(identity)}"


@contextmanager
def week(data: pathlib.Path, people: Sequence[Guest], hosts: Sequence[str] = ("Hal Host",)) -> Iterator[Week]:
    """With a session that is open now, one of two days ago and one of tomorrow."""
    data.mkdir(parents=True, exist_ok=True)
    load_secrets(data)
    with ThreadPoolExecutor(1) as thread:
        ids = thread.submit(asyncio.run, _made(data, people, hosts)).result()
    server = Server(data)
    server.start()
    try:
        yield Week(server, ids)
    finally:
        server.stop()


async def _made(data: pathlib.Path, people: Sequence[Guest], hosts: Sequence[str]) -> dict[str, str]:
    hub = Hub(SqliteLog(data), Settings())
    await hub.open()
    outcome = await hub.begin(TOPIC, msgspec.convert(CREATED, CreateMission))
    assert isinstance(outcome, Answer)
    mission = await hub.room(TOPIC)
    assert mission is not None
    ids = {"Ori Olsen": outcome.result["organiser"]}
    for guest in (*(Guest(host) for host in hosts), *people):
        ids[guest.name] = (await _said(mission, "invite", name=guest.name, **guest.card))["id"]
    now = now_ms()
    for session, title, starts_at in (
        (BEFORE, "The grid", now - 2 * DAY_MS),
        (TODAY, "Depots", now - 60_000),
        (NEXT, "Buses", now + DAY_MS),
    ):
        begun = CreateSession(session=session, title=title, mission="ev-2027")
        assert isinstance(await hub.begin(SESSION.topic(session), begun), Answer)
        times = {"starts_at": starts_at, "ends_at": starts_at + HOUR_MS}
        named = [ids[host] for host in hosts]
        await _said(mission, "plan_slot", session=session, title=title, hosts=named, **times)
    today = await hub.room(SESSION.topic(TODAY))
    assert today is not None
    await say(today, OpenSession())
    for guest in people:
        if guest.did is not None:
            await _told(mission, ids, guest, hosts[0], now - 2 * DAY_MS)
    await hub.close()
    return ids


async def _told(mission: Room, ids: dict[str, str], guest: Guest, host: str, at: int) -> None:
    """What the session before told of somebody."""
    assert guest.did is not None
    greeted = {"by": ids[host], "name": host, "at": at + 120_000, "aloud": False}
    await _said(
        mission,
        "note_part",
        session=BEFORE,
        participant=ids[guest.name],
        came=at,
        asked=at + 60_000 if guest.did.asked else None,
        greeted=greeted if guest.did.greeted else None,
    )


async def _said(room: Room, command: str, **args: Any) -> dict[str, Any]:
    outcome = await say(room, msgspec.convert(args, MISSION.commands[command]))
    assert isinstance(outcome, Answer), outcome
    return outcome.result
