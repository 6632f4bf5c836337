"""Calls: how Redis is asked, what is the matter with it, and what becomes of a call nobody waits for.

A call is never cancelled once it is on its way: on a shared connection the next caller would read its answer
(redis-py 2624, 2665). A server that is away, or not as it should be, is tried again and again; meanwhile
calls fail, and `trouble` says why. Where one connection is half open, those beside it are too: after a call
without an answer new ones are made.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from redis.exceptions import ReadOnlyError

from webinar_server.errors import StorageError, Unanswered
from webinar_server.log.redis import errors
from webinar_server.log.redis.scripts import Script
from webinar_server.log.redis.servers import ANSWER_S, Client, Servers
from webinar_server.seldom import seldom
from webinar_server.tasks import Tasks

T = TypeVar("T")

log = logging.getLogger("webinar_server")

FIRST_TRY_S = 3.0
"""How long opening waits for a server; after that it goes on in the background."""

TRY_EACH = 0.25
TURNS = 32
"""Calls under way at once; more wait their turn, each with a connection to itself."""


class Calls:
    """The way to a server. `begin` is what must work before calls are let through."""

    def __init__(self, servers: Servers, tasks: Tasks, begin: Callable[[], Awaitable[None]]) -> None:
        self.commands: Client = servers.commands()
        self._servers = servers
        self._tasks = tasks
        self._begin = begin
        self._calls = Tasks()
        self._turns = asyncio.Semaphore(TURNS)
        self._begun = False
        self._closed = False
        # why it cannot be used now; "" if it can
        self.trouble = "Redis was not reached yet"

    async def open(self, repair: Callable[[], Awaitable[None]]) -> None:
        """Try for a while; then `keep` goes on. Raises StorageError where trying on is of no use."""
        tried: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._tasks.start("redis", self._keep(tried, repair))
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(tried), FIRST_TRY_S)
        # nobody waits any more for how it ends
        tried.cancel()

    async def close(self) -> None:
        """Calls that are under way are answered first."""
        self._closed = True
        await self._calls.finish()
        await _shut(self.commands)

    async def call(self, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask, and go on asking though the caller gives up."""
        if self._closed:
            raise StorageError("the log is closed; start the server again")
        if not self._begun:
            raise Unanswered(self.trouble)
        return await self._calls.carry("redis call", self._told(ask))

    async def run(self, script: Script, keys: Sequence[str], *arguments: Any) -> Any:
        return await self.call(lambda: self._in_turn(lambda: script(self.commands, keys, arguments)))

    async def ask(self, *words: Any) -> Any:
        return await self.call(lambda: self._in_turn(lambda: self.commands.execute_command(*words)))

    async def _in_turn(self, ask: Callable[[], Awaitable[T]]) -> T:
        async with self._turns:
            return await ask()

    async def _told(self, ask: Callable[[], Awaitable[T]]) -> T:
        commands = self.commands
        try:
            return await ask()
        except errors.FAILURES as error:
            trouble = errors.told(error)
            if isinstance(trouble, Unanswered) or isinstance(error, ReadOnlyError):
                self._leave(commands)
            # redis-py's words repeat the address
            raise trouble from None

    def _leave(self, commands: Client) -> None:
        if commands is self.commands:
            self.commands = self._servers.commands()
            self._tasks.start("leave", _shut_later(commands))

    async def _keep(self, tried: asyncio.Future[None], repair: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await self._try(repair)
            except errors.Newer as error:
                # whoever waits says it
                if tried.done():
                    self._say(str(error))
                else:
                    tried.set_exception(error)
            except StorageError as error:
                self._say(str(error))
            except Exception as error:
                # whatever it was, nobody else would try again
                seldom.error("a fault of ours while trying Redis", error)
            else:
                self.trouble = ""
                if not tried.done():
                    tried.set_result(None)
            await asyncio.sleep(TRY_EACH)

    async def _try(self, repair: Callable[[], Awaitable[None]]) -> None:
        await self._told(repair if self._begun else self._begin)
        self._begun = True

    def _say(self, trouble: str) -> None:
        if self._closed:
            return  # the last try may meet connections that we closed ourselves
        # at the start whoever opened it says so, once for all workers
        if trouble != self.trouble and self._begun:
            log.warning("not ready: %s", trouble)
        self.trouble = trouble


async def _shut_later(commands: Client) -> None:
    # calls that are under way on it may still be answered
    await asyncio.sleep(ANSWER_S * 2)
    await _shut(commands)


async def _shut(commands: Client) -> None:
    with suppress(*errors.FAILURES):
        await commands.aclose()
