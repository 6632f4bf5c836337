"""The engines that must pass the contract: one line for each."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.sim.log import SimLog
from tests.sim.store import Store
from webinar_server.log import Log
from webinar_server.log.sqlite import SqliteLog

ENGINES: dict[str, Callable[[Path], Log]] = {
    "sqlite": SqliteLog,
    # what the simulation takes for the world must be what the world promises
    "simulated": lambda folder: SimLog(Store()),
}


@pytest.fixture(params=ENGINES)
async def log(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Log]:
    """An empty log of each engine."""
    engine = ENGINES[request.param](tmp_path)
    await engine.open()
    yield engine
    await engine.close()


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[SqliteLog]:
    engine = SqliteLog(tmp_path)
    await engine.open()
    yield engine
    await engine.close()
