"""Servers: where a Redis address leads — one server, Sentinels that know it, or a cluster — and how to ask.

A `Servers` makes clients: one for commands, and one for each server that channels are heard from. None of
them retries by itself: whether a call may be repeated is decided above.
"""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias
from urllib.parse import parse_qs, unquote, urlsplit

from redis.asyncio import Redis, RedisCluster, Sentinel
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from webinar_server.errors import StorageError

ANSWER_S = 2.0
"""Seconds a server has to answer; a half-open connection is noticed by then."""

CONNECT_S = 1.5
CONNECTIONS_MAX = 64
FORMS = (
    "redis://[user:password@]host:6379[/db], rediss://… with TLS, unix:///path, "
    "redis+cluster://host:port,host:port or redis+sentinel://host:port,host:port/service[/db]"
)

Client: TypeAlias = "Redis | RedisCluster"
Node: TypeAlias = tuple[str, int]
"""A server that a channel is heard from."""

ALONE: Node = ("", 0)


class Servers(Protocol):
    """How to reach what an address leads to."""

    db: int
    publish: str
    """The command that tells a channel: PUBLISH, or SPUBLISH where channels are sharded."""

    def commands(self) -> Client:
        """A client for commands; it connects when first used."""

    async def home(self, commands: Client, channel: str) -> Node:
        """The server a channel is heard from."""
        ...

    def hearing(self, node: Node) -> Redis:
        """A client to hear channels of one server."""


class One:
    """One server, by TCP, TLS or a socket file."""

    publish = "PUBLISH"

    def __init__(self, url: str, db: int) -> None:
        self.db = db
        self._url = url

    def commands(self) -> Client:
        client: Redis = Redis.from_url(self._url, **_options(max_connections=CONNECTIONS_MAX))
        return client

    async def home(self, commands: Client, channel: str) -> Node:
        return ALONE

    def hearing(self, node: Node) -> Redis:
        client: Redis = Redis.from_url(self._url, **_options())
        return client


class Watched:
    """The primary that Sentinels agree on, asked for anew at every connection."""

    publish = "PUBLISH"

    def __init__(self, nodes: list[Node], service: str, db: int, login: dict[str, Any]) -> None:
        self.db = db
        self._service = service
        self._login = login
        self._sentinel = Sentinel(  # type: ignore[no-untyped-call]
            nodes, sentinel_kwargs=_options(), **_options()
        )

    def commands(self) -> Client:
        return self._primary(max_connections=CONNECTIONS_MAX)

    async def home(self, commands: Client, channel: str) -> Node:
        return ALONE

    def hearing(self, node: Node) -> Redis:
        return self._primary()

    def _primary(self, **more: Any) -> Redis:
        client: Redis = self._sentinel.master_for(self._service, db=self.db, **self._login, **more)
        return client


class Cluster:
    """Many primaries, each with its share of the topics; channels are sharded with them."""

    publish = "SPUBLISH"
    db = 0

    def __init__(self, nodes: list[Node], login: dict[str, Any]) -> None:
        self._nodes = nodes
        self._login = login

    def commands(self) -> Client:
        nodes = [ClusterNode(host, port) for host, port in self._nodes]
        return RedisCluster(
            startup_nodes=nodes,
            max_connections=CONNECTIONS_MAX,
            **_options(),
            **self._login,
        )

    async def home(self, commands: Client, channel: str) -> Node:
        assert isinstance(commands, RedisCluster)
        await commands.initialize()
        node = commands.get_node_from_key(channel)
        if node is None:
            raise StorageError("the Redis cluster has slots that no server serves; look at CLUSTER INFO")
        return node.host, int(node.port)

    def hearing(self, node: Node) -> Redis:
        return Redis(host=node[0], port=node[1], **_options(), **self._login)


def servers(url: str) -> Servers:
    """What an address leads to. Raises StorageError with the forms there are."""
    try:
        return _servers(url)
    except ValueError as error:
        raise StorageError(f"{_without_password(url)} is no Redis address ({error}); give {FORMS}") from None


def _servers(url: str) -> Servers:
    parts = urlsplit(url)
    asked = parse_qs(parts.query).get("db", [""])[0]
    if parts.scheme in ("redis", "rediss"):
        parts.port  # noqa: B018 - reading it checks it
        return One(url, _db(asked or parts.path))
    if parts.scheme == "unix":
        return One(url, _db(asked))
    kind, _, what = parts.scheme.partition("+")
    if kind not in ("redis", "rediss") or what not in ("cluster", "sentinel"):
        raise ValueError(
            f"{parts.scheme}:// is not known" if "://" in url else "it does not begin with redis://"
        )
    login = _login(parts.netloc, tls=kind == "rediss")
    hosts = parts.netloc.rpartition("@")[2]
    if what == "cluster":
        return Cluster(_nodes(hosts, 6379), login)
    service, _, db = parts.path.strip("/").partition("/")
    if not service:
        raise ValueError("the service's name is missing")
    return Watched(_nodes(hosts, 26379), service, _db(db), login)


def _nodes(hosts: str, standard: int) -> list[Node]:
    nodes = []
    for host in hosts.split(","):
        place = urlsplit(f"//{host}")
        if not place.hostname:
            raise ValueError("a host is missing")
        nodes.append((place.hostname, place.port or standard))
    return nodes


def _login(netloc: str, tls: bool) -> dict[str, Any]:
    user, _, password = netloc.rpartition("@")[0].partition(":")
    named = {"username": unquote(user) or None, "password": unquote(password) or None, "ssl": tls}
    return {name: value for name, value in named.items() if value}


def _db(path: str) -> int:
    number = path.strip("/") or "0"
    if not number.isdigit():
        raise ValueError(f"{number!r} is no database number")
    return int(number)


def _without_password(url: str) -> str:
    """The address as far as it may be repeated: a password may stand before the @ or behind the ?."""
    before, at, after = url.partition("?")[0].rpartition("@")
    return f"{before.partition('://')[0]}://…{at}{after}" if at else after


def _options(**more: Any) -> dict[str, Any]:
    return {
        "socket_timeout": ANSWER_S,
        "socket_connect_timeout": CONNECT_S,
        "socket_keepalive": True,
        "retry": Retry(NoBackoff(), 0),
        "protocol": 2,
        **more,
    }
