"""Parent: a worker's end of the pair of sockets between it and the process that started it."""

from __future__ import annotations

import asyncio
import signal
import socket


class Parent:
    """Says how this worker fares, and notices when there is nobody to say it to."""

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=descriptor)

    def ready(self) -> None:
        self._say("ready")

    def waits(self, reason: str) -> None:
        self._say(f"waits {reason}")

    def failed(self, reason: str) -> None:
        self._say(f"failed {reason}")

    async def watch(self) -> None:
        """When the parent is gone, end in a hurry: its other workers end too, so nobody has where to go."""
        self._socket.setblocking(False)
        while await asyncio.get_running_loop().sock_recv(self._socket, 1):
            pass
        for _ in range(2):
            signal.raise_signal(signal.SIGTERM)

    def _say(self, line: str) -> None:
        try:
            self._socket.send(line.replace("\n", " ").encode() + b"\n")
        except OSError:
            # it is gone, which `watch` hears too
            return
