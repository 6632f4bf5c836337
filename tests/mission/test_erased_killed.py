"""Erased for good by real processes: one that is killed in the middle of it leaves it to whoever comes next,
and what is restored from an older copy is erased again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pathlib
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from tests.mission.test_erased_for_good import SESSION, TOPIC, begun
from tests.valkey import DURABLE, Valkey
from tests.web.client import DEADLINE, until
from tests.web.conftest import pytest_asyncio_loop_factories
from tests.web.process import Serving, children
from tests.web.server import SECRET
from webinar_server.clock import now_ms
from webinar_server.live.hub import Hub
from webinar_server.live.mirror import loaded
from webinar_server.log import Log
from webinar_server.log.erasures import NAME, Erasures
from webinar_server.log.redis.engine import RedisLog
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.settings import Settings
from webinar_server.state import Erased, Identity
from webinar_server.topics import about
from webinar_server.web.who.tokens import DAY_MS, Signer

__all__ = ["pytest_asyncio_loop_factories"]

KEY_TAKES_US = 60_000_000
"""For so long a key keeps Valkey that writes its files anew: who is killed then is in the middle."""


@pytest.fixture
def folder() -> Iterator[pathlib.Path]:
    # not that of the test: its name is long, and so would the socket's be
    with tempfile.TemporaryDirectory() as name:
        yield pathlib.Path(name)


@pytest.fixture
async def processes() -> AsyncIterator[list[Serving | Valkey]]:
    """Those that a test starts; the last is ended first."""
    started: list[Serving | Valkey] = []
    yield started
    for one in reversed(started):
        one.kill()


@pytest.fixture
def valkey(folder: pathlib.Path, processes: list[Serving | Valkey]) -> Valkey:
    # as it is written, words are found in its files
    started = Valkey(folder / "valkey", *DURABLE, "--rdbcompression", "no").start()
    processes.append(started)
    return started


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
        # files of Valkey come and go while they are looked for
        return found(folder) == []
    return False


def is_kept_apart(data: pathlib.Path, person: str) -> bool:
    path = data / NAME
    return path.exists() and person.encode() in path.read_bytes()


async def test_a_server_that_is_killed_in_the_middle_finishes_it_when_it_starts_again(
    folder: pathlib.Path, processes: list[Serving | Valkey]
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
    await is_shut_out(server, ada)


@pytest.mark.parametrize("moment", ["before it is kept apart", "while files are written anew"])
async def test_what_one_of_two_workers_that_is_killed_began_the_other_finishes(
    folder: pathlib.Path, valkey: Valkey, processes: list[Serving | Valkey], moment: str
) -> None:
    ada = await lived(RedisLog(valkey.url))
    ours, other = (
        Serving(folder / name, "--redis", valkey.url, WEBINAR_PACE="off").start()
        for name in ("ours", "other")
    )
    processes += [ours, other]
    if moment == "before it is kept apart":
        await stuck_and_killed(ours, ada, valkey)
    else:
        await killed_while_files_are_written(ours, ada, valkey)
    await is_finished(valkey, ada)
    assert is_kept_apart(folder / "other", ada)
    await is_shut_out(other, ada)


async def stuck_and_killed(server: Serving, person: str, valkey: Valkey) -> None:
    """It comes as far as its own list, which nobody reads, so that it waits there."""
    server.data.mkdir(exist_ok=True)
    os.mkfifo(server.data / NAME)
    asked = erasing(server, person)
    # the other may be quick
    await told(valkey, TOPIC, person, False, True)
    await killed(server, asked)


async def killed_while_files_are_written(server: Serving, person: str, valkey: Valkey) -> None:
    """And so is what writes them, which would be about it for minutes."""
    with valkey.client() as client:
        client.config_set("rdb-key-save-delay", KEY_TAKES_US)
        asked = erasing(server, person)
        await until(lambda: bool(client.info("persistence")["aof_rewrite_in_progress"]), "in the middle")
        await killed(server, asked)
        assert found(valkey.folder)
        client.config_set("rdb-key-save-delay", 0)
    for child in children(valkey.pid):
        os.kill(child, signal.SIGKILL)


async def test_an_older_copy_of_what_valkey_wrote_brings_nobody_back(
    folder: pathlib.Path, valkey: Valkey, processes: list[Serving | Valkey]
) -> None:
    ada = await lived(RedisLog(valkey.url))
    valkey.stop()
    shutil.copytree(valkey.folder, folder / "backup")
    valkey.start()
    # its folder is not there yet: the secret is in the environment
    server = Serving(folder / "data", "--redis", valkey.url, WEBINAR_PACE="off").start()
    processes.append(server)
    assert (await erasing(server, ada)).status_code == 200
    await is_finished(valkey, ada)
    server.stop()
    valkey.stop()
    shutil.rmtree(valkey.folder)
    shutil.copytree(folder / "backup", valkey.folder)
    assert found(valkey.folder)
    valkey.start()
    await told(valkey, TOPIC, ada, None)
    server.start()
    await is_finished(valkey, ada)
    await is_shut_out(server, ada)


async def told(valkey: Valkey, topic: str, person: str, *wanted: bool | None) -> None:
    """Wait until the log says of erasing them one of these: that it is done, begun, or nothing."""
    log = RedisLog(valkey.url)
    await log.open()
    try:
        async with asyncio.timeout(DEADLINE):
            while True:
                state, *_ = await loaded(log, topic, about(topic).kinds)
                erased = state.get(Erased, person)
                if (None if erased is None else erased.done) in wanted:
                    return
                await asyncio.sleep(0.02)
    finally:
        await log.close()


async def is_finished(valkey: Valkey, person: str) -> None:
    """In the mission and its session, by what the log says and by what is in the files."""
    for topic in (TOPIC, SESSION):
        await told(valkey, topic, person, True)
    await until(lambda: is_gone(valkey.folder), "gone from the files")
    with valkey.client() as client:
        assert not [key for key in client.keys("*") if b"anarie" in (client.dump(key) or b"")]


async def is_shut_out(server: Serving, person: str) -> None:
    again = await erasing(server, person)
    assert (again.status_code, again.json()["code"]) == (403, "person.erased")
