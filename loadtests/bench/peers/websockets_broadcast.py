"""The websockets library with its own `broadcast`, which makes a frame once and writes it to all."""

import asyncio
import sys

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

viewers: set[ServerConnection] = set()


async def follow(viewer: ServerConnection) -> None:
    viewers.add(viewer)
    try:
        async for message in viewer:
            broadcast(viewers, message)
    finally:
        viewers.discard(viewer)


async def main() -> None:
    async with serve(follow, "127.0.0.1", int(sys.argv[1]), compression=None):
        await asyncio.Future()


uvloop.run(main())
