"""The WebSocket protocol class of this server: uvicorn's sans-I/O one, with three differences.

1. Messages go straight to the connection (`receiver`), without a queue, a task switch or a paused read.
2. Ready-made frames are written to the transport as they are (`write`): no encoding per viewer.
3. The holes listed in reliability.md are closed: floods of pings and of fragments, readers that never read.

Named in uvicorn's `ws=`; needs compression off, for a ready-made frame cannot pass through an extension.
"""

from __future__ import annotations

from typing import Protocol

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState
from websockets.frames import Frame
from websockets.http11 import Request

from webinar_server import metrics
from webinar_server.clock import monotonic

FRAGMENTS_MAX = 64
CONTROLS_EACH = 0.2
"""Seconds for each ping; above that, and a burst of 20, the client is closed."""

CONTROLS_BURST = 20 * CONTROLS_EACH
BACKLOG_MAX = 4 * 1024 * 1024
"""Unsent bytes at which a connection is given up: more than a full state ever takes."""

GOODBYE = 2.0
"""Seconds a client has to answer when the server stops."""

RESTARTING, OVERLOADED, TOO_MANY, MALFORMED = 1012, 1013, 4429, 4400


class Receiver(Protocol):
    """What hears a connection."""

    def received(self, data: bytes, text: bool) -> None: ...

    def drained(self) -> None: ...

    def lost(self) -> None: ...

    def send_away(self, retry_after: float) -> None: ...


class LiveProtocol(WebSocketsSansIOProtocol):
    """One connection. The application finds it in `scope["state"]["wire"]` and sets `receiver`."""

    receiver: Receiver | None = None
    written = 0
    """Bytes of all frames so far."""

    _controls_until = 0.0

    def data_received(self, data: bytes) -> None:
        if self.handshake_initiated and not self.handshake_complete:
            # nobody of good will speaks before the handshake is answered (RFC 6455, 4.1)
            self.transport.abort()
            return
        super().data_received(data)
        if self.conn.handshake_exc is not None:
            # a request the HTTP parser let pass, such as one with a line of 9 kB; it would stay open for good
            self.transport.abort()

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            # the task that runs the application was made, but has not begun
            self.scope["state"]["wire"] = self

    def send_receive_event_to_app(self) -> None:
        if self.receiver is None:
            super().send_receive_event_to_app()
            return
        data = self.frames[0] if len(self.frames) == 1 else b"".join(self.frames)
        self.frames = []
        if not self.close_sent:
            self.receiver.received(bytes(data), self.curr_msg_data_type == "text")

    def handle_cont(self, event: Frame) -> None:
        if len(self.frames) >= FRAGMENTS_MAX:
            self.end(MALFORMED, "too many fragments")
            return
        super().handle_cont(event)

    def handle_ping(self) -> None:
        now = monotonic()
        self._controls_until = max(self._controls_until, now) + CONTROLS_EACH
        if self._controls_until - now > CONTROLS_BURST:
            self.end(TOO_MANY, "too many pings")
            return
        super().handle_ping()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self.receiver is not None:
            self.receiver.lost()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.receiver is not None:
            self.receiver.drained()

    def write(self, frame: bytes) -> None:
        """Send a whole frame; a connection that is closing, or hopelessly behind, gets nothing more."""
        if self.close_sent or self.transport.is_closing():
            return
        self.transport.write(frame)
        self.written += len(frame)
        if self.backlog() > BACKLOG_MAX:
            metrics.CLOSED.labels("cut off").inc()
            self.transport.abort()

    def offer(self, frame: bytes, high_water: int) -> bool:
        """The same, unless more than `high_water` bytes wait; `False` if it is to be offered again."""
        if self.close_sent or self.transport.is_closing():
            return True
        if self.transport.get_write_buffer_size() > high_water:
            return False
        self.transport.write(frame)
        self.written += len(frame)
        return True

    def backlog(self) -> int:
        return self.transport.get_write_buffer_size()

    def end(self, code: int, reason: str, patience: float | None = None) -> None:
        """Close with a code; cut off whoever does not answer the closing handshake."""
        if self.close_sent or self.disconnected or self.transport.is_closing():
            return
        try:
            self.conn.send_close(code, reason)
        except InvalidState:
            return
        metrics.CLOSED.labels(code).inc()
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.stop_keepalive()
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.close_timer = self.loop.call_later(patience or self.close_timeout, self.transport.abort)

    def refused(self) -> None:
        """The application answered the handshake with an HTTP status; uvicorn takes that for a fault."""
        self.handshake_complete = True

    def shutdown(self) -> None:
        """The server stops: say when to come back."""
        if self.receiver is not None:
            # the transport is closed by the answer: closed at once, what a client has just sent would have
            # the kernel reset the connection, and the reason would be lost with it
            self.receiver.send_away(1)
        else:
            super().shutdown()
