"""What is kept in a Redis has a version: older programs must not take what they cannot read for damage."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.log import end, link
from tests.valkey import Valkey
from webinar_server.log.redis.engine import VERSION, RedisLog
from webinar_server.state import START

TOPIC = "session/s1"


@pytest.fixture
async def log(server: Valkey) -> AsyncIterator[RedisLog]:
    """Opened on what an older version left."""
    with server.client() as client:
        client.flushall()
        client.set("wb:version", VERSION - 1)
    log = RedisLog(server.url)
    await log.open()
    yield log
    await log.close()


def version(server: Valkey) -> int:
    with server.client() as client:
        return int(client.get("wb:version"))


async def test_what_was_only_read_stays_its_older_programs_to_use(log: RedisLog, server: Valkey) -> None:
    assert await log.topics() == [] and await log.head(TOPIC) == START
    assert version(server) == VERSION - 1, "an export, say, beside servers that are older"


async def test_what_is_appended_to_is_of_this_version(log: RedisLog, server: Valkey) -> None:
    entries = link(START, "a")
    await log.append(TOPIC, START, entries)
    assert version(server) == VERSION
    await log.append(TOPIC, end(entries[0]), link(end(entries[0]), "b"))
    assert (await log.head(TOPIC)).seq == 2


async def test_what_is_restored_into_is_of_this_version(log: RedisLog, server: Valkey) -> None:
    assert await log.restore(TOPIC, START, link(START, "a"))
    assert version(server) == VERSION
