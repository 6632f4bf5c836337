"""A mission with its people and its programme, on a server of its own, and links of some of them."""

from __future__ import annotations

import asyncio
import pathlib
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random
from typing import Any

import msgspec
import pytest

from tests.browser.conftest import Server
from tests.mission.people import participant
from tests.mission.scene import CREATED
from webinar_server.clock import now_ms
from webinar_server.live.committing import Request
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import said, say, to_nobody
from webinar_server.live.saying import server as by_server
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.mission import MISSION
from webinar_server.mission.participants import SHOWN, Participant
from webinar_server.mission.programme import HOUR_MS
from webinar_server.session.programme import CreateSession
from webinar_server.settings import Settings
from webinar_server.state import Answer, Command
from webinar_server.web.sessions import create_session
from webinar_server.web.who.member_links import path_of, token_of
from webinar_server.web.who.secret import load_secrets
from webinar_server.web.who.tokens import Signer

ID = CREATED["mission"]
TOPIC = MISSION.topic(ID)
DEPOTS = ("Anke Bouwman", "Luis Ortega", "Maya Chen")
"""Three who offer what Voltline seeks, each in words of their own."""
TAGS = ("Depot charging", "Charging depots", "depot charging")
SEEKERS: tuple[str, ...] = ("Ada Vries", "Bea Smit", "Cas Bos", "Dia Mol", "Eva Kok")
SEEKERS += ("Fay Wu", "Gus Vos", "Hal Ray", "Ivo Pex", "Jet Lam")
"""Each has one browser: by a link that is in use, another one is asked whose it is."""
SEEKS = {
    **{"organisation": "Voltline", "kind": "sme", "country": "NL", "place": "Utrecht"},
    **{"offers": ["Pilot fleet"], "seeks": ["Depot charging"], "languages": ["nl", "en"]},
}


class Week:
    """A server with a mission, and who opens its pages."""

    def __init__(self, server: Server, people: dict[str, str]) -> None:
        self.server = server
        self._people = people

    def link(self, name: str, more: str = "") -> str:
        """Somebody's link, to a tab perhaps: `tab=me`."""
        path, _, token = self._people[name].partition("#")
        asked = f"?{more}" if more else ""
        return f"http://127.0.0.1:{self.server.port}{path}{asked}#{token}"


Also = Callable[[Room], Awaitable[None]]
"""What happened in the mission, too, before its server starts."""


@contextmanager
def mission(data: pathlib.Path, people: int = 40, also: Also | None = None) -> Iterator[Week]:
    """With so many people beside those who have names here, one session on now and one to come."""
    data.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(1) as thread:
        # Playwright's loop runs on this one
        links = thread.submit(asyncio.run, _filled(data, people, also)).result()
    server = Server(data)
    server.start()
    try:
        yield Week(server, links)
    finally:
        server.stop()


def for_a_module(people: int = 4, also: Also | None = None) -> Any:
    """A fixture of it that all tests of a module share."""

    @pytest.fixture(scope="module")
    def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
        with mission(tmp_path_factory.mktemp("week") / "data", people, also) as found:
            yield found

    return week


async def _filled(data: pathlib.Path, people: int, also: Also | None) -> dict[str, str]:
    hub = Hub(SqliteLog(data), Settings())
    await hub.open()
    try:
        created = command("create_mission", **CREATED)
        assert isinstance(await hub.begin(TOPIC, created), Answer)
        room = await hub.room(TOPIC)
        assert room is not None
        await _peopled(room, people)
        by_name = {one.name: one for one in room.state.all(Participant)}
        await _planned(hub, room, by_name)
        if also is not None:
            await also(room)
        signer = Signer(*load_secrets(data))
        return {name: path_of(TOPIC, one, token_of(signer, TOPIC, one)) for name, one in by_name.items()}
    finally:
        await hub.close()


async def _peopled(room: Room, people: int) -> None:
    dice = Random(20)
    cards: list[dict[str, Any]] = [{"name": name} | SEEKS for name in SEEKERS]
    for name, tag in zip(DEPOTS, TAGS, strict=True):
        cards.append(
            {"name": name, "organisation": f"{name.split()[-1]} Energy", "offers": [tag], "country": "NL"}
        )
    for number in range(people):
        one = participant(number, dice)
        cards.append({field: getattr(one, field) for field in SHOWN})
    said_by = by_server(room)
    for start in range(0, len(cards), 100):
        applying = (command("apply", admitted=True, **card) for card in cards[start : start + 100])
        await said(
            room, [Request(_fresh(said_by, n, start), "", one, to_nobody) for n, one in enumerate(applying)]
        )


def _fresh(actor: Any, number: int, start: int) -> Any:
    return actor._replace(fresh=f"person-{start + number}")


async def _planned(hub: Hub, room: Room, people: dict[str, Participant]) -> None:
    now: int = now_ms()
    anke, luis = people[DEPOTS[0]].id, people[DEPOTS[1]].id
    slots = [
        {"session": "depots", "title": "Depots without a heavier grid", "starts_at": now - HOUR_MS // 2},
        {"session": "ports", "title": "Shore power in small ports", "starts_at": now + 2 * HOUR_MS},
    ]
    for slot, host in zip(slots, (anke, luis), strict=True):
        ends_at = slot["starts_at"] + HOUR_MS  # type: ignore[operator]
        await create_session(hub, msgspec.convert({"mission": ID} | slot, CreateSession))
        await say(room, command("plan_slot", **slot, ends_at=ends_at, hosts=[host]))
    await say(room, command("announce", text="Welcome, good that you are here."))


def command(name: str, /, **args: Any) -> Command:
    return msgspec.convert(args, MISSION.commands[name])


async def done_by(room: Room, who: str, fresh: str, name: str, /, ago: int = 0, **args: Any) -> None:
    """Somebody of the mission does that, or did it so many ms ago; what they make has the id `fresh`."""
    known = room.state.get(Participant, who)
    assert known is not None
    actor = by_server(room)
    actor = actor._replace(id=who, role=known.role, fresh=fresh, at=actor.at - ago)
    await said(room, [Request(actor, "", command(name, **args), to_nobody)])
