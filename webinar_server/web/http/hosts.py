"""Hosts: the names under which this server answers, once it was told its public address.

A page under another name would be one that somebody else made point here (DNS rebinding), or a proxy that
rewrites the Host line, under which no cookie and no socket work: both are told (421, RFC 9110, 15.5.20)
instead of half working. This machine's own names are for its operator, and health is asked by address.
"""

from __future__ import annotations

from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from webinar_server import metrics
from webinar_server.web.http.answers import refused

HERE = frozenset(("localhost", "127.0.0.1", "::1"))
FOR_ANY = frozenset(("/livez", "/readyz"))


def of_this_network(host: str, own: str) -> bool:
    """Whether a Host line names what nobody elsewhere can have made point here: an address, a name without a
    dot, as machines and containers have among themselves, or the one this port was given.
    """
    with suppress(ValueError):
        named = urlsplit(f"//{host}").hostname or ""
        if named == own.lower() or ("." not in named.rstrip(".") and ":" not in named):
            return True
        ip_address(named)
        return True
    return False


class Hosts:
    """Without a public address any name will do."""

    def __init__(self, public_url: str | None) -> None:
        self._public = urlsplit(public_url) if public_url else None

    def refusal(self, scope: Scope) -> Response | None:
        """The answer to who asks under a name that is not this server's."""
        host = Headers(scope=scope).get("host")
        if self._public is None or host is None or scope["path"] in FOR_ANY or self._ours(host):
            return None
        text = f"This server is {self._public.geturl()}; open that, or have the proxy pass the Host line on."
        metrics.REQUESTS_REFUSED.labels(421).inc()
        return refused(421, "host.foreign", text)

    def _ours(self, host: str) -> bool:
        named = urlsplit(f"//{host}")
        public = self._public
        assert public is not None
        if named.hostname in HERE:
            return True
        try:
            usual = 443 if public.scheme == "https" else 80
            same_port = (named.port or usual) == (public.port or usual)
        except ValueError:
            return False
        return same_port and (named.hostname or "").rstrip(".") == public.hostname


class OursOnly:
    """ASGI middleware that refuses them; sockets are refused at their gate."""

    def __init__(self, app: ASGIApp, hosts: Hosts) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._hosts.refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)
