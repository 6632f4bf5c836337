"""The fault proxy does to bytes what it is told, and nothing else."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable

import pytest

from tests.faults.proxy import Proxy
from tests.web.client import DEADLINE, until

Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]
QUIET = 0.2
"""Seconds in which nothing may come."""


class Echo:
    """A server that sends back what it hears, and remembers the sizes of what it read."""

    def __init__(self) -> None:
        self.heard = bytearray()
        self.ended = 0

    async def start(self) -> Echo:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def stop(self) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                self.heard += data
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        self.ended += 1
        writer.close()


@pytest.fixture
async def echo() -> AsyncIterator[Echo]:
    echo = await Echo().start()
    yield echo
    echo.stop()


@pytest.fixture
async def proxy(echo: Echo) -> AsyncIterator[Proxy]:
    proxy = await Proxy(echo.port).start()
    yield proxy
    await proxy.stop()


async def connected(proxy: Proxy) -> Ends:
    return await asyncio.open_connection("127.0.0.1", proxy.port)


async def within(what: Awaitable[bytes]) -> bytes:
    async with asyncio.timeout(DEADLINE):
        return await what


async def nothing(reader: asyncio.StreamReader) -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(reader.read(1), QUIET)


async def test_untold_it_passes_everything_on_and_the_end_too(proxy: Proxy, echo: Echo) -> None:
    reader, writer = await connected(proxy)
    sent = bytes(range(256)) * 4000
    writer.write(sent)
    assert await within(reader.readexactly(len(sent))) == sent
    writer.write_eof()
    assert await within(reader.read()) == b""
    await until(lambda: proxy.links == 0 and echo.ended == 1, "both ends closed")


async def test_a_hole_swallows_both_ways_and_gives_back_once_healed(proxy: Proxy, echo: Echo) -> None:
    reader, writer = await connected(proxy)
    proxy.hole()
    writer.write(b"lost?")
    await nothing(reader)
    assert echo.heard == b""
    proxy.heal()
    assert await within(reader.readexactly(5)) == b"lost?"


async def test_a_hole_upwards_only_keeps_words_from_the_server(proxy: Proxy, echo: Echo) -> None:
    reader, writer = await connected(proxy)
    proxy.up.hole()
    writer.write(b"up")
    await nothing(reader)
    assert echo.heard == b""
    writer.close()
    await asyncio.sleep(QUIET)
    assert echo.ended == 0, "not even the end passes"
    proxy.heal()
    await until(lambda: echo.ended == 1, "the end")


async def test_a_hole_downwards_only_keeps_answers_from_the_client(proxy: Proxy, echo: Echo) -> None:
    reader, writer = await connected(proxy)
    proxy.down.hole()
    writer.write(b"down")
    await until(lambda: echo.heard == b"down", "heard")
    await nothing(reader)
    proxy.heal()
    assert await within(reader.readexactly(4)) == b"down"


async def test_a_new_connection_into_a_hole_stands_and_hears_nothing(proxy: Proxy) -> None:
    proxy.hole()
    reader, writer = await connected(proxy)
    writer.write(b"hello")
    await nothing(reader)


async def test_stranded_connections_hear_nothing_while_new_ones_pass(proxy: Proxy, echo: Echo) -> None:
    reader, writer = await connected(proxy)
    writer.write(b"x")
    await within(reader.readexactly(1))
    proxy.strand()
    writer.write(b"old")
    await nothing(reader)
    new_reader, new_writer = await connected(proxy)
    new_writer.write(b"new")
    assert await within(new_reader.readexactly(3)) == b"new"
    proxy.heal()
    assert await within(reader.readexactly(3)) == b"old"


async def test_slices_arrive_byte_by_byte_and_complete(proxy: Proxy) -> None:
    proxy.down.slice = 1
    reader, writer = await connected(proxy)
    writer.write(b"0123456789" * 20)
    got, reads = b"", 0
    while len(got) < 200:
        got += await within(reader.read(200))
        reads += 1
    assert got == b"0123456789" * 20 and reads > 100


@pytest.mark.parametrize("limit", [0, 1, 10])
async def test_a_reset_comes_after_exactly_so_many_bytes(proxy: Proxy, echo: Echo, limit: int) -> None:
    proxy.up.reset_after = limit
    _reader, writer = await connected(proxy)
    writer.write(b"x" * limit)
    await until(lambda: len(echo.heard) == limit, "as much as is let through")
    assert echo.ended == 0
    writer.write(b"one more, and over")
    await until(lambda: echo.ended == 1, "reset")
    assert len(echo.heard) == limit


async def test_a_throttle_holds_its_rate(proxy: Proxy) -> None:
    proxy.down.slice, proxy.down.rate = 100, 2_000
    reader, writer = await connected(proxy)
    began = time.monotonic()
    writer.write(b"x" * 1000)
    await within(reader.readexactly(1000))
    assert time.monotonic() - began >= 0.4


async def test_a_throttled_reader_is_felt_by_who_sends(proxy: Proxy, echo: Echo) -> None:
    proxy.down.slice, proxy.down.rate = 100, 1_000
    _reader, writer = await connected(proxy)
    # more than kernels hold for a server on one connection
    writer.write(b"x" * 30_000_000)
    assert await asyncio.wait_for(until_still(echo), DEADLINE) < 20_000_000
    writer.transport.abort()


async def until_still(echo: Echo) -> int:
    before = -1
    while before != len(echo.heard):
        before = len(echo.heard)
        await asyncio.sleep(QUIET)
    return before


async def test_latency_delays_but_does_not_narrow(proxy: Proxy) -> None:
    proxy.up.latency = 1.0
    reader, writer = await connected(proxy)
    began = time.monotonic()
    # one delay each would take longer than is waited for
    for _ in range(2 * int(DEADLINE)):
        writer.write(b"x")
        await asyncio.sleep(0.002)
    await within(reader.readexactly(2 * int(DEADLINE)))
    assert time.monotonic() - began >= 1.0


async def test_a_cut_resets_whoever_is_connected_and_lets_others_come(proxy: Proxy, echo: Echo) -> None:
    reader, writer = await connected(proxy)
    writer.write(b"x")
    await within(reader.readexactly(1))
    proxy.cut()
    with pytest.raises(ConnectionResetError):
        await within(reader.read(1))
    reader, writer = await connected(proxy)
    writer.write(b"again")
    assert await within(reader.readexactly(5)) == b"again"


async def test_refusing_turns_new_ones_away_and_keeps_the_old(proxy: Proxy) -> None:
    old_reader, old_writer = await connected(proxy)
    old_writer.write(b"x")
    await within(old_reader.readexactly(1))
    proxy.refusing = True
    reader, _writer = await connected(proxy)
    with pytest.raises(ConnectionResetError):
        await within(reader.read(1))
    old_writer.write(b"old")
    assert await within(old_reader.readexactly(3)) == b"old"


async def test_a_server_that_is_away_looks_like_a_reset(proxy: Proxy, echo: Echo) -> None:
    echo.stop()
    await asyncio.sleep(0.05)
    proxy.target = 1
    reader, _writer = await connected(proxy)
    with pytest.raises(ConnectionResetError):
        await within(reader.read(1))
