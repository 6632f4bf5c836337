"""Servers: where a Redis address leads — one server, Sentinels that know it, or a cluster — and how to ask.

A `Servers` makes clients: one for commands, and one for each server that channels are heard from. None of
them retries by itself: whether a call may be repeated is decided above.
"""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias

from redis.asyncio import Redis, RedisCluster, Sentinel
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from webinar_server.errors import StorageError
from webinar_server.log.redis.address import Address, Node, read

ANSWER_S = 2.0
"""Seconds a server has to answer; a half-open connection is noticed by then."""

CONNECT_S = 1.5
CONNECTIONS_MAX = 64

Client: TypeAlias = "Redis | RedisCluster"

ALONE: Node = ("", 0)
"""The server that a channel is heard from, where there is but one."""


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

    def __init__(self, address: Address) -> None:
        self.db = address.db
        if address.kind == "socket":
            self._where: dict[str, Any] = {"unix_socket_path": address.path}
        else:
            self._where = dict(zip(("host", "port"), address.nodes[0], strict=True))
        self._login = {**address.login, **address.tls}

    def commands(self) -> Client:
        return self._client(max_connections=CONNECTIONS_MAX)

    async def home(self, commands: Client, channel: str) -> Node:
        return ALONE

    def hearing(self, node: Node) -> Redis:
        return self._client()

    def _client(self, **more: Any) -> Redis:
        return Redis(db=self.db, **self._where, **_options(**self._login, **more))


class Watched:
    """The primary that Sentinels agree on, asked for anew at every connection."""

    publish = "PUBLISH"

    def __init__(self, address: Address) -> None:
        self.db = address.db
        self._service = address.service
        self._login: dict[str, Any] = {**address.login, **address.tls}
        self._sentinel = Sentinel(  # type: ignore[no-untyped-call]
            list(address.nodes), sentinel_kwargs=_options(), **_options()
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

    def __init__(self, address: Address) -> None:
        self._nodes = address.nodes
        self._login: dict[str, Any] = {**address.login, **address.tls}

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
    """What an address leads to. Raises StorageError with the forms there are, and nothing of the address."""
    address = read(url)
    if address.kind == "cluster":
        return Cluster(address)
    return Watched(address) if address.kind == "sentinel" else One(address)


def _options(**more: Any) -> dict[str, Any]:
    return {
        "socket_timeout": ANSWER_S,
        "socket_connect_timeout": CONNECT_S,
        "socket_keepalive": True,
        "retry": Retry(NoBackoff(), 0),
        "protocol": 2,
        **more,
    }
