"""Two boards: what is shown on the first is copied to the second, which thanks for it."""

from __future__ import annotations

import asyncio

from tests.board import BOARD
from tests.board.copies import Copy, CopyNote, Thanks
from tests.board.notes import CreateBoard, Pin, Show
from tests.web.client import DEADLINE
from webinar_server.clock import fresh_id, now_ms
from webinar_server.live.committing import Outcome, Request
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.log import Log
from webinar_server.settings import Settings
from webinar_server.state import Actor, Answer, Command, Entry, Errand, unseal

HERE, THERE = BOARD.topic("b1"), BOARD.topic("b2")
CALM = Settings(pace=False)
QUICK = Settings(pace=False, lease=2.5)
"""To see soon that another worker ended."""


async def opened(log: Log, settings: Settings = CALM) -> Hub:
    hub = Hub(log, settings)
    await hub.open()
    return hub


async def begun(hub: Hub, *boards: str) -> Hub:
    """With these boards, of which the first is copied to the second."""
    for board in boards or ("b1", "b2"):
        to = (THERE,) if board == "b1" else ()
        begin = CreateBoard(board=board, title="Ideas", copies_to=to)
        assert isinstance(await hub.begin(BOARD.topic(board), begin), Answer)
    return hub


async def room(hub: Hub, topic: str) -> Room:
    live = await hub.room(topic)
    assert live is not None
    return live


async def asked(there: Room, who: str, command: Command) -> Outcome:
    told: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    there.submit(
        Request(Actor(who, who, "member", now_ms(), fresh_id()), fresh_id(), command, told.set_result)
    )
    async with asyncio.timeout(DEADLINE):
        return await told


async def show(hub: Hub, *texts: str) -> list[str]:
    """Notes shown here, at once, each by somebody of their own; their ids."""
    here = await room(hub, HERE)

    async def one(text: str) -> str:
        pinned = await asked(here, f"m {text}", Pin(text=text))
        assert isinstance(pinned, Answer)
        assert isinstance(await asked(here, f"m {text}", Show(note=pinned.result["id"])), Answer)
        return str(pinned.result["id"])

    return list(await asyncio.gather(*map(one, texts)))


async def copied(hub: Hub, notes: list[str]) -> None:
    """Wait until these are there, and thanked for here: each once, and nothing else; and nothing waits."""
    async with asyncio.timeout(DEADLINE):
        while (await room(hub, HERE)).state.count(Thanks) < len(notes) or await waiting(hub):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    here, there = await room(hub, HERE), await room(hub, THERE)
    await there.mirror.look()
    assert {copy.id: copy.times for copy in there.state.all(Copy)} == dict.fromkeys(notes, 1)
    assert {thanks.id: thanks.times for thanks in here.state.all(Thanks)} == dict.fromkeys(notes, 1)


async def waiting(hub: Hub) -> int:
    return sum([(await room(hub, topic)).state.count(Errand) for topic in (HERE, THERE)])


async def entries(log: Log, topic: str, command: str = CopyNote.NAME) -> list[Entry]:
    """All of a log by one command."""
    found = [unseal(sealed, BOARD.kinds) for sealed in await log.read(topic, 0, 1_000_000)]
    return [entry for entry in found if entry.command == command]
