"""Passage: what a proxy does to the two ways in, a WebSocket and a stream of events, as browsers meet it."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.http11 import Response
from websockets.sync.client import connect
from websockets.typing import Origin

from webinar_server.clock import monotonic
from webinar_server.log.inspect import Finding

PATIENCE = 5.0
"""Seconds a public address has to answer."""

KEPT = 0.5
"""Seconds between the first event and the end, which are one apart, below which an answer was kept back."""

BLOCKED = "; pages go on by HTTP, if the stream comes through"
HOST = "; have the proxy pass the Host line on, or start the server with --public-url"


def look_at_passage(site: str) -> list[Finding]:
    """`site` is an address that is reached and ready."""
    return [_socket(site), _stream(site)]


def _socket(site: str) -> Finding:
    """Somebody without a link is refused with 401 by the server itself; anything else came in between."""
    where = f"{site}/live"
    try:
        with connect(where.replace("http", "ws", 1), origin=Origin(site), open_timeout=PATIENCE):
            text = f"{where} let in somebody without a link: what is between takes sockets and passes none on"
            return Finding("FAIL", "websocket", text + BLOCKED)
    except InvalidStatus as error:
        return _refused(site, error.response)
    except TimeoutError:
        text = f"{where} never answers an upgrade; the proxy must pass WebSocket upgrades{BLOCKED}"
    except (WebSocketException, OSError) as error:
        text = f"{where} breaks off ({type(error).__name__}); the proxy must pass WebSocket upgrades{BLOCKED}"
    return Finding("FAIL", "websocket", text)


def _refused(site: str, answer: Response) -> Finding:
    status, code = answer.status_code, _code_of(bytes(answer.body or b""))
    if status == 401 and code:
        return Finding("OK", "websocket", f"upgrades reach the server at {site}/live")
    if code in ("origin.foreign", "host.foreign"):
        text = f"the server does not take {site} for its own; start it with --public-url {site}"
    elif status in (429, 503) and code:
        return Finding("WARN", "websocket", f"{site}/live is busy ({status}); try again in a minute")
    elif status in (401, 403):
        text = f"what is between answers upgrades with {status} itself, none reaches the server{BLOCKED}"
    else:
        text = (
            f"{site}/live answers {status}: the proxy eats the upgrade; Caddy passes it by itself, nginx "
            f"needs proxy_http_version 1.1 and the Upgrade and Connection headers (docs/operating.md)"
            f"{BLOCKED}"
        )
    return Finding("FAIL", "websocket", text)


def _code_of(body: bytes) -> str:
    """A refusal of this server's has one; what is between does not know them."""
    try:
        return str(json.loads(body)["code"])
    except (ValueError, KeyError, TypeError):
        return ""


def _stream(site: str) -> Finding:
    try:
        with urllib.request.urlopen(f"{site}/api/trickle", timeout=PATIENCE) as answer:
            return _judged(site, *_heard(answer))
    except urllib.error.HTTPError as error:
        code = _code_of(error.read(1000))
        if error.code in (429, 503):
            return Finding("WARN", "stream", f"{site} is busy ({error.code}); try again in a minute")
        if code == "host.foreign":
            return Finding("FAIL", "stream", f"the server does not take {site} for its own{HOST} {site}")
        text = f"{site}/api/trickle answers {error.code}; an older server, or something is between"
    except (OSError, http.client.HTTPException, ValueError, LookupError) as error:
        reason = getattr(error, "reason", error)
        what = type(reason).__name__
        text = f"{site}/api/trickle breaks off ({what}); where sockets are blocked, nothing is left"
    return Finding("FAIL", "stream", text)


def _heard(answer: http.client.HTTPResponse) -> tuple[str, float]:
    """Under which host's name it was asked for, and how long before the end that was told."""
    told, at = [], []
    for line in answer:
        if line.startswith(b"data: "):
            told.append(json.loads(line[6:]))
            at.append(monotonic())
    return str(told[0]["host"]), at[1] - at[0]


def _judged(site: str, host: str, apart: float) -> Finding:
    if host.lower() != urlsplit(site).netloc.lower():
        text = f"the proxy asks for {site} under the name {host}, so sockets are refused{HOST} {site}"
        return Finding("WARN", "stream", text)
    if apart < KEPT:
        text = (
            "the proxy keeps answers until their end, where sockets are blocked news comes a second late"
            " and costs a request a second each; have it pass them on (nginx: proxy_buffering off)"
        )
        return Finding("WARN", "stream", text)
    return Finding("OK", "stream", "events come through as they are sent, where sockets do not")
