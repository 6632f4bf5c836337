"""The door: a page with its assets as a browser loads them, and `POST /api/enter`.

A browser opens up to six connections to a server that speaks HTTP/1.1, and so does this.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

from gevent.pool import Pool
from locust.contrib.fasthttp import FastHttpSession

from loadtests.page import assets
from loadtests.wire import Turned
from webinar_server.demo.cast import Guest

CONNECTIONS = 6


class Door:
    """One browser on its way in. Requests are measured as `GET page`, `GET asset`, `POST enter`."""

    def __init__(self, base: str, events: Any, user: Any) -> None:
        self._base = base
        self._http = FastHttpSession(base, events.request, user, insecure=False, concurrency=CONNECTIONS)

    def load(self, session: str) -> None:
        """The attendee's page and all that it needs before it can be used."""
        path = f"/session/{session}"
        page = self._http.get(path, name="page").text or ""
        pool = Pool(CONNECTIONS)
        for asset in assets(page):
            pool.spawn(self._http.get, urljoin(self._base + path, asset), name="asset")
        pool.join()

    def enter(self, token: str, guest: Guest) -> dict[str, str]:
        """Through the door as this guest; headers for the socket, as a browser sends them. Raises Turned."""
        profile = {
            "name": guest.name,
            "organisation": guest.organisation.name,
            "kind": guest.organisation.kind,
            "country": guest.organisation.country,
            "say_as": guest.say_as if guest.registered_hint else "",
        }
        answer = self._http.post(
            "/api/enter", name="enter", json={"token": token, "profile": profile, "whose": "mine"}
        )
        if answer.status_code != 200:
            raise Turned(answer.status_code or 503)
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._http.cookiejar)
        parts = urlsplit(self._base)
        return {"Cookie": cookies, "Origin": f"{parts.scheme}://{parts.netloc}"}
