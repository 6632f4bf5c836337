"""Trimming, on a real Valkey: entries are given up for a snapshot, and only for one of the same history."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.log import bodies, end, link
from tests.log.conftest import emptied
from webinar_server.errors import StorageError
from webinar_server.log import Conflict, Snapshot
from webinar_server.log.redis.engine import RedisLog
from webinar_server.state import START, Position

TOPIC = "session/s1"


@pytest.fixture
async def trimmed(
    request: pytest.FixtureRequest,
) -> AsyncIterator[tuple[RedisLog, Snapshot]]:
    """Ten entries of which the first six were given up for a snapshot at the eighth."""
    log = emptied(request, "server")
    await log.open()
    entries = link(START, *"abcdefghij")
    assert await log.append(TOPIC, START, entries, vouched=True) is None
    snapshot = Snapshot(end(entries[7]), b"eight")
    await log.save_snapshot(TOPIC, snapshot)
    await log.cut(TOPIC, 6)
    yield log, snapshot
    await log.close()


async def test_what_is_older_than_a_snapshot_and_some_is_given_up(trimmed: tuple[RedisLog, Snapshot]) -> None:
    log, snapshot = trimmed
    base = await log.base(TOPIC)
    assert base.seq == 6 and await log.holds(TOPIC, base) and await log.snapshot(TOPIC) == snapshot
    assert bodies(await log.read(TOPIC, 6)) == [*"ghij"]
    with pytest.raises(StorageError, match="begins after entry 6"):
        await log.read(TOPIC, 5)
    assert await log.append(TOPIC, START, link(START, "late")) == Conflict([], rewound=True)
    head = await log.head(TOPIC)
    assert await log.append(TOPIC, head, link(head, "k")) is None


async def test_a_snapshot_of_another_history_does_not_replace_the_one_it_begins_with(
    trimmed: tuple[RedisLog, Snapshot],
) -> None:
    log, snapshot = trimmed
    for stranger in (Position(10, "a" * 16), Position(99, "9" * 16)):
        await log.save_snapshot(TOPIC, Snapshot(stranger, b"of another history"))
        assert await log.snapshot(TOPIC) == snapshot
    newer = Snapshot(await log.head(TOPIC), b"ten")
    await log.save_snapshot(TOPIC, newer)
    await log.cut(TOPIC, 8)
    assert await log.snapshot(TOPIC) == newer and (await log.base(TOPIC)).seq == 8
