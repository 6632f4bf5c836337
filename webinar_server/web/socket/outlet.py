"""Outlet: where the frames of one connection go. Ready-made ones are written as they are, and nobody waits.

This is what telling one viewer costs, so it is as small as it can be: a busy room comes by some five thousand
times a second, and what such a turn touches is seldom in the processor's cache. While nothing waits, a frame
goes to the kernel directly; the transport gets what that did not take, and finds out what is wrong.
"""

from __future__ import annotations

import asyncio
import os

from webinar_server import metrics

BACKLOG_MAX = 4 * 1024 * 1024
"""Unsent bytes at which a connection is given up: more than a full state ever takes."""

PING = b"\x89\x00"


class Outlet:
    """Writes to a transport until it is closed."""

    __slots__ = ("_fd", "_transport", "high_water", "open", "written", "wrote")

    def __init__(self, transport: asyncio.WriteTransport) -> None:
        self._transport = transport
        socket = transport.get_extra_info("socket")
        # where bytes are encrypted on their way, or a socket is no file, only the transport may write
        direct = os.name == "posix" and socket is not None and not transport.get_extra_info("sslcontext")
        self._fd = socket.fileno() if direct else -1
        # unsent bytes above which offers are declined
        self.high_water = 0
        self.open = True
        # whether anything was said since somebody last asked (and cleared it)
        self.wrote = False
        # bytes that had to wait, to tell what was taken from how the backlog changed
        self.written = 0

    def offer(self, frame: bytes) -> bool:
        """Write a whole frame, unless too much waits; `False` if it is to be offered again."""
        transport = self._transport
        waiting = transport.get_write_buffer_size()
        if waiting > self.high_water:
            return not self.open
        if self.open and not transport.is_closing():
            self.wrote = True
            if waiting:
                self.written += len(frame)
                transport.write(frame)
            else:
                self._write_through(frame)
        return True

    def write(self, frame: bytes) -> None:
        """The same, whatever waits; a connection that is hopelessly behind is cut off."""
        transport = self._transport
        if not self.open or transport.is_closing():
            return
        transport.write(frame)
        self.written += len(frame)
        self.wrote = True
        if transport.get_write_buffer_size() > BACKLOG_MAX:
            metrics.CLOSED.labels("cut off").inc()
            transport.abort()

    def ping(self, frame: bytes) -> None:
        """Ask whether somebody is there, after a frame or none."""
        if self.open and not self._transport.is_closing():
            self._transport.write(frame + PING)

    def _write_through(self, frame: bytes) -> None:
        try:
            # a transport that is not closing has not closed its socket either
            sent = os.write(self._fd, frame)
        except OSError:
            sent = 0
        if sent < len(frame):
            self.written += len(frame) - sent
            self._transport.write(frame[sent:])

    def backlog(self) -> int:
        """Bytes the transport has not got rid of yet."""
        return self._transport.get_write_buffer_size()
