"""Guest: a client that comes back by itself and repeats what was not answered, under the same refs."""

from __future__ import annotations

import asyncio
from typing import Any

from websockets.exceptions import WebSocketException

from tests.web.client import Client
from tests.web.screen import Screen

PENDING = 3
"""Commands on their way at a time."""


REPEATED_AFTER = 0.1
"""Seconds; sooner than it is told to, so that much is refused."""


class Guest:
    """Talks until told to stop, and remembers what it was promised."""

    def __init__(self, number: int, url: str, token: str, topic: str) -> None:
        self.token = token
        self.screen = Screen()
        # ref → position and id it was acknowledged with
        self.promised: dict[str, tuple[int, str, str]] = {}
        self.stopping = False
        self.closes: list[tuple[int, str]] = []
        self._codec = "msgpack" if number % 2 else "json"
        self._number = number
        self._url = url
        self._topic = topic
        self._refs = 0
        self._pending: dict[str, str] = {}

    async def live(self) -> None:
        """Until stopped and answered."""
        while not self.stopping or self._pending:
            client = Client(self._url, self.token, self._codec)
            client.screen = self.screen
            try:
                await client.knock()
                await self._talk(client)
            except (OSError, EOFError, WebSocketException):
                await asyncio.sleep(0.05)
            await client.close()
            if client.closed is not None:
                self.closes.append(client.closed)

    async def watch(self, seq: int) -> None:
        """Come back once more and read until a position is reached."""
        client = Client(self._url, self.token, self._codec)
        client.screen = self.screen
        await client.open()
        await client.join(self._topic, self.screen.at)
        await client.until(lambda: self.screen.at is not None and self.screen.at[0] >= seq)
        await client.close()

    async def _talk(self, client: Client) -> None:
        await client.send(op="join", topic=self._topic, at=self.screen.at)
        for ref, text in self._pending.items():
            await self._say(client, ref, text)
        while client.closed is None and (self._pending or not self.stopping):
            while len(self._pending) < PENDING and not self.stopping:
                await self._say_more(client)
            await client.until(lambda: bool(client.said) or client.closed is not None)
            for ref in self._hear(client):
                await asyncio.sleep(REPEATED_AFTER)
                await self._say(client, ref, self._pending[ref])

    async def _say_more(self, client: Client) -> None:
        self._refs += 1
        ref, text = f"g{self._number}-{self._refs}", f"number {self._refs} of {self._number}"
        self._pending[ref] = text
        await self._say(client, ref, text)

    async def _say(self, client: Client, ref: str, text: str) -> None:
        await client.send(op="do", topic=self._topic, ref=ref, command="say", args={"text": text})

    def _hear(self, client: Client) -> list[str]:
        """The refs that are to be tried again."""
        said: list[Any] = client.said[:]
        client.said.clear()
        for frame in said:
            if frame["op"] == "done":
                self.promised[frame["ref"]] = (*frame["at"], frame["result"]["id"])
                self._pending.pop(frame["ref"], None)
            assert frame["op"] in ("hello", "done", "beat") or frame.get("retry_after"), frame
        return [frame["ref"] for frame in said if frame["op"] == "refused"]
