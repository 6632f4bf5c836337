"""Pages: those of a session and of a mission, and the ones that say what went wrong and the way back."""

from __future__ import annotations

import html
import math
import re
from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from webinar_server.errors import Refusal, StorageError
from webinar_server.live.hub import Hub
from webinar_server.mission import MISSION
from webinar_server.session import SESSION
from webinar_server.state import Topic
from webinar_server.web.http.headers import ON_STAGE
from webinar_server.web.http.static import Assets
from webinar_server.web.missions import FIRST
from webinar_server.web.who.visitors import address_of

LANGUAGES = ("en", "nl")
PAGES = {
    "/session/{id}": ("attendee", SESSION),
    "/host/{id}": ("host", SESSION),
    "/stage/{id}": ("stage", SESSION),
    "/speaker/{id}": ("speaker", SESSION),
    "/mission/{id}": ("mission", MISSION),
    "/mission/{id}/join": ("join", MISSION),
    "/mission/{id}/letters/{token}": ("join", MISSION),
    "/organise/{id}": ("organise", MISSION),
}
"""What stands at an address: a page by its files, about a topic."""

_KEY, _PLAIN = re.compile(r"[0-9a-f]{1,40}"), re.compile(r"[A-Za-z0-9_-]{1,100}")
"""Keys and ids that look alike however an address is written."""


class Pages:
    """Serves the HTML files with the addresses of their assets filled in."""

    def __init__(self, hub: Hub, assets: Assets) -> None:
        self._hub = hub
        self._assets = assets
        self._preloads = {
            name: assets.preload(f"pages/{name}.js")
            for name in (*(name for name, _ in PAGES.values()), "index", "error")
        }

    def routes(self) -> list[Route]:
        rooms = [Route(path, partial(self.room, name, about)) for path, (name, about) in PAGES.items()]
        return [Route("/", self.index), *rooms]

    async def index(self, request: Request) -> HTMLResponse:
        return self._page(request, "index")

    async def room(self, name: str, about: Topic, request: Request) -> HTMLResponse:
        try:
            topic = about.topic(request.path_params["id"])
            is_first = topic == MISSION.topic(FIRST)
            if not is_first and await self._hub.room(topic, address_of(request)) is None:
                return self.error(request, 404, f"{about.name}.unknown")
        except Refusal as refusal:
            page = self.error(request, 429, refusal.code)
            page.headers["Retry-After"] = str(math.ceil(refusal.retry_after or 1))
            return page
        except StorageError:
            return self.error(request, 503, "log.unavailable")
        return self._page(request, name)

    async def missing(self, request: Request, _: Exception) -> HTMLResponse:
        return self.error(request, 404, "page.unknown")

    def error(self, request: Request, status: int, code: str) -> HTMLResponse:
        return self._page(request, "error", status, code)

    def _page(self, request: Request, name: str, status: int = 200, code: str = "") -> HTMLResponse:
        early = [
            f'<link rel="preload" as="fetch" crossorigin href="{html.escape(url)}">'
            for url in asked_first(request, name)
        ]
        filled = {
            "{{static}}": self._assets.prefix,
            "{{preload}}": "\n".join((self._preloads[name], *early)),
            "{{lang}}": language(request),
            "{{code}}": html.escape(code),
        }
        text = self._assets.text(f"pages/{name}.html")
        for placeholder, value in filled.items():
            text = text.replace(placeholder, value)
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
        if name == "stage":
            headers["Content-Security-Policy"] = ON_STAGE
        return HTMLResponse(text, status, headers=headers)


def asked_first(request: Request, name: str) -> list[str]:
    """What a mission's page asks for as soon as it runs, letter for letter as `app/enter.js` and
    `mission/directory/early.js` do: the browser asks while the scripts come, on a phone a way there and back
    less. Of the people only where its address says no more than whose it is and which tab."""
    said, id = request.query_params, request.path_params.get("id", "")
    if name != "mission" or not _KEY.fullmatch(said.get("as", "")) or not _PLAIN.fullmatch(id):
        return []
    as_ = said["as"]
    found = [f"/api/me?as={as_}&topic={MISSION.name}%2F{id}"]
    if set(said) <= {"as", "tab", "lang"} and said.get("tab") == "participants":
        found.append(f"/api/missions/{id}/participants?as={as_}")
    return found


def language(request: Request) -> str:
    """`?lang=`, else the first of ours the browser asks for, else English."""
    asked = request.query_params.get("lang", ""), *request.headers.get("accept-language", "").split(",")
    wanted = (part.partition(";")[0].strip()[:2].lower() for part in asked)
    return next((lang for lang in wanted if lang in LANGUAGES), "en")
