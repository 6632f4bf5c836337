"""A lean audience: the viewers of one server, all in one process, who come, talk and count what they hear."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Sequence

from loadtests.viewer import Busy, Ear, Speech, Viewer

PATIENCE = 120.0
"""Seconds in which a viewer must be in, however often it was asked to come later."""


class Swarm:
    """Viewers of one server, who connect a few at a time and come back when they are asked to."""

    def __init__(self, port: int, at_once: int = 50) -> None:
        self.ear = Ear()
        self.viewers: list[Viewer] = []
        self._port = port
        self._said = 0
        self._slots = asyncio.Semaphore(at_once)

    async def come(self, speech: Speech, tokens: Sequence[str], over: float = 0.0) -> list[float]:
        """All come in, begun evenly over so many seconds; for each, how long it took (seconds)."""

        async def one(number: int, token: str) -> float:
            await asyncio.sleep(over * number / len(tokens))
            began = time.monotonic()
            await self.bring(speech, f"Authorization: Bearer {token}\r\n" if token else "")
            return time.monotonic() - began

        return list(await asyncio.gather(*(one(number, token) for number, token in enumerate(tokens))))

    async def bring(self, speech: Speech, headers: str) -> None:
        """One viewer comes in, and is asked to come later as often as it must be."""
        async with self._slots, asyncio.timeout(PATIENCE):
            while True:
                viewer = Viewer(speech, self.ear, headers)
                await asyncio.get_running_loop().create_connection(lambda: viewer, "127.0.0.1", self._port)  # noqa: B023
                try:
                    await viewer.inside
                    break
                except Busy as busy:
                    await asyncio.sleep(busy.args[0])
        self.viewers.append(viewer)

    async def talk(self, rate: float, seconds: float) -> int:
        """Messages at a fixed total rate, from everybody in turn; how many were sent."""
        began, sent, total = time.monotonic(), 0, round(rate * seconds)
        while sent < total:
            due = min(total, math.floor((time.monotonic() - began) * rate) + 1)
            for number in range(sent, due):
                # no number twice: to our server the same ref is the same command
                self.viewers[number % len(self.viewers)].say(self._said + number)
            sent = max(sent, due)
            await asyncio.sleep(max(0.001, began + sent / rate - time.monotonic()))
        self._said += sent
        return sent

    async def settled(self, deliveries: int, within: float) -> None:
        """Wait until so many marks were heard, or `within` seconds are over."""
        until = time.monotonic() + within
        # an event would cost the audience something for each delivery
        while len(self.ear.latencies) < deliveries and time.monotonic() < until:  # noqa: ASYNC110
            await asyncio.sleep(0.02)

    def lost(self) -> int:
        """How many of those who came in are connected no more."""
        return sum(viewer.transport.is_closing() for viewer in self.viewers)

    def leave(self) -> None:
        for viewer in self.viewers:
            viewer.leave()


def quantile(values: Sequence[float], q: float) -> float:
    """The q-quantile; -1 of nothing."""
    return sorted(values)[int((len(values) - 1) * q)] if values else -1.0
