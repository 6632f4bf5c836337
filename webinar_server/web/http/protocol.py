"""The HTTP protocol class of this server: bounded, and a file in memory is answered at once.

Three hundred people who open the page within seconds ask for some seven thousand files. Each is a finished
answer (`Assets.ready`), so it needs no scope, no task and no routing; everything else takes the usual way.
Named in uvicorn's `http=`.
"""

from __future__ import annotations

from typing import Any

from webinar_server.web.http.bounded import BoundedHttp
from webinar_server.web.http.doorstep import Doorstep
from webinar_server.web.http.static import Assets

CLOSE = (b"connection", b"close")


class LiveHttp(BoundedHttp):
    """One connection before it becomes a WebSocket, if it does."""

    def __init__(self, assets: Assets, doorstep: Doorstep, **uvicorns: Any) -> None:
        super().__init__(doorstep, **uvicorns)
        self._assets = assets

    def on_request(self, body: bytes) -> None:
        ready = self._find()
        if ready is None:
            super().on_request(body)
        else:
            self._answer(ready)

    def handle_websocket_upgrade(self) -> None:
        self._be_gone()
        self.connections.discard(self)
        protocol: Any = self.ws_protocol_class(  # type: ignore[misc]
            config=self.config,  # type: ignore[call-arg]
            server_state=self.server_state,
            app_state=self.app_state,
        )
        protocol.meter.paced = self._doorstep.paced
        protocol.connection_made(self.transport)
        self.transport.set_protocol(protocol)
        protocol.asked(self.url, self.headers)
        # each holds the other, and both have nothing left to do
        self.parser = None  # type: ignore[assignment]

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
