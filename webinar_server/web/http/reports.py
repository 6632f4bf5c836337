"""Reports: what about a request only its sender's network or browser knows.

`GET /api/address` tells somebody from where they come, as limits count it; `doctor` asks it through the
public address. `POST /api/csp` takes browsers' reports of what a page was kept from doing (Content Security
Policy 3, Reporting API): counted by directive, and nothing of them is kept, for they quote addresses.
"""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server import metrics
from webinar_server.clock import monotonic
from webinar_server.limits import REPORTS
from webinar_server.live.pace import Pace
from webinar_server.web.http.headers import DIRECTIVES
from webinar_server.web.who.visitors import TELLING, Proxies, address_of

EACH_MAX = 20
"""Reports of one body that are counted."""


class Reports:
    """Two small calls, for everybody."""

    def __init__(self, pace: Pace, proxies: Proxies) -> None:
        self._pace = pace
        self._proxies = proxies

    def routes(self) -> list[Route]:
        return [
            Route("/api/address", self.address),
            Route("/api/csp", self.policy, methods=["POST"]),
        ]

    async def address(self, request: Request) -> Response:
        """`address` is the visitor's, `proxy` whether a trusted one told it; `ignored` names the peer where
        it told an address and is not trusted."""
        peer = request.scope["state"].get("peer", "")
        trusted = self._proxies.trusts(peer)
        told = any(name in TELLING for name, _ in request.scope["headers"])
        answer: dict[str, Any] = {"address": address_of(request), "proxy": trusted and told}
        return JSONResponse(answer | ({"ignored": peer} if told and not trusted else {}))

    async def policy(self, request: Request) -> Response:
        if not self._pace.wait(address_of(request), "reports", REPORTS, monotonic()):
            for directive in _directives(await request.body()):
                metrics.POLICY_VIOLATIONS.labels(directive).inc()
        return Response(status_code=204)


def _directives(body: bytes) -> list[str]:
    """Of one report (`report-uri`) or several (`report-to`), as far as they can be read."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        return ["unreadable"]
    reports = given[:EACH_MAX] if isinstance(given, list) else [given]
    return [_directive(report) for report in reports]


def _directive(report: Any) -> str:
    known = report if isinstance(report, dict) else {}
    told = known.get("csp-report") or known.get("body")
    fields = told if isinstance(told, dict) else {}
    word = fields.get("effective-directive") or fields.get("effectiveDirective") or ""
    # a browser may send any word, but no word of theirs becomes a label
    name = str(word).partition("-elem")[0].partition("-attr")[0]
    return name if name in DIRECTIVES else "other"
