"""Older: records before those that a joiner is told, a page at a time, to whoever may follow the topic.

What is said here comes from a worker that may not be the one that somebody's socket is with, so they say how
far they are, and are answered with nothing older.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from webinar_server.clock import monotonic
from webinar_server.errors import Refusal
from webinar_server.limits import JOIN_BYTES, PAGE_MAX, PAGES, Rate
from webinar_server.live.hub import Hub
from webinar_server.live.telling.paging import asked_page
from webinar_server.state import Identity, Topic
from webinar_server.topics import TOPICS
from webinar_server.web.entrance import seated_again
from webinar_server.web.who.access import Access
from webinar_server.web.who.listing import list_device

SEQ_MAX = 1 << 53
"""What every client's numbers hold."""


class Older:
    """`GET /api/TOPICS/ID/KINDS?before=&count=&at=`, of each kind of which not all are told at once."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access

    def routes(self) -> list[Route]:
        return [
            Route(path_of(topic, kind), self._pages(topic, kind))
            for topic in TOPICS.values()
            for kind in topic.kinds.windows
        ]

    def _pages(self, topic: Topic, kind: str) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        async def answer(request: Request) -> Response:
            self._access.check_origin(request)
            identity = await self._access.admitted(request, self._hub)
            return await self._page(request, identity, topic, kind)

        return answer

    async def _page(self, request: Request, identity: Identity, topic: Topic, kind: str) -> Response:
        asked = request.query_params
        count, seq = number(asked.get("count"), PAGE_MAX), number(asked.get("at"), 0)
        self._slow_down(identity.id, {"pages": PAGES, "bytes of joins": JOIN_BYTES})
        name = topic.topic(request.path_params["id"])
        identity, room = await seated_again(self._hub, identity, name, seq)
        # a cookie of before the door has come in by no device yet
        await list_device(room, identity)
        audience = topic.audience_of(identity)
        answer = asked_page(room.state, kind, audience, identity.id, asked.get("before"), count, seq)
        self._hub.worker.pace.spend(identity.id, "bytes of joins", JOIN_BYTES, len(answer), monotonic())
        return Response(answer, media_type="application/json", headers={"Cache-Control": "no-store"})

    def _slow_down(self, person: str, rates: dict[str, Rate]) -> None:
        text = "A little slower, please; it stays where it is."
        self._hub.worker.pace.require(person, rates, monotonic(), "pace.pages", text)


def path_of(topic: Topic, kind: str) -> str:
    return f"/api/{topic.name}s/{{id}}/{kind}s"


def number(given: str | None, otherwise: int) -> int:
    """One of an address. Raises Refusal `query.malformed`."""
    if given is None:
        return otherwise
    if not (given.isascii() and given.isdigit() and len(given) < 17 and int(given) < SEQ_MAX):
        raise Refusal("query.malformed", "`count` and `at` are whole numbers.")
    return int(given)
