"""Channels: what workers tell each other through Redis: entries appended, reactions counted, a summons.

What is not sealed with our secret is no news, but may well mean that there is some: then the listener looks
at the log. Each topic is heard at its server (`subscription.py`), and so is the channel of all workers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from webinar_server import metrics
from webinar_server.clock import fresh_id, monotonic
from webinar_server.errors import StorageError
from webinar_server.log import Listener
from webinar_server.log.redis.address import Node
from webinar_server.log.redis.calls import Calls
from webinar_server.log.redis.sealing import Sealer
from webinar_server.log.redis.servers import Servers
from webinar_server.log.redis.subscription import Subscription
from webinar_server.seldom import seldom
from webinar_server.state import Position, Sealed
from webinar_server.tasks import Tasks

ALL = "workers"
"""The channel of all workers: summonses, and answers to them."""

FORGED_EACH = 1.0
"""Seconds between two looks that unsealed messages may cause."""

PROBES_TRIED = 100_000


class _Running(NamedTuple):
    """A subscription and the task that runs it."""

    subscription: Subscription
    task: asyncio.Task[None]


class Channels:
    """The channels of one worker: its topics, and the one all workers share."""

    def __init__(self, servers: Servers, secrets: Sequence[str], tasks: Tasks, calls: Calls) -> None:
        self._me = fresh_id()
        self._servers = servers
        self._sealer = Sealer(*secrets)
        self._tasks = tasks
        self._calls = calls
        self._listeners: dict[str, Listener] = {}
        # where each channel is heard
        self._homes: dict[str, Node] = {}
        self._subscriptions: dict[Node, _Running] = {}
        # summonses under way: which workers have not looked yet
        self._missing: dict[str, tuple[set[str], asyncio.Event]] = {}
        self._worker = ""
        self._forged_at = -FORGED_EACH

    def silence(self) -> float:
        """Seconds since every subscription brought a probe back."""
        return monotonic() - min(
            (running.subscription.answered_at for running in self._subscriptions.values()), default=-1e9
        )

    def channel(self, topic: str) -> str:
        # channels know no databases, so the number is part of the name
        return f"wb:{self._servers.db}:{{{topic}}}"

    async def begin(self) -> None:
        """Hear what is said to all workers. Raises StorageError."""
        await self._hear(ALL)

    def answer_as(self, worker: str) -> None:
        """The name under which this worker's answers are awaited."""
        self._worker = worker

    async def listen(self, topic: str, listener: Listener) -> None:
        self._listeners[topic] = listener
        await self._hear(topic)

    async def unlisten(self, topic: str) -> None:
        self._listeners.pop(topic, None)
        home = self._homes.pop(self.channel(topic), None)
        if home in self._subscriptions:
            await self._subscriptions[home].subscription.drop(self.channel(topic))

    async def settle(self) -> None:
        """After trouble: hear each channel where it lives now, and leave servers nothing lives on."""
        for channel, home in list(self._homes.items()):
            node = await self._servers.home(self._calls.commands, channel)
            if node != home and channel in self._homes:
                self._homes[channel] = node
                await (await self._subscription(node)).add(channel)
        for node in self._subscriptions.keys() - set(self._homes.values()):
            self._subscriptions.pop(node).task.cancel()

    # what is said

    def entries(self, topic: str, parent: Position, entries: Sequence[Sealed]) -> bytes:
        """The message about an append; the script that appends publishes it."""
        told = [(entry.tag, entry.body) for entry in entries]
        return self._sealer.seal(self.channel(topic), "entries", self._me, *parent, told)

    async def react(self, topic: str, reactions: Mapping[str, int]) -> None:
        await self._say(topic, "reactions", self._me, dict(reactions))

    async def summon(self, topic: str, workers: Iterable[str], seconds: float) -> None:
        """Have workers look at a topic; until all have said so, or the time is over."""
        missing, looked = set(workers) - {self._worker}, asyncio.Event()
        if not missing:
            return
        nonce = fresh_id()
        self._missing[nonce] = (missing, looked)
        try:
            async with asyncio.timeout(seconds):
                await self._say(ALL, "summons", self._me, topic, nonce)
                await looked.wait()
        except TimeoutError:
            seldom.warning("other workers did not look in time; going on without them", topic=topic)
        finally:
            del self._missing[nonce]

    async def _say(self, topic: str, *told: Any) -> None:
        channel = self.channel(topic)
        message = self._sealer.seal(channel, *told)
        await self._calls.commands.execute_command(self._servers.publish, channel, message)

    # what is heard

    def _heard(self, channel: str, message: bytes) -> None:
        told = self._sealer.open(channel, message)
        if told is None:
            self._forged(channel)
        elif told[1] != self._me.encode():
            try:
                self._take(_topic(channel), told)
            except StorageError as error:
                # of one topic; the others of this server go on
                seldom.error("news could not be taken", error)

    def _take(self, topic: str, told: list[Any]) -> None:
        listener = self._listeners.get(topic)
        match told:
            case [b"entries", _, seq, tag, entries] if listener is not None:
                numbered = enumerate(entries, seq + 1)
                sealed = [Sealed(at, tag.decode(), body) for at, (tag, body) in numbered]
                listener.appended(Position(seq, tag.decode()), sealed)
            case [b"reactions", _, reactions] if listener is not None:
                listener.reacted({name.decode(): count for name, count in reactions.items()})
            case [b"summons", _, about, nonce]:
                self._tasks.start("summoned", self._answer(about.decode(), nonce.decode()))
            case [b"looked", _, nonce, worker]:
                self._looked(nonce.decode(), worker.decode())

    def _looked(self, nonce: str, worker: str) -> None:
        missing, looked = self._missing.get(nonce, (set(), None))
        missing.discard(worker)
        if looked is not None and not missing:
            looked.set()

    async def _answer(self, topic: str, nonce: str) -> None:
        await self._look(topic)
        await self._say(ALL, "looked", self._me, nonce, self._worker)

    def _forged(self, channel: str) -> None:
        if monotonic() - self._forged_at >= FORGED_EACH:
            self._forged_at = monotonic()
            seldom.warning("a message was not sealed with this server's secret; looking at the log instead")
            self._doubted(channel, "unsealed")

    def _doubted(self, channel: str, why: str) -> None:
        metrics.GAPS.labels(why).inc()
        if _topic(channel) in self._listeners:
            self._tasks.start(f"look at {_topic(channel)}", self._look(_topic(channel)))

    async def _look(self, topic: str) -> None:
        listener = self._listeners.get(topic)
        if listener is not None:
            try:
                await listener.look()
            except StorageError as error:
                seldom.info("could not look at the log", error, topic=topic)

    # subscriptions

    async def _hear(self, topic: str) -> None:
        channel = self.channel(topic)
        node = self._homes[channel] = await self._servers.home(self._calls.commands, channel)
        await (await self._subscription(node)).add(channel)

    async def _subscription(self, node: Node) -> Subscription:
        if node not in self._subscriptions:
            probe = await self._probe_channel(node)
            subscription = Subscription(
                tasks=self._tasks,
                sharded=self._servers.publish == "SPUBLISH",
                connect=lambda: self._servers.hearing(node),
                publish=lambda *told: self._calls.commands.execute_command(self._servers.publish, *told),
                hear=self._heard,
                doubt=self._doubted,
            )
            self._subscriptions[node] = _Running(
                subscription, self._tasks.start(f"news of {node}", subscription.run(probe))
            )
        return self._subscriptions[node].subscription

    async def _probe_channel(self, node: Node) -> str:
        """A channel of our own whose home is this server."""
        for number in range(PROBES_TRIED):
            channel = self.channel(f"probe-{self._me}-{number}")
            if await self._servers.home(self._calls.commands, channel) == node:
                return channel
        raise StorageError("no channel leads to one of the cluster's servers; look at CLUSTER INFO")


def _topic(channel: str) -> str:
    return channel.partition("{")[2].removesuffix("}")
