"""A writer to be killed: appends to a few topics at once and prints each position it was acknowledged."""

import asyncio
import os
import sys

from tests.log import end, link
from webinar_server.log.sqlite.engine import SqliteLog


async def write(log: SqliteLog, topic: str) -> None:
    at = await log.head(topic)
    while True:
        entries = link(at, *[f"{topic} {at.seq} " + "x" * (at.seq % 700)] * (1 + at.seq % 3))
        assert await log.append(topic, at, entries) is None
        at = end(entries[-1])
        os.write(1, f"{topic} {at.seq} {at.tag}\n".encode())


async def main() -> None:
    log = SqliteLog(sys.argv[1])
    await log.open()
    os.write(1, b"ready\n")
    await asyncio.gather(*(write(log, f"session/{n}") for n in range(5)))


if __name__ == "__main__":
    asyncio.run(main())
