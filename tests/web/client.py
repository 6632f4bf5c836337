"""A client of the wire: connects, joins, does, and keeps its screen. Knows the protocol and nothing else."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import msgpack
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.web.screen import Screen

DEADLINE = 60.0
"""Seconds after which something that was to happen counts as not happening."""

AGAIN_AFTER = 0.5

Frame = dict[str, Any]


class Client:
    """One socket of one person, and what it brought."""

    def __init__(self, url: str, token: str | None = None, codec: str = "json", **handshake: Any) -> None:
        self.screen = Screen()
        self.hello: Frame = {}
        self.said: list[Frame] = []
        self.errors: list[str] = []
        self.pulses: Counter[str] = Counter()
        self.closed: tuple[int, str] | None = None
        self.topic = ""
        self._url = url.replace("http://", "ws://", 1) + handshake.pop("path", "/live")
        self._headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
        self._headers |= handshake.pop("headers", {})
        self._codec = codec
        # `deflate` to offer it, as a browser does
        self._compression = handshake.pop("compression", None)
        self._handshake = handshake
        self._refs = (f"{id(self)}-{number}" for number in itertools.count(1))
        self._answers: dict[str, asyncio.Future[Frame]] = {}
        self._news = asyncio.Event()
        self._reader: asyncio.Future[None] | None = None

    async def open(self) -> Client:
        """Come in, as a browser does: again where the door is too busy for now."""
        for _ in range(int(DEADLINE / AGAIN_AFTER)):
            try:
                return await self.knock()
            except InvalidStatus as refused:
                # the loop of server and test is late on a busy machine, and says so as it should
                if b"server.busy" not in (refused.response.body or b""):
                    raise
            await asyncio.sleep(AGAIN_AFTER)
        raise AssertionError("the door never opened")

    async def knock(self) -> Client:
        """Come once. Raises InvalidStatus where that is refused."""
        self.socket: ClientConnection = await connect(
            self._url,
            additional_headers=self._headers,
            subprotocols=[f"webinar.v1.{self._codec}"],  # type: ignore[list-item]
            compression=self._compression,
            max_size=None,
            proxy=None,
            open_timeout=DEADLINE,
            close_timeout=2,
            ping_interval=None,
            **self._handshake,
        )
        self._reader = asyncio.ensure_future(self._read())
        await self.until(lambda: bool(self.hello) or self.closed is not None, "hello")
        return self

    async def join(self, topic: str, at: Any = None) -> Client:
        """Follow a topic; returns when its state is here."""
        self.topic = topic
        before = len(self.screen.frames)
        await self.send(op="join", topic=topic, at=at)
        await self.until(lambda: len(self.screen.frames) > before, f"state of {topic}, errors {self.errors}")
        return self

    async def close(self) -> None:
        if self._reader is not None:
            await self.socket.close()
            await self._reader

    def abort(self) -> None:
        """Gone without a word, as in a tunnel."""
        self.socket.transport.abort()

    # saying

    async def send(self, **frame: Any) -> None:
        await self.raw(json.dumps(frame) if self._codec == "json" else msgpack.packb(frame))

    async def raw(self, data: str | bytes) -> None:
        await self.socket.send(data)

    async def ask(self, command: str, ref: str | None = None, topic: str | None = None, **args: Any) -> Frame:
        """Send a command; its `done` or `refused`."""
        ref = ref or next(self._refs)
        answer = self._answers[ref] = asyncio.get_running_loop().create_future()
        await self.send(op="do", topic=topic or self.topic, ref=ref, command=command, args=args)
        async with asyncio.timeout(DEADLINE):
            return await answer

    async def do(self, command: str, ref: str | None = None, **args: Any) -> Frame:
        """A command that must be done."""
        answer = await self.ask(command, ref, **args)
        assert answer["op"] == "done", answer
        return answer

    async def refused(self, command: str, **args: Any) -> Frame:
        """A command that must be refused."""
        answer = await self.ask(command, **args)
        assert answer["op"] == "refused" and answer["code"] and answer["text"], answer
        return answer

    # hearing

    async def until(self, holds: Callable[[], bool], what: str = "that") -> None:
        """Wait for a condition, looked at whenever something came in."""
        try:
            async with asyncio.timeout(DEADLINE):
                while not holds():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"still not: {what}; closed {self.closed}, errors {self.errors}") from None

    async def ended(self) -> tuple[int, str]:
        """The close code and reason, once the server has closed."""
        await self.until(lambda: self.closed is not None, "closed")
        assert self.closed is not None
        return self.closed

    async def alive(self) -> None:
        """A ping is answered."""
        before = self.count("pong")
        await self.send(op="ping")
        await self.until(lambda: self.count("pong") > before, "pong")

    def count(self, op: str) -> int:
        return sum(frame["op"] == op for frame in self.said)

    async def _read(self) -> None:
        try:
            while True:
                self._hear(await self.socket.recv())
        except ConnectionClosed as error:
            received = error.rcvd
            self.closed = (received.code, received.reason) if received else (1006, "")
        finally:
            self._news.set()

    def _hear(self, data: str | bytes) -> None:
        frame: Frame = json.loads(data) if isinstance(data, str) else msgpack.unpackb(data)
        match frame["op"]:
            case "hello":
                self.hello = frame
            case "state":
                self.screen.merge(frame)
            case "done" | "refused":
                waiting = self._answers.pop(frame["ref"], None)
                if waiting is not None and not waiting.done():
                    waiting.set_result(frame)
            case "pulse":
                self.pulses.update(frame["reactions"])
            case "error":
                self.errors.append(frame["code"])
        if frame["op"] != "state":
            self.said.append(frame)
        self._news.set()


async def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for something nobody sends news of."""
    for _ in range(int(DEADLINE / 0.005)):
        if holds():
            return
        await asyncio.sleep(0.005)
    raise AssertionError(f"still not: {what}")
