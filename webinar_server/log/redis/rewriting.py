"""Rewriting: what was given up leaves the files of a Redis, too: AOF, dump, and list of slow calls.

The AOF holds every command that was ever written until it is rewritten; a dump is of before until it is
written anew. Where a user may not ask for that, or another server keeps a copy, it is named as left.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from redis.asyncio import Redis, RedisCluster
from redis.exceptions import ResponseError

from webinar_server.clock import monotonic
from webinar_server.errors import StorageError
from webinar_server.log.redis.calls import Calls
from webinar_server.log.redis.servers import ALONE, Client, Servers

LOOK_EACH = 0.05
WITHIN = 60.0
"""Seconds that rewriting may take; it is asked for again later."""

Facts = Mapping[str, Any]


class Rewriting:
    """That of one log: asked for by several at once, it is done once for all who asked before it began."""

    def __init__(self, servers: Servers) -> None:
        self._servers = servers
        self._lock = asyncio.Lock()
        self._asked = self._done = 0
        self._left: tuple[str, ...] = ()

    async def forget(self, calls: Calls) -> tuple[str, ...]:
        """Raises StorageError where it is not known that it was done."""
        self._asked += 1
        mine = self._asked
        async with self._lock:
            if self._done < mine:
                asked = self._asked
                # not as one call: others go on meanwhile
                self._left = await calls.call(lambda: self._all(calls.commands))
                self._done = asked
        return self._left

    async def _all(self, commands: Client) -> tuple[str, ...]:
        left: set[str] = set()
        nodes = [ALONE]
        if isinstance(commands, RedisCluster):
            await commands.initialize()
            nodes = [(str(node.host), int(node.port)) for node in commands.get_primaries()]
        for node in nodes:
            async with self._servers.hearing(node) as client:
                left |= await _one(client)
        return tuple(sorted(left))


async def _one(client: Redis) -> set[str]:
    """Have one server forget; what it could not be made to."""
    try:
        facts = await client.info("persistence")
        replicas = int((await client.info("replication")).get("connected_slaves", 0))
    except ResponseError:
        return {"aof", "rdb"}
    left = {"replicas"} if replicas else set()
    with suppress(ResponseError):
        # it quotes what was written
        await client.execute_command("SLOWLOG", "RESET")  # type: ignore[no-untyped-call]
    if int(facts.get("aof_enabled", 0)) and not await _written(client, "BGREWRITEAOF", _AOF):
        left.add("aof")
    if await _keeps_dump(client) and not await _written(client, "BGSAVE", _RDB):
        left.add("rdb")
    return left


async def _keeps_dump(client: Redis) -> bool:
    """Whether a server writes one by itself, as far as it tells."""
    try:
        return bool((await client.config_get("save")).get("save", ""))
    except ResponseError:
        return True


_AOF = ("aof_rewrite_in_progress", "aof_rewrite_scheduled", "aof_last_bgrewrite_status")
_RDB = ("rdb_bgsave_in_progress", "rdb_bgsave_in_progress", "rdb_last_bgsave_status")


async def _written(client: Redis, command: str, about: tuple[str, str, str]) -> bool:
    """Whether a file was written anew, from after this moment; not where that may not be asked for."""
    running, scheduled, status = about
    # one that is under way began before, and may have what is to go
    await _until(client, lambda facts: not int(facts[running]) and not int(facts[scheduled]))
    try:
        await client.execute_command(command)  # type: ignore[no-untyped-call]
    except ResponseError as error:
        if "NOPERM" in str(error) or "unknown command" in str(error) or "permission" in str(error):
            return False
        raise StorageError("Redis does not write its file anew just now; trying again") from None
    facts = await _until(client, lambda facts: not int(facts[running]) and not int(facts[scheduled]))
    if facts[status] != "ok":
        raise StorageError("Redis could not write its file anew; look at its disk and its log")
    return True


async def _until(client: Redis, over: Callable[[Facts], bool]) -> Facts:
    """What a server says of its files, once it is so far. Raises StorageError where that takes too long."""
    until = monotonic() + WITHIN
    while not over(facts := await client.info("persistence")):
        if monotonic() > until:
            raise StorageError("Redis is busy with its files; trying again")
        await asyncio.sleep(LOOK_EACH)
    return facts
