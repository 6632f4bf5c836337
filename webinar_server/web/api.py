"""HTTP calls: entering with a link, who am I, leaving, creating a session."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.clock import monotonic, now_ms
from webinar_server.errors import Refusal, TokenError
from webinar_server.limits import BAD_TOKEN, BODY_MAX
from webinar_server.live.hub import Hub
from webinar_server.live.identity import Identity
from webinar_server.session.imitation import refuse_like_host
from webinar_server.session.programme import CreateSession
from webinar_server.state import replace
from webinar_server.web.access import Access
from webinar_server.web.answers import refused
from webinar_server.web.identity import as_known, key_of, with_profile
from webinar_server.web.visitors import address_of

STATUSES = {
    "body.malformed": 400,
    "session.exists": 409,
    "pace": 429,
    "command.failed": 500,
    "room": 503,
    "log": 503,
}
"""HTTP statuses of refusals, by code or by its first word; others are 422."""

YOU = ("id", "name", "role", "organisation", "kind", "country", "say_as")
KEY = "^[0-9a-f]{1,40}$"
"""What `as` may be: it becomes part of a cookie's name."""

T = TypeVar("T")
SESSION_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")


class Enter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`token` from a link, or `as` for somebody who has a cookie already; `profile` comes from the door."""

    token: str | None = None
    key: str | None = msgspec.field(default=None, name="as")
    profile: dict[str, Any] | None = None


class Leave(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which identity to forget."""

    key: Annotated[str, msgspec.Meta(pattern=KEY)] = msgspec.field(name="as")


class Api:
    """The handful of calls beside the socket."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access

    def routes(self) -> list[Route]:
        return [
            Route("/api/enter", self.enter, methods=["POST"]),
            Route("/api/me", self.me),
            Route("/api/leave", self.leave, methods=["POST"]),
            Route("/api/sessions", self.create_session, methods=["POST"]),
        ]

    async def enter(self, request: Request) -> Response:
        body = await _body(request, Enter)
        identity = self._identify(request, body)
        if await self._hub.session(identity.session, address_of(request)) is None:
            return refused(404, "session.unknown", "This session does not exist (any more).")
        if body.profile is not None:
            identity = with_profile(identity, body.profile)
            await self._refuse_like_host(identity)
        elif not identity.entered:
            # through the same link on another device: the door shows what was corrected there
            identity = as_known(identity, await self._hub.person(identity.session, identity.id))
        identity = replace(identity, issued=now_ms(), entered=identity.entered or identity.role != "attendee")
        response = JSONResponse(_whoami(identity))
        self._access.remember(request, response, identity)
        return response

    async def me(self, request: Request) -> Response:
        return JSONResponse(_whoami(self._access.identify(request)))

    async def leave(self, request: Request) -> Response:
        self._check_origin(request)
        body = await _body(request, Leave)
        response = JSONResponse({})
        self._access.forget(request, response, body.key)
        return response

    async def create_session(self, request: Request) -> Response:
        self._check_origin(request)
        identity = self._access.identify(request)
        if identity.role != "organiser":
            return refused(403, "command.not_allowed", "Only an organiser creates sessions.")
        command = await _body(request, CreateSession)
        await self._hub.create_session(check_session_id(command), identity.id)
        return JSONResponse({"id": command.session}, 201)

    async def _refuse_like_host(self, identity: Identity) -> None:
        live = await self._hub.room(identity.topic)
        if live is not None:
            refuse_like_host(live[0].state, identity.role, identity.name, identity.organisation)

    def _identify(self, request: Request, body: Enter) -> Identity:
        self._check_origin(request)
        try:
            if body.token is not None:
                return self._access.signer.read(body.token)
            return self._access.identify(request, body.key)
        except TokenError:
            self._slow_down(request)
            raise

    def _check_origin(self, request: Request) -> None:
        if not self._access.same_origin(request):
            raise TokenError("origin.foreign", "This page is not from here.")

    def _slow_down(self, request: Request) -> None:
        wait = self._hub.pace.wait(address_of(request), "bad tokens", BAD_TOKEN, monotonic())
        if wait:
            raise Refusal("pace.enter", "Too many links that are not valid; please wait.", wait)


def check_session_id(command: CreateSession) -> CreateSession:
    """Raises Refusal `session.id`: ids stand in addresses and are said aloud."""
    if not SESSION_ID.fullmatch(command.session):
        raise Refusal(
            "session.id", "A session's id is up to 60 small letters, digits and dashes, like smart-ports."
        )
    return command


async def on_token_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, TokenError)
    return refused(403 if error.code == "origin.foreign" else 401, error.code, error.text)


async def on_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    kind = error.code.partition(".")[0]
    status = STATUSES.get(error.code) or STATUSES.get(kind) or 422
    return refused(status, **error.told())


async def on_storage_error(request: Request, error: Exception) -> Response:
    return refused(503, "log.unavailable", "The log cannot be reached at the moment; please try again.", 2)


async def _body(request: Request, kind: type[T]) -> T:
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > BODY_MAX:
            raise Refusal("body.malformed", f"At most {BODY_MAX} bytes.")
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refusal("body.malformed", str(error)[:200]) from None


def _whoami(identity: Identity) -> dict[str, Any]:
    you = {name: getattr(identity, name) for name in YOU}
    return {"you": you, "session": identity.session, "as": key_of(identity), "entered": identity.entered}
