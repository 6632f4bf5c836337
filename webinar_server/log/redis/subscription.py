"""Subscription: one connection on which channels of one server are heard, and the doubts about it.

Messages may be lost in silence: while a connection is gone, when it is half open, when a library subscribes
anew by itself (redis-py does). So a subscription distrusts itself: after any confirmation of a channel
that is not the first, its listener must look; a probe goes out through PUBLISH and must come back on this
very connection, or the connection is given up. Nothing is retried by redis-py here, and one task alone reads.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, Protocol

from redis.asyncio.client import PubSub

from webinar_server import metrics
from webinar_server.clock import fresh_id, monotonic
from webinar_server.errors import StorageError, Unanswered
from webinar_server.log.redis.address import Node
from webinar_server.log.redis.calls import Calls
from webinar_server.log.redis.errors import FAILURES
from webinar_server.log.redis.servers import Servers
from webinar_server.seldom import seldom
from webinar_server.tasks import Tasks

PROBE_EACH = 0.5
PATIENCE = 2.0
"""Seconds for a probe to come back, and for a channel to be confirmed."""

GLANCE = 0.25
"""Seconds without a message after which the reader looks at the clock."""

PAUSE_LEAST, PAUSE_MOST = 0.05, 0.5


class Hearer(Protocol):
    """Who is told what is heard on a channel, and that something may have been missed there."""

    def heard(self, channel: str, message: bytes) -> None: ...

    def doubted(self, channel: str) -> None: ...


class Subscription:
    """The channels heard from one server; `probe_channel` is one of nobody else's."""

    def __init__(
        self, hearer: Hearer, servers: Servers, calls: Calls, tasks: Tasks, node: Node, probe_channel: str
    ) -> None:
        self._hearer = hearer
        self._servers = servers
        self._calls = calls
        self._tasks = tasks
        self._node = node
        self._sharded = servers.publish == "SPUBLISH"
        # channel → set once it is confirmed; and those confirmed at least once
        self._wanted: dict[str, asyncio.Event] = {probe_channel: asyncio.Event()}
        self._known: set[str] = set()
        self._pubsub: PubSub | None = None
        # the probe: which channel, what is under way since when, and when one last came back
        self._probe_channel = probe_channel
        self._probe = b""
        self._probed_at = 0.0
        self.answered_at = -1e9

    async def run(self) -> None:
        """Hear until cancelled, over as many connections as it takes."""
        pause = PAUSE_LEAST
        told_at = self.answered_at
        while True:
            try:
                await self._hear_all()
            except (*FAILURES, StorageError, TimeoutError) as error:
                heard = self.answered_at > monotonic() - PATIENCE
                pause = PAUSE_LEAST if heard else min(pause * 2, PAUSE_MOST)
                if self.answered_at >= told_at:  # once for each time it was there
                    told_at = monotonic()
                    seldom.info("the connection for news is lost", error)
            except Exception as error:
                # whatever it was, nobody else would hear this server's channels again
                seldom.error("a fault of ours while hearing news", error)
            await asyncio.sleep(pause)

    async def add(self, channel: str) -> None:
        """Hear a channel from now on; returns when the server has confirmed it. Raises Unanswered."""
        confirmed = self._wanted.setdefault(channel, asyncio.Event())
        if self._pubsub is not None:
            with suppress(*FAILURES):  # the reader will notice, and subscribe to all
                await self._subscribe(self._pubsub, channel)
        try:
            async with asyncio.timeout(PATIENCE):
                await confirmed.wait()
        except TimeoutError:
            raise Unanswered("the server for news does not answer") from None

    async def drop(self, channel: str) -> None:
        self._wanted.pop(channel, None)
        self._known.discard(channel)
        if self._pubsub is not None:
            with suppress(*FAILURES):
                await (self._pubsub.sunsubscribe if self._sharded else self._pubsub.unsubscribe)(channel)

    async def _hear_all(self) -> None:
        client = self._servers.hearing(self._node)
        pubsub = client.pubsub()
        try:
            asked = list(self._wanted)
            await self._subscribe(pubsub, *asked)
            self._pubsub, self._probe, self._probed_at = pubsub, b"", monotonic()
            # those that were added meanwhile found no connection yet
            await self._subscribe(pubsub, *(self._wanted.keys() - set(asked)))
            probing = self._tasks.start("probe", self._keep_probing())
            try:
                await self._read(pubsub)
            finally:
                probing.cancel()
        finally:
            self._pubsub = None
            for confirmed in self._wanted.values():
                confirmed.clear()
            with suppress(*FAILURES):
                await pubsub.aclose()  # type: ignore[no-untyped-call]
                await client.aclose()

    async def _subscribe(self, pubsub: PubSub, *channels: str) -> None:
        if not self._sharded:
            if channels:
                await pubsub.subscribe(*channels)
            return
        for channel in channels:  # of one server, but not of one slot
            await pubsub.ssubscribe(channel)

    async def _read(self, pubsub: PubSub) -> None:
        while True:
            message = await pubsub.get_message(timeout=GLANCE)
            if message is not None:
                self._take(message["type"], message["channel"].decode(), message["data"])
            if self._probe and monotonic() - self._probed_at > PATIENCE:
                metrics.GAPS.labels("probe").inc()
                raise Unanswered("a probe did not come back")

    def _take(self, kind: str, channel: str, data: Any) -> None:
        if kind in ("message", "smessage"):
            if channel == self._probe_channel:
                self._probe_returned(data)
            else:
                self._hearer.heard(channel, data)
        elif kind in ("subscribe", "ssubscribe"):
            self._confirmed(channel)
        elif kind == "sunsubscribe" and channel in self._wanted:
            raise Unanswered("the cluster moved a channel away")

    def _confirmed(self, channel: str) -> None:
        if channel in self._wanted:
            self._wanted[channel].set()
            if channel in self._known:
                self._hearer.doubted(channel)
            self._known.add(channel)

    def _probe_returned(self, data: bytes) -> None:
        if data == self._probe:
            self._probe, self.answered_at = b"", monotonic()

    async def _keep_probing(self) -> None:
        while True:
            if not self._probe:
                self._probe, self._probed_at = fresh_id().encode(), monotonic()
                with suppress(*FAILURES, StorageError):
                    told = (self._servers.publish, self._probe_channel, self._probe)
                    await self._calls.commands.execute_command(*told)
            await asyncio.sleep(PROBE_EACH)
