"""Outlets: frames go to the kernel at once while nothing waits, in order whatever does, and nobody waits."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvloop

from tests.web.client import DEADLINE, until
from webinar_server.web.socket.outlet import Outlet

HIGH_WATER = 64 * 1024


@pytest.fixture(params=[asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
def run(request: pytest.FixtureRequest) -> Iterator[Callable[[Any], Any]]:
    loop = request.param()
    yield loop.run_until_complete
    loop.close()


async def connected() -> tuple[Outlet, asyncio.Transport, socket.socket]:
    """An outlet on a socket with small buffers, and the other end."""
    here, there = socket.socketpair()
    for end in (here, there):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8_192)
        end.setblocking(False)
    transport, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, sock=here)
    outlet = Outlet(transport)
    outlet.high_water = HIGH_WATER
    return outlet, transport, there


async def read(there: socket.socket, size: int) -> bytes:
    data = b""
    async with asyncio.timeout(DEADLINE):
        while len(data) < size:
            data += await asyncio.get_running_loop().sock_recv(there, 65_536)
    return data


def test_a_frame_is_with_the_kernel_before_anything_else_happens(run: Callable[[Any], Any]) -> None:
    async def main() -> None:
        outlet, transport, there = await connected()
        assert outlet.offer(b"hello") and outlet.wrote
        assert there.recv(100) == b"hello"
        transport.close()
        there.close()

    run(main())


def test_nothing_is_lost_or_out_of_order_where_the_kernel_takes_only_a_part(
    run: Callable[[Any], Any],
) -> None:
    async def main() -> None:
        outlet, transport, there = await connected()
        frames = [bytes((number,)) * 30_000 for number in range(20)]
        taken = []
        for number, frame in enumerate(frames):
            if number % 3 == 2:
                outlet.write(frame)
                taken.append(frame)
            elif outlet.offer(frame):
                taken.append(frame)
        assert outlet.backlog() > HIGH_WATER and len(taken) < len(frames), "some were declined"
        expected = b"".join(taken)
        assert await read(there, len(expected)) == expected
        await until(lambda: not outlet.backlog(), "all is gone")
        assert outlet.offer(b"again")
        assert await read(there, 5) == b"again"
        transport.close()
        there.close()

    run(main())


def test_who_closed_or_was_told_goodbye_takes_nothing_and_has_nothing_to_come_back_for(
    run: Callable[[Any], Any],
) -> None:
    async def main() -> None:
        outlet, transport, there = await connected()
        outlet.open = False
        assert outlet.offer(b"late")
        outlet.write(b"late")
        outlet.ping(b"late")
        outlet.open = True
        transport.abort()
        assert outlet.offer(b"late")
        await asyncio.sleep(0.01)
        assert await asyncio.get_running_loop().sock_recv(there, 100) == b""
        there.close()

    run(main())


def test_what_waited_counts_as_taken_once_it_is_gone(run: Callable[[Any], Any]) -> None:
    async def main() -> None:
        outlet, transport, there = await connected()
        while not outlet.backlog():
            outlet.offer(bytes(5_000))
        taken = outlet.written - outlet.backlog()
        await asyncio.get_running_loop().sock_recv(there, 65_536)
        await until(lambda: outlet.written - outlet.backlog() > taken, "more was taken")
        transport.abort()
        there.close()

    run(main())
