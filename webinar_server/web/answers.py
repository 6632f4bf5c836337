"""Answers: a refusal by HTTP, in the one shape all have: `code`, `text`, and what helps where it does."""

from __future__ import annotations

import math
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from webinar_server import security


def refused(
    status: int, code: str, text: str, retry_after: float | None = None, **helps: Any
) -> JSONResponse:
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


async def deny(answer: JSONResponse, scope: Scope, receive: Receive, send: Send) -> None:
    """Give an answer instead of what was asked, be it a page or a socket."""
    await answer(scope, receive, send)
    if scope["type"] == "websocket":
        scope["state"]["wire"].refused()
