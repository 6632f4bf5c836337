"""One WebSocket under gevent: handshake, whole messages, and how it ended.

The parser is that of `websockets` without its I/O (which this project depends on anyway): it takes what one
`recv` brought, however many frames that is, where websocket-client asks the socket three times a frame.
"""

from __future__ import annotations

import functools
import ssl
import struct
from collections.abc import Iterator
from typing import Any

import orjson
from gevent import socket
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import State
from websockets.uri import parse_uri

SUBPROTOCOL = "webinar.v1.json"
CONNECT_WITHIN = 10.0
SILENCE = 30.0
"""Two beats of the server, in seconds: after that nobody is there."""

CHUNK = 64 * 1024
_MESSAGE = (Opcode.TEXT, Opcode.BINARY, Opcode.CONT)


class Closed(Exception):
    """The connection is over: code 1006 where nobody said goodbye."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"closed {code} {reason}".strip())
        self.code = code
        self.reason = reason


class Turned(Exception):
    """The handshake was answered with an HTTP status instead."""

    def __init__(self, status: int) -> None:
        super().__init__(f"handshake answered {status}")
        self.status = status


@functools.lru_cache(maxsize=256)
def decoded(data: bytes) -> dict[str, Any]:
    """A frame as read once for all who got the same bytes; nobody changes it."""
    frame: dict[str, Any] = orjson.loads(data)
    return frame


class Wire:
    """A connection that is open. Raises OSError, Turned or Closed where it cannot be."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        self._uri = parse_uri(url)
        self._protocol = ClientProtocol(self._uri, subprotocols=[SUBPROTOCOL], max_size=None)  # type: ignore[list-item]
        self._over = False
        self._socket = self._connected()
        try:
            self._shake_hands(headers)
        except BaseException:
            self._socket.close()
            raise

    def send(self, frame: dict[str, Any]) -> None:
        if self._protocol.state is State.OPEN:
            self._protocol.send_text(orjson.dumps(frame))
            self._flush()

    def messages(self) -> Iterator[bytes]:
        """Whole messages until the end, which is always Closed."""
        parts: list[bytes] = []
        while True:
            for event in self._protocol.events_received():
                if isinstance(event, Frame) and event.opcode in _MESSAGE:
                    parts.append(bytes(event.data))
                    if event.fin:
                        yield b"".join(parts) if len(parts) > 1 else parts[0]
                        parts.clear()
            self._raise_if_ended()
            self._read()

    def abort(self) -> None:
        """Gone without a word, as by a lost network: the peer gets a reset."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    def _connected(self) -> Any:
        uri = self._uri
        plain = socket.create_connection((uri.host, uri.port), CONNECT_WITHIN)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if not uri.secure:
            return plain
        from gevent import ssl as gevent_ssl

        context = gevent_ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_default_certs()
        return context.wrap_socket(plain, server_hostname=uri.host)

    def _shake_hands(self, headers: dict[str, str]) -> None:
        request = self._protocol.connect()
        request.headers.update(headers)
        self._protocol.send_request(request)
        self._flush()
        while self._protocol.state is State.CONNECTING and not self._over:
            self._read()
            self._over = self._over or self._protocol.handshake_exc is not None
        if self._protocol.state is State.CONNECTING:
            self._raise_turned()
        self._socket.settimeout(SILENCE)

    def _raise_turned(self) -> None:
        answers = [event for event in self._protocol.events_received() if isinstance(event, Response)]
        raise Turned(answers[0].status_code) if answers else Closed(1006, "no answer to the handshake")

    def _read(self) -> None:
        """Take in what there is; note when there will be nothing more."""
        try:
            data = self._socket.recv(CHUNK)
        except OSError as error:
            raise Closed(1006, str(error)) from None
        if data:
            self._protocol.receive_data(data)
        else:
            self._over = True
            self._protocol.receive_eof()
        self._flush()

    def _raise_if_ended(self) -> None:
        ended = self._protocol.close_rcvd
        if ended is not None or self._over:
            self._socket.close()
            raise Closed(ended.code, ended.reason) if ended else Closed(1006, "")

    def _flush(self) -> None:
        for data in self._protocol.data_to_send():
            try:
                if data:
                    self._socket.sendall(data)
            except OSError as error:
                raise Closed(1006, str(error)) from None
