"""Cookies of ours in a request, found without reading the others: a browser may send 60 kB of a domain's."""

from __future__ import annotations

import re
from functools import lru_cache

from starlette.requests import HTTPConnection

IDENTITIES_READ = 50
"""Identities of a request whose signature is looked at; browsers send the newest last (RFC 6265, 5.4)."""

IDENTITIES_KEPT = 20
"""Identities that a browser keeps of ours; who comes in with more loses the oldest."""


def cookies_of(request: HTTPConnection, prefix: str) -> dict[str, str]:
    """Values of the cookies whose names begin so, by the rest of their names: the newest, in their order."""
    lines = [value.decode("latin-1") for name, value in request.scope["headers"] if name == b"cookie"]
    found = [pair for line in lines for pair in _pattern(prefix).findall(line)]
    return dict(found[-IDENTITIES_READ:])


def cookie_of(request: HTTPConnection, name: str) -> str | None:
    """The value of one, however many there are."""
    lines = (value.decode("latin-1") for line, value in request.scope["headers"] if line == b"cookie")
    values = (value for line in lines for rest, value in _pattern(name).findall(line) if not rest)
    return next(values, None)


@lru_cache(maxsize=8)
def _pattern(prefix: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|;)[ \t]*{re.escape(prefix)}([0-9A-Za-z_-]{{0,40}})=([^;\s]*)")
