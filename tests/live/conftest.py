"""Houses for the tests of this folder, and the servers of tests/web where real sockets matter."""

from __future__ import annotations

import pathlib
from collections.abc import AsyncIterator

import pytest

from tests.live.house import House
from tests.live.workers import QUICK, Worker, in_step
from tests.log.conftest import server as valkey
from tests.valkey import Valkey
from tests.web.client import until
from tests.web.conftest import pytest_asyncio_loop_factories, server, start

__all__ = ["pytest_asyncio_loop_factories", "server", "start", "valkey"]


@pytest.fixture
async def house(tmp_path: pathlib.Path) -> AsyncIterator[House]:
    """A hub with one open session, its log in a folder of its own."""
    house = await House(tmp_path / "house").open()
    yield house
    await house.close()


@pytest.fixture
async def pair(valkey: Valkey, request: pytest.FixtureRequest) -> AsyncIterator[list[Worker]]:
    """Two workers in one session, who know of each other; with the settings a test names."""
    with valkey.client() as client:
        client.flushall()
    settings = getattr(request, "param", QUICK)
    workers = [await Worker(valkey.url, settings).open() for _ in range(2)]
    for worker in workers:
        await until(lambda worker=worker: bool(worker.hub.worker.others), "both live")
    await in_step(*workers)
    yield workers
    for worker in workers:
        await worker.close()
