"""A lean audience for measurements: many viewers in one asyncio process, each a real WebSocket.

It counts marks (`@` and 19 digits, the sender's monotonic nanoseconds) in whatever arrives and decodes
nothing more, so that its own cost stays small beside the server's. Traffic goes to 127.0.0.1 only.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import dataclass, field

from websockets.asyncio.client import ClientConnection, connect

MARK = re.compile(r"@(\d{19})")
SAID = (
    "hello from a viewer in the chat, a sentence of about a hundred and twenty bytes so that it looks real "
)


@dataclass
class Viewer:
    """One viewer: when it held the full state, and what it saw since."""

    token: str
    socket: ClientConnection | None = None
    state_at: float = 0.0
    latencies: list[float] = field(default_factory=list)
    frames: int = 0

    async def come(self, port: int, topic: str) -> None:
        headers = {"Authorization": f"Bearer {self.token}"}
        self.socket = await connect(
            f"ws://127.0.0.1:{port}/live",
            additional_headers=headers,
            subprotocols=["webinar.v1.json"],
            compression=None,
            max_size=2**24,
            proxy=None,
        )
        await self.socket.send(json.dumps({"op": "join", "topic": topic, "at": None}))
        while '"op":"state"' not in str(await self.socket.recv())[:20]:
            pass
        self.state_at = time.monotonic()

    async def watch(self) -> None:
        """Read until the socket is closed; seconds from mark to arrival go into `latencies`."""
        assert self.socket is not None
        async for frame in self.socket:
            self.frames += 1
            now = time.monotonic_ns()
            self.latencies += [(now - int(mark)) / 1e9 for mark in MARK.findall(str(frame))]

    async def say(self, topic: str, number: int) -> None:
        assert self.socket is not None
        text = f"{SAID}@{time.monotonic_ns():019d}"
        frame = {"op": "do", "topic": topic, "ref": f"m-{number}", "command": "say", "args": {"text": text}}
        await self.socket.send(json.dumps(frame))


async def come_within(viewers: list[Viewer], port: int, topic: str, seconds: float) -> list[float]:
    """All connect, spread evenly over `seconds`; for each, how long from its start to the full state."""

    async def one(number: int, viewer: Viewer) -> float:
        await asyncio.sleep(seconds * number / len(viewers))
        began = time.monotonic()
        await viewer.come(port, topic)
        return viewer.state_at - began

    return list(await asyncio.gather(*(one(number, viewer) for number, viewer in enumerate(viewers))))


async def talk(viewers: list[Viewer], topic: str, rate: float, seconds: float) -> int:
    """Messages at a fixed total rate from everybody in turn; how many were sent."""
    began, sent = time.monotonic(), 0
    while (due := began + sent / rate) < began + seconds:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        await viewers[sent % len(viewers)].say(topic, sent)
        sent += 1
    return sent


def quantile(values: list[float], q: float) -> float:
    """The q-quantile; -1 of nothing."""
    return sorted(values)[int((len(values) - 1) * q)] if values else -1.0
