"""Answers: what HTTP calls have in common, from a body to a refusal in the shape all refusals have."""

from __future__ import annotations

import math
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from webinar_server import security
from webinar_server.errors import Refusal, TokenError
from webinar_server.limits import BODY_MAX
from webinar_server.live.room import Room
from webinar_server.session import SESSION
from webinar_server.session.welcome import welcome
from webinar_server.state import Identity
from webinar_server.state.card import Profile
from webinar_server.topics import find
from webinar_server.web.http.head import whole
from webinar_server.web.who.tokens import key_of

STATUSES = {
    "body.malformed": 400,
    "query.malformed": 400,
    "token": 401,
    "command.not_allowed": 403,
    "person.absent": 403,
    "person.removed": 403,
    "person.erased": 403,
    "participant.unknown": 403,
    "participant.applied": 403,
    "participant.declined": 403,
    "participant.left": 403,
    "topic.forbidden": 403,
    "mission.invited": 403,
    "mission.wrong_code": 403,
    "mission.unknown": 404,
    "topic.unknown": 404,
    "message.unknown": 404,
    "card.unknown": 404,
    "meeting.unknown": 404,
    "conversation.unknown": 404,
    "organisation.unknown": 404,
    "position.ahead": 409,
    "session.exists": 409,
    "session.elsewhere": 409,
    "slot.exists": 409,
    "mission.exists": 409,
    "pace": 429,
    "command.failed": 500,
    "room": 503,
    "log": 503,
}
"""HTTP statuses of refusals, by code or by its first word; others are 422."""

YOU = ("id", "role", *Profile.__struct_fields__)

T = TypeVar("T")


def refused(
    status: int, code: str, text: str, retry_after: float | None = None, **helps: Any
) -> JSONResponse:
    """An HTTP answer in the shape all refusals have: `code`, `text`, and what helps where it does."""
    security.refused(code)
    body = {"code": code, "text": text, **helps}
    if retry_after is None:
        return JSONResponse(body, status)
    seconds = max(1, round(retry_after, 1))
    # the header knows whole seconds only
    return JSONResponse(
        body | {"retry_after": seconds}, status, headers={"Retry-After": str(math.ceil(seconds))}
    )


def busy(retry_after: float) -> JSONResponse:
    """This worker lets nobody in at the moment."""
    return refused(503, "server.busy", "Too much at once; please try again in a moment.", retry_after)


def refusal_answer(refusal: Refusal) -> JSONResponse:
    """The same of a refusal of the rooms'."""
    return refused(status_of(refusal.code), **refusal.told())


def status_of(code: str) -> int:
    """The HTTP status of what is refused so."""
    return STATUSES.get(code) or STATUSES.get(code.partition(".")[0]) or 422


def written(answer: Response, headers: Sequence[tuple[bytes, bytes]]) -> bytes:
    """An answer as it goes over the wire; the connection's last."""
    return whole(HTTPStatus(answer.status_code), [*answer.raw_headers, *headers], bytes(answer.body))


async def on_token_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, TokenError)
    return refused(403 if error.code == "origin.foreign" else 401, error.code, error.text)


async def on_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return refusal_answer(error)


async def on_storage_error(request: Request, error: Exception) -> Response:
    return refused(503, "log.unavailable", "The log cannot be reached at the moment; please try again.", 2)


async def body_of(request: Request, kind: type[T]) -> T:
    """What was sent. Raises Refusal `body.malformed`."""
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > BODY_MAX:
            raise Refusal("body.malformed", f"At most {BODY_MAX} bytes.")
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refusal("body.malformed", str(error)[:200]) from None


def whoami(identity: Identity, room: Room | None) -> dict[str, Any]:
    """Who somebody is, as their page is told: in which topic, and with whose people they came, by its word
    and id; and what the door says to who is before it, of a `room`."""
    told = room is not None and not identity.entered and room.about is SESSION
    door = {"door": welcome(room.state)} if told and room else {}
    named = {
        kind.name: kind.id_of(topic) for topic in (identity.home, identity.topic) if (kind := find(topic))
    }
    return {
        "you": {name: getattr(identity, name) for name in YOU},
        "topic": identity.topic,
        **named,
        "as": key_of(identity),
        "entered": identity.entered,
        "device": identity.device,
    } | door
