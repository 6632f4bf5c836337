"""Wire: one simulated WebSocket, in order both ways, with time on the road and everything that breaks it.

To the worker's `Connection` it is the protocol class (write, backlog, end, transport); to the client a line.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Callable
from contextvars import Context
from typing import Any, Protocol

import orjson

from tests.session.client import frames, payload
from tests.sim.net import NATURE, later
from webinar_server.web.socket.connection import Connection


class Caller(Protocol):
    """The client's end."""

    def hear(self, wire: Wire, message: dict[str, Any]) -> None: ...

    def closed(self, wire: Wire, code: int, reason: str) -> None: ...

    def misled(self, wire: Wire) -> None: ...


class Wire:
    """A connection between a client and a worker."""

    def __init__(self, caller: Caller, worker: str, context: Context, dice: random.Random) -> None:
        self.worker = worker
        self.transport = self
        self.receiver: Connection | None = None
        # when the client was first told a state, and when the line was lost to it
        self.since: float | None = None
        self.until: float | None = None
        self.close_sent = False
        self.written = self.high_water = 0
        self.heard = self.wrote = False
        # its worker slept longer than its lease: nothing may be told by it any more
        self.stale = False
        self.reading = True
        # every other client takes compressed frames
        self.deflates = dice.random() < 0.5
        self._caller = caller
        self._context = context
        self._dice = dice
        self._unsent: deque[bytes] = deque()
        self._broken = False
        # since when it is half-open
        self.muted: float | None = None
        self._early: list[bytes] = []
        # when the last thing sent arrives, at the client and at the worker
        self._arrives = [0.0, 0.0]

    # the worker's end

    def opened(self, receiver: Connection) -> None:
        """The handshake is over: what a client sends comes in from now on."""
        self.receiver = receiver
        if self._broken:
            receiver.lost()
        early, self._early = self._early, []
        for data in early:
            self._deliver(data)

    def write(self, frame: bytes) -> None:
        if self.close_sent or self._broken:
            return
        if self.stale and self.receiver is not None:
            self._caller.misled(self)
        self._unsent.extend(frames(frame))
        self.written += len(frame)
        self.wrote = True
        if self.reading:
            self._send()

    @property
    def outlet(self) -> Wire:
        """It is its own."""
        return self

    def offer(self, frame: bytes) -> bool:
        if self.backlog() > self.high_water:
            return self.close_sent or self._broken
        self.write(frame)
        return True

    def ping(self, frame: bytes) -> None:
        if frame:
            self.write(frame)
        self.heard = self.heard or not (self.muted or self._broken)

    def backlog(self) -> int:
        return sum(map(len, self._unsent))

    def end(self, code: int, reason: str, patience: float | None = None) -> None:
        if self.close_sent or self._broken:
            return
        self.close_sent = True
        self._travel(0, self._close, code, reason)

    def abort(self) -> None:
        self.drop()

    @property
    def served(self) -> bool:
        """Whether its worker has it open still, whatever the client hears of it."""
        return self.receiver is not None and not (self.close_sent or self._broken)

    # the client's end

    def send(self, message: dict[str, Any]) -> None:
        if not self._broken:
            self._travel(1, self._deliver, orjson.dumps(message), context=self._context)

    def hang_up(self) -> None:
        """The client gives up on it."""
        if self.until is None:
            self.until = asyncio.get_running_loop().time()
        if not self.muted:
            self.drop()

    # the road

    def drop(self) -> None:
        """What is on its way is lost; both ends hear of it, each in its time."""
        if not self._broken:
            self._broken = True
            later(self._dice.uniform(0.0, 0.3), self._lost, context=self._context)
            later(self._dice.uniform(0.0, 0.3), self._told_closed, 1006, "")

    def mute(self) -> None:
        """Half-open: nothing arrives any more and nobody is told."""
        self.reading = False
        self.muted = self.muted or asyncio.get_running_loop().time()

    def slow(self) -> None:
        self.reading = False

    def read_on(self) -> None:
        if self.muted:
            return
        self.reading = True
        self._send()
        if self.receiver is not None:
            later(0.0, self._drained, context=self._context)

    def _drained(self) -> None:
        if self.receiver is not None and not self._broken:
            self.receiver.drained()

    def _send(self) -> None:
        while self._unsent:
            self._travel(0, self._hear, self._unsent.popleft())

    def _travel(self, way: int, call: Callable[..., None], *args: Any, context: Context = NATURE) -> None:
        loop = asyncio.get_running_loop()
        most = 0.02 if self._dice.random() < 0.97 else 0.5
        # never at the very same moment, for then their order would be chance
        self._arrives[way] = max(loop.time() + self._dice.uniform(0.001, most), self._arrives[way] + 1e-6)
        loop.call_at(self._arrives[way], call, *args, context=context)

    def _hear(self, frame: bytes) -> None:
        if not self._broken and not self.muted:
            self._caller.hear(self, read(frame))

    def _deliver(self, data: bytes) -> None:
        if self._broken or self.muted or self.close_sent:
            return
        if self.receiver is None:
            self._early.append(data)
        else:
            self.receiver.received(data, text=True)

    def _close(self, code: int, reason: str) -> None:
        if not self._broken:
            self._broken = True
            self._told_closed(code, reason)
            later(0.001, self._lost, context=self._context)

    def _told_closed(self, code: int, reason: str) -> None:
        if self.until is None and not self.muted:
            self.until = asyncio.get_running_loop().time()
            self._caller.closed(self, code, reason)

    def _lost(self) -> None:
        if self.receiver is not None:
            self.receiver.lost()


_read: dict[bytes, dict[str, Any]] = {}


def read(frame: bytes) -> dict[str, Any]:
    """A whole WebSocket frame's message; the same bytes go to many, and are decoded once."""
    message = _read.get(frame)
    if message is None:
        if len(_read) > 2_000:
            _read.clear()
        message = _read[frame] = orjson.loads(payload(frame))
    return message
