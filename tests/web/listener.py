"""A client of the second way in: hears a stream of events, and posts what it says."""

from __future__ import annotations

import asyncio
import itertools
import json
from typing import Any
from urllib.parse import quote

from tests.web.client import DEADLINE
from tests.web.raw import Raw, opened
from tests.web.server import TOPIC, LiveServer

Frame = dict[str, Any]


class Listener:
    """Somebody whose network lets no socket through; `lines` say who they are, `topic` in what they are, and
    `beside` what else they follow."""

    def __init__(self, url: str, *lines: str, topic: str = TOPIC, beside: tuple[str, ...] = ()) -> None:
        self.url = url
        self.topic = topic
        self.beside = beside
        self.lines = lines
        self.head, self.seen = b"", []  # type: tuple[bytes, list[Frame]]
        self._refs = (f"{id(self)}-{number}" for number in itertools.count(1))
        self._raw: Raw | None = None
        # the number of the position it has seen elsewhere
        self.at = 0

    async def open(self, *joins: Frame, more: str = "", version: str = "1.1") -> Listener:
        asked = "&".join(
            [
                f"topic={self.topic}",
                *(f"join={quote(json.dumps(join))}" for join in joins),
                *([more] if more else []),
            ]
        )
        self._raw = await opened(self.url)
        self._raw.write(head_of(f"GET /live/stream?{asked} HTTP/{version}", self.url, self.lines))
        async with asyncio.timeout(DEADLINE):
            self.head = await self._raw.reader.readuntil(b"\r\n\r\n")
        return self

    async def joined(self, at: Any = None, more: str = "") -> Listener:
        others = ({"op": "join", "topic": topic, "at": None} for topic in self.beside)
        await self.open({"op": "join", "topic": self.topic, "at": at}, *others, more=more)
        for topic in (self.topic, *self.beside):
            await self.until(lambda frame: _is_all(frame, topic))  # noqa: B023
        return self

    @property
    def status(self) -> int:
        return int(self.head.split()[1])

    async def frame(self) -> Frame:
        """The next event. Raises EOFError at the end."""
        assert self._raw is not None
        while True:
            async with asyncio.timeout(DEADLINE):
                line = await self._raw.reader.readline()
            if not line:
                raise EOFError(self.seen[-1:])
            if line.startswith(b"data: "):
                frame: Frame = json.loads(line[6:])
                self.seen.append(frame)
                return frame

    async def until(self, wanted: Any) -> Frame:
        while not wanted(frame := await self.frame()):
            pass
        return frame

    async def post(self, *frames: Frame | str, lines: tuple[str, ...] = ()) -> tuple[int, Any]:
        """Status, and the frames of the answer or the refusal."""
        body = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in frames).encode()
        raw = await opened(self.url)
        told = (*self.lines, *lines, f"Content-Length: {len(body)}", "Connection: close")
        asked = [f"topic={self.topic}", f"at={self._seq(self.topic)}"]
        asked += (f"beside={topic}@{self._seq(topic)}" for topic in self.beside)
        raw.write(head_of(f"POST /live/stream?{'&'.join(asked)} HTTP/1.1", self.url, told) + body)
        head, _, answer = (await raw.rest()).partition(b"\r\n\r\n")
        raw.abort()
        status = int(head.split()[1])
        return status, [json.loads(line) for line in answer.splitlines()] if status == 200 else json.loads(
            answer
        )

    def _seq(self, topic: str) -> int:
        """Up to where it has seen one."""
        seen = (frame for frame in self.seen if frame["op"] == "state" and frame["topic"] == topic)
        return max((frame["at"][0] for frame in seen), default=self.at)

    def do(self, command: str, ref: str = "", topic: str = "", **args: Any) -> Frame:
        return {
            "op": "do",
            "topic": topic or self.topic,
            "ref": ref or next(self._refs),
            "command": command,
            "args": args,
        }

    async def say(self, text: str) -> Frame:
        return await self.done("say", text=text)

    async def done(self, command: str, **args: Any) -> Frame:
        """The answer to one command."""
        status, frames = await self.post(self.do(command, **args))
        assert status == 200, (status, frames)
        answer: Frame = frames[0]
        return answer

    def abort(self) -> None:
        if self._raw is not None:
            self._raw.abort()


def _is_all(frame: Frame, topic: str) -> bool:
    return frame["op"] == "state" and frame["topic"] == topic and frame["at"][1] != "half"


def head_of(first: str, url: str, lines: tuple[str, ...]) -> bytes:
    host = (
        () if any(line.startswith("Host:") for line in lines) else (f"Host: {url.removeprefix('http://')}",)
    )
    return ("\r\n".join((first, *host, *lines)) + "\r\n\r\n").encode()


def by_link(server: LiveServer, name: str = "Ada", role: Any = "attendee", **fields: Any) -> Listener:
    """A program with a link of its own."""
    return Listener(server.url, f"Authorization: Bearer {server.token(name, role, **fields)}")


def by_cookie(server: LiveServer, cookie: str, *lines: str) -> Listener:
    return Listener(server.url, f"Cookie: webinar-0={cookie}", *lines)
