"""Saying: commands that come from no socket: of the server itself, and of somebody by HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from webinar_server.clock import fresh_id, now_ms
from webinar_server.errors import Refusal, StorageError
from webinar_server.live.committing import Outcome, Request
from webinar_server.live.room import Room
from webinar_server.state import Actor, Command, Identity, Result


async def say(room: Room, command: Command, at: int | None = None) -> Outcome:
    """A command of the server itself, and what came of it. `at` is Unix ms, by our own clock if left out.

    Raises StorageError where its room ended before it answered.
    """
    (outcome,) = await said(room, [Request(server(room, at), "", command, to_nobody)])
    return outcome


async def say_for(room: Room, identity: Identity, command: Command) -> Result:
    """A command of somebody. Raises Refusal, and StorageError as above."""
    actor = Actor(identity.id, identity.name, identity.role, now_ms(), fresh_id())
    (outcome,) = await said(room, [Request(actor, "", command, to_nobody, identity.permit)])
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome.result


def server(room: Room, at: int | None = None) -> Actor:
    """The server itself, which is no person, as it acts in a topic."""
    return Actor("server", "server", room.about.roles.server, now_ms() if at is None else at, fresh_id())


async def said(room: Room, requests: Sequence[Request]) -> list[Outcome]:
    """What came of commands that are asked for together, in their order.

    Raises StorageError where their room ended before it answered: they may stand in the log, or not.
    """
    loop = asyncio.get_running_loop()
    told: list[asyncio.Future[Outcome]] = [loop.create_future() for _ in requests]
    for request, answer in zip(requests, told, strict=True):
        room.submit(request._replace(reply=partial(_answer, answer)))
    for answer in told:
        if not answer.done():
            await asyncio.wait((answer, room.ended), return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            raise StorageError("its room was closed before it answered; ask again")
    return [answer.result() for answer in told]


def _answer(answer: asyncio.Future[Outcome], outcome: Outcome) -> None:
    # whoever asked may have given up
    if not answer.done():
        answer.set_result(outcome)


def to_nobody(outcome: Outcome) -> None:
    """In place of the reply that `said` gives."""
