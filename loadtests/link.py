"""Link: one user's conversation with the server, carried by one greenlet, and measured.

arrive ─▶ connecting ──open──▶ joining ──state──▶ here ──lost──▶ waiting ─▶ connecting …
"""

from __future__ import annotations

import math
import random
import secrets
import time
from collections.abc import Callable
from typing import Any, Protocol

import gevent
from gevent.event import Event

from loadtests import tally
from loadtests.people import expected
from loadtests.wire import Wire
from webinar_server.client.comeback import FOR_GOOD, Closed, Comeback, Turned, final
from webinar_server.client.conversation import Conversation, Done, Fault, Here, News, Refused, Waiting
from webinar_server.client.conversation import Event as Heard
from webinar_server.client.copy import Copy
from webinar_server.client.door import Way

Fire = Callable[[str, str, float, Exception | None], None]
"""Tells locust of one request: its type, its name, seconds, and what went wrong."""


class Listener(Protocol):
    """Whom a link tells what it reads: who it is, what changed, and the bytes that said so."""

    def known(self, you: dict[str, str]) -> None: ...
    def told(self, news: News, data: bytes) -> None: ...


class Link:
    """One user's way to a session; `copy` is what is kept of it."""

    def __init__(self, way: Way, copy: Copy, listener: Listener, fire: Fire, rng: random.Random) -> None:
        self.here = Event()
        self._way = way
        self._listener = listener
        self._fire = fire
        # not from the seed: the log answers a ref of an earlier run without doing anything
        self._talk = Conversation(f"load{secrets.token_hex(5)}", rng.random)
        self._talk.follow(way.topic, copy)
        self._comeback = Comeback(rng.random)
        self._wire: Wire | None = None
        # monotonic seconds: when it asked to join, had the state, was lost
        self._asked = self._joined = self._lost = 0.0

    @property
    def joined_at(self) -> float:
        """Monotonic seconds of the last join; infinity when not here."""
        return self._joined if self.here.is_set() else math.inf

    def run(self) -> None:
        """Stay connected, or come back, until leaving for good."""
        while not self._comeback.leaves:
            try:
                end = self._stay()
            except (Turned, Closed, OSError) as error:
                end = error
            self._note_end(end)
            pause = self._comeback.after(end, time.monotonic())
            if pause == FOR_GOOD:
                return
            gevent.sleep(pause)

    def drop(self, seconds: float | None) -> None:
        """Lose the connection; come back after a while, never (infinity), or as a browser would (`None`)."""
        if self._wire is not None:
            tally.counts[tally.DROPPED] += 1
            if seconds is not None:
                self._comeback.plan(seconds)
            self._wire.abort()
        elif seconds == FOR_GOOD:
            self._comeback.plan(seconds)

    def do(self, command: str, args: dict[str, Any]) -> None:
        """Say a command, now or when the connection is back."""
        self._talk.do(self._way.topic, command, args, time.monotonic())
        self._flush()

    def pulse(self, reaction: str) -> None:
        self._talk.pulse(self._way.topic, reaction)
        self._flush()

    def _stay(self) -> Exception:
        began = time.monotonic()
        wire = Wire(self._way.url, self._way.headers)
        self._asked = time.monotonic()
        self._fire("WS", "connect", self._asked - began, None)
        if self._comeback.leaves:  # left while connecting
            wire.abort()
            return Closed(1006)
        self._wire = wire
        self._talk.opened(self._asked)
        self._flush()
        for data in wire.messages():
            self._receive(tally.CODEC.decode(data), data)
        return Closed(1006)

    def _receive(self, frame: dict[str, Any], data: bytes) -> None:
        now = time.monotonic()
        for event in self._talk.received(frame, now):
            if isinstance(event, News):
                self._listener.told(event, data)
            else:
                self._note(event, now)
        if frame["op"] == "hello":
            self._listener.known(self._talk.you)
        self._flush()

    def _note(self, event: Heard, now: float) -> None:
        match event:
            case Here(reset=reset):
                self._note_here(reset, now)
            case Done(asked):
                self._fire("DO", asked.command, now - asked.since, None)
                tally.counts[f"done {asked.command}"] += 1
            case Waiting(asked):
                tally.counts[tally.BUSY] += 1
                gevent.spawn_later((asked.due or now) - now, self._flush)
            case Refused(asked, frame):
                tally.counts[f"refused {frame['code']}"] += 1
                if not expected(asked.command, frame["code"]):
                    self._fire("DO", asked.command, now - asked.since, RuntimeError(frame["code"]))
            case Fault(code):
                self._fire("WS", "error", 0.0, RuntimeError(code))

    def _note_here(self, reset: bool, now: float) -> None:
        self._joined = now
        self._comeback.here(now)
        self.here.set()
        self._fire("WS", "rejoin" if self._lost else "join", now - self._asked, None)
        if self._lost:
            self._fire("WS", "come back", now - self._lost, None)
            tally.counts[tally.BACK] += 1
            tally.counts[tally.RESET if reset else tally.RESUMED] += 1
        self._lost = 0.0

    def _note_end(self, end: Exception) -> None:
        self._wire = None
        self._talk.lost()
        if self.here.is_set():
            self._lost = time.monotonic()
        self.here.clear()
        if isinstance(end, Closed):
            tally.counts[tally.BUSY] += end.code in (1012, 1013)
            if final(end.code):
                tally.counts[tally.ENDED] += 1
                self._fire("WS", "stay", 0.0, end)
        elif isinstance(end, Turned) and end.status in (429, 503):
            tally.counts[tally.BUSY] += 1
            tally.counts[tally.FULL] += end.status == 503
        else:
            self._fire("WS", "connect", 0.0, end)

    def _flush(self) -> None:
        if self._wire is not None:
            try:
                for frame in self._talk.outgoing(time.monotonic()):
                    self._wire.send(frame)
            except Closed:
                pass  # the reader notices, and what is pending is sent again
