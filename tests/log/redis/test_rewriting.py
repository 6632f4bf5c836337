"""Rewriting: what was cut is in no file of a real Valkey any more; what it may not be asked for is said."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest

from tests.valkey import DURABLE, Valkey
from webinar_server.log import Snapshot
from webinar_server.log.redis.engine import RedisLog
from webinar_server.state import START, Position, Sealed, chain

TOPIC, CANARY = "session/s1", b"kanarie"
RIGHTS = ("~*", "&*", "+@all", "-bgrewriteaof", "-bgsave")


@pytest.fixture
def valkey(tmp_path: pathlib.Path) -> Iterator[Valkey]:
    server = Valkey(tmp_path / "valkey", *DURABLE, "--rdbcompression", "no").start()
    yield server
    server.kill()


async def cut(log: RedisLog) -> None:
    """Ten entries with a canary, of which all are given up for a snapshot; one that came after it."""
    tag, entries = "", []
    for seq in range(1, 11):
        body = CANARY + bytes([seq])
        tag = chain(tag, body)
        entries.append(Sealed(seq, tag, body))
    last = b"after"
    entries.append(Sealed(11, chain(tag, last), last))
    assert await log.append(TOPIC, START, entries) is None
    await log.save_snapshot(TOPIC, Snapshot(Position(10, tag), b"kept"))
    await log.cut(TOPIC, 10)
    assert [entry.body for entry in await log.read(TOPIC, 10)] == [last]


def found(valkey: Valkey) -> list[str]:
    files = [path for path in valkey.folder.rglob("*") if path.is_file()]
    return [path.name for path in files if CANARY in path.read_bytes()]


async def test_what_was_cut_is_in_no_file_any_more(valkey: Valkey) -> None:
    log = RedisLog(valkey.url)
    await log.open()
    await cut(log)
    assert found(valkey)
    assert await log.forget() == () and found(valkey) == []
    assert [entry.body for entry in await log.read(TOPIC, 10)] == [b"after"]
    await log.close()


async def test_what_a_user_may_not_ask_for_is_said_to_be_left(valkey: Valkey) -> None:
    with valkey.client() as client:
        client.execute_command("ACL", "SETUSER", "narrow", "on", ">pw", *RIGHTS)
    log = RedisLog(valkey.url.replace("redis://", "redis://narrow:pw@"))
    await log.open()
    await cut(log)
    assert await log.forget() == ("aof",) and found(valkey)
    await log.close()
