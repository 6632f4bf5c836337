"""Site: under which address people reach this server, and through whose hands."""

from __future__ import annotations

from typing import NamedTuple

from webinar_server.web.who.visitors import Proxies


class Site(NamedTuple):
    """`public_url` is where people reach it, if not directly; `proxies` are those whose word it takes for the
    addresses that they come from."""

    public_url: str | None = None
    proxies: Proxies = Proxies()
