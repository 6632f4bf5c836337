"""HTTP calls: who am I, creating a session. Entering and leaving are `entering.py`'s, links `links.py`'s,
where to join `joins.py`'s, older records `older.py`'s."""

from __future__ import annotations

from contextlib import suppress

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.errors import Refusal, StorageError
from webinar_server.live.hub import Hub
from webinar_server.session.programme import CreateSession
from webinar_server.web.entrance import is_lent
from webinar_server.web.http.answers import body_of, refused, whoami
from webinar_server.web.http.entering import Entering
from webinar_server.web.http.joins import JOIN_PATH, Joins
from webinar_server.web.http.links import Links
from webinar_server.web.http.older import Older
from webinar_server.web.http.run_copies import RunCopies
from webinar_server.web.sessions import create_session
from webinar_server.web.who.access import Access
from webinar_server.web.who.tokens import as_known
from webinar_server.words.ids import is_id


class Api:
    """The handful of calls beside the socket."""

    def __init__(self, hub: Hub, access: Access, public_url: str | None = None) -> None:
        self._hub = hub
        self._access = access
        self._entering = Entering(hub, access)
        self._links = Links(hub, access)
        self._older = Older(hub, access)
        self._joins = Joins(hub, access, public_url)
        self._copies = RunCopies(hub, access)

    def routes(self) -> list[Route]:
        return [
            Route("/api/enter", self._entering.enter, methods=["POST"]),
            Route("/api/me", self.me),
            Route("/api/leave", self._entering.leave, methods=["POST"]),
            Route("/api/links", self._links.renew, methods=["POST"]),
            Route("/api/stage-links", self._links.stage, methods=["POST"]),
            Route("/api/speaker-links", self._links.speaker, methods=["POST"]),
            Route("/api/run-copies", self._copies.copy, methods=["POST"]),
            Route(JOIN_PATH, self._joins.join),
            Route("/api/sessions", self.create_session, methods=["POST"]),
            *self._older.routes(),
        ]

    async def me(self, request: Request) -> Response:
        identity = await self._access.admitted(request, self._hub)
        room = None
        with suppress(StorageError):
            room = await self._hub.room(identity.topic, identity.id)
        known = room.state.get(room.about.attendance.record, identity.id) if room else None
        return JSONResponse(whoami(identity if is_lent(identity) else as_known(identity, known), room))

    async def create_session(self, request: Request) -> Response:
        self._access.check_origin(request)
        identity = await self._access.admitted(request, self._hub)
        command = await body_of(request, CreateSession)
        if identity.role != "organiser" or is_lent(identity):
            return refused(403, "command.not_allowed", "Only an organiser creates sessions.")
        if command.mission:
            return refused(403, "command.not_allowed", "A mission's sessions are planned in its programme.")
        await create_session(self._hub, check_session_id(command), identity.id)
        return JSONResponse({"id": command.session}, 201)


def check_session_id(command: CreateSession) -> CreateSession:
    """Raises Refusal `session.id`: ids stand in addresses and are said aloud."""
    if not is_id(command.session):
        raise Refusal(
            "session.id", "A session's id is up to 60 small letters, digits and dashes, like smart-ports."
        )
    return command
