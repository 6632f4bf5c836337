"""Polls over HTTP: what was prepared, as a file to take along, and taken in again, here or in another
session.

`GET /api/sessions/ID/polls.json` and `….csv`; `POST /api/sessions/ID/polls` with a file as its body, or with
`?from=OTHER` those of another session that one leads. All of them are taken, or none.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.clock import monotonic
from webinar_server.errors import Refusal
from webinar_server.limits_of_reports import LOOKS_BACK
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import say_for
from webinar_server.session import SESSION
from webinar_server.session.polls.drafting import DraftPoll, ImportPolls
from webinar_server.session.polls.poll import Poll
from webinar_server.session.roles import HOSTS
from webinar_server.sheets.listing import SEPARATORS
from webinar_server.sheets.poll_table import Wrong
from webinar_server.sheets.polls import FILE_MAX, as_asked, read, rows_of, written
from webinar_server.sheets.written import as_csv
from webinar_server.state import Identity
from webinar_server.web.entrance import seated
from webinar_server.web.http.answers import refused
from webinar_server.web.http.pages import language
from webinar_server.web.mission.files import to_keep
from webinar_server.web.who.access import Access

POLLS_PATH = "/api/sessions/{id}/polls"


class Polling:
    """Those of one worker's sessions."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access

    def routes(self) -> list[Route]:
        return [
            Route(f"{POLLS_PATH}.json", self.json),
            Route(f"{POLLS_PATH}.csv", self.table),
            Route(POLLS_PATH, self.take, methods=["POST"]),
        ]

    async def json(self, request: Request) -> Response:
        _, room = await self._asked(request)
        return _kept(request, written(_polls(room)), "application/json", "json")

    async def table(self, request: Request) -> Response:
        separator = request.query_params.get("separator") or SEPARATORS[language(request)]
        if separator not in SEPARATORS.values():
            raise Refusal("query.malformed", "`separator` is , or ;")
        _, room = await self._asked(request)
        return _kept(request, as_csv(rows_of(_polls(room)), separator), "text/csv; charset=utf-8", "csv")

    async def take(self, request: Request) -> Response:
        identity, room = await self._asked(request)
        if other := request.query_params.get("from"):
            polls: Sequence[DraftPoll] = await self._of(identity, other)
        else:
            found = read(await _body(request))
            if found.wrong:
                return _refused(found.wrong)
            polls = found.polls
        return JSONResponse(await say_for(room, identity, ImportPolls(polls=tuple(polls))), 201)

    async def _of(self, identity: Identity, other: str) -> list[DraftPoll]:
        """What another session has, to who leads it as well."""
        there, room = await seated(self._hub, identity, SESSION.topic(other))
        _require_host(there)
        return [msgspec.convert(as_asked(poll), DraftPoll) for poll in _polls(room)]

    async def _asked(self, request: Request) -> tuple[Identity, Room]:
        """Who asks, and in which room. Raises Refusal, TokenError, StorageError."""
        self._access.check_origin(request)
        identity = await self._access.admitted(request, self._hub)
        pace, rates = self._hub.worker.pace, {"looks back": LOOKS_BACK}
        pace.require(identity.id, rates, monotonic(), "pace.reports", "A little slower, please.")
        identity, room = await seated(self._hub, identity, SESSION.topic(request.path_params["id"]))
        _require_host(identity)
        return identity, room


def _require_host(identity: Identity) -> None:
    if identity.role not in HOSTS:
        raise Refusal("command.not_allowed", "This is for hosts.")


def _polls(room: Room) -> list[Poll]:
    """In the order in which they were prepared."""
    return sorted(room.state.all(Poll), key=lambda poll: (poll.at, poll.id))


async def _body(request: Request) -> bytes:
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > FILE_MAX:
            raise Refusal("polls.large", f"A file of polls has at most {FILE_MAX // 1024} kB.")
    return data


def _refused(wrong: Sequence[Wrong]) -> Response:
    """The first line that is wrong, and beside it all that are told."""
    first = wrong[0]
    lines = msgspec.to_builtins(wrong)
    return refused(422, "polls.wrong", f"Line {first.line}: {first.text}", lines=lines)


def _kept(request: Request, body: bytes, kind: str, ending: str) -> Response:
    name = f"polls-{request.path_params['id']}.{ending}"
    return Response(body, media_type=kind, headers=to_keep(name))
