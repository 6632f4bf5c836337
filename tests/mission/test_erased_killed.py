"""Erased for good by a real process: one that is killed in the middle of it finishes it at its next start."""

from __future__ import annotations

import asyncio
import contextlib
import pathlib
import signal
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from tests.mission.test_erased_for_good import TOPIC, begun
from tests.web.client import until
from tests.web.conftest import pytest_asyncio_loop_factories
from tests.web.process import Serving
from tests.web.server import SECRET
from webinar_server.clock import now_ms
from webinar_server.live.hub import Hub
from webinar_server.log import Log
from webinar_server.log.erasures import NAME, Erasures
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.settings import Settings
from webinar_server.state import Identity
from webinar_server.web.who.tokens import DAY_MS, Signer

__all__ = ["pytest_asyncio_loop_factories"]


@pytest.fixture
def folder() -> Iterator[pathlib.Path]:
    # not that of the test: its name is long, and so would the socket's be
    with tempfile.TemporaryDirectory() as name:
        yield pathlib.Path(name)


@pytest.fixture
async def processes() -> AsyncIterator[list[Serving]]:
    """Those that a test starts; the last is ended first."""
    started: list[Serving] = []
    yield started
    for one in reversed(started):
        one.kill()


async def lived(log: Log) -> str:
    """A mission and its session in which Ada Kanarie was; her id."""
    hub = Hub(log, Settings(pace=False), Erasures())
    await hub.open()
    ada = await begun(hub)
    await hub.close()
    return ada


def erasing(server: Serving, person: str) -> asyncio.Task[httpx.Response]:
    """They ask to be erased."""
    expires = now_ms() + DAY_MS
    me = Identity(id=person, name="", role="participant", topic=TOPIC, issued=0, expires=expires)
    headers = {"Authorization": f"Bearer {Signer(SECRET).sign(me)}", "Origin": server.url}

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(headers=headers, trust_env=False, timeout=60) as http:
            path = f"{server.url}/api/missions/ev-2027/erase"
            return await http.post(path, json={"participant": person})

    return asyncio.ensure_future(ask())


async def killed(server: Serving, asked: asyncio.Task[httpx.Response]) -> None:
    server.stop(signal.SIGKILL)
    with contextlib.suppress(httpx.HTTPError):
        await asked


def found(folder: pathlib.Path) -> list[str]:
    """Files in which her name stands."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if b"anarie" in path.read_bytes()]


def is_gone(folder: pathlib.Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        # what is written ahead comes and goes while it is looked for
        return found(folder) == []
    return False


def is_kept_apart(data: pathlib.Path, person: str) -> bool:
    path = data / NAME
    return path.exists() and person.encode() in path.read_bytes()


async def test_a_server_that_is_killed_in_the_middle_finishes_it_when_it_starts_again(
    folder: pathlib.Path, processes: list[Serving]
) -> None:
    data = folder / "data"
    data.mkdir()
    ada = await lived(SqliteLog(data))
    server = Serving(data, WEBINAR_PACE="off").start()
    processes.append(server)
    # a backup that reads keeps what was written before where it is
    with contextlib.closing(sqlite3.connect(data / "log.db", isolation_level=None)) as backup:
        backup.execute("BEGIN")
        backup.execute("SELECT count(*) FROM sqlite_master").fetchone()
        asked = erasing(server, ada)
        await until(lambda: is_kept_apart(data, ada), "begun")
        await killed(server, asked)
        assert found(data)
    server.start()
    await until(lambda: is_gone(data), "finished")
    assert (await erasing(server, ada)).json()["code"] == "person.erased"
