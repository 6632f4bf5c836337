"""Door: where a link leads, and how somebody comes in by one. What is sent and answered over HTTP, not how.

A personal link is enough by itself: its token is who one is (`by_link`). Where several share a link, each
says who they are (`entering`) and is known by a cookie from then on (`entered`), as in a browser.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from http.cookies import CookieError, SimpleCookie
from typing import Any, Literal, NamedTuple
from urllib.parse import SplitResult, urlsplit

PAGES = {"host": "session", "stage": "session"}
"""Of what kind the topic of a page is, where it has another name than the page."""

Whose = Literal["mine", "another"]


class Way(NamedTuple):
    """Where a client connects (a WebSocket's URL), what it follows, and the headers that say who it is."""

    url: str
    topic: str
    headers: dict[str, str]


class Request(NamedTuple):
    """What is to be posted."""

    url: str
    body: bytes
    headers: dict[str, str]


class NotIn(Exception):
    """The door stayed shut: the server's `code`, and its text, which says what to do."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code


def by_link(link: str) -> Way:
    """With the token of a link, `https://HOST/session/ID#TOKEN`. Raises ValueError for what is none."""
    parts = _parts(link)
    return _way(parts, {"Authorization": f"Bearer {parts.fragment}"})


def entering(link: str, profile: dict[str, Any], whose: Whose = "another") -> Request:
    """Come in by a link under one's own name; `profile` is that of docs/http.md. Raises ValueError."""
    parts = _parts(link)
    body = {"token": parts.fragment, "profile": profile, "whose": whose}
    headers = {"Content-Type": "application/json", "Origin": _origin(parts)}
    return Request(f"{_origin(parts)}/api/enter", json.dumps(body).encode(), headers)


def entered(link: str, status: int, cookies: Sequence[str], body: bytes) -> Way:
    """What the answer means; `cookies` are its `Set-Cookie` headers. Raises NotIn."""
    if status != 200:
        raise _not_in(status, body)
    kept = {name: morsel.value for cookie in cookies for name, morsel in _read(cookie).items()}
    parts = _parts(link)
    said = "; ".join(f"{name}={value}" for name, value in kept.items())
    return _way(parts, {"Cookie": said, "Origin": _origin(parts)})


def _way(parts: SplitResult, headers: dict[str, str]) -> Way:
    page, id = parts.path.strip("/").split("/")
    kind = PAGES.get(page, page)
    return Way(f"ws{_origin(parts).removeprefix('http')}/live", f"{kind}/{id}", headers)


def _parts(link: str) -> SplitResult:
    parts = urlsplit(link)
    if parts.scheme not in ("http", "https") or parts.path.strip("/").count("/") != 1 or not parts.fragment:
        # not the link itself, which is as good as its owner
        raise ValueError("a link looks like https://HOST/session/ID#TOKEN")
    return parts


def _origin(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}"


def _read(cookie: str) -> SimpleCookie:
    try:
        return SimpleCookie(cookie)
    except CookieError:
        return SimpleCookie()


def _not_in(status: int, body: bytes) -> NotIn:
    try:
        said = json.loads(body)
        return NotIn(said["code"], said["text"])
    except (ValueError, KeyError, TypeError):
        return NotIn(f"http.{status}", "That does not answer as a webinar server.")
