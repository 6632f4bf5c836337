"""Cookies of ours in a request, found without reading the others: a browser may send 60 kB of a domain's.

From the end of a line to its beginning, since browsers send the newest last (RFC 6265, 5.4). What is not ours
is let go of as soon as a line is here: nobody asks for it, and a head may be kept for long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from starlette.requests import HTTPConnection

from webinar_server.limits import OUR_COOKIES_MAX

IDENTITIES_KEPT = 20
"""Identities that a browser keeps of ours; who comes in with more loses the oldest."""

IDENTITIES_READ = IDENTITIES_KEPT + 10
"""Identities of a request whose signature is looked at, the newest."""

COOKIE = "webinar-"
BOUND = "__Host-"
"""What the names of all of ours begin with; the second before it binds a cookie to this host over https."""

LOOKS_MAX = 500
"""Places in a line where a cookie of ours may begin; others may have the same word in their values."""

_COOKIE, _BOUND = COOKIE.encode(), BOUND.encode()
_REST = re.compile(r"([0-9A-Za-z_-]{0,40})=([^;\s]*)")


def ours(line: bytes) -> bytes:
    """What a line says of ours: the newest of them in their order, at most `OUR_COOKIES_MAX` bytes."""
    found: list[bytes] = []
    at = end = len(line)
    size = 0
    for _ in range(LOOKS_MAX):
        at = line.rfind(_COOKIE, 0, at)
        if at < 0:
            break
        begin = at - len(_BOUND) if line.endswith(_BOUND, 0, at) else at
        if line[max(0, begin - 8) : begin].rstrip(b" \t")[-1:] not in (b"", b";"):
            continue
        one = line[begin:end].partition(b";")[0]
        size += len(one) + len(b"; ")
        if size > OUR_COOKIES_MAX:
            break
        found.append(one)
        end = begin
    return b"; ".join(reversed(found))


def cookies_of(request: HTTPConnection, prefix: str, most: int = IDENTITIES_READ) -> dict[str, str]:
    """Values of the cookies whose names begin so, by the rest of their names: the newest, in their order."""
    found: dict[str, str] = {}
    for rest, value in _newest(request, prefix):
        found.setdefault(rest, value)
        if len(found) == most:
            break
    return dict(reversed(found.items()))


def cookie_of(request: HTTPConnection, name: str) -> str | None:
    """The value of one, the newest, however many there are."""
    return next((value for rest, value in _newest(request, name) if not rest), None)


def _newest(request: HTTPConnection, prefix: str) -> Iterator[tuple[str, str]]:
    """The rest of each name, and its value."""
    lines = [value.decode("latin-1") for name, value in request.scope["headers"] if name == b"cookie"]
    for line in reversed(lines):
        at, looks = len(line), 0
        while looks < LOOKS_MAX and (at := line.rfind(prefix, 0, at)) >= 0:
            looks += 1
            rest = _REST.match(line, at + len(prefix))
            if rest and line[max(0, at - 8) : at].rstrip(" \t")[-1:] in ("", ";"):
                yield rest[1], rest[2]
