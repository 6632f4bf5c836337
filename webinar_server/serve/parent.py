"""Parent: a worker's end of the pair of sockets between it and the process that started it."""

from __future__ import annotations

import asyncio
import signal
import socket


class Parent:
    """Says how this worker fares, hears who leaves, and notices when there is nobody to say it to."""

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=descriptor)
        # names of the workers that leave together with this one, so that nobody is sent to them
        self._leaving: frozenset[str] = frozenset()

    def leaving(self) -> frozenset[str]:
        return self._leaving

    def ready(self, name: str) -> None:
        """`name` is this worker's among all that share the log."""
        self._say(f"ready {name}")

    def waits(self, reason: str) -> None:
        self._say(f"waits {reason}")

    def failed(self, reason: str) -> None:
        self._say(f"failed {reason}")

    async def watch(self) -> None:
        """Leave when told to, with all the others; in a hurry when the parent is gone."""
        self._socket.setblocking(False)
        told = b""
        while said := await asyncio.get_running_loop().sock_recv(self._socket, 65_536):
            told += said
            if told.endswith(b"\n"):
                self._leaving = frozenset(told.decode().split())
                signal.raise_signal(signal.SIGTERM)
        for _ in range(2):
            signal.raise_signal(signal.SIGTERM)

    def _say(self, line: str) -> None:
        try:
            self._socket.send(line.replace("\n", " ").encode() + b"\n")
        except OSError:
            # it is gone, which `watch` hears too
            return
