"""The HTTP protocol class of this server: uvicorn's, except that a file in memory is answered at once.

Three hundred people who open the page within seconds ask for some seven thousand files. Each is a finished
answer (`Assets.ready`), so it needs no scope, no task and no routing; everything else takes the usual way.
Named in uvicorn's `http=`.
"""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from webinar_server.web.static import Assets

CLOSE = (b"connection", b"close")


class LiveHttp(HttpToolsProtocol):
    """One connection before it becomes a WebSocket, if it does."""

    def __init__(self, assets: Assets, **uvicorns: Any) -> None:
        super().__init__(**uvicorns)
        self._assets = assets
        # the answer to the request that is coming in, if it is one of those
        self._ready: bytes | None = None

    def on_headers_complete(self) -> None:
        self._ready = self._find()
        if self._ready is None:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if self._ready is None:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if self._ready is None:
            super().on_message_complete()
        else:
            self._answer(self._ready)

    def handle_websocket_upgrade(self) -> None:
        self._unset_keepalive_if_required()
        super().handle_websocket_upgrade()
        # each holds the other, and both have nothing left to do
        self.parser = None  # type: ignore[assignment]

    def _find(self) -> bytes | None:
        """The finished answer; none while another is under way here, since answers keep their order."""
        answering = self.cycle is not None and not self.cycle.response_complete
        parser = self.parser
        if answering or parser.get_method() != b"GET" or parser.get_http_version() != "1.1":
            return None
        if parser.should_upgrade() or self.expect_100_continue:
            return None
        if self.flow.write_paused or self.transport.is_closing():
            # who does not read what was asked for is not read from either: the usual way sees to it
            return None
        accepted = next((value for name, value in self.headers if name == b"accept-encoding"), b"")
        return self._assets.ready(self.url, accepted)

    def _answer(self, ready: bytes) -> None:
        self._ready = None
        told = self.server_state.default_headers
        head = b"".join(b"%b: %b\r\n" % header for header in told if header != CLOSE)
        goes_on = self.parser.should_keep_alive() and CLOSE not in told
        end = b"" if goes_on else b"connection: close\r\n"
        self.transport.write(b"".join((b"HTTP/1.1 200 OK\r\n", head, end, ready)))
        if not goes_on:
            self.transport.close()
        self.on_response_complete()
