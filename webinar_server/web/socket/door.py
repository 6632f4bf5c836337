"""The socket's door: in which codec somebody connects, and the sweep over all who are connected."""

from __future__ import annotations

import asyncio
from collections import Counter

from starlette.websockets import WebSocket

from webinar_server import metrics
from webinar_server.clock import monotonic
from webinar_server.errors import Refusal, StorageError, TokenError
from webinar_server.live.hub import Hub
from webinar_server.live.telling.codec import CODECS, JSON
from webinar_server.seldom import seldom
from webinar_server.state import Identity
from webinar_server.topics import TOPICS
from webinar_server.web.entrance import known
from webinar_server.web.socket.admission import BUSY, Admission, jitter
from webinar_server.web.socket.closing import OVERLOADED, come_back, final
from webinar_server.web.socket.connection import Connection
from webinar_server.web.socket.protocol import LiveProtocol
from webinar_server.web.who.access import topic_of

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

    def __init__(self, hub: Hub, admission: Admission) -> None:
        self._hub = hub
        self._admission = admission
        # connections by the sweep in which they are looked after
        self._turns: list[set[Connection]] = [set() for _ in range(TURNS)]
        self.open_each: Counter[str] = Counter()
        # how many there were so far
        self._taken = 0

    def __len__(self) -> int:
        return sum(map(len, self._turns))

    async def live(self, socket: WebSocket) -> None:
        """`GET /live`, of who came through the gate: accept, and serve until it ends."""
        wire: LiveProtocol = socket.scope["state"]["wire"]
        identity: Identity = socket.scope["state"]["identity"]
        offered = socket.scope.get("subprotocols", [])
        name = next((name for name in offered if name in CODECS), None)
        end = None
        if not identity.role:
            identity, end = await self.known(identity, topic_of(socket))
        await socket.accept(subprotocol=name)
        codec = CODECS[name] if name else JSON
        if end is not None:
            wire.end(*end)
        elif not wire.disconnected:
            wire.receiver = Connection(self._hub, self._admission, wire, identity, codec, self.over)
            self.take(wire.receiver)

    async def known(self, identity: Identity, topic: str) -> tuple[Identity, tuple[int, str] | None]:
        """Who somebody is whose home was not open here; or with which code and reason they are let go."""
        try:
            return await known(self._hub, identity, topic), None
        except (Refusal, TokenError) as error:
            again = error.retry_after if isinstance(error, Refusal) else None
            end = final(error.code) if again is None else (OVERLOADED, come_back(again))
        except StorageError:
            end = (OVERLOADED, come_back(jitter(BUSY)))
        return identity, end

    async def sweep(self) -> None:
        """Beats, and ends for the expired and the stuck, for as long as the server lives."""
        turn = 0
        while True:
            await asyncio.sleep(SWEEP)
            turn = (turn + 1) % TURNS
            await self._look_after(self._turns[turn], monotonic())

    async def _look_after(self, turn: set[Connection], now: float) -> None:
        # ends with each turn: what it names would else be kept, with whose it was, while nobody else is here
        for number, connection in enumerate(list(turn)):
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
        self.open_each[connection.person] += 1
        metrics.CONNECTIONS.labels(connection.audience).inc()
        connection.hello()
        self._hub.standing.add(connection)

    def over(self, connection: Connection) -> None:
        """A connection has left everything."""
        metrics.CONNECTIONS.labels(connection.audience).dec()
        self._hub.standing.remove(connection)
        self._turns[connection.turn].discard(connection)
        self.open_each[connection.person] -= 1
        if not self.open_each[connection.person]:
            del self.open_each[connection.person]
