"""Who hears a connection, what carries it, and the nobody who stands for whom its handshake was told to."""

from __future__ import annotations

import asyncio
from typing import Any, Protocol

from webinar_server.web.socket.outlet import Outlet


class Receiver(Protocol):
    """What hears a connection."""

    def received(self, data: bytes, text: bool) -> None: ...

    def drained(self) -> None: ...

    def lost(self) -> None: ...

    def send_away(self, retry_after: float) -> None: ...


class Wire(Protocol):
    """What carries a connection: a WebSocket, or a stream of events over HTTP."""

    outlet: Outlet
    deflates: bool
    transport: asyncio.Transport
    heard: bool
    """Whether anything came in since somebody last asked (and cleared it)."""

    def end(self, code: int, reason: str, patience: float | None = None) -> None:
        """Close with a code; cut off whoever takes longer than so many seconds to take it."""


class Nobody:
    """Stands for what the application's call was told by; nobody waits there any more. Shared by all."""

    def put_nowait(self, event: Any) -> None: ...

    def set(self) -> None: ...

    def clear(self) -> None: ...


NOBODY: Any = Nobody()
