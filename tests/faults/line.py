"""Line: one connection of one person that comes back by itself, as static/app/comeback.js does.

Full jitter between a floor and a doubling ceiling, `retry_after` honoured, another worker each time, and
always from the position the screen stands at.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgpack
import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from tests.faults.told import Place, Seen
from tests.web.screen import Screen

FLOOR, CEILING = 0.5, 4.0
HELLO_WITHIN = 10.0
SILENCE = 30.0
"""Twice a beat without a word: the socket is dead."""

SETTLED = 5.0
TOPIC = "session/s1"
HALF = (0, "half")
"""Where a screen stands between the two halves of a whole state: nowhere in the log."""

Frame = dict[str, Any]


class Lost(Exception):
    """This socket is of no use any more; `retry_after` in seconds if it said when to come back."""

    def __init__(self, why: str, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class LeanScreen(Screen):
    """A screen that does not keep every frame: three hundred of them over thousands of frames are many."""

    def __init__(self) -> None:
        super().__init__()
        self.frames = deque(maxlen=1)  # type: ignore[assignment]


class Line:
    """Keeps a socket open to one of `doors`; `joined` is awaited after each join, `heard` told of answers."""

    def __init__(
        self,
        token: str,
        doors: Sequence[str],
        first: int,
        dice: random.Random,
        joined: Callable[[Line], Awaitable[None]],
        heard: Callable[[Line, Frame], None],
    ) -> None:
        self.seen = Seen(LeanScreen())
        self.live = False
        self.door = first
        self.doors = doors
        self._headers = {"Authorization": f"Bearer {token}"}
        self._codec = "msgpack" if first % 3 == 2 else "json"
        self._dice = dice
        self._joined, self._heard = joined, heard
        self._socket: ClientConnection | None = None
        self._failures = 0
        self._lost_at: float | None = None
        self._over = False
        # told to forget, but not yet what to know instead
        self._reset = False

    @property
    def at(self) -> tuple[int, str] | None:
        return self.seen.screen.at

    async def keep(self) -> None:
        """Until told to leave."""
        while not self._over:
            began = time.monotonic()
            retry_after = await self._once()
            settled = self.live and time.monotonic() - began > SETTLED
            if self.live and self._lost_at is None:
                self._lost_at = time.monotonic()
                self.seen.lost.append(self._lost_at)
            self.live = False
            self._failures = 1 if settled else self._failures + 1
            self.door += 1
            if not self._over:
                await asyncio.sleep(self._wait(retry_after))

    async def leave(self) -> None:
        """Close for good."""
        self._over = True
        if self._socket is not None:
            await self._socket.close()

    def drop(self) -> None:
        """Gone without a word, as in a tunnel."""
        if self._socket is not None:
            self._socket.transport.abort()

    def deafen(self) -> None:
        """Read nothing from now on, as a page that hangs."""
        if self._socket is not None:
            self._socket.transport.pause_reading()

    def hearken(self) -> None:
        """Read again."""
        if self._socket is not None:
            self._socket.transport.resume_reading()

    async def send(self, **frame: Any) -> None:
        """Hand over a frame, or lose it with the socket."""
        if self._socket is not None:
            data = orjson.dumps(frame).decode() if self._codec == "json" else msgpack.packb(frame)
            with suppress(ConnectionClosed):
                await self._socket.send(data)

    async def _once(self) -> float | None:
        """One socket from its handshake to its end; when to come back if it said so."""
        try:
            await self._converse()
        except InvalidStatus as refused:
            after = refused.response.headers.get("Retry-After")
            self.seen.closes.append((refused.response.status_code, after or ""))
            return float(after) if after else None
        except Lost as lost:
            self.seen.closes.append((1013, str(lost)))
            return lost.retry_after
        except ConnectionClosed as closed:
            return self._closed(closed)
        except (OSError, EOFError, WebSocketException) as error:
            self.seen.closes.append((1006, type(error).__name__))
        return None

    async def _converse(self) -> None:
        door = self.doors[self.door % len(self.doors)].replace("http://", "ws://", 1)
        async with asyncio.timeout(HELLO_WITHIN):
            socket = await connect(
                f"{door}/live",
                additional_headers=self._headers,
                subprotocols=[f"webinar.v1.{self._codec}"],  # type: ignore[list-item]
                compression=None,
                max_size=None,
                proxy=None,
                open_timeout=None,
                close_timeout=1,
                ping_interval=None,
            )
        self._socket = socket
        try:
            await self.send(op="join", topic=TOPIC, at=self.at)
            while True:
                async with asyncio.timeout(SILENCE):
                    data = await socket.recv()
                await self._hear(orjson.loads(data) if isinstance(data, str) else msgpack.unpackb(data))
        finally:
            self._socket = None
            socket.transport.abort()

    async def _hear(self, frame: Frame) -> None:
        match frame["op"]:
            case "state":
                self._merge(frame)
                if not self.live and self.at != HALF:
                    self._found()
                    await self._joined(self)
            case "done" | "refused":
                self._heard(self, frame)
            case "error" if frame["code"] == "log.unavailable":
                raise Lost("the topic cannot be read")
            case "hello" | "beat" | "pulse" | "pong":
                pass
            case _:
                self.seen.odd.append(json.dumps(frame))

    def _merge(self, frame: Mapping[str, Any]) -> None:
        # who had only the half of a state has nothing to forget
        self._reset |= bool(frame.get("reset")) and self.at != HALF
        self.seen.screen.merge(frame)
        if self.at != HALF:
            self.seen.resets += self._reset
            self.seen.places.append(Place(*frame["at"], self._reset, time.monotonic()))
            self._reset = False

    def _found(self) -> None:
        """The first state of a socket: we are back."""
        self.live = True
        if self._lost_at is not None:
            self.seen.gaps.append(time.monotonic() - self._lost_at)
            self.seen.resumes += not self.seen.places[-1].reset
            self._lost_at = None

    def _closed(self, closed: ConnectionClosed) -> float | None:
        code, reason = (closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else (1006, "")
        self.seen.closes.append((code, reason))
        with suppress(ValueError, TypeError, KeyError):
            return float(json.loads(reason)["retry_after"])
        return None

    def _wait(self, retry_after: float | None) -> float:
        if retry_after is not None:
            return retry_after * (1 + self._dice.random() / 4)
        ceiling = min(CEILING, FLOOR * 2**self._failures)
        return FLOOR + self._dice.random() * (ceiling - FLOOR)
