"""Visitors: the address that somebody comes from, which limits per address count.

It is the peer's, unless that is a proxy the operator named (`--trusted-proxy`): then what the proxy says it
is, by `Forwarded` (RFC 7239), `X-Forwarded-For` or `X-Real-IP`. Each proxy in a row adds behind what it got,
so a chain is read from its end, and the first that is no trusted proxy is the visitor; whatever stands before
it may be a visitor's invention. What cannot be read, or is told in two ways, is not believed at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from webinar_server.errors import StorageError
from webinar_server.seldom import seldom

Address = IPv4Address | IPv6Address

IPV6_HOUSE = 64
"""Bits of an IPv6 address that tell a house or company (RFC 6177); the rest it may change at will."""

HOPS_MAX = 16
"""Addresses of a chain that are looked at, from its end."""

TELLING = (b"forwarded", b"x-forwarded-for", b"x-real-ip")

_PAIR = re.compile(r'\s*([!#$%&\'*+.^_`|~0-9A-Za-z-]+)=("(?:[^"\\]|\\.)*"|[^\s",;]*)\s*')
_PORT = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([0-9.]+))(?::(?:[0-9]{1,5}|_[0-9A-Za-z._-]+))?")
"""A node of RFC 7239, section 6, but those that hide who it is."""


class Proxies:
    """The proxies whose word is taken for whom they ask. `named` are addresses or networks, like 10.0.0.0/8.

    Raises StorageError for what is neither.
    """

    def __init__(self, named: Sequence[str] = ()) -> None:
        try:
            self._networks = [ip_network(name) for name in named]
        except ValueError:
            raise StorageError(
                "--trusted-proxy takes the addresses of proxies, or their networks, like 127.0.0.1 or "
                "172.16.0.0/12, with commas between several"
            ) from None

    def __contains__(self, address: Address) -> bool:
        return any(address in network for network in self._networks)

    def trusts(self, peer: str) -> bool:
        address = _read(peer)
        return address is not None and address in self


class Visitors:
    """ASGI middleware: `client` of a request becomes its visitor's address; the connection's own is kept as
    `state["peer"]`."""

    def __init__(self, app: ASGIApp, proxies: Proxies) -> None:
        self._app = app
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # a socket's was found at its gate, before there was anything to pass through here
        client = scope.get("client") if scope["type"] == "http" else None
        if client:
            scope.setdefault("state", {})["peer"] = client[0]
            scope["client"] = (visitor(client[0], scope["headers"], self._proxies), client[1])
        await self._app(scope, receive, send)


def visitor(peer: str, lines: Sequence[tuple[bytes, bytes]], proxies: Proxies) -> str:
    """Whom limits count: the visitor's address, of IPv6 the house's network."""
    address = _read(peer)
    if address is None:
        return peer
    if address in proxies:
        address = _visitor(address, lines, proxies)
    return house(address)


def address_of(request: HTTPConnection) -> str:
    """Of who asks, as `Visitors` found it."""
    return request.client.host if request.client else ""


def house(address: Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Network((address, IPV6_HOUSE), strict=False))


def _visitor(peer: Address, lines: Sequence[tuple[bytes, bytes]], proxies: Proxies) -> Address:
    told = {name: ",".join(_values(lines, name)) for name in TELLING if any(_values(lines, name))}
    chains = [_forwarded(told[name]) if name == b"forwarded" else told[name].split(",") for name in told]
    found = {_first_stranger(peer, chain, proxies) for chain in chains}
    if len(found) > 1:
        # one of them came from the visitor, and the proxy passed it on; nobody can say which
        seldom.warning("a trusted proxy says in two ways for whom it asks; have it send one line only")
        return peer
    return found.pop() if found else peer


def _values(lines: Sequence[tuple[bytes, bytes]], name: bytes) -> Iterator[str]:
    return (value.decode("latin-1") for line, value in lines if line == name and value.strip())


def _first_stranger(peer: Address, chain: list[str], proxies: Proxies) -> Address:
    nearest = peer
    for node in reversed(chain[-HOPS_MAX:]):
        address = _read(node)
        if address is None:
            break
        nearest = address
        if address not in proxies:
            break
    return nearest


def _forwarded(value: str) -> list[str]:
    """The `for` of each element (RFC 7239, section 4), of its last where a line cannot be read on."""
    nodes: list[str] = []
    node, at = "", 0
    while pair := _PAIR.match(value, at):
        if pair[1].lower() == "for":
            node = pair[2].strip('"').replace("\\", "")
        at = pair.end()
        if value[at : at + 1] == ",":
            nodes, node = [*nodes, node], ""
        at += 1
    return [*nodes, node if at >= len(value) else ""]


def _read(node: str) -> Address | None:
    node = node.strip()
    parts = _PORT.fullmatch(node)
    try:
        address = ip_address((parts[1] or parts[2]) if parts else node.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
