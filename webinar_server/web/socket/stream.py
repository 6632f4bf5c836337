"""Stream: what carries a connection over HTTP, where no WebSocket comes through: an answer that goes on.

Each frame is an event (`data: JSON`); its end is the connection's, so that it passes what speaks HTTP/1.0.
Nothing can be asked of a client by it, so it lives for a minute and is opened anew from the position: who is
not there any more is missed about as soon as one who answers no ping.
"""

from __future__ import annotations

import asyncio
from typing import Any

import orjson

from webinar_server import metrics
from webinar_server.live.telling.codec import payload_of
from webinar_server.web.http.trickle import PADDING
from webinar_server.web.socket.closing import RESTARTING, come_back
from webinar_server.web.socket.outlet import Outlet
from webinar_server.web.socket.receiver import Receiver

COMMENT = b":\n\n"
"""Says nothing, but that the line is alive."""

HEAD = (
    (b"content-type", b"text/event-stream"),
    # nginx and its like pass it on as it comes
    (b"x-accel-buffering", b"no"),
    (b"cache-control", b"no-store, no-transform"),
    (b"connection", b"close"),
)
FIRST = b"HTTP/1.1 200 OK\r\n"

TAKEN_WITHIN = 10.0
"""Seconds in which the last of it is to be taken."""


class Events(Outlet):
    """Writes frames as events. The same frame goes to many, so the last event made is kept for all."""

    __slots__ = ()

    _last: tuple[bytes, bytes] = (b"", b"")

    def offer(self, frame: bytes) -> bool:
        return super().offer(_event(frame))

    def write(self, frame: bytes) -> None:
        super().write(_event(frame))

    def ping(self, frame: bytes) -> None:
        if self.open and not self._transport.is_closing():
            self._transport.write(_event(frame) if frame else COMMENT)


class Stream(asyncio.Protocol):
    """One connection from its answer's head on; it is read no more, but for its end. `connections` are the
    server's, which ends what is in there when it stops."""

    deflates = False
    receiver: Receiver | None = None

    def __init__(self, transport: asyncio.Transport, connections: set[Any]) -> None:
        self.transport = transport
        self.outlet: Outlet = Events(transport)
        self._connections = connections
        self._timer: asyncio.TimerHandle | None = None
        connections.add(self)
        metrics.STREAMS.inc()

    @property
    def heard(self) -> bool:
        """It cannot be asked whether it is there."""
        return True

    @heard.setter
    def heard(self, heard: bool) -> None: ...

    def begin(self, lines: list[tuple[bytes, bytes]], life: float) -> None:
        """Say the answer's head; `life` is in seconds."""
        self.transport.write(
            FIRST + b"".join(b"%b: %b\r\n" % line for line in (*HEAD, *lines)) + b"\r\n" + PADDING
        )
        self._timer = asyncio.get_running_loop().call_later(life, self.end, RESTARTING, come_back(0))

    def data_received(self, data: bytes) -> None:
        # nobody of good will asks for more on a connection that is being answered
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self.outlet.open = False
        self._stop_timer()
        self._connections.discard(self)
        metrics.STREAMS.dec()
        if self.receiver is not None:
            self.receiver.lost()

    def resume_writing(self) -> None:
        if self.receiver is not None:
            self.receiver.drained()

    def end(self, code: int, reason: str, patience: float | None = None) -> None:
        """Say why, as the last event."""
        if not self.outlet.open or self.transport.is_closing():
            return
        metrics.CLOSED.labels(code).inc()
        self.transport.write(_said({"op": "close", "code": code, "reason": reason}))
        self.outlet.open = False
        self._stop_timer()
        self.transport.close()
        self._timer = asyncio.get_running_loop().call_later(patience or TAKEN_WITHIN, self.transport.abort)

    def shutdown(self) -> None:
        """The server stops: say when to come back."""
        if self.receiver is not None:
            self.receiver.send_away(1)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()


def _said(message: dict[str, Any]) -> bytes:
    return b"data: " + orjson.dumps(message) + b"\n\n"


def _event(frame: bytes) -> bytes:
    made = Events._last
    if made[0] is not frame:
        made = Events._last = (frame, b"data: " + payload_of(frame) + b"\n\n")
    return made[1]
