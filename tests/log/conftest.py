"""The engines that must pass the contract: one line for each."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from tests.sim.log import SimLog
from tests.sim.store import Store
from tests.valkey import Valkey
from tests.valkey_cluster import ValkeyCluster, ValkeySentinel
from webinar_server.log import Log
from webinar_server.log.redis.engine import RedisLog
from webinar_server.log.sqlite.engine import SqliteLog

SECRET = "tests-have-one-of-their-own-b7Kx2mQ9vR4tZ8wY"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    """One Valkey for the tests that leave it as it was."""
    valkey = Valkey(tmp_path_factory.mktemp("valkey")).start()
    yield valkey
    valkey.stop()


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ValkeyCluster]:
    cluster = ValkeyCluster(tmp_path_factory.mktemp("cluster")).start()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def sentinel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ValkeySentinel]:
    sentinel = ValkeySentinel(tmp_path_factory.mktemp("sentinel")).start()
    yield sentinel
    sentinel.stop()


def emptied(request: pytest.FixtureRequest, fixture: str) -> RedisLog:
    servers = request.getfixturevalue(fixture)
    for server in getattr(servers, "nodes", None) or [getattr(servers, "primary", servers)]:
        with server.client() as client:
            client.flushall()
    return RedisLog(servers.url)


ENGINES: dict[str, Callable[[pytest.FixtureRequest, Path], Log]] = {
    "sqlite": lambda request, folder: SqliteLog(folder),
    "redis": lambda request, folder: emptied(request, "server"),
    "cluster": lambda request, folder: emptied(request, "cluster"),
    "sentinel": lambda request, folder: emptied(request, "sentinel"),
    # what the simulation takes for the world must keep what the world promises
    "simulated": lambda request, folder: SimLog(Store()),
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
