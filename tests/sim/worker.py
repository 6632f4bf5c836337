"""Worker: one simulated process: the real hub, rooms, presence and connections on its own log client."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine
from typing import Any, cast

from tests.sim.log import SimLog
from tests.sim.loop import Ordered, SimLoop
from tests.sim.net import Cable, Weather
from tests.sim.store import Store
from tests.sim.wire import Caller, Wire
from webinar_server.clock import monotonic
from webinar_server.errors import Refusal, StorageError
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.telling.codec import JSON
from webinar_server.serve.drain import drain
from webinar_server.serve.process import close
from webinar_server.settings import Settings
from webinar_server.state import Identity
from webinar_server.web.socket.admission import Admission
from webinar_server.web.socket.closing import OVERLOADED, RESTARTING
from webinar_server.web.socket.connection import Connection
from webinar_server.web.socket.door import Sockets
from webinar_server.web.socket.protocol import LiveProtocol

LEASE = Settings().lease


class Filed(dict[str, Any]):
    """What `Standing` keeps by topic and person, in the order in which they came."""

    def setdefault(self, key: str, default: Any = None) -> Any:
        return super().setdefault(key, Filed() if isinstance(default, dict) else Ordered())


class Worker:
    """`state` is up, stopped, leaving or dead."""

    def __init__(
        self, name: str, loop: SimLoop, store: Store, weather: Weather, peers: list[SimLog], seed: str
    ) -> None:
        self.name = name
        self.state = "up"
        self._dice = random.Random(f"{seed}/{name}")
        self._loop = loop
        self.context = loop.admit(name)
        self._peers = peers
        self.cable = Cable(store, weather, self._dice)
        self.log = SimLog(store, self.cable, peers)
        self.wires: list[Wire] = []
        # when a stop began
        self.stopped_at = 0.0
        self.started_at, self.ended_at = loop.time(), float("inf")
        self._tasks: list[asyncio.Task[Any]] = []

    def start(self, settings: Settings) -> None:
        self._spawn(lambda: self._start(settings))

    async def _start(self, settings: Settings) -> None:
        self.hub = Hub(self.log, settings)
        self.admission = Admission(self.hub)
        await self.hub.open()
        self.sockets = Sockets(self.hub, self.admission)
        self.sockets._turns = [Ordered() for _ in self.sockets._turns]  # type: ignore[misc]
        self.hub.standing._holders = Filed()
        self.hub.worker.tasks.start("watch", self.admission.watch())
        self.hub.worker.tasks.start("sweep", self.sockets.sweep())

    @property
    def takes(self) -> bool:
        """Whether a client that knocks gets in: a stopped process's kernel answers too."""
        return self.state in ("up", "stopped")

    def accept(self, caller: Caller, identity: Identity, topic: str = "") -> Wire:
        """Somebody asks for a socket; in which topic, where another one knows who they are."""
        wire = Wire(caller, self.name, self.context, self._dice)
        self.wires = [known for known in self.wires if known.until is None] + [wire]
        self._spawn(lambda: self._serve(wire, identity, topic))
        return wire

    async def _serve(self, wire: Wire, identity: Identity, topic: str) -> None:
        closed = self.admission.closed(monotonic()) or self.admission.full(monotonic())
        if closed:
            # over HTTP it is a 503; a client takes both alike
            wire.end(OVERLOADED, f'{{"retry_after": {closed}}}')
            return
        if not identity.role:
            identity, end = await self.sockets.known(identity, topic)
            if end is not None:
                wire.end(*end)
                return
        protocol = cast(LiveProtocol, wire)
        connection = Connection(self.hub, self.admission, protocol, identity, JSON, self.sockets.over)
        self.sockets.take(connection)
        wire.opened(connection)

    def room(self, topic: str) -> Room | None:
        """Looked at from outside, by the checker."""
        return self.hub.worker.rooms.get(topic) if hasattr(self, "hub") else None

    @property
    def tells(self) -> bool:
        """Whether it has something of one topic on its way to another."""
        return hasattr(self, "hub") and bool(self.hub.chores.relay._busy)

    # what befalls it

    def kill(self) -> None:
        """SIGKILL: nothing of it runs any more; its sockets are reset."""
        self.state, self.ended_at = "dead", self._loop.time()
        self._loop.bury(self.name)
        if self.log in self._peers:
            self._peers.remove(self.log)
        for wire in self.wires:
            wire.drop()

    def stop(self) -> None:
        """SIGSTOP."""
        self.state, self.stopped_at = "stopped", self._loop.time()
        self._loop.hold(self.name)

    def go_on(self) -> None:
        """SIGCONT."""
        if self.state == "stopped":
            self.state = "up"
            if self._loop.time() - self.stopped_at > LEASE + 1.0:
                for wire in self.wires:
                    wire.stale = True
            self._loop.release(self.name)

    def leave(self) -> None:
        """SIGTERM."""
        self.state = "leaving"
        self._spawn(self._leave)

    async def _leave(self) -> None:
        """As serve/process.py does it: send away, say goodbye to the rest, close within bounds."""
        self.hub.worker.draining = True
        if self.hub.worker.others:
            await drain(filter(None, [wire.receiver for wire in self.wires]), 2.0, asyncio.Event())
        for wire in self.wires:
            wire.end(RESTARTING, '{"retry_after": 1}')
        await asyncio.sleep(1.0)
        await close(self.hub)
        self.kill()

    def check(self) -> None:
        """Raises what nobody expects of it: it would be waited for in vain."""
        for task in self._tasks:
            if task.done() and not task.cancelled() and (error := task.exception()) is not None:
                raise error

    def _spawn(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        self._tasks.append(self._loop.spawn(self._guarded(work), self.context))

    async def _guarded(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        try:
            await work()
        except (Refusal, StorageError):
            # the process would not come up, or this connection would be refused
            pass


__all__ = ["Worker"]
