"""Streams: the second way in, `GET /live/stream`, for networks that let no WebSocket through.

Whoever asks comes by the same gate and is the same connection; what they would send first, their joins,
stands in the address. What they say later comes by `posting.py`, to whichever worker it meets.
"""

from __future__ import annotations

import asyncio
import math
from typing import Any
from urllib.parse import parse_qs

from starlette.types import Scope

from webinar_server.errors import Malformed, Refusal
from webinar_server.limits import STREAM_LIFE, STREAM_LIFE_LEAST, TOPICS_EACH
from webinar_server.live.hub import Hub
from webinar_server.live.telling.codec import JSON
from webinar_server.state import Identity
from webinar_server.web.http.answers import refusal_answer, written
from webinar_server.web.http.headers import headers_of
from webinar_server.web.socket.admission import Admission, jitter
from webinar_server.web.socket.connection import Connection
from webinar_server.web.socket.door import Sockets
from webinar_server.web.socket.frames import Join, decode
from webinar_server.web.socket.gate import STREAM, Gate
from webinar_server.web.socket.stream import Stream
from webinar_server.web.who.site import Site

SPREAD = 0.8
"""Of a life, so that those who came together do not come again together."""


class Streams:
    """Of one worker."""

    def __init__(self, hub: Hub, admission: Admission, gate: Gate, sockets: Sockets, site: Site) -> None:
        self._hub = hub
        self._admission = admission
        self._gate = gate
        self._sockets = sockets
        self._headers = headers_of(site.public_url)

    def __call__(self, scope: Scope, transport: asyncio.Transport, connections: set[Any]) -> bytes | None:
        """Begin an answer that goes on, or say the whole answer to who may have none, as it is sent."""
        admitted = self._gate(scope, STREAM)
        if isinstance(admitted, bytes):
            return admitted
        try:
            life, joins = _asked(scope["query_string"], self._hub.worker.settings.frame_max)
        except Refusal as refusal:
            return written(refusal_answer(refusal), self._headers)
        stream = Stream(transport, connections)
        transport.set_protocol(stream)
        stream.begin(self._headers, jitter((SPREAD * life, life)))
        if admitted.role:
            self._follow(stream, admitted, joins)
        else:
            query = parse_qs(scope["query_string"].decode("ascii"))
            topic = query.get("topic", [""])[0]
            self._hub.worker.tasks.start("stream", self._follow_later(stream, admitted, topic, joins))
        return None

    def _follow(self, stream: Stream, identity: Identity, joins: list[bytes]) -> None:
        connection = Connection(self._hub, self._admission, stream, identity, JSON, self._sockets.over)
        stream.receiver = connection
        self._sockets.take(connection)
        for join in joins:
            connection.received(join, True)

    async def _follow_later(self, stream: Stream, bare: Identity, topic: str, joins: list[bytes]) -> None:
        """Once their home is open here."""
        identity, end = await self._sockets.known(bare, topic)
        if end is not None:
            stream.end(*end)
        elif stream.outlet.open:
            self._follow(stream, identity, joins)


def _asked(query: bytes, limit: int) -> tuple[float, list[bytes]]:
    """For how long, and the joins. Raises Refusal `query.malformed`."""
    try:
        asked = parse_qs(query.decode("ascii"), errors="strict", max_num_fields=16)
        life = float(asked.get("life", [str(STREAM_LIFE)])[0])
    except ValueError:
        raise Refusal("query.malformed", "`life` is seconds; addresses are ASCII.") from None
    joins = [join.encode() for join in asked.get("join", [])]
    try:
        only_joins = all(isinstance(decode(join, True, limit), Join) for join in joins)
    except Malformed as error:
        raise Refusal("query.malformed", error.text) from None
    if not only_joins or len(joins) > TOPICS_EACH or not math.isfinite(life):
        raise Refusal("query.malformed", f"`join` is a join's frame; at most {TOPICS_EACH} of them.")
    return min(max(life, STREAM_LIFE_LEAST), STREAM_LIFE), joins
