"""Request heads: how large one may be, and what it must say, before anybody looks at what is asked.

RFC 9112 for Host, Transfer-Encoding and the forms of an address, RFC 9110 for Upgrade. Whatever two servers
in a row might read in two ways is refused, not repaired.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from enum import Enum
from http import HTTPStatus
from typing import NamedTuple

import httptools

from webinar_server import limits, metrics, security
from webinar_server.errors import Refusal
from webinar_server.limits import URL_MAX
from webinar_server.seldom import seldom
from webinar_server.web.http.headers import HEADERS, UNCACHED
from webinar_server.web.http.sizes import check_head_size

Lines = Sequence[tuple[bytes, bytes]]
"""Header lines, the names in small letters."""

STATUSES = {
    "request.slow": HTTPStatus.REQUEST_TIMEOUT,
    "request.body": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "request.url": HTTPStatus.REQUEST_URI_TOO_LONG,
    "request.headers": HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    "request.cookies": HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    "request.encoding": HTTPStatus.NOT_IMPLEMENTED,
    "server.full": HTTPStatus.SERVICE_UNAVAILABLE,
}
"""HTTP statuses of limits; whatever else is refused is 400."""

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
JSON = (b"content-type", b"application/json")

_HOST = re.compile(rb"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_LENGTH = re.compile(rb"[0-9]{1,18}")


class Phase(Enum):
    """What is waited for."""

    NOTHING = 0
    HEAD = 1
    BODY = 2


def check_url(url: bytes) -> None:
    """Raises Refusal `request.url`."""
    if len(url) > URL_MAX:
        raise Refusal("request.url", f"An address has at most {URL_MAX} bytes; open the link as it was sent.")


class Body(NamedTuple):
    """How many bytes it may have, as they come over the wire, and how many seconds it may take."""

    most: int
    on_wire: int
    within: float


NO_BODY = Body(0, 0, 0.0)

_LIST = re.compile(rb"/api/(missions/[^/?#]+/imports|sessions/[^/?#]+/polls)(\?.*)?")


def body_of(method: bytes, url: bytes) -> Body:
    """What a request may bring along."""
    if method == b"POST" and _LIST.fullmatch(url):
        return Body(limits.LIST_MAX, limits.LIST_MAX + limits.BODY_WIRE_MAX, limits.LIST_WITHIN)
    return Body(limits.BODY_MAX, limits.BODY_WIRE_MAX, limits.BODY_WITHIN)


def check_size(phase: Phase, size: int, body: Body) -> None:
    """Raises Refusal where a request that is not all here is too large already; `size` in bytes."""
    if phase is Phase.BODY:
        if size > body.on_wire:
            raise body_too_large(body)
    else:
        check_head_size(size)


def check_head(version: str, url: bytes, lines: Lines, body: Body) -> None:
    """Raises Refusal `request.malformed`, `request.host`, `request.encoding` or `request.body`."""
    if version not in ("1.1", "1.0"):
        raise malformed("This server speaks HTTP/1.1.")
    if not url.isascii():
        raise malformed("An address is ASCII; write other characters as %XX.")
    hosts = [value for name, value in lines if name == b"host"]
    # monitors of proxies ask without one, in the old version that knows none
    if len(hosts) != 1 and (hosts or version == "1.1"):
        raise Refusal(
            "request.host", "A request has one Host line; if a proxy is between, let it pass one on."
        )
    if hosts and not _HOST.fullmatch(hosts[0]):
        raise Refusal("request.host", "The Host line names no host; ask for this server by its name.")
    _check_length(version, lines, body)


def _check_length(version: str, lines: Lines, body: Body) -> None:
    for name, value in lines:
        if name == b"transfer-encoding" and version == "1.0":
            raise malformed("HTTP/1.0 knows no Transfer-Encoding.")
        if name == b"transfer-encoding" and value.strip().lower() != b"chunked":
            # whoever took the chunks apart would pass on what is still packed as if it were the body
            raise Refusal("request.encoding", "A body comes as it is or chunked, and in no other encoding.")
        if name == b"content-length" and (not _LENGTH.fullmatch(value) or int(value) > body.most):
            raise body_too_large(body)


def check_upgrade(method: bytes, version: str, lines: Lines, answering: bool) -> None:
    """A request to become a WebSocket. Raises Refusal `request.upgrade`."""
    if version != "1.1":
        text = "A WebSocket needs HTTP/1.1; if a proxy is between, tell it so (proxy_http_version 1.1)."
    elif method != b"GET" or has_body(lines):
        text = "A WebSocket is asked for with GET and without a body."
    elif answering:
        text = "A WebSocket is asked for once the requests before it are answered."
    else:
        return
    raise Refusal("request.upgrade", text)


def has_body(lines: Lines) -> bool:
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value.strip(b"0"))
        for name, value in lines
    )


def malformed(text: str) -> Refusal:
    return Refusal("request.malformed", text)


def body_too_large(body: Body) -> Refusal:
    return Refusal("request.body", f"A body has at most {body.most} bytes.")


def origin_form(url: bytes, lines: Lines) -> bytes:
    """An address as path and query (RFC 9112, 3.2.1). Raises Refusal `request.malformed` where it is another
    host's, or none's."""
    if url.startswith(b"/"):
        return url
    try:
        parts = httptools.parse_url(url)
    except httptools.HttpParserInvalidURLError:
        parts = None
    host = dict(lines).get(b"host", b"").lower()
    if parts is None or parts.schema not in (b"http", b"https") or not parts.host or parts.userinfo:
        raise malformed("An address begins with a slash.")
    named = parts.host.lower() + (b":%d" % parts.port if parts.port else b"")
    if named != host:
        raise Refusal("request.host", "The address and the Host line name different hosts.")
    return (parts.path or b"/") + (b"?" + parts.query if parts.query else b"")


def refused(refusal: Refusal) -> bytes:
    """The answer to who is refused, as it goes over the wire; counted, and the connection's last."""
    status = STATUSES.get(refusal.code, HTTPStatus.BAD_REQUEST)
    metrics.REQUESTS_REFUSED.labels(status.value).inc()
    if refusal.code in STATUSES:
        security.exceeded(refusal.code)
    seldom.warning(f"requests were refused before anybody read them: {refusal.code}")
    told = {"code": refusal.code, "text": refusal.text}
    again = [] if refusal.retry_after is None else [(b"retry-after", b"%d" % refusal.retry_after)]
    body = json.dumps(told | ({"retry_after": refusal.retry_after} if again else {})).encode()
    return whole(status, [*HEADERS, *again, JSON, (b"content-length", b"%d" % len(body))], body)


def whole(status: HTTPStatus, lines: Lines, body: bytes) -> bytes:
    """An answer as it goes over the wire, the connection's last; `lines` say all that is to be said of it."""
    first = f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode()
    told = (*lines, UNCACHED, (b"connection", b"close"))
    return b"".join((first, *(b"%b: %b\r\n" % line for line in told), b"\r\n", body))


def dropped(phase: Phase) -> None:
    """The connection ended while this was waited for; nobody has seen its request, so it is only counted."""
    if phase is not Phase.NOTHING:
        metrics.REQUESTS_DROPPED.labels(phase.name.lower()).inc()
        seldom.warning(f"requests broke off in the midst of a {phase.name.lower()}")


def reason(error: httptools.HttpParserError | Refusal) -> Refusal:
    """Why nothing more is read: it was no HTTP, or we would not have it, perhaps in a callback."""
    told = error if isinstance(error, Refusal) else error.__context__
    if isinstance(told, Refusal):
        return told
    if told is not None and not isinstance(told, httptools.HttpParserError):
        seldom.error("a request could not be taken in", told)
    return malformed("This is no HTTP/1.1.")
