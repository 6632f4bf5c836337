"""The HTTP protocol class of this server: bounded, and a file in memory is answered at once.

Three hundred people who open the page within seconds ask for some seven thousand files. Each is a finished
answer (`Assets.ready`), so it needs no scope, no task and no routing; everything else takes the usual way.
Named in uvicorn's `http=`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from starlette.types import Scope

from webinar_server.state import Identity
from webinar_server.web.http.bounded import BoundedHttp
from webinar_server.web.http.doorstep import Doorstep
from webinar_server.web.http.static import Assets

Gate = Callable[[Scope], Identity | bytes | None]
"""Who asks for a socket and may have it (nobody, where anybody may), or the answer to who may not."""

Streams = Callable[[Scope, asyncio.Transport, set[Any]], bytes | None]
"""Takes over the connection of who may have an answer that goes on, or gives the answer to who may not."""

STREAM = b"/live/stream"
CLOSE = (b"connection", b"close")


class LiveHttp(BoundedHttp):
    """One connection before it becomes a WebSocket or a stream, if it does."""

    _streaming = False  # a stream was asked for in what is being read

    def __init__(
        self, assets: Assets, gate: Gate, doorstep: Doorstep, streams: Streams | None = None, **uvicorns: Any
    ) -> None:
        super().__init__(doorstep, **uvicorns)
        self._assets = assets
        self._gate = gate
        self._streams = streams

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._streaming and not self._deaf and not self.transport.is_closing():
            self._stream()

    def on_request(self, body: bytes) -> None:
        ready = self._find()
        if ready is not None:
            self._answer(ready)
        elif self._asks_for_stream():
            # once all is read: who sent more behind it is refused
            self._streaming = True
        else:
            super().on_request(body)

    def handle_websocket_upgrade(self) -> None:
        admitted = self._gate(self._scope())
        if isinstance(admitted, bytes):
            self._turn_away(admitted)
            return
        self._leave_http()
        protocol: Any = self.ws_protocol_class(  # type: ignore[misc]
            config=self.config,  # type: ignore[call-arg]
            server_state=self.server_state,
            app_state=self.app_state,
        )
        protocol.meter.paced = self._doorstep.paced
        protocol.connection_made(self.transport)
        self.transport.set_protocol(protocol)
        protocol.asked(self.url, self.headers, admitted)
        self._forget_http()

    def _asks_for_stream(self) -> bool:
        if self._streams is None or self._answering() or self.parser.should_upgrade():
            return False
        return self.url.partition(b"?")[0] == STREAM and self.parser.get_method() == b"GET"

    def _stream(self) -> None:
        assert self._streams is not None
        refused = self._streams(self._scope(), self.transport, self.connections)
        if refused is not None:
            self._turn_away(refused)
            return
        self._leave_http()
        self._forget_http()

    def _scope(self) -> Scope:
        """Of who asks to be told from now on."""
        path, _, query = self.url.partition(b"?")
        target = {"path": unquote(path.decode("ascii")), "query_string": query}
        return {**self.scope, **target, "type": "websocket"}

    def _leave_http(self) -> None:
        self._be_gone()
        self.connections.discard(self)

    def _forget_http(self) -> None:
        # each holds the other, and both have nothing left to do
        self.parser = None  # type: ignore[assignment]
        self._forget_head()

    def _find(self) -> bytes | None:
        """The finished answer; none while another is under way here, since answers keep their order."""
        parser = self.parser
        if self._answering() or parser.get_method() != b"GET" or parser.get_http_version() != "1.1":
            return None
        if parser.should_upgrade():
            return None
        if self.flow.write_paused or self.transport.is_closing():
            # who does not read what was asked for is not read from either: the usual way sees to it
            return None
        accepted = next((value for name, value in self.headers if name == b"accept-encoding"), b"")
        return self._assets.ready(self.url, accepted)

    def _answer(self, ready: bytes) -> None:
        told = self.server_state.default_headers
        head = b"".join(b"%b: %b\r\n" % header for header in told if header != CLOSE)
        goes_on = self.parser.should_keep_alive() and CLOSE not in told
        end = b"" if goes_on else b"connection: close\r\n"
        # not joined: whoever reads slowly holds the one copy of a file that all share
        self.transport.writelines((b"".join((b"HTTP/1.1 200 OK\r\n", head, end)), ready))
        if not goes_on:
            self.transport.close()
        self.on_response_complete()
