"""Over real sockets: many short connections of ill will, beside a healthy one that must notice nothing."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import gc
import resource
import sys
from pathlib import Path
from random import Random

import pytest
import uvloop

from tests.fuzz import LONG, OPEN, SEED, Faults
from tests.fuzz.frames import Frames
from tests.fuzz.wires import BINARY, TEXT, Wires, frame
from tests.web.client import Client
from tests.web.server import TOPIC, LiveServer
from webinar_server.live import recent
from webinar_server.state import answers, state

FRAMES = 100_000 if LONG else 10_000
EACH = 20
AT_ONCE = 8
GROWTH_MAX = 10 << 20
"""Bytes by which the process may have grown afterwards, its caches being warm."""

HANG = 10.0
PATIENT = dataclasses.replace(OPEN, errors_max=1_000_000)


def pytest_asyncio_loop_factories(config, item):
    # the loop the server runs on
    return {"uvloop": uvloop.new_event_loop}


def request(server: LiveServer, token: str, codec: str, *more: str) -> bytes:
    lines = [
        "GET /live HTTP/1.1",
        f"Host: {server.url.removeprefix('http://')}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Protocol: webinar.v1.{codec}",
        f"Authorization: Bearer {token}",
        *more,
    ]
    return "\r\n".join([*lines, "", ""]).encode()


class Stranger:
    """One connection that sends what it likes, and hears until it is let go."""

    def __init__(self, server: LiveServer, seed: int) -> None:
        self._server = server
        self._seed = seed
        self._frames = Frames(seed, TOPIC, binary=seed % 2 == 1)
        self._wires = Wires(self._frames)
        self.sent = 0

    async def come_and_go(self) -> int:
        port = int(self._server.url.rpartition(":")[2])
        async with asyncio.timeout(HANG):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                await self._speak(reader, writer)
            except (ConnectionError, asyncio.IncompleteReadError):
                pass  # ended by the server
            finally:
                writer.close()
                with contextlib.suppress(ConnectionError):
                    await writer.wait_closed()
        return self.sent

    async def _speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        dice = self._frames.dice
        codec = ("json", "msgpack")[self._seed % 2]
        token = self._server.token(
            "Zed", dice.choice(("host", "attendee", "stage")), id=f"z{dice.randrange(40)}"
        )
        hello = request(self._server, token, codec)
        match self._seed % 4:
            case 0:
                await self._before_it_is_known(writer, hello)
            case 1:
                await self._without_a_handshake(writer)
            case _:
                await self._as_somebody(reader, writer, hello)

    async def _before_it_is_known(self, writer: asyncio.StreamWriter, hello: bytes) -> None:
        dice = self._frames.dice
        first = [self._wires.spoilt(hello), hello.replace(b"Bearer ", b"Bearer x"), hello][dice.randrange(3)]
        writer.write(first)
        await self._send(writer, 2)

    async def _without_a_handshake(self, writer: asyncio.StreamWriter) -> None:
        await self._send(writer, 1)

    async def _as_somebody(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, hello: bytes
    ) -> None:
        writer.write(hello)
        assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
        hearing = asyncio.ensure_future(_drain(reader))
        writer.write(frame(TEXT, b'{"op":"join","topic":"%s"}' % TOPIC.encode()))
        try:
            await self._send(writer, EACH)
        finally:
            writer.close()
            await hearing

    async def _send(self, writer: asyncio.StreamWriter, count: int) -> None:
        dice = self._frames.dice
        for _ in range(count):
            if writer.transport.is_closing():
                return
            self.sent += 1
            if dice.random() < 0.7:
                message = self._frames.message()
                writer.write(frame(TEXT if message.text else BINARY, message.data))
            else:
                for piece in self._wires.slices(self._wires.burst()):
                    writer.write(piece)
            if dice.random() < 0.3:
                # so that an end that was answered is noticed, and what comes after it not counted
                await writer.drain()
                await asyncio.sleep(0)
        await writer.drain()


async def _drain(reader: asyncio.StreamReader) -> None:
    with contextlib.suppress(ConnectionError):
        while await reader.read(1 << 16):
            pass


async def besieged(server: LiveServer, first: int, frames: int, neighbour: Client) -> int:
    """Strangers until so many frames were sent; the next free seed."""
    sent, seed = 0, first
    while sent < frames:
        some = [Stranger(server, seed + n) for n in range(AT_ONCE)]
        seed += AT_ONCE
        sent += sum(await asyncio.gather(*(stranger.come_and_go() for stranger in some)))
        if seed // AT_ONCE % 5 == 0:
            # what the test's own client keeps of all it heard would count as grown
            neighbour.screen.frames.clear()
            neighbour.said.clear()
            async with asyncio.timeout(HANG):
                await neighbour.do("lower_hand")
                await neighbour.alive()
    return seed


def held() -> int:
    """Bytes this process occupies."""
    gc.collect()
    if sys.platform.startswith("linux"):
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.fixture
def small_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a room may remember is bounded; here so low that it is full before anything is measured."""
    monkeypatch.setattr(recent, "ENTRIES_KEPT", 200)
    monkeypatch.setattr(state, "TAGS_KEPT", 200)
    monkeypatch.setattr(state, "TOMBSTONES_KEPT", 100)
    monkeypatch.setattr(answers, "ANSWERS_KEPT", 40)


async def test_strangers_disturb_nobody_and_leave_nothing_behind(small_memory: None, tmp_path: Path) -> None:
    with Faults() as faults:
        server = await LiveServer(tmp_path, PATIENT).start()
        neighbour = await server.joined("Grace", "host")
        # chat, questions and polls reach their limits first, and every cache is filled
        seed = await besieged(server, SEED * 1_000_000, FRAMES // 2, neighbour)
        warm = held()
        await besieged(server, seed, FRAMES - FRAMES // 2, neighbour)
        grown = held() - warm
        assert faults.seen == [], f"seed {SEED}"
        assert neighbour.closed is None and not neighbour.errors
        again = await server.joined("Grace", "host", id=neighbour.hello["you"]["id"])
        await neighbour.do("say", text="undisturbed")
        await again.until(lambda: "undisturbed" in again.screen.texts())
        await neighbour.until(lambda: neighbour.screen.at == again.screen.at)
        assert neighbour.screen.records == again.screen.records
        assert grown < GROWTH_MAX, f"{grown >> 10} kB more"
        await server.finish()
    assert faults.seen == []


async def test_a_request_with_a_line_nobody_reads_is_ended(tmp_path: Path) -> None:
    """It passes the HTTP parser and not the one behind it, and was once kept open for good."""
    server = await LiveServer(tmp_path).start()
    port = int(server.url.rpartition(":")[2])
    for line in ("X-Long: " + "x" * 9_000, *[f"X-{n}: x" for n in range(3)]):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request(server, server.token(), "json", line))
        async with asyncio.timeout(HANG):
            answer = await reader.read(100)
        assert (b" 101 " in answer) == (len(line) < 100)
        writer.close()
    await server.finish()


def test_the_same_seed_gives_the_same_frames() -> None:
    one, other = (Frames(7, TOPIC, binary) for binary in (True, True))
    assert [one.message() for _ in range(500)] == [other.message() for _ in range(500)]
    dice = Random(7)
    assert dice.random() != Frames(8, TOPIC, True).dice.random()
