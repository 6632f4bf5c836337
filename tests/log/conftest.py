"""The engines that must pass the contract: one line for each."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from tests.valkey import Valkey
from webinar_server.log import Log
from webinar_server.log.redis import RedisLog
from webinar_server.log.sqlite import SqliteLog

SECRET = "a-secret-of-the-tests-and-of-nobody-else"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    """One Valkey for the tests that leave it as it was."""
    valkey = Valkey(tmp_path_factory.mktemp("valkey")).start()
    yield valkey
    valkey.stop()


def emptied(request: pytest.FixtureRequest) -> RedisLog:
    valkey: Valkey = request.getfixturevalue("server")
    with valkey.client() as client:
        client.flushall()
    return RedisLog(valkey.url, SECRET)


ENGINES: dict[str, Callable[[pytest.FixtureRequest, Path], Log]] = {
    "sqlite": lambda request, folder: SqliteLog(folder),
    "redis": lambda request, folder: emptied(request),
}


@pytest.fixture(params=ENGINES)
async def log(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Log]:
    """An empty log of each engine."""
    engine = ENGINES[request.param](request, tmp_path)
    await engine.open()
    yield engine
    await engine.close()


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[SqliteLog]:
    engine = SqliteLog(tmp_path)
    await engine.open()
    yield engine
    await engine.close()
