"""The WebSocket protocol class of this server: uvicorn's sans-I/O one, with four differences.

1. Messages go straight to the connection (`receiver`), without a queue, a task switch or a paused read; one
   that is one frame, as nearly all are, also without the library's parser (`measure`).
2. Ready-made frames are written to the transport as they are (`outlet`): no encoding per viewer.
3. A connection that has its receiver needs no task: the application's call returns, and is forgotten.
4. The holes listed in reliability.md are closed: floods of pings and of fragments, readers that never read.

Named in uvicorn's `ws=`; needs compression off, for a ready-made frame cannot pass through an extension.
"""

from __future__ import annotations

from typing import Any, Protocol

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState
from websockets.frames import Frame
from websockets.http11 import Request
from websockets.protocol import OPEN, SERVER
from websockets.protocol import Protocol as SansIO

from webinar_server import metrics
from webinar_server.clock import monotonic
from webinar_server.limits import CONTROLS, FRAGMENTS_MAX
from webinar_server.web.measure import measure, unmasked
from webinar_server.web.outlet import Outlet

GOODBYE = 2.0
"""Seconds a client has to answer when the server stops."""

RESTARTING, OVERLOADED, TOO_MANY, MALFORMED = 1012, 1013, 4429, 4400
TEXT, BINARY, PONG = 0x81, 0x82, 0x8A
"""First bytes of frames that are whole messages, and of an answer to a ping."""

EMPTY_PONG, PONG_SIZE = b"\x8a\x80", 6
"""The answer to a ping of ours: its beginning, and its bytes with the mask of nothing."""

CONTROL_MAX = 125


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


class LiveProtocol(WebSocketsSansIOProtocol):
    """One connection. The application finds it in `scope["state"]["wire"]` and sets `receiver`."""

    receiver: Receiver | None = None
    outlet: Outlet
    heard = False
    """Whether anything came in since somebody last asked (and cleared it)."""

    _library: SansIO | None = None
    _rest = b""
    """The beginning of a frame whose end is on its way."""

    _controls_until = 0.0

    def data_received(self, data: bytes) -> None:
        if self.receiver is not None:
            self.heard = True
            if len(data) == PONG_SIZE and data.startswith(EMPTY_PONG) and not self._rest:
                self._count_control()
                return
            self._read(self._rest + data if self._rest else data)
            return
        if self.handshake_initiated and not self.handshake_complete:
            # nobody of good will speaks before the handshake is answered (RFC 6455, 4.1)
            self.transport.abort()
            return
        super().data_received(data)
        if self.conn.handshake_exc is not None:
            # a request the HTTP parser let pass, such as one with a line of 9 kB; it would stay open for good
            self.transport.abort()

    def _read(self, data: bytes) -> None:
        """Take whole frames, one by one, in order; one that announces too much is not waited for."""
        at, size = 0, len(data)
        while at < size and not self.transport.is_closing():
            start, end = measure(data, at)
            # where the payload's beginning is not known, by the frame's: never by that of what was read
            fits = end - (start or at) <= self.config.ws_max_size
            if end > size and fits:
                break
            if start and fits and self._is_simple(data[at], end - start):
                self._take(data[at], unmasked(data, start, end))
            else:
                super().data_received(data[at:end])
            at = end
        self._rest = data[at:]

    def _is_simple(self, first: int, length: int) -> bool:
        """Whether a frame is a message, or an answer to a ping, as it should be at this moment."""
        if first == TEXT or first == BINARY:
            return not self.frames and not self.close_sent
        return first == PONG and length <= CONTROL_MAX

    def _take(self, first: int, payload: bytes) -> None:
        if first == PONG:
            self._count_control()
        elif self.receiver is not None:
            self.receiver.received(payload, first == TEXT)

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            # the task that runs the application was made, but has not begun
            self.scope["state"]["wire"] = self
            self.outlet = Outlet(self.transport)

    async def run_asgi(self) -> None:
        """The application's call. A connection without a receiver ends with it."""
        try:
            await self.app(self.scope, self.receive, self.send)
        except ClientDisconnected:
            pass
        except Exception:
            self.logger.exception("a handshake failed")
            self.send_500_response()
        if self.receiver is not None:
            self._forget_handshake()
        elif self.close_timer is None:
            self.transport.close()

    def _forget_handshake(self) -> None:
        """Thousands of connections say nothing for long; what each keeps is all they cost."""
        del self.scope, self.request, self.response
        self.queue = self.writable = NOBODY
        self._library = None

    @property
    def conn(self) -> Any:
        """The library's side of this connection, made anew where it is needed: it is given whole frames only,
        so that between two of them it has nothing to remember."""
        if self._library is None:
            self._library = SansIO(SERVER, state=OPEN, max_size=self.config.ws_max_size, logger=self.logger)
        return self._library

    @conn.setter
    def conn(self, library: Any) -> None:
        self._library = library

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
        if self._count_control():
            super().handle_ping()

    def _count_control(self) -> bool:
        """Whether a ping or pong more may be; who sends too many, asked or not, is closed."""
        now = monotonic()
        self._controls_until = max(self._controls_until, now) + CONTROLS.each
        if self._controls_until - now <= CONTROLS.each * CONTROLS.burst:
            return True
        metrics.EXCESS.labels("controls").inc()
        self.end(TOO_MANY, "too many pings or pongs")
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self.receiver is not None:
            self.receiver.lost()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.receiver is not None:
            self.receiver.drained()

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
        self.outlet.open = False
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
