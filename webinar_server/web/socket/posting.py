"""Posting: `POST /live/stream`, what somebody says whose frames come by a stream.

It is answered by itself, at whichever worker it meets: a command needs its room, not the connection that is
told of it, and acts once by its ref. So there is no stream of somebody else's that could be spoken for.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from typing import Any

import orjson
from starlette.datastructures import QueryParams
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route

from webinar_server import security
from webinar_server.clock import monotonic
from webinar_server.errors import Malformed, Refusal
from webinar_server.limits import (
    BYTES,
    FRAMES,
    POST_FRAMES,
    POSTS,
    POSTS_WAITING,
    TOPICS_EACH,
)
from webinar_server.live.hub import Hub
from webinar_server.state import Identity
from webinar_server.topics import about
from webinar_server.web.entrance import seated_again
from webinar_server.web.http.answers import busy, refused
from webinar_server.web.http.older import number
from webinar_server.web.socket.admission import Admission
from webinar_server.web.socket.commands import Commands
from webinar_server.web.socket.frames import Do, Ping, Pulse, decode
from webinar_server.web.socket.gate import STREAM
from webinar_server.web.socket.seat import Seat
from webinar_server.web.who.access import Access
from webinar_server.web.who.listing import list_device
from webinar_server.web.who.tokens import wrong

ANSWERED_WITHIN = 15.0
"""Seconds: longer than commands wait for a log that is away."""

UNANSWERED = {
    "code": "log.unavailable",
    "text": "It is not known yet what became of it; ask again.",
    "retry_after": 1,
}


class Posting:
    """Of one worker."""

    def __init__(self, hub: Hub, access: Access, admission: Admission) -> None:
        self._hub = hub
        self._access = access
        self._admission = admission
        # posts of a person that have no answer yet
        self._waiting: Counter[str] = Counter()

    def routes(self) -> list[Route]:
        return [Route(STREAM, self.post, methods=["POST"])]

    async def post(self, request: Request) -> Response:
        # a browser's page says so as it does of a socket: no other page can
        if not self._access.same_origin(HTTPConnection({**request.scope, "type": "websocket"})):
            return refused(403, "origin.foreign", "This page is not from here; open ours.")
        if closed := self._admission.leaving(monotonic()):
            return busy(closed)
        identity = await self._access.admitted(request, self._hub)
        if not identity.topic:
            raise wrong()
        self._slow_down(identity.id)
        lines = await _lines_of(request)
        self._hub.worker.pace.spend(identity.id, "frames of posts", FRAMES, len(lines), monotonic())
        self._hub.worker.pace.spend(identity.id, "bytes of posts", BYTES, sum(map(len, lines)), monotonic())
        self._waiting[identity.id] += 1
        try:
            body = await self._answers(identity, lines, _seen(identity.topic, request.query_params))
        finally:
            self._waiting[identity.id] -= 1
            if not self._waiting[identity.id]:
                del self._waiting[identity.id]
        return Response(body, media_type="application/x-ndjson", headers={"Cache-Control": "no-store"})

    async def _answers(self, identity: Identity, lines: list[bytes], seen: dict[str, int]) -> bytes:
        seats: dict[str, Seat | Refusal] = {}
        for topic, seq in seen.items():
            try:
                seats[topic] = await self._seat(identity, topic, seq)
            except Refusal as refusal:
                if topic == identity.topic:
                    raise
                # what is said in the others goes on
                seats[topic] = refusal
        said = await Speaker(self._hub, identity, seats).say(lines)
        return b"".join(orjson.dumps(frame, default=list) + b"\n" for frame in said)

    async def _seat(self, identity: Identity, topic: str, seq: int) -> Seat:
        # else what they saw at another worker might be refused as unknown here
        seat = Seat(*await seated_again(self._hub, identity, topic, seq))
        # a cookie of before the door has come in by no device yet
        await list_device(seat.room, seat.identity)
        return seat

    def _slow_down(self, person: str) -> None:
        rates = {"posts": POSTS, "frames of posts": FRAMES, "bytes of posts": BYTES}
        text = "A little slower, please; nothing is lost."
        self._hub.worker.pace.require(person, rates, monotonic(), "pace.posts", text)
        if self._waiting[person] >= POSTS_WAITING:
            security.exceeded("waiting posts")
            raise Refusal("pace.posts", text, 1)


class Speaker:
    """Who says something once, and hears what it came to."""

    def __init__(self, hub: Hub, identity: Identity, seats: dict[str, Seat | Refusal]) -> None:
        self._seats = seats
        leads = identity.role in about(identity.topic).roles.leading
        self._frame_max = hub.worker.settings.frame_max_of(leads)
        self._said: list[dict[str, Any]] = []
        self._refs: dict[str, None] = {}
        self._done = asyncio.Event()
        self._commands = Commands(hub, self, self._said.append, self._answered)

    def seat(self, topic: str) -> Seat:
        """Raises Refusal `topic.not_joined`, or why they may not speak there."""
        seat = self._seats.get(topic) or Refusal("topic.not_joined", "Join this topic first.")
        if isinstance(seat, Refusal):
            raise seat
        return seat

    async def say(self, lines: list[bytes]) -> list[dict[str, Any]]:
        """The answers to frames, in their order. What has none in time is refused for the moment: sent
        again, it acts once."""
        for line in lines:
            self._hear(line)
        if self._commands.unanswered:
            with suppress(TimeoutError):
                async with asyncio.timeout(ANSWERED_WITHIN):
                    await self._done.wait()
        answered = {frame.get("ref") for frame in self._said}
        late = [{"op": "refused", "ref": ref, **UNANSWERED} for ref in self._refs if ref not in answered]
        return [*self._said, *late]

    def _hear(self, line: bytes) -> None:
        try:
            match decode(line, True, self._frame_max):
                case Do() as frame:
                    self._refs[frame.ref] = None
                    self._commands.do(frame)
                case Pulse() as frame:
                    self._commands.pulse(frame)
                case Ping():
                    self._said.append({"op": "pong"})
                case _:
                    raise Malformed("frame.invalid", "Joins stand in the address of a stream.")
        except (Malformed, Refusal) as error:
            self._said.append({"op": "error", "code": error.code, "text": error.text})

    def _answered(self) -> None:
        if not self._commands.unanswered:
            self._done.set()


def _seen(topic: str, asked: QueryParams) -> dict[str, int]:
    """The topics that somebody speaks in, that of their connection and others they follow, and up to where
    they have seen each. Raises Refusal `query.malformed`."""
    beside = [one.rpartition("@") for one in asked.getlist("beside")]
    if len(beside) >= TOPICS_EACH:
        raise Refusal("query.malformed", f"One connection follows {TOPICS_EACH} topics at most.")
    others = {topic: number(seq, 0) for topic, _, seq in beside}
    return {topic: number(asked.get("at"), 0)} | others


async def _lines_of(request: Request) -> list[bytes]:
    """Frames, one a line. Raises Refusal `body.malformed`."""
    lines = [line for line in (await request.body()).split(b"\n") if line]
    if not 0 < len(lines) <= POST_FRAMES:
        raise Refusal("body.malformed", f"One to {POST_FRAMES} frames, each a line of JSON.")
    return lines
