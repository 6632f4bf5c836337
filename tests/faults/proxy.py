"""A TCP proxy on loopback that misbehaves as told, between a worker and Redis or a client and a worker.

`up` is from who connected to the server, `down` the way back; a fault may be on one of them only. Like a
network it loses no byte of a connection that lives on: what fell into a hole comes out once it is healed.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Iterator

from tests.ports import free_port

CHUNK = 4096
BUFFER = 16 * 1024
"""Kernel's buffers on either side, small, so that who sends feels a slow reader soon."""

IN_FLIGHT = 64
"""Chunks one way holds while they are late."""

RESET = struct.pack("ii", 1, 0)


class Way:
    """What happens to bytes in one direction, on all connections, until `heal`."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.heal()

    def heal(self) -> None:
        self.slice = CHUNK
        # bytes a second on each connection; none means as fast as it goes
        self.rate: float | None = None
        # seconds
        self.latency = 0.0
        # bytes of a connection after which both its ends are reset
        self.reset_after: int | None = None
        self.open.set()

    def hole(self) -> None:
        """Nothing passes, not even the end of a connection."""
        self.open.clear()


class Proxy:
    """Listens on a port of its own for one server's port."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.up, self.down = Way(), Way()
        self.refusing = False
        self.port = free_port()
        self.accepted = 0
        self._links: set[_Link] = set()
        self._tasks: set[asyncio.Future[None]] = set()

    async def start(self) -> Proxy:
        listener = _socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        self._server = await asyncio.start_server(self._accept, sock=listener, limit=CHUNK, backlog=1024)
        return self

    async def stop(self) -> None:
        self._server.close()
        self.cut()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def links(self) -> int:
        return len(self._links)

    def hole(self) -> None:
        """Both ways."""
        self.up.hole()
        self.down.hole()

    def strand(self, up: bool = True, down: bool = True) -> None:
        """A hole for the connections there are; new ones pass, as after a change of network."""
        for link in self._links:
            link.strand(up, down)

    def heal(self) -> None:
        self.refusing = False
        self.up.heal()
        self.down.heal()
        for link in self._links:
            link.strand(False, False)

    def cut(self) -> None:
        """Reset all connections there are."""
        for link in list(self._links):
            link.reset()

    def half_close(self, to_server: bool) -> None:
        """Tell one end of each connection there is that no more comes from the other, which talks on."""
        for link in list(self._links):
            link.half_close(to_server)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.accepted += 1
        if self.refusing:
            _abort(writer)
            return
        task = asyncio.ensure_future(self._carry(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        other = _socket()
        other.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(other, ("127.0.0.1", self.target))
        except OSError:
            other.close()
            _abort(writer)
            return
        back, forth = await asyncio.open_connection(sock=other, limit=CHUNK)
        link = _Link(writer, forth)
        self._links.add(link)
        try:
            await asyncio.gather(
                link.pump(self.up, link.up, reader, forth), link.pump(self.down, link.down, back, writer)
            )
        except (OSError, EOFError, RuntimeError):
            # RuntimeError is uvloop's word for an end that is closed already
            link.reset()
        finally:
            self._links.discard(link)
            link.close()


class _Link:
    """One connection through the proxy, both its ends."""

    def __init__(self, *ends: asyncio.StreamWriter) -> None:
        self._ends = ends
        # this connection's own holes
        self.up, self.down = asyncio.Event(), asyncio.Event()
        self.strand(False, False)

    def strand(self, up: bool, down: bool) -> None:
        (self.up.clear if up else self.up.set)()
        (self.down.clear if down else self.down.set)()

    async def pump(
        self, way: Way, own: asyncio.Event, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        late: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(IN_FLIGHT)
        reading = asyncio.ensure_future(_take_in(way, reader, late))
        try:
            await self._give_out(way, own, late, writer)
        finally:
            reading.cancel()

    async def _give_out(
        self,
        way: Way,
        own: asyncio.Event,
        late: asyncio.Queue[tuple[float, bytes]],
        writer: asyncio.StreamWriter,
    ) -> None:
        loop = asyncio.get_running_loop()
        passed = 0
        while True:
            due, data = await late.get()
            await asyncio.sleep(max(0.0, due - loop.time()))
            await way.open.wait()
            await own.wait()
            if not data:
                break
            for piece in _pieces(data, way.slice):
                await way.open.wait()
                await own.wait()
                if way.reset_after is not None and passed + len(piece) > way.reset_after:
                    writer.write(piece[: max(0, way.reset_after - passed)])
                    self.reset()
                    return
                writer.write(piece)
                await writer.drain()
                passed += len(piece)
                # even untimed slices are handed over one by one, so that the other side reads them so
                await asyncio.sleep(len(piece) / way.rate if way.rate else 0)
        writer.write_eof()

    def half_close(self, to_server: bool) -> None:
        with contextlib.suppress(OSError, RuntimeError):
            self._ends[int(to_server)].write_eof()

    def reset(self) -> None:
        for end in self._ends:
            _abort(end)

    def close(self) -> None:
        for end in self._ends:
            end.close()


async def _take_in(way: Way, reader: asyncio.StreamReader, late: asyncio.Queue[tuple[float, bytes]]) -> None:
    """Read into a bounded queue, each chunk with the time it is due; an empty one is the end."""
    loop = asyncio.get_running_loop()
    data = b"more"
    while data:
        try:
            data = await reader.read(CHUNK)
        except OSError:
            data = b""
        await late.put((loop.time() + way.latency, data))


def _pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def _socket() -> socket.socket:
    made = socket.socket()
    for side in (socket.SO_RCVBUF, socket.SO_SNDBUF):
        made.setsockopt(socket.SOL_SOCKET, side, BUFFER)
    return made


def _abort(writer: asyncio.StreamWriter) -> None:
    """End with a reset, as a crashed machine or a firewall does, not with a goodbye."""
    plain = writer.get_extra_info("socket")
    # one that is closed already has no descriptor any more, or no socket
    with contextlib.suppress(OSError, ValueError, AttributeError):
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()
