"""Channels: what workers tell each other through Redis: where a topic stands, reactions counted, a summons.

What is said is a hint and holds no entries: they are read from the stream, so nothing that somebody else may
publish comes on a screen. What cannot be read (another version's) may mean that there is news, too. Each
topic is heard at its server (`subscription.py`), and so is the channel of all workers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, NamedTuple, TypeAlias

import msgspec

from webinar_server import metrics
from webinar_server.clock import fresh_id, monotonic
from webinar_server.errors import StorageError
from webinar_server.log import Listener
from webinar_server.log.redis.address import Node
from webinar_server.log.redis.calls import Calls
from webinar_server.log.redis.servers import Servers
from webinar_server.log.redis.subscription import Subscription
from webinar_server.seldom import seldom
from webinar_server.state import START, Position, Sealed
from webinar_server.tasks import Tasks

ALL = "workers"
"""The channel of all workers: summonses, and answers to them."""

PROBES_TRIED = 100_000


REACTIONS_MAX = 1_000_000
"""Of a kind, counted by one worker in a pause."""


class _Said(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """A message; `by` is the one that its sender does not listen to: its own."""

    by: str


class _Moved(_Said, frozen=True, tag="moved"):
    """The channel's topic stands there now."""

    head: Position


class _Reacted(_Said, frozen=True, tag="reacted"):
    reactions: dict[str, Annotated[int, msgspec.Meta(ge=1, le=REACTIONS_MAX)]]


class _Summons(_Said, frozen=True, tag="summons"):
    """Look at a topic, and say that you have."""

    topic: str
    nonce: str


class _Looked(_Said, frozen=True, tag="looked"):
    nonce: str
    worker: str


_Message: TypeAlias = _Moved | _Reacted | _Summons | _Looked
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Message).decode

NOWHERE = Position(-1, "")
"""Where a topic stands by a message that cannot be read."""


class _Running(NamedTuple):
    """A subscription and the task that runs it."""

    subscription: Subscription
    task: asyncio.Task[None]


class Channels:
    """The channels of one worker: its topics, and the one all workers share."""

    def __init__(self, servers: Servers, tasks: Tasks, calls: Calls) -> None:
        self._me = fresh_id()
        self._servers = servers
        self._tasks = tasks
        self._calls = calls
        self._listeners: dict[str, Listener] = {}
        # where each channel is heard
        self._homes: dict[str, Node] = {}
        self._subscriptions: dict[Node, _Running] = {}
        # summonses under way: which workers have not looked yet
        self._missing: dict[str, tuple[set[str], asyncio.Event]] = {}
        self._worker = ""

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

    def news(self, topic: str, entries: Sequence[Sealed]) -> tuple[bytes, str, str]:
        """What the script that appends these publishes, where, and by which command."""
        head = Position(entries[-1].seq, entries[-1].tag) if entries else START
        return _encode(_Moved(self._me, head)), self.channel(topic), self._servers.publish

    async def react(self, topic: str, reactions: Mapping[str, int]) -> None:
        await self._say(topic, _Reacted(self._me, dict(reactions)))

    async def summon(self, topic: str, workers: Iterable[str], seconds: float) -> None:
        """Have workers look at a topic; until all have said so, or the time is over."""
        missing, looked = set(workers) - {self._worker}, asyncio.Event()
        if not missing:
            return
        nonce = fresh_id()
        self._missing[nonce] = (missing, looked)
        try:
            async with asyncio.timeout(seconds):
                await self._say(ALL, _Summons(self._me, topic, nonce))
                await looked.wait()
        except TimeoutError:
            seldom.warning("other workers did not look in time; going on without them", topic=topic)
        finally:
            del self._missing[nonce]

    async def _say(self, topic: str, said: _Message) -> None:
        await self._calls.commands.execute_command(self._servers.publish, self.channel(topic), _encode(said))

    # what is heard

    def heard(self, channel: str, message: bytes) -> None:
        """Of a subscription: somebody said this there."""
        topic = _topic(channel)
        try:
            said = _decode(message)
        except msgspec.DecodeError:
            said = _Moved("", NOWHERE)
        if said.by == self._me:
            return
        listener = self._listeners.get(topic)
        match said:
            case _Moved(head=head) if listener is not None:
                listener.moved(head)
            case _Reacted(reactions=reactions) if listener is not None:
                listener.reacted(reactions)
            case _Summons(topic=about, nonce=nonce):
                self._tasks.start("summoned", self._answer(about, nonce))
            case _Looked(nonce=nonce, worker=worker):
                self._looked(nonce, worker)

    def doubted(self, channel: str) -> None:
        """Of a subscription: something may have been missed there."""
        metrics.GAPS.labels("subscribe").inc()
        if _topic(channel) in self._listeners:
            self._tasks.start(f"look at {_topic(channel)}", self._look(_topic(channel)))

    def _looked(self, nonce: str, worker: str) -> None:
        missing, looked = self._missing.get(nonce, (set(), None))
        missing.discard(worker)
        if looked is not None and not missing:
            looked.set()

    async def _answer(self, topic: str, nonce: str) -> None:
        await self._look(topic)
        await self._say(ALL, _Looked(self._me, nonce, self._worker))

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
            subscription = Subscription(self, self._servers, self._calls, self._tasks, node, probe)
            running = self._tasks.start(f"news of {node}", subscription.run())
            self._subscriptions[node] = _Running(subscription, running)
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
