"""What a browser does, under gevent: one WebSocket, a page with its files, the door.

The parser is that of `websockets` without its I/O (which this project depends on anyway): it takes what one
`recv` brought, however many frames that is, where websocket-client asks the socket three times a frame.
"""

from __future__ import annotations

import ssl
import struct
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import orjson
from gevent import socket
from gevent.pool import Pool
from locust.contrib.fasthttp import FastHttpSession
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import State
from websockets.uri import parse_uri

from loadtests.people import assets
from webinar_server.client.comeback import Closed, Turned
from webinar_server.client.frames import JSON
from webinar_server.demo.cast import Guest

CONNECT_WITHIN = 10.0
SILENCE = 30.0
"""Two beats of the server, in seconds: after that nobody is there."""

CHUNK = 64 * 1024
_MESSAGE = (Opcode.TEXT, Opcode.BINARY, Opcode.CONT)


class Wire:
    """A connection that is open. Raises OSError, Turned or Closed where it cannot be.

    `Turned` says no `retry_after`: a browser sees a broken network in any refused handshake, and so do we.
    """

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        self._uri = parse_uri(url)
        self._protocol = ClientProtocol(self._uri, subprotocols=[JSON.subprotocol], max_size=None)  # type: ignore[list-item]
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


CONNECTIONS = 6


class Door:
    """One browser on its way in. Requests are measured as `GET page`, `GET asset`, `POST enter`."""

    def __init__(self, base: str, events: Any, user: Any) -> None:
        self._base = base
        self._http = FastHttpSession(base, events.request, user, insecure=False, concurrency=CONNECTIONS)

    def load(self, session: str) -> None:
        """The attendee's page and all that it needs before it can be used."""
        path = f"/session/{session}"
        page = self._http.get(path, name="page").text or ""
        pool = Pool(CONNECTIONS)
        for asset in assets(page):
            pool.spawn(self._http.get, urljoin(self._base + path, asset), name="asset")
        pool.join()

    def enter(self, token: str, guest: Guest) -> dict[str, str]:
        """Through the door as this guest; headers for the socket, as a browser sends them. Raises Turned."""
        profile = {
            "name": guest.name,
            "organisation": guest.organisation.name,
            "kind": guest.organisation.kind,
            "country": guest.organisation.country,
            "say_as": guest.say_as if guest.registered_hint else "",
        }
        answer = self._http.post(
            "/api/enter", name="enter", json={"token": token, "profile": profile, "whose": "mine"}
        )
        if answer.status_code != 200:
            raise Turned(answer.status_code or 503)
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._http.cookiejar)
        parts = urlsplit(self._base)
        return {"Cookie": cookies, "Origin": f"{parts.scheme}://{parts.netloc}"}
