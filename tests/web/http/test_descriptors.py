"""A server with 64 file descriptors to whom a hundred come: some are in, its operator reads why not all."""

from __future__ import annotations

import asyncio
import contextlib
import pathlib
import re
import resource
from collections.abc import AsyncIterator, Iterator
from typing import NamedTuple

import pytest

from tests.ports import free_port
from tests.serve.test_metrics_port import scrape
from tests.web.client import DEADLINE, Client
from tests.web.process import Serving, prints
from tests.web.raw import LIVE, Raw, opened

FEW, MANY = 64, 100
KEPT = 8
"""An eighth of so few."""

COUNTED = re.compile(r'^webinar_excess_total\{limit="file descriptors"\} ([\d.]+)$', re.M)


@contextlib.contextmanager
def few_descriptors() -> Iterator[None]:
    """For what is started within."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FEW, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


class House(NamedTuple):
    """The server, those who may come, and where its operator looks."""

    serving: Serving
    tokens: list[str]
    metrics_port: int

    async def speaker(self, number: int) -> Client:
        client = await Client(self.serving.url, self.tokens[number]).open()
        await client.join("session/s1")
        return client

    async def knock(self, token: str) -> tuple[int, Raw | None]:
        """The status of the handshake, 0 where there was no answer; the socket if it was opened."""
        try:
            raw = await opened(self.serving.url)
            raw.write(
                f"GET /live HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n{LIVE}\r\n".encode()
            )
            async with asyncio.timeout(DEADLINE):
                head = await raw.reader.readuntil(b"\r\n\r\n")
        except (OSError, asyncio.IncompleteReadError):
            return 0, None
        status = int(head.split()[1])
        if status == 101:
            return status, raw
        raw.abort()
        return status, None

    async def look(self, statuses: list[int], inside: list[Raw]) -> None:
        """It was counted and said; when some leave, others come in and are heard."""
        # how many descriptors the log, its engine and Python itself hold is theirs
        assert FEW // 2 <= len(inside) <= FEW - KEPT
        for raw in inside[:30]:
            raw.abort()
        async with asyncio.timeout(DEADLINE):
            again: list[Raw] = []
            while len(again) < 20:
                _, raw = await self.knock(self.tokens[len(again)])
                again += [raw] if raw else []
        counted = COUNTED.search(await scrape(self.metrics_port))
        assert counted is not None and float(counted[1]) >= max(1, statuses.count(503))
        for raw in (*inside[30:], *again):
            raw.abort()
        code, said = self.serving.stop()
        assert code == 0 and "Traceback" not in said
        assert 1 <= said.count("LimitNOFILE") <= 5


@pytest.fixture
async def house(tmp_path: pathlib.Path) -> AsyncIterator[House]:
    prints("session", "add", "s1", "--title", "Ports", "--data", tmp_path)
    who = ("--session", "s1", "--role", "attendee", "--name", "Guest", "--count", str(MANY + 1))
    tokens, port = prints("token", *who, "--data", tmp_path), free_port()
    serving = Serving(tmp_path, "--metrics", str(port))
    with few_descriptors():
        serving.launch()
    yield House(serving.wait(), tokens, port)
    serving.kill()


async def test_a_hundred_who_come_one_by_one_are_all_answered(house: House) -> None:
    speaker = await house.speaker(MANY)
    found = [await house.knock(token) for token in house.tokens[:MANY]]
    statuses = [status for status, _ in found]
    assert set(statuses) == {101, 503}
    await speaker.do("say", text="here")
    speaker.abort()
    await house.look(statuses, [raw for _, raw in found if raw])


async def test_a_hundred_who_come_at_once_leave_the_server_well(house: House) -> None:
    """The kernel's limit is met before this server hears of them all: some find a closed door, unanswered."""
    speaker = await house.speaker(MANY)
    found = await asyncio.gather(*(house.knock(token) for token in house.tokens[:MANY]))
    statuses = [status for status, _ in found]
    assert set(statuses) <= {101, 503, 0}
    await speaker.do("say", text="here")
    speaker.abort()
    await house.look(statuses, [raw for _, raw in found if raw])
