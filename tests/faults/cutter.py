"""A writer to be killed: appends, saves a snapshot every few entries, and so cuts what is older.

    python -m tests.faults.cutter sqlite FOLDER | redis URL

Prints each position it was acknowledged, and each snapshot as it begins and once it stands.
"""

from __future__ import annotations

import asyncio
import os
import sys

from tests.log import end, link, vouched
from webinar_server.log import Log, Snapshot
from webinar_server.log.redis.engine import RedisLog
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.state import Position

TOPIC = "session/s1"
EACH = 5
"""Entries between two snapshots, and kept before the newest."""

SIZE = 200_000
"""Bytes of a snapshot: large enough for its saving to take a while."""


def opened(engine: str, where: str) -> Log:
    return SqliteLog(where) if engine == "sqlite" else RedisLog(where)


def snapshot(at: Position) -> Snapshot:
    """Recognised by where it stands."""
    return Snapshot(at, f"{at.seq} {at.tag} ".encode() * (SIZE // 24))


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


async def main() -> None:
    log = opened(*sys.argv[1:3])
    await log.open()
    at = await log.head(TOPIC)
    say("ready")
    while True:
        entries = link(at, f"after {at.seq}")
        assert await vouched(log, TOPIC, at, entries) is None
        at = end(entries[-1])
        say("entry", *at)
        if at.seq % EACH == 0:
            say("saving", *at)
            await log.save_snapshot(TOPIC, snapshot(at))
            await log.cut(TOPIC, at.seq - EACH)
            say("saved", *at)


if __name__ == "__main__":
    asyncio.run(main())
