"""Afterwards: what is made of an hour, at any moment of it: its report, as a page and a file, and its sheets.

All of it for hosts and organisers, as of now, and kept by nothing on its way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from webinar_server.calendar import zone_of
from webinar_server.clock import monotonic, now_ms
from webinar_server.documents.html import Link, policy
from webinar_server.documents.report import report_page
from webinar_server.errors import Refusal, StorageError, TokenError
from webinar_server.limits_of_reports import LOOKS_BACK
from webinar_server.live.hub import Hub
from webinar_server.session import SESSION
from webinar_server.session.report import report_of
from webinar_server.session.roles import HOSTS
from webinar_server.sheets.hour import Reader, lines_of, rows_of, workbook_of
from webinar_server.sheets.hour_words import SHEETS
from webinar_server.sheets.listing import SEPARATORS
from webinar_server.sheets.written import XLSX, as_csv, as_workbook
from webinar_server.state import State
from webinar_server.web.entrance import seated
from webinar_server.web.http.answers import status_of
from webinar_server.web.http.pages import Pages, language
from webinar_server.web.mission.files import to_keep
from webinar_server.web.who.access import Access

SESSION_PATH = "/api/sessions/{id}"
REPORT_PAGE = "/report/{id}"
LINKS: Mapping[str, Mapping[str, str]] = {
    "report.html": {"en": "This report as a file", "nl": "Dit verslag als bestand"},
    "report.html?names=0": {
        "en": "The same without names, to send on",
        "nl": "Hetzelfde zonder namen, om door te sturen",
    },
    "sheets.xlsx": {"en": "All of it as a workbook", "nl": "Alles als werkmap"},
    "sheets.json": {"en": "For programs", "nl": "Voor programma’s"},
}
"""What the page of a report offers to take along."""


class Afterwards:
    """`GET /report/ID`, `GET /api/sessions/ID/report.html?lang=&zone=&names=`, `….json`,
    `…/sheets.xlsx?lang=&zone=`, `….json`, `…/sheets/SHEET.csv?lang=&zone=&separator=`."""

    def __init__(self, hub: Hub, access: Access, pages: Pages) -> None:
        self._hub = hub
        self._access = access
        self._pages = pages

    def routes(self) -> list[Route]:
        return [
            Route(REPORT_PAGE, self.page),
            Route(f"{SESSION_PATH}/report.html", self.file),
            Route(f"{SESSION_PATH}/report.json", self.numbers),
            Route(f"{SESSION_PATH}/sheets.xlsx", self.workbook),
            Route(f"{SESSION_PATH}/sheets.json", self.objects),
            Route(f"{SESSION_PATH}/sheets/{{sheet}}.csv", self.table),
        ]

    async def page(self, request: Request) -> Response:
        try:
            state = await self._asked(request)
        except (TokenError, Refusal) as problem:
            return self._pages.error(request, status_of(problem.code), problem.code)
        except StorageError:
            return self._pages.error(request, 503, "log.unavailable")
        links = [Link(_address(request, path), words) for path, words in LINKS.items()]
        told = report_of(state, now_ms(), True)
        return _document(report_page(told, language(request), _zone(request), links))

    async def file(self, request: Request) -> Response:
        state = await self._asked(request)
        page = report_page(report_of(state, now_ms(), _named(request)), language(request), _zone(request))
        return _document(page, to_keep(f"report-{request.path_params['id']}.html"))

    async def numbers(self, request: Request) -> Response:
        state = await self._asked(request)
        told = report_of(state, now_ms(), _named(request))
        return JSONResponse(told, headers=to_keep(f"report-{request.path_params['id']}.json"))

    async def workbook(self, request: Request) -> Response:
        state = await self._asked(request)
        sheets = workbook_of(state, now_ms(), Reader(language(request), _zone(request)))
        # what takes long of it needs the session no more
        body = await asyncio.to_thread(as_workbook, sheets)
        return _file(request, body, XLSX, "xlsx")

    async def objects(self, request: Request) -> Response:
        state = await self._asked(request)
        now = now_ms()
        told: dict[str, Any] = {"written_at": now, "session": request.path_params["id"]}
        told |= {sheet: lines_of(state, sheet, now) for sheet in SHEETS["en"]}
        return JSONResponse(told, headers=to_keep(f"sheets-{request.path_params['id']}.json"))

    async def table(self, request: Request) -> Response:
        sheet, lang = request.path_params["sheet"], language(request)
        if sheet not in SHEETS[lang]:
            raise Refusal("query.malformed", f"There are sheets of {', '.join(SHEETS[lang])}.")
        separator = request.query_params.get("separator") or SEPARATORS[lang]
        if separator not in SEPARATORS.values():
            raise Refusal("query.malformed", "`separator` is , or ;")
        state = await self._asked(request)
        return _file(
            request,
            as_csv(rows_of(state, sheet, now_ms(), Reader(lang, _zone(request))), separator),
            "text/csv",
            "csv",
            sheet,
        )

    async def _asked(self, request: Request) -> State:
        """The session, to who leads it. Raises Refusal, TokenError, StorageError."""
        self._access.check_origin(request)
        identity = await self._access.admitted(request, self._hub)
        rates = {"looks back": LOOKS_BACK}
        pace = self._hub.worker.pace
        pace.require(identity.id, rates, monotonic(), "pace.reports", "A little slower, please.")
        identity, room = await seated(self._hub, identity, SESSION.topic(request.path_params["id"]))
        if identity.role not in HOSTS:
            raise Refusal("command.not_allowed", "This is for hosts.")
        return room.state


def _document(page: str, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    ours = {"Content-Security-Policy": f"{policy()}; frame-ancestors 'none'", "Cache-Control": "no-store"}
    return HTMLResponse(page, headers=ours | dict(headers or {}))


def _file(request: Request, body: bytes, media_type: str, ending: str, name: str = "session") -> Response:
    headers = to_keep(f"{name}-{request.path_params['id']}.{ending}")
    return Response(body, media_type=media_type, headers=headers)


def _named(request: Request) -> bool:
    """Whether it is to tell names. Raises Refusal `query.malformed`."""
    said = request.query_params.get("names", "1")
    if said not in ("0", "1"):
        raise Refusal("query.malformed", "`names` is 0 or 1.")
    return said == "1"


def _zone(request: Request) -> ZoneInfo:
    return zone_of(request.query_params.get("zone", "UTC"))


def _address(request: Request, path: str) -> str:
    """As whom, and in which zone, stays."""
    file, _, more = path.partition("?")
    kept = {
        name: request.query_params[name]
        for name in ("as", "topic", "zone", "lang")
        if name in request.query_params
    }
    query = "&".join(filter(None, (urlencode(kept), more)))
    return f"{SESSION_PATH.format(id=request.path_params['id'])}/{file}{'?' if query else ''}{query}"
