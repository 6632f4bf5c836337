"""Saying: commands that come from no socket: of the server itself, and of somebody by HTTP."""

from __future__ import annotations

import asyncio

from webinar_server.clock import fresh_id, now_ms
from webinar_server.errors import Refusal
from webinar_server.live.batch import Outcome, Request
from webinar_server.live.room import Room
from webinar_server.state import Actor, Command, Identity, Permit, Result


async def say(room: Room, command: Command, at: int | None = None) -> Outcome:
    """A command of the server itself, and what came of it. `at` is Unix ms, by our own clock if left out."""
    role, at = room.about.roles.server, now_ms() if at is None else at
    return await _said(room, Actor("server", "server", role, at, fresh_id()), command, None)


async def say_for(room: Room, identity: Identity, command: Command) -> Result:
    """A command of somebody. Raises Refusal."""
    actor = Actor(identity.id, identity.name, identity.role, now_ms(), fresh_id())
    outcome = await _said(room, actor, command, identity.permit)
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome.result


async def _said(room: Room, actor: Actor, command: Command, permit: Permit | None) -> Outcome:
    told: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    room.submit(Request(actor, "", command, told.set_result, permit))
    return await told
