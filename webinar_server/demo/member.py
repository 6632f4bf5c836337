"""Member: one guest's client over a real WebSocket. Joins, does, repeats what was not answered, comes back.

A small model of static/js/connection.js: every command has a ref and stays pending until it is answered;
after a reconnection the member joins from its last position and sends what is pending again, under the
same refs, so that nothing is lost and nothing happens twice.
"""

from __future__ import annotations

import asyncio
import functools
import json
import random
from collections.abc import Callable
from typing import Any, NamedTuple

import msgpack
import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from webinar_server.demo.act import PULSE, Act
from webinar_server.demo.tally import Tally
from webinar_server.demo.watch import News, Watch

JSON, MSGPACK = "webinar.v1.json", "webinar.v1.msgpack"
TRIES = 4
BACK_OFF = 0.5, 8.0
"""Seconds of the first and the longest pause before trying to connect again; each is drawn by chance."""

COME_BACK = (4408, 4429)
"""Of the codes from 4400 on, those after which a client returns by itself."""


class Place(NamedTuple):
    """Where members go, and whom they tell: `hear` of news, `again` what to repeat, its ref, and when."""

    url: str
    topic: str
    hear: Callable[[int, News], None]
    again: Callable[[Act, str, float], None]


class Pending(NamedTuple):
    """A command that was not answered yet."""

    act: Act
    tries: int


class Member:
    """One guest, from arrival until they leave."""

    def __init__(self, number: int, guest: str, token: str, place: Place, tally: Tally) -> None:
        self.watch = Watch(guest)
        self._number = number
        self._token = token
        self._place = place
        self._topic = place.topic
        self._tally = tally
        self._rng = random.Random(guest)
        self._codec = MSGPACK if number % 3 == 0 else JSON
        self._socket: ClientConnection | None = None
        self._joined = False
        self._pending: dict[str, Pending] = {}
        self._refs = 0
        # how long to stay away; infinity is for good, `None` leaves it to the back-off
        self._away: float | None = None
        self._failures = 0

    async def live(self) -> None:
        """Stay connected, or come back, until leaving for good."""
        while self._away != float("inf"):
            try:
                await self._stay()
            except InvalidStatus as error:
                self._note_status(error)
            except ConnectionClosed as error:
                self._note_close(error)
            except (OSError, TimeoutError, WebSocketException):
                self._failures += 1
            self._note_gone()
            await asyncio.sleep(self._pause())

    def drop(self, seconds: float) -> None:
        """Lose the connection, and come back after a while, or never."""
        if self._socket is not None:
            self._away = seconds
            self._socket.transport.abort()
        elif seconds == float("inf"):
            self._away = seconds

    async def do(self, act: Act, ref: str | None = None) -> None:
        """Say a command, now or when the connection is back; a reaction only if it is there."""
        if act.command == PULSE:
            await self._send({"op": "pulse", "topic": self._topic, **act.args})
        elif ref is None:
            self._refs += 1
            ref = f"demo{self._number}-{self._refs}"
            self._pending[ref] = Pending(act, 1)
            await self._send_command(ref, act)
        elif ref in self._pending:  # else it was answered meanwhile, after a reconnection
            self._pending[ref] = Pending(act, self._pending[ref].tries + 1)
            await self._send_command(ref, act)

    async def _stay(self) -> None:
        headers = {"Authorization": f"Bearer {self._token}"}
        async with connect(
            self._place.url,
            additional_headers=headers,
            subprotocols=[self._codec],  # type: ignore[list-item]
            compression=None,
            proxy=None,
            max_size=None,
            close_timeout=1,
        ) as socket:
            self._socket = socket
            await socket.send(self._encoded({"op": "join", "topic": self._topic, "at": self.watch.at}))
            while True:
                await self._receive(await socket.recv(decode=False))

    async def _receive(self, data: bytes) -> None:
        frame = _decoded(self._codec, data)
        match frame["op"]:
            case "state":
                for news in self.watch.merge(frame):
                    self._place.hear(self._number, news)
                if not self._joined:
                    await self._note_joined()
            case "done":
                done = self._pending.pop(frame["ref"], None)
                self._tally.done[done.act.command if done else "?"] += 1
            case "refused":
                self._note_refusal(frame)
            case "error":
                self._tally.errors[frame["code"]] += 1

    async def _note_joined(self) -> None:
        self._joined = True
        self._failures = 0
        self._tally.here += 1
        for ref, pending in list(self._pending.items()):
            await self._send_command(ref, pending.act)

    def _note_refusal(self, frame: dict[str, Any]) -> None:
        ref = frame.get("ref", "")
        pending = self._pending.get(ref)
        wait = frame.get("retry_after")
        if pending is not None and wait is not None and pending.tries < TRIES:
            self._place.again(pending.act, ref, wait + self._rng.uniform(0.1, 1.5))
        else:
            self._pending.pop(ref, None)
            self._tally.refused[frame["code"]] += 1

    def _note_gone(self) -> None:
        self._socket = None
        self._tally.here -= self._joined
        self._joined = False

    def _note_close(self, error: ConnectionClosed) -> None:
        code = error.rcvd.code if error.rcvd else 1006
        if 4400 <= code < 4500 and code not in COME_BACK:
            self._tally.errors[f"closed {code}"] += 1
            self._away = float("inf")
        elif self._away is None:
            self._failures += 1
            self._away = _retry_after(error.rcvd.reason if error.rcvd else "")

    def _note_status(self, error: InvalidStatus) -> None:
        self._failures += 1
        status = error.response.status_code
        self._tally.errors[f"HTTP {status}"] += 1
        if status in (401, 403, 404):
            self._away = float("inf")
        elif "Retry-After" in error.response.headers:
            self._away = float(error.response.headers["Retry-After"]) * self._rng.uniform(1, 2)

    def _pause(self) -> float:
        away, self._away = self._away, None
        if away == float("inf"):
            self._away = away
            return 0.0
        first, longest = BACK_OFF
        return self._rng.uniform(0.05, min(longest, first * 2**self._failures)) if away is None else away

    async def _send_command(self, ref: str, act: Act) -> None:
        frame = {"op": "do", "topic": self._topic, "ref": ref, "command": act.command, "args": act.args}
        await self._send(frame)

    async def _send(self, frame: dict[str, Any]) -> None:
        if self._socket is None or not self._joined:
            return
        try:
            await self._socket.send(self._encoded(frame))
        except ConnectionClosed:
            pass  # what is pending is sent again after the next join

    def _encoded(self, frame: dict[str, Any]) -> bytes | str:
        return bytes(msgpack.packb(frame)) if self._codec == MSGPACK else orjson.dumps(frame).decode()


@functools.lru_cache(maxsize=64)
def _decoded(codec: str, data: bytes) -> dict[str, Any]:
    """The server sends the same bytes to many, so most frames are read once for all; nobody changes them."""
    frame: dict[str, Any] = msgpack.unpackb(data) if codec == MSGPACK else orjson.loads(data)
    return frame


def _retry_after(reason: str) -> float | None:
    """The pause a closing server asks for, spread by chance so that not everybody returns at once."""
    try:
        return float(json.loads(reason)["retry_after"]) * random.uniform(1, 2)
    except (ValueError, KeyError, TypeError):
        return None
