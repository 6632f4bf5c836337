"""The WebSocket protocol class of this server: uvicorn's sans-I/O one, with five differences.

1. Messages go straight to the connection (`receiver`), without a queue, a task switch or a paused read; one
   that is one frame, as nearly all are, also without the library's parser (`measure`).
2. Ready-made frames are written to the transport as they are (`outlet`): no encoding per viewer.
3. A connection that has its receiver needs no task: the application's call returns, and is forgotten.
4. Every frame counts, whatever it is (`meter`); text is UTF-8; after an end nothing more is parsed.
5. Frames are compressed once for all who take such (`telling/deflate.py`), and inflated here (`inflate`).

Named in uvicorn's `ws=`; needs its own compression off: a ready-made frame cannot pass through an extension.
"""

from __future__ import annotations

import zlib

from uvicorn.protocols.utils import ClientDisconnected
from websockets.datastructures import Headers
from websockets.exceptions import InvalidState
from websockets.http11 import Request

from webinar_server import metrics
from webinar_server.clock import monotonic
from webinar_server.limits import GOODBYE_FRAMES, GOODBYE_MAX
from webinar_server.live.telling.deflate import DEFLATED
from webinar_server.state import Identity
from webinar_server.web.http.head import Lines
from webinar_server.web.socket import closing
from webinar_server.web.socket.closing import NOT_UTF8, TOO_MANY, TOO_MUCH, fault, sought
from webinar_server.web.socket.inflate import TooLarge, inflated
from webinar_server.web.socket.measure import is_utf8, measure, unmasked
from webinar_server.web.socket.outlet import Outlet
from webinar_server.web.socket.parsing import Parsing
from webinar_server.web.socket.receiver import NOBODY

TEXT, BINARY, CLOSE, PONG = 0x81, 0x82, 0x88, 0x8A
"""First bytes of frames that are whole messages, of an end, and of an answer to a ping."""

CONTROL_MAX = 125


class LiveProtocol(Parsing):
    """One connection. The application finds it in `scope["state"]` as `wire`, beside the `identity` of who
    asks, and sets `receiver`."""

    outlet: Outlet
    heard = False
    """Whether anything came in since somebody last asked (and cleared it)."""

    _rest = b""
    """The beginning of a frame whose end is on its way."""

    _skipped = _passed = 0  # bytes and frames after a close frame of ours

    def data_received(self, data: bytes) -> None:
        if self.receiver is None:
            # nobody of good will speaks before the handshake is answered (RFC 6455, 4.1)
            self.transport.abort()
            return
        self.heard = True
        if not self.close_sent:
            self._read(self._rest + data if self._rest else data)
        elif not self.transport.is_closing():
            self._look_for_goodbye(data)

    def asked(self, url: bytes, lines: Lines, identity: Identity | None) -> None:
        """Somebody may connect. The library's parser, which knows no line above 8 kB, is left out."""
        headers = Headers([(name.decode("ascii"), value.decode("latin-1")) for name, value in lines])
        self.handle_connect(Request(url.decode("ascii"), headers))
        if self.response.status_code == 101:
            # the task that runs the application was made, but has not begun
            self.scope["state"] |= {"wire": self, "identity": identity}
            self.deflates = bool(self.conn.extensions)
            self.outlet = Outlet(self.transport)

    def _read(self, data: bytes) -> None:
        """Take whole frames, one by one, in order; one that announces too much is not waited for."""
        at, size, now = 0, len(data), monotonic()
        while at < size and not (self.close_sent or self.transport.is_closing()):
            start, end = measure(data, at)
            # where the payload's beginning is not known, by the frame's: never by that of what was read
            fits = end - (start or at) <= self.config.ws_max_size
            if end > size and fits:
                break
            if not self.meter.lets(end - at, now):
                self.end(TOO_MANY, TOO_MUCH)
            elif start and fits and self._is_simple(data[at], end - start):
                self._take(data[at], unmasked(data, start, end))
            else:
                super().data_received(data[at:end])
            at = end
        self._rest = data[at:]
        if self.close_sent:
            self._look_for_goodbye(b"")

    def _is_simple(self, first: int, length: int) -> bool:
        """Whether a frame is a message, an end, or an answer to a ping, as it should be at this moment."""
        if first == TEXT or first == BINARY or (self.deflates and first ^ DEFLATED in (TEXT, BINARY)):
            return not self.frames
        return first in (PONG, CLOSE) and length <= CONTROL_MAX

    def _take(self, first: int, payload: bytes) -> None:
        if first & DEFLATED:
            first, payload = first ^ DEFLATED, self._inflated(payload)
        if self.close_sent:
            # by what was inflated
            return
        if first == PONG:
            self._count_control()
        elif first == CLOSE:
            self._be_closed(payload)
        elif first == TEXT and not (payload.isascii() or is_utf8(payload)):
            self.end(NOT_UTF8, "text is UTF-8")
        elif self.receiver is not None:
            self.receiver.received(payload, first == TEXT)

    def _inflated(self, payload: bytes) -> bytes:
        """A compressed message as it was meant; if it cannot be had, that is the end."""
        try:
            text = inflated(payload, self.config.ws_max_size)
            if not self.meter.lets_inflated(len(text), monotonic()):
                self.end(TOO_MANY, TOO_MUCH)
            return text
        except TooLarge:
            self.end(closing.TOO_LARGE, "too large")
        except zlib.error:
            self.end(closing.PROTOCOL_ERROR, "not compressed as was said")
        return b""

    def _be_closed(self, payload: bytes) -> None:
        """They close: answer with what they said, also in the midst of a message in fragments."""
        if code := fault(payload):
            self.end(code, "no way to close")
        else:
            self.outlet.open, self.close_sent = False, True
            self.transport.write(bytes((CLOSE, len(payload))) + payload)
            self.transport.close()

    def _look_for_goodbye(self, data: bytes) -> None:
        """After a close frame of ours only its answer counts: nothing else is parsed, nor much skipped."""
        closed, self._rest, passed = sought(self._rest + data, CLOSE, GOODBYE_FRAMES - self._passed)
        self._skipped, self._passed = self._skipped + len(data), self._passed + passed
        if closed:
            self.transport.close()
        elif self._skipped > GOODBYE_MAX or self._passed >= GOODBYE_FRAMES:
            self.transport.abort()

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

    def handle_ping(self) -> None:
        if self._count_control():
            super().handle_ping()

    def _count_control(self) -> bool:
        """Whether a ping or pong more may be; who sends too many, asked or not, is closed."""
        if not self.meter.lets_control(monotonic()):
            self.end(TOO_MANY, TOO_MUCH)
        return not self.close_sent

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._library, self._rest, self.frames = None, b"", []  # this is garbage long before it is collected
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

    def shutdown(self) -> None:
        """The server stops: say when to come back."""
        if self.receiver is not None:
            # the transport is closed by the answer: closed at once, what a client has just sent would have
            # the kernel reset the connection, and the reason would be lost with it
            self.receiver.send_away(1)
        else:
            super().shutdown()
