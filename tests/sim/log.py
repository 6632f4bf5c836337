"""SimLog: a shared engine of the log whose server and network are simulated, with the faults both have.

Requests and answers travel on the loop's timers, owned by nobody, so that a killed worker's request still
arrives. What the news need, the engine does as the Redis one does: after any loss of connection it has every
listener look. A silently lost message is left to live to find.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from contextvars import Context, copy_context
from typing import Any, Protocol, TypeVar

from tests.sim.store import Store
from webinar_server.errors import StorageError
from webinar_server.log import Conflict, Listener, Snapshot, refuse_broken
from webinar_server.state import Position, Sealed
from webinar_server.tasks import Tasks

T = TypeVar("T")


class Network(Protocol):
    """What lies between a worker and the server."""

    def ask(self, run: Callable[[], Any], waiter: asyncio.Future[Any]) -> None:
        """Have something done at the server, and the waiter told."""

    def tell(self, log: SimLog, deliver: Callable[[], None]) -> None:
        """News on the way to a worker."""

    def reachable(self) -> bool: ...


class Calm:
    """A network that loses nothing and takes no time."""

    def ask(self, run: Callable[[], Any], waiter: asyncio.Future[Any]) -> None:
        asyncio.get_running_loop().call_soon(settle, waiter, run)

    def tell(self, log: SimLog, deliver: Callable[[], None]) -> None:
        asyncio.get_running_loop().call_soon(deliver)

    def reachable(self) -> bool:
        return True


class SimLog:
    """`Log`, one worker's client of a store."""

    shared = True

    def __init__(
        self, store: Store, network: Network | None = None, peers: list[SimLog] | None = None
    ) -> None:
        self.store = store
        self.network = network or Calm()
        self.worker = ""
        self.context: Context | None = None
        self._peers = [] if peers is None else peers
        self._listeners: dict[str, Listener] = {}
        self._open = False
        self._tasks = Tasks()
        self._asked: set[asyncio.Future[Any]] = set()

    # the contract

    async def open(self) -> None:
        self._open = True
        self.context = copy_context()
        self._peers.append(self)

    async def close(self) -> None:
        if self._open:
            self._open = False
            self._peers.remove(self)
            await asyncio.gather(*self._asked, return_exceptions=True)
            await self._tasks.stop()

    async def check(self) -> None:
        await self._ask(lambda: None)

    async def topics(self) -> list[str]:
        return await self._ask(self.store.names)

    async def head(self, topic: str) -> Position:
        return await self._ask(lambda: self.store.head(topic))

    async def heads(self, topics: Iterable[str]) -> dict[str, Position]:
        names = list(topics)
        return await self._ask(lambda: self.store.heads(names))

    async def holds(self, topic: str, position: Position) -> bool:
        return await self._ask(lambda: self.store.holds(topic, position))

    async def base(self, topic: str) -> Position:
        return await self._ask(lambda: self.store.base(topic))

    async def append(
        self, topic: str, parent: Position, entries: Sequence[Sealed], vouched: bool = False
    ) -> Conflict | None:
        refuse_broken(parent, entries)
        return await self._ask(lambda: self._append(topic, parent, list(entries), vouched))

    async def restore(
        self, topic: str, head: Position, entries: Sequence[Sealed], base: Snapshot | None = None
    ) -> bool:
        refuse_broken(base.position if base else head, entries)
        return await self._ask(lambda: self._restore(topic, head, list(entries), base))

    async def read(self, topic: str, after: int, limit: int = 500) -> list[Sealed]:
        return await self._ask(lambda: self.store.read(topic, after, limit))

    async def snapshot(self, topic: str) -> Snapshot | None:
        return await self._ask(lambda: self.store.snapshot(topic))

    async def save_snapshot(self, topic: str, snapshot: Snapshot) -> None:
        await self._ask(lambda: self.store.save_snapshot(topic, snapshot))

    async def forget(self) -> tuple[str, ...]:
        return ()

    async def cut(self, topic: str, seq: int) -> None:
        await self._ask(lambda: self.store.cut(topic, seq))

    async def remember(self, key: str, value: str) -> str:
        return await self._ask(lambda: self.store.remember(key, value))

    # among workers

    async def listen(self, topic: str, listener: Listener) -> None:
        await self._ask(lambda: self._listeners.__setitem__(topic, listener))

    async def unlisten(self, topic: str) -> None:
        self._listeners.pop(topic, None)

    async def react(self, topic: str, reactions: Mapping[str, int]) -> None:
        told = dict(reactions)
        self._tell_others(topic, lambda listener: listener.reacted(told))

    async def summon(self, topic: str, workers: Iterable[str], seconds: float) -> None:
        missing = set(workers)
        came = asyncio.Event()

        def looked(worker: str) -> None:
            missing.discard(worker)
            if not missing:
                came.set()

        await self._ask(lambda: self._summon(topic, looked))
        self.store.seen["others were summoned"] += bool(missing)
        try:
            async with asyncio.timeout(seconds):
                await came.wait() if missing else None
        except TimeoutError:
            self.store.seen["a summons was not followed"] += 1

    async def now(self) -> int:
        return await self._ask(lambda: self.store.time(asyncio.get_running_loop().time()))

    async def renew(self, worker: str, seconds: float) -> frozenset[str]:
        self.worker = worker
        return await self._ask(lambda: self.store.renew(worker, seconds, asyncio.get_running_loop().time()))

    async def release(self, worker: str) -> None:
        await self._ask(lambda: self.store.forget_lease(worker))

    # the engine's own care

    def look_everywhere(self) -> None:
        """The connection that brings the news was lost and is back: what it brought meanwhile is gone."""
        for topic, listener in self._listeners.items():
            self._tasks.start(f"look {topic}", _look(listener))

    def heard(self, topic: str, tell: Callable[[Listener], None]) -> None:
        """A message came in."""
        listener = self._listeners.get(topic)
        if listener is not None and self._open:
            tell(listener)

    def called(self, topic: str, looked: Callable[[str], None]) -> None:
        """Somebody summons."""
        if not self._open:
            return
        self._tasks.start(f"summoned {topic}", self._answer_call(topic, looked))

    async def _answer_call(self, topic: str, looked: Callable[[str], None]) -> None:
        listener = self._listeners.get(topic)
        if listener is not None:
            await _look(listener)
        with suppress(StorageError):
            await self._ask(lambda: looked(self.worker))

    # at the server

    def _append(self, topic: str, parent: Position, entries: list[Sealed], vouched: bool) -> Conflict | None:
        conflict = self.store.append(topic, parent, entries, vouched)
        if conflict is None and entries:
            self._tell_moved(topic)
        return conflict

    def _restore(self, topic: str, head: Position, entries: list[Sealed], base: Snapshot | None) -> bool:
        done = self.store.restore(topic, head, entries, base)
        if done:
            self._tell_moved(topic)
        return done

    def _summon(self, topic: str, looked: Callable[[str], None]) -> None:
        for peer in self._peers:
            if peer is not self:
                peer.network.tell(peer, lambda peer=peer: peer.called(topic, looked))  # type: ignore[misc]

    def _tell_moved(self, topic: str) -> None:
        head = self.store.head(topic)
        self._tell_others(topic, lambda listener: listener.moved(head))

    def _tell_others(self, topic: str, tell: Callable[[Listener], None]) -> None:
        for peer in self._peers:
            if peer is not self:
                peer.network.tell(peer, lambda peer=peer: peer.heard(topic, tell))  # type: ignore[misc]

    async def _ask(self, run: Callable[[], T]) -> T:
        if not self._open:
            raise StorageError("the log is closed; start the server again")
        waiter: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._asked.add(waiter)
        waiter.add_done_callback(self._asked.discard)
        self.network.ask(run, waiter)
        return await asyncio.shield(waiter)


async def _look(listener: Listener) -> None:
    try:
        await listener.look()
    except StorageError:
        pass  # whoever is behind is found again: heads are compared every two seconds


def settle(waiter: asyncio.Future[Any], run: Callable[[], Any]) -> None:
    """Do something at the server, and tell who asked at once."""
    try:
        value = run()
    except StorageError as error:
        if not waiter.done():
            waiter.set_exception(error)
            waiter.exception()
    else:
        if not waiter.done():
            waiter.set_result(value)
