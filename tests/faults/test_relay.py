"""SIGKILL and SIGSTOP of workers whose boards copy notes: each is copied once, and thanked for once."""

from __future__ import annotations

import asyncio
import itertools
import pathlib
import random
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import pytest
from websockets.exceptions import WebSocketException

from tests.board import BOARD
from tests.board.notes import CreateBoard
from tests.board.play import HERE, THERE, not_told_once
from tests.faults.site import Site
from tests.faults.trial import LONG
from tests.valkey import Valkey
from tests.web.client import DEADLINE, Client
from tests.web.server import SECRET
from webinar_server.clock import now_ms
from webinar_server.live.hub import Hub
from webinar_server.log.redis.engine import RedisLog
from webinar_server.settings import Settings
from webinar_server.state import Answer, Entry, Errand, Identity, State, unseal
from webinar_server.topics import TOPICS
from webinar_server.web.who.tokens import DAY_MS, Signer

MEMBERS, FAULTS = 12, 60 if LONG else 6


@pytest.fixture
def site(tmp_path: pathlib.Path, valkey: Valkey, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Two workers that know boards."""
    monkeypatch.setitem(TOPICS, BOARD.name, BOARD)
    site = Site(tmp_path, valkey, [valkey.url] * 2)
    for worker in site.workers:
        worker.command = [sys.executable, "-m", "tests.board"]
    yield site
    site.close()


class Member:
    """Pins, shows and takes down, by whichever worker answers, and never says the same again."""

    def __init__(self, number: int, doors: list[str], dice: random.Random) -> None:
        self.stopping = False
        self.shown = 0
        identity = Identity(
            id=f"m{number}", name=f"M {number}", role="member", topic=HERE, expires=now_ms() + DAY_MS
        )
        self._token, self._doors, self._dice = Signer(SECRET).sign(identity), doors, dice
        self._texts = (f"{number} {count}" for count in itertools.count())

    async def live(self) -> None:
        while not self.stopping:
            with suppress(OSError, WebSocketException, TimeoutError, AssertionError):
                await self._visit(self._dice.choice(self._doors))
            await asyncio.sleep(0.1)

    async def _visit(self, door: str) -> None:
        client = Client(door, self._token)
        async with asyncio.timeout(5):
            await client.open()
            await client.join(HERE)
        while not self.stopping and client.closed is None:
            # a line whose worker was killed is given up, and whether it was done is not asked
            async with asyncio.timeout(5):
                for note in list(client.screen.of("note")):
                    await client.ask("take_down", note=note)
                pinned = await client.do("pin", text=next(self._texts))
                await client.do("show", note=pinned["result"]["id"])
                self.shown += 1
            await asyncio.sleep(self._dice.uniform(0.0, 0.2))
        client.abort()


async def begun(url: str) -> None:
    hub = Hub(RedisLog(url), Settings())
    await hub.open()
    here = CreateBoard(board="b1", title="Ideas", copies_to=(THERE,))
    for topic, begin in ((HERE, here), (THERE, CreateBoard(board="b2", title="Copies"))):
        assert isinstance(await hub.begin(topic, begin), Answer)
    await hub.close()


async def histories(log: RedisLog) -> dict[str, list[Entry]]:
    return {
        topic: [unseal(sealed, BOARD.kinds) for sealed in await log.read(topic, 0, 1_000_000)]
        for topic in (HERE, THERE)
    }


async def told_all(url: str) -> dict[str, list[Entry]]:
    """The histories once nothing waits to be told."""
    log = RedisLog(url)
    await log.open()
    while any(map(waiting, (found := await histories(log)).values())):  # noqa: ASYNC110
        await asyncio.sleep(0.5)
    await log.close()
    return found


def waiting(entries: list[Entry]) -> int:
    """Errands that are not done; replaying is `put` and nothing else."""
    state = State(BOARD.kinds)
    for entry in entries:
        state.put(entry, "")
    return state.count(Errand)


async def test_workers_that_are_killed_or_stopped_while_they_tell_have_it_done_once(
    site: Site, valkey: Valkey, seed: int
) -> None:
    await begun(valkey.url)
    for worker in site.workers:
        worker.launch()
    for worker in site.workers:
        await asyncio.to_thread(worker.announced)
    dice = random.Random(seed)
    members = [Member(number, site.doors, random.Random(f"{seed}/{number}")) for number in range(MEMBERS)]
    living = [asyncio.ensure_future(member.live()) for member in members]
    for number in range(FAULTS):
        await asyncio.sleep(dice.uniform(0.5, 2.0))
        worker = dice.choice(site.workers)
        if number % 4 == 3:
            worker.signal(signal.SIGSTOP)
            # sometimes less than its lease, sometimes more
            await asyncio.sleep(dice.choice([3.0, 7.0]))
            worker.signal(signal.SIGCONT)
        else:
            worker.kill()
            await asyncio.sleep(dice.uniform(0.0, 1.0))
            await asyncio.to_thread(worker.start)
    for member in members:
        member.stopping = True
    await asyncio.gather(*living)
    # nobody is there any more, and who tells is killed once again
    site.workers[0].kill()
    async with asyncio.timeout(DEADLINE):
        found = await told_all(valkey.url)
    assert not_told_once(found) == [], f"FAULTS_SEED={seed}"
    refs = Counter(entry.ref for entries in found.values() for entry in entries if entry.by == "server")
    assert max(count for ref, count in refs.items() if ref) == 1
    copied = sum(entry.command == "copy_note" for entry in found[THERE])
    assert copied >= sum(member.shown for member in members) > 50
    assert site.complaints() == []
