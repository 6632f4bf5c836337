"""A folder read beside the server that holds it: everything is there, nothing is written, nobody waits."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.log import end, link
from tests.log.sqlite.test_damage import contents
from tests.log.sqlite.test_engine import of_version_1
from tests.web.client import DEADLINE
from webinar_server.errors import StorageError
from webinar_server.log import Snapshot
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.log.sqlite.file import VERSION
from webinar_server.log.sqlite.reading import SqliteReading
from webinar_server.state import START, Position

TOPIC = "session/s1"
BASE = Snapshot(Position(100, "0123456789abcdef"), b"a hundred")


async def reading(folder: Path) -> SqliteReading:
    found = SqliteReading(folder)
    await found.open()
    return found


async def test_a_reader_sees_what_is_appended_and_keeps_nobody_waiting(
    sqlite: SqliteLog, tmp_path: Path
) -> None:
    reader, at = await reading(tmp_path), START
    for n in range(50):
        entries = link(at, f"a {n}", "x" * 5_000)
        async with asyncio.timeout(DEADLINE):
            assert await sqlite.append(TOPIC, at, entries) is None
        at = end(entries[-1])
        assert await reader.head(TOPIC) == at
        assert await reader.read(TOPIC, at.seq - 2) == entries
    assert await reader.topics() == [TOPIC]
    assert len(await reader.read(TOPIC, 0, 7)) == 7
    busy, _, _ = await sqlite._read(lambda db: db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone())
    assert not busy, "not even a checkpoint waits for it"
    await reader.close()
    with pytest.raises(StorageError, match="closed"):
        await reader.head(TOPIC)


async def test_a_history_that_begins_with_a_snapshot_is_read_too(sqlite: SqliteLog, tmp_path: Path) -> None:
    await sqlite.restore(TOPIC, START, link(BASE.position, "a"), BASE)
    reader = await reading(tmp_path)
    assert (await reader.base(TOPIC), await reader.snapshot(TOPIC)) == (BASE.position, BASE)
    assert await reader.read(TOPIC, 100) == link(BASE.position, "a")
    with pytest.raises(StorageError, match="begins after entry 100"):
        await reader.read(TOPIC, 0)
    await reader.close()


async def test_a_folder_nobody_holds_is_read_and_left_as_it_was(tmp_path: Path) -> None:
    entries = of_version_1(tmp_path)
    before = contents(tmp_path)
    reader = await reading(tmp_path)
    assert (await reader.base("session/s"), await reader.read("session/s", 0)) == (START, entries)
    await reader.close()
    assert contents(tmp_path) == before, "of version 1 as well"


async def test_a_reader_cannot_write(sqlite: SqliteLog, tmp_path: Path) -> None:
    reader = await reading(tmp_path)
    with reader._asked() as db, pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("INSERT INTO memory VALUES ('k', 'v')")
    await reader.close()


async def test_a_folder_that_cannot_be_read_is_one_line_and_left_alone(tmp_path: Path) -> None:
    for where in (tmp_path / "absent", tmp_path):
        with pytest.raises(StorageError, match="there is no log in"):
            await reading(where)
    assert os.listdir(tmp_path) == [], "nor is anything made"
    of_version_1(tmp_path)
    with closing(sqlite3.connect(tmp_path / "log.db")) as db:
        db.execute("PRAGMA user_version = 9")
    with pytest.raises(StorageError, match=rf"file version 9.*reads {VERSION}.*update webinar-server"):
        await reading(tmp_path)
    (tmp_path / "log.db").write_text("Dear diary,\n" * 1_000)
    with pytest.raises(StorageError, match="not a database"):
        await reading(tmp_path)
