"""Link: one user's connection, kept by one greenlet: connecting, joining, reading, coming back.

    arrive ─▶ connecting ──hello──▶ joining ──state──▶ here ──lost──▶ waiting ─▶ connecting …

Every command has a ref and stays pending until it is answered; after coming back it is sent again under the
same ref, so nothing is lost and nothing happens twice.
"""

from __future__ import annotations

import itertools
import math
import random
import secrets
import time
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

import gevent
from gevent.event import Event

from loadtests import comeback, tally
from loadtests.manners import TRIES, expected
from loadtests.wire import Closed, Turned, Wire, decoded

Fire = Callable[[str, str, float, Exception | None], None]
"""Tells locust of one request: its type, its name, seconds, and what went wrong."""


class Way(NamedTuple):
    """Where a user connects, and as whom."""

    url: str
    headers: dict[str, str]
    topic: str


class Listener(Protocol):
    """Whom a link tells what it reads."""

    def known(self, you: dict[str, str]) -> None: ...
    def state(self, frame: dict[str, Any], data: bytes) -> None: ...


class Pending:
    """A command that was not answered yet; `began` is monotonic seconds."""

    def __init__(self, command: str, args: dict[str, Any]) -> None:
        self.command = command
        self.args = args
        self.began = time.monotonic()
        self.tries = 1


class Link:
    """One user's way to a session."""

    def __init__(self, way: Way, listener: Listener, fire: Fire, rng: random.Random) -> None:
        self.here = Event()
        self._way = way
        self._listener = listener
        self._fire = fire
        self._rng = rng
        self._wire: Wire | None = None
        self._position: list[Any] | None = None
        self._pending: dict[str, Pending] = {}
        self._refs = itertools.count(1)
        # not from the seed: the log answers a ref of an earlier run without doing anything
        self._instance = f"load{secrets.token_hex(5)}"
        # monotonic seconds: when the wire was asked to join, had the state, was lost
        self._asked = self._joined = self._lost = 0.0
        # how long to stay away; infinity is for good, `None` leaves it to the back-off
        self._away: float | None = None
        self._failures = 0

    @property
    def joined_at(self) -> float:
        """Monotonic seconds of the last join; infinity when not here."""
        return self._joined if self.here.is_set() else math.inf

    def run(self) -> None:
        """Stay connected, or come back, until leaving for good."""
        while self._away != math.inf:
            try:
                self._stay()
            except Turned as error:
                self._note_turned(error)
            except Closed as error:
                self._note_closed(error)
            except OSError as error:
                self._fire("WS", "connect", 0.0, error)
                self._failures += 1
            self._note_gone()
            gevent.sleep(self._pause())

    def drop(self, seconds: float | None) -> None:
        """Lose the connection; come back after a while, never (infinity), or as a browser would (`None`)."""
        if self._wire is not None:
            tally.counts[tally.DROPPED] += 1
            self._away = seconds
            self._wire.abort()
        elif seconds == math.inf:
            self._away = seconds

    def do(self, command: str, args: dict[str, Any]) -> None:
        """Say a command, now or when the connection is back."""
        ref = f"{self._instance}-{next(self._refs)}"
        self._pending[ref] = Pending(command, args)
        self._send_command(ref)

    def pulse(self, reaction: str) -> None:
        self._send({"op": "pulse", "topic": self._way.topic, "reaction": reaction})

    def _stay(self) -> None:
        began = time.monotonic()
        self._wire = Wire(self._way.url, self._way.headers)
        self._fire("WS", "connect", time.monotonic() - began, None)
        if self._away == math.inf:  # left while connecting
            return self._wire.abort()
        for data in self._wire.messages():
            self._receive(decoded(data), data)

    def _receive(self, frame: dict[str, Any], data: bytes) -> None:
        match frame["op"]:
            case "state":
                self._position = frame["at"]
                self._listener.state(frame, data)
                if not self.here.is_set():
                    self._note_here(bool(frame.get("reset")))
            case "done":
                self._note_done(frame)
            case "refused":
                self._note_refused(frame)
            case "hello":
                self._listener.known(frame["you"])
                self._asked = time.monotonic()
                self._wire.send({"op": "join", "topic": self._way.topic, "at": self._position})  # type: ignore[union-attr]
            case "error":
                self._note_error(frame)

    def _note_here(self, reset: bool) -> None:
        self._joined = time.monotonic()
        self.here.set()
        self._fire("WS", "rejoin" if self._lost else "join", self._joined - self._asked, None)
        if self._lost:
            self._fire("WS", "come back", self._joined - self._lost, None)
            tally.counts[tally.BACK] += 1
            tally.counts[tally.RESET if reset else tally.RESUMED] += 1
        self._lost = 0.0
        for ref in list(self._pending):
            self._send_command(ref)

    def _note_done(self, frame: dict[str, Any]) -> None:
        done = self._pending.pop(frame["ref"], None)
        if done is not None:
            self._fire("DO", done.command, time.monotonic() - done.began, None)
            tally.counts[f"done {done.command}"] += 1

    def _note_refused(self, frame: dict[str, Any]) -> None:
        ref, code, wait = frame.get("ref", ""), frame["code"], frame.get("retry_after")
        pending = self._pending.get(ref)
        if pending is None:
            return
        if wait is not None and pending.tries < TRIES:
            pending.tries += 1
            gevent.spawn_later(wait + self._rng.uniform(0.1, 1.0), self._send_command, ref)
            tally.counts[tally.BUSY] += 1
            return
        del self._pending[ref]
        tally.counts[f"refused {code}"] += 1
        if not expected(pending.command, code):
            self._fire("DO", pending.command, time.monotonic() - pending.began, RuntimeError(code))

    def _note_error(self, frame: dict[str, Any]) -> None:
        """An error can only be the answer to a join here; two of them mean: come again."""
        code = frame["code"]
        if code in ("log.unavailable", "pace.join"):
            raise Closed(1013, "")
        self._fire("WS", "error", 0.0, RuntimeError(code))
        if code.startswith("topic."):
            self._away = math.inf
            raise Closed(1000, "")

    def _note_turned(self, error: Turned) -> None:
        """A browser sees a broken network in any refused handshake, and waits accordingly."""
        self._failures += 1
        if error.status in (429, 503):
            tally.counts[tally.BUSY] += 1
            tally.counts[tally.FULL] += error.status == 503
            return
        self._fire("WS", "connect", 0.0, error)
        if error.status in (401, 403):
            self._away = math.inf

    def _note_closed(self, error: Closed) -> None:
        if self._away is not None:  # this was our own doing
            return
        if self.here.is_set() and time.monotonic() - self._joined > comeback.SETTLED:
            self._failures = 0
        self._failures += 1
        wait = comeback.told(error.reason)
        if comeback.final(error.code):
            tally.counts[tally.ENDED] += 1
            self._fire("WS", "stay", 0.0, error)
            self._away = math.inf
        elif error.code in (1012, 1013):
            tally.counts[tally.BUSY] += 1
        self._away = comeback.pause(self._failures, wait, self._rng) if self._away is None else self._away

    def _note_gone(self) -> None:
        self._wire = None
        if self.here.is_set():
            self._lost = time.monotonic()
        self.here.clear()

    def _pause(self) -> float:
        away, self._away = self._away, None
        if away == math.inf:
            self._away = away
            return 0.0
        return comeback.pause(max(1, self._failures), None, self._rng) if away is None else away

    def _send_command(self, ref: str) -> None:
        pending = self._pending.get(ref)  # else it was answered meanwhile
        if pending is not None:
            frame = {"op": "do", "topic": self._way.topic, "ref": ref}
            self._send(frame | {"command": pending.command, "args": pending.args})

    def _send(self, frame: dict[str, Any]) -> None:
        if self._wire is not None and self.here.is_set():
            try:
                self._wire.send(frame)
            except Closed:
                pass  # the reader notices, and what is pending is sent again
