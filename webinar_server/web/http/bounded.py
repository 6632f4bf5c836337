"""What comes in by HTTP, bounded before anybody is known: its sizes and forms (`head.py`), its time, and how
many connections there are (`doorstep.py`). Nothing is kept beyond a bound; who meets one gets an answer.

    connected, or kept alive ──▶ HEAD ──▶ BODY ──▶ answered, and kept alive
                                  └────────┴──────▶ refused: an answer, and the end

A body is read whole before anything looks at its request: half a one costs its bytes, and no task.
"""

from __future__ import annotations

import asyncio
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from webinar_server import limits
from webinar_server.errors import Refusal
from webinar_server.web.http import head
from webinar_server.web.http.doorstep import Doorstep
from webinar_server.web.http.sizes import Heading
from webinar_server.web.who.cookies import ours

PIECE = 4 * 1024
"""Bytes given to the parser at a time; it tells of whole lines only, so its keep is looked at between."""


class BoundedHttp(HttpToolsProtocol):
    """uvicorn's protocol class with bounds. `on_request` is called once for each request that came whole."""

    _address = ""
    _phase = head.Phase.NOTHING
    _may = head.NO_BODY  # how large this body may be
    _size = 0  # bytes of this head or body, but what came in one piece with the end of what was before
    _asked = False  # a request came whole in what is being read
    _deaf = False  # nothing more is taken in
    _timer: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None

    def __init__(self, doorstep: Doorstep, **uvicorns: Any) -> None:
        super().__init__(**uvicorns)
        self._doorstep = doorstep
        self._body = bytearray()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._address = self.client[0] if self.client else ""
        socket = transport.get_extra_info("socket")
        try:
            self._doorstep.come(self, self._address, socket.fileno() if socket else -1)
        except Refusal as refusal:
            self._refuse(refusal)
        else:
            self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._deaf:
            head.dropped(self._phase)
        self._be_gone()
        super().connection_lost(exc)
        self._forget_head()

    def give_way(self) -> None:
        """Make room, at once: whoever was let linger would still take the place."""
        self._be_gone()
        self.transport.abort()

    def on_request(self, body: bytes) -> None:
        if not self.flow.write_paused:
            self._doorstep.answer(self, self._address)
        super().on_headers_complete()
        super().on_body(body)
        super().on_message_complete()

    def data_received(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        self._asked = False
        for at in range(0, len(data), PIECE):
            if self.parser is None:
                self.transport.abort()
                return
            self._read(data[at : at + PIECE])
        if self.parser is not None and not self._deaf:
            self._watch()

    def _read(self, data: bytes) -> None:
        self._size += len(data)
        if self._deaf:
            self._leave_unread()
            return
        try:
            self.parser.feed_data(data)
            if self._phase is head.Phase.HEAD:
                self._heading.more(data)
            head.check_size(self._phase, self._size, self._may)
            if self._phase is not head.Phase.NOTHING:
                self._doorstep.hold(self, len(data))
        except httptools.HttpParserUpgrade as upgrade:
            self._upgrade(len(data) - upgrade.args[0])
        except (httptools.HttpParserError, Refusal) as error:
            self._refuse(head.reason(error))

    def _leave_unread(self) -> None:
        """More of who was refused: let it come in slowly, until they have read why."""
        if self._size > limits.LEFT_UNREAD_MAX:
            self.transport.abort()
        elif not self.transport.is_closing():
            self.flow.pause_reading()
            self.loop.call_later(limits.LEFT_UNREAD_EACH, self._listen)

    def _listen(self) -> None:
        if not self.transport.is_closing():
            self.flow.resume_reading()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._phase, self._heading = head.Phase.HEAD, Heading()
        if self._asked or self._answering():
            # no browser or proxy sends such; a thousand connections that do are all there is time for
            raise Refusal("request.pipelined", "One request at a time: please wait for the answer.")

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        head.check_url(self.url)

    def on_header(self, name: bytes, value: bytes) -> None:
        # what trails a body may be left out (RFC 9110, 6.5.1)
        if self._phase is head.Phase.HEAD:
            name = name.lower()
            self._heading.line(name, value)
            super().on_header(name, ours(value) if name == b"cookie" else value)

    def on_headers_complete(self) -> None:
        self._wait_for(head.Phase.BODY)
        version, self._may = self.parser.get_http_version(), head.body_of(self.parser.get_method(), self.url)
        head.check_head(version, self.url, self.headers, self._may)
        self.url = head.origin_form(self.url, self.headers)
        if self.parser.should_upgrade() and self._should_upgrade():
            head.check_upgrade(self.parser.get_method(), version, self.headers, self._answering())
        if self.expect_100_continue:
            self.expect_100_continue = False
            if version == "1.1" and head.has_body(self.headers) and not self._answering():
                self.transport.write(head.CONTINUE)

    def on_body(self, body: bytes) -> None:
        self._body += body
        if len(self._body) > self._may.most:
            raise head.body_too_large(self._may)

    def on_message_complete(self) -> None:
        body, self._body = self._body, bytearray()
        self._doorstep.let_go(self)
        self._wait_for(head.Phase.NOTHING)
        self._asked = True
        self.on_request(bytes(body))

    def _wait_for(self, phase: head.Phase) -> None:
        self._phase, self._size = phase, 0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _upgrade(self, more: int) -> None:
        """The parser has read a request to go on with another protocol; `more` bytes came behind it."""
        if not self._should_upgrade():
            # none of ours, and none that must be spoken (RFC 9110, 7.8): this answer is the last
            self.cycle.keep_alive, self._deaf = False, True
        elif more:
            self._refuse(Refusal("request.upgrade", "Frames are sent once the handshake is answered."))
        else:
            self.handle_websocket_upgrade()

    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def on_response_complete(self) -> None:
        self._forget_head()
        super().on_response_complete()
        if self.transport.is_closing():
            self._see_off()
        elif not self._answering():
            self._doorstep.wait(self, self._address)

    def pause_writing(self) -> None:
        super().pause_writing()
        # it is its client who is waited for now
        self._doorstep.wait(self, self._address)
        self._stalled = self.loop.call_later(limits.TAKEN_WITHIN, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._answering():
            self._doorstep.answer(self, self._address)
        if self._stalled is not None:
            self._stalled.cancel()

    def _forget_head(self) -> None:
        """Who waits for nothing costs no head; what holds each other would be kept until it is collected."""
        self.headers, self.url = [], b""
        self.scope = self.cycle = None  # type: ignore[assignment]

    def _watch(self) -> None:
        """See to it that what is waited for comes in time; a byte now and then makes it no longer."""
        idle = self._phase is head.Phase.NOTHING
        if self._timer is None and not (idle and (self.timeout_keep_alive_task or self._answering())):
            within = self._may.within if self._phase is head.Phase.BODY else limits.HEAD_WITHIN
            self._timer = self.loop.call_later(within, self._too_late)

    def _too_late(self) -> None:
        if self._phase is head.Phase.NOTHING:
            self.timeout_keep_alive_handler()
        else:
            self._refuse(Refusal("request.slow", "The request did not come to its end in time; try again."))

    def timeout_keep_alive_handler(self) -> None:
        self.transport.close()
        self._stop_timers()
        self._see_off()

    def _see_off(self) -> None:
        """The transport closes once the last answer was taken; that is waited for no longer than usual."""
        self._stalled = self.loop.call_later(limits.TAKEN_WITHIN, self.transport.abort)

    def _refuse(self, refusal: Refusal) -> None:
        self._turn_away(head.refused(refusal))

    def _turn_away(self, said: bytes) -> None:
        """Say why, unless an answer is due, which comes first and is the last; read nothing more."""
        self._deaf, self._size, self._body = True, 0, bytearray()
        self._doorstep.leave(self, self._address)
        self._stop_timers()
        if self._answering():
            self.cycle.keep_alive = False
            self.flow.pause_reading()
        elif not self.transport.is_closing():
            self._forget_head()
            self.transport.write(said)
            self.transport.write_eof()
            self._timer = self.loop.call_later(limits.LEAVING_WITHIN, self.transport.abort)

    def _be_gone(self) -> None:
        self._doorstep.go(self, self._address)
        self._stop_timers()

    def _stop_timers(self) -> None:
        self._unset_keepalive_if_required()
        for timer in (self._timer, self._stalled):
            if timer is not None:
                timer.cancel()
