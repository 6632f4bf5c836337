"""The socket's door: who may connect, in which codec, and the sweep over all who are connected."""

from __future__ import annotations

import asyncio
from collections import Counter

from starlette.responses import JSONResponse
from starlette.websockets import WebSocket

from webinar_server import metrics, security
from webinar_server.clock import monotonic
from webinar_server.errors import Refusal, TokenError
from webinar_server.limits import BAD_TOKEN, HANDSHAKE, HANDSHAKE_EACH, Rate
from webinar_server.live.hub import Hub
from webinar_server.live.telling.codec import CODECS, JSON
from webinar_server.seldom import seldom
from webinar_server.state import Identity
from webinar_server.topics import TOPICS
from webinar_server.web.http.answers import busy, refusal_answer, refused
from webinar_server.web.socket.admission import Admission
from webinar_server.web.socket.connection import Connection
from webinar_server.web.socket.protocol import LiveProtocol
from webinar_server.web.who.access import Access
from webinar_server.web.who.tokens import wrong
from webinar_server.web.who.visitors import address_of

SWEEP, TURNS = 1.0, 3
"""Seconds between two sweeps, and after how many of them each connection has been looked after."""

AT_ONCE = 500
"""Connections looked after before others have a turn."""

# known values are there from the start, so that an alert on a rate sees the first one
for kind in TOPICS.values():
    for audience in kind.roles.audiences:
        metrics.CONNECTIONS.labels(audience)


class Sockets:
    """All open sockets of this worker."""

    def __init__(self, hub: Hub, access: Access, admission: Admission) -> None:
        self._hub = hub
        self._access = access
        self._admission = admission
        # connections by the sweep in which they are looked after
        self._turns: list[set[Connection]] = [set() for _ in range(TURNS)]
        self._each: Counter[str] = Counter()
        # how many there were so far
        self._taken = 0

    def __len__(self) -> int:
        return sum(map(len, self._turns))

    async def live(self, socket: WebSocket) -> None:
        """`GET /live`: refuse with a status and a reason, or accept and serve until it ends."""
        identity = self._admit(socket)
        wire: LiveProtocol = socket.scope["state"]["wire"]
        if isinstance(identity, JSONResponse):
            metrics.HANDSHAKES_REFUSED.labels(identity.status_code).inc()
            await socket.send_denial_response(identity)
            wire.refused()
            return
        offered = socket.scope.get("subprotocols", [])
        name = next((name for name in offered if name in CODECS), None)
        await socket.accept(subprotocol=name)
        codec = CODECS[name] if name else JSON
        if not wire.disconnected:
            wire.receiver = Connection(self._hub, self._admission, wire, identity, codec, self.over)
            self.take(wire.receiver)

    async def sweep(self) -> None:
        """Beats, and ends for the expired and the stuck, for as long as the server lives."""
        turn = 0
        while True:
            await asyncio.sleep(SWEEP)
            now, turn = monotonic(), (turn + 1) % TURNS
            for number, connection in enumerate(list(self._turns[turn])):
                try:
                    connection.tick(now)
                except Exception as error:
                    # one connection's fault must not end the sweep for all others
                    seldom.error("a connection could not be looked after", error)
                if number % AT_ONCE == AT_ONCE - 1:
                    await asyncio.sleep(0)

    def take(self, connection: Connection) -> None:
        """Look after a connection until it is over."""
        self._taken += 1
        connection.turn = self._taken % TURNS
        self._turns[connection.turn].add(connection)
        self._each[connection.person] += 1
        metrics.CONNECTIONS.labels(connection.audience).inc()
        connection.hello()
        self._hub.standing.add(connection)

    def over(self, connection: Connection) -> None:
        """A connection has left everything."""
        metrics.CONNECTIONS.labels(connection.audience).dec()
        self._hub.standing.remove(connection)
        self._turns[connection.turn].discard(connection)
        self._each[connection.person] -= 1
        if not self._each[connection.person]:
            del self._each[connection.person]

    def _admit(self, socket: WebSocket) -> Identity | JSONResponse:
        if not self._access.same_origin(socket):
            return refused(403, "origin.foreign", "This page is not from here; open ours.")
        closed = self._admission.closed(monotonic())
        if closed:
            return busy(closed)
        try:
            identity = self._access.identify(socket)
            if not identity.topic:
                raise wrong()
            self._hub.standing.refuse_ended(identity)
        except Refusal as ended:
            return refusal_answer(ended)
        except TokenError as error:
            return self._too_often(address_of(socket), "bad tokens", BAD_TOKEN) or refused(
                401, error.code, error.text
            )
        if self._hub.settings.pace and self._each[identity.id] >= self._hub.settings.connections_each:
            security.exceeded("sockets of a person")
            return refused(429, "pace.connections", "You have this open in many places; close some.", 10)
        # the person before the address: whoever comes too often uses up nothing of their neighbours'
        return (
            self._too_often(identity.id, "handshakes of a person", HANDSHAKE_EACH)
            or self._too_often(address_of(socket), "handshakes", HANDSHAKE)
            or self._too_full()
            or identity
        )

    def _too_often(self, who: str, what: str, rate: Rate) -> JSONResponse | None:
        wait = self._hub.pace.wait(who, what, rate, monotonic())
        return refused(429, "pace.connect", "Too many at once; please wait.", wait) if wait else None

    def _too_full(self) -> JSONResponse | None:
        full = self._admission.full(monotonic())
        return busy(full) if full else None
