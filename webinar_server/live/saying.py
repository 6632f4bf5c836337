"""Saying: commands of the server itself."""

from __future__ import annotations

import asyncio

from webinar_server.clock import fresh_id, now_ms
from webinar_server.live.batch import Outcome, Request
from webinar_server.live.room import Room
from webinar_server.state import Actor, Command


async def say(room: Room, command: Command) -> Outcome:
    """A command of the server itself, and what came of it."""
    told: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    actor = Actor(id="server", name="server", role="organiser", at=now_ms(), fresh=fresh_id())
    room.submit(Request(actor, "", command, told.set_result))
    return await told
