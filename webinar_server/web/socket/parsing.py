"""Parsing: what the library still does: handshakes, messages in fragments, and what is wrong.

It is given whole frames only (`protocol.py` cuts them), so that between two of them it has nothing to
remember but a message that is under way; it is made when it is needed.
"""

from __future__ import annotations

import codecs
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.protocol import OPEN, SERVER
from websockets.protocol import Protocol as SansIO

from webinar_server.clock import monotonic
from webinar_server.limits import FRAGMENTS_MAX
from webinar_server.web.socket.closing import MALFORMED, NOT_UTF8, TOO_MANY, TOO_MUCH
from webinar_server.web.socket.inflate import OFFER, extension
from webinar_server.web.socket.meter import Meter
from webinar_server.web.socket.receiver import Receiver

UTF8 = codecs.getincrementaldecoder("utf-8")


class Parsing(WebSocketsSansIOProtocol):
    """uvicorn's protocol class with our limits on what the library makes of frames."""

    receiver: Receiver | None = None
    deflates = False
    """Whether the client takes compressed frames, and may send such."""

    _library: SansIO | None = None
    _utf8: codecs.IncrementalDecoder  # of a text in fragments

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.conn.available_extensions = [OFFER]
        self.meter = Meter()

    def end(self, code: int, reason: str, patience: float | None = None) -> None:
        """Close with a code; cut off whoever does not answer the closing handshake."""
        raise NotImplementedError

    @property
    def conn(self) -> Any:
        """The library's side of this connection, made anew where it is needed: it is given whole frames only,
        so that between two of them it has nothing to remember."""
        if self._library is None:
            self._library = SansIO(SERVER, state=OPEN, max_size=self.config.ws_max_size, logger=self.logger)
            self._library.extensions = [extension()] if self.deflates else []
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
        if self.deflates and not self.meter.lets_inflated(len(data), monotonic()):
            self.end(TOO_MANY, TOO_MUCH)
        if not self.close_sent:
            self.receiver.received(bytes(data), self.curr_msg_data_type == "text")

    def handle_text(self, event: Frame) -> None:
        self._utf8, self.curr_msg_data_type = UTF8(), "text"
        if self._is_text(event):
            super().handle_text(event)

    def handle_cont(self, event: Frame) -> None:
        if len(self.frames) >= FRAGMENTS_MAX:
            self.end(MALFORMED, "too many fragments")
        elif self._is_text(event):
            super().handle_cont(event)

    def _is_text(self, event: Frame) -> bool:
        """Whether a fragment of a text is UTF-8; if not it is the end, as soon as that is sure."""
        try:
            if self.curr_msg_data_type == "text":
                self._utf8.decode(bytes(event.data), event.fin)
        except UnicodeDecodeError:
            self.end(NOT_UTF8, "text is UTF-8")
        return not self.close_sent
