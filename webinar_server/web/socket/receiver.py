"""Who hears a connection, and the nobody who stands for whom its handshake was told to."""

from __future__ import annotations

from typing import Any, Protocol


class Receiver(Protocol):
    """What hears a connection."""

    def received(self, data: bytes, text: bool) -> None: ...

    def drained(self) -> None: ...

    def lost(self) -> None: ...

    def send_away(self, retry_after: float) -> None: ...


class Nobody:
    """Stands for what the application's call was told by; nobody waits there any more. Shared by all."""

    def put_nowait(self, event: Any) -> None: ...

    def set(self) -> None: ...

    def clear(self) -> None: ...


NOBODY: Any = Nobody()
