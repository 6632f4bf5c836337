"""Several real Valkeys as one: a Cluster of three nodes, and a primary with a replica under Sentinel.

Both are on loopback, stand within a few seconds without a program besides the server, and end with the
process that started them, as every `Valkey` does.
"""

from __future__ import annotations

import pathlib
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from redis import RedisError

from tests.ports import free_port
from tests.valkey import DURABLE, READY_WITHIN, Valkey, binary

SLOTS = 16_384
NODE_TIMEOUT_MS = 2_000
DOWN_AFTER_MS = 1_000


class ValkeyCluster:
    """Nodes that share the slots, without replicas: while one is down, the topics of the others go on."""

    def __init__(self, folder: pathlib.Path, size: int = 3) -> None:
        self._buses = [free_port() for _ in range(size)]
        self.nodes = [
            Valkey(folder / f"node{number}", *DURABLE, *_cluster_options(bus))
            for number, bus in enumerate(self._buses)
        ]
        self._formed = False

    @property
    def url(self) -> str:
        return "redis+cluster://" + ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)

    def start(self) -> ValkeyCluster:
        for node in self.nodes:
            node.start()
        if not self._formed:
            self._form()
            self._formed = True
        self._agreed()
        return self

    def start_again(self, node: Valkey) -> None:
        """One that was killed; returns when all are one cluster again."""
        node.start()
        self._agreed()

    def kill(self) -> None:
        for node in self.nodes:
            node.kill()

    def stop(self) -> None:
        for node in self.nodes:
            node.stop()

    def _agreed(self) -> None:
        wait(lambda: all(self._agrees(node) for node in self.nodes), "one cluster")

    def _form(self) -> None:
        """What `redis-cli --cluster create` does: epochs, slots, acquaintance."""
        share = -(-SLOTS // len(self.nodes))
        first, first_bus = self.nodes[0], self._buses[0]
        for number, node in enumerate(self.nodes):
            lowest, highest = number * share, min((number + 1) * share, SLOTS) - 1
            with node.client() as client:
                client.execute_command("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
                client.execute_command("CLUSTER", "ADDSLOTSRANGE", lowest, highest)
                if node is not first:
                    client.execute_command("CLUSTER", "MEET", "127.0.0.1", first.port, first_bus)

    def _agrees(self, node: Valkey) -> bool:
        with suppress(RedisError, OSError), node.client() as client:
            told: Any = client.execute_command("CLUSTER", "INFO")
            info = _fields(told)
            return info["cluster_state"] == "ok" and info["cluster_known_nodes"] == str(len(self.nodes))
        return False


class ValkeySentinel:
    """A primary, a replica, and who watches them; a second after the primary is gone, the replica leads."""

    def __init__(self, folder: pathlib.Path, name: str = "webinar", watchers: int = 1) -> None:
        self.name = name
        self.primary = Valkey(folder / "primary", *DURABLE)
        follows = ("--replicaof", f"127.0.0.1 {self.primary.port}", "--repl-diskless-sync-delay", "0")
        self.replica = Valkey(folder / "replica", *DURABLE, *follows)
        self.sentinels = [
            _Sentinel(folder / f"sentinel{number}", name, self.primary.port, watchers // 2 + 1)
            for number in range(watchers)
        ]

    @property
    def url(self) -> str:
        return "redis+sentinel://" + ",".join(f"127.0.0.1:{s.port}" for s in self.sentinels) + f"/{self.name}"

    @property
    def servers(self) -> Sequence[Valkey]:
        return (self.primary, self.replica, *self.sentinels)

    def start(self) -> ValkeySentinel:
        # a sentinel asks for replicas each ten seconds, and first when it starts
        self.primary.start()
        with self.primary.client() as client:
            client.config_set("repl-diskless-sync-delay", 0)
        self.replica.start()
        wait(self._replica_follows, "a replica that follows")
        for sentinel in self.sentinels:
            sentinel.start()
        wait(
            lambda: all(self._watched_by(sentinel) for sentinel in self.sentinels), "sentinels that know all"
        )
        return self

    def leader(self) -> int:
        """The port of the server that Sentinel names as primary now."""
        with self.sentinels[0].client() as client:
            named: Any = client.execute_command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", self.name)
        return int(named[1])

    def failed_over(self) -> None:
        """Wait until another server than the first primary leads and accepts what is written."""
        wait(lambda: self.leader() != self.primary.port and _role(self.replica) == "master", "a new primary")

    def demoted(self) -> None:
        """Wait until the first primary, which lives, has been told to follow."""
        wait(lambda: _role(self.primary) == "slave", "a primary that follows")

    def kill(self) -> None:
        for server in self.servers:
            server.kill()

    def stop(self) -> None:
        for server in self.servers:
            server.stop()

    def _replica_follows(self) -> bool:
        with self.replica.client() as client:
            told: Any = client.info("replication")
        return bool(told["role"] == "slave" and told["master_link_status"] == "up")

    def _watched_by(self, sentinel: Valkey) -> bool:
        with sentinel.client() as client:
            told: Any = client.info("sentinel")
        seen = told["master0"]
        return bool(seen["slaves"] == 1 and seen["sentinels"] == len(self.sentinels))


class _Sentinel(Valkey):
    """The same program as a watcher; it writes what it learns into its own configuration."""

    def __init__(self, folder: pathlib.Path, name: str, primary: int, quorum: int) -> None:
        super().__init__(folder)
        self._watch = (
            f"sentinel monitor {name} 127.0.0.1 {primary} {quorum}",
            f"sentinel down-after-milliseconds {name} {DOWN_AFTER_MS}",
            f"sentinel failover-timeout {name} 5000",
        )

    def _command(self) -> list[str]:
        configuration = self.folder / "sentinel.conf"
        if not configuration.exists():
            lines = (f"port {self.port}", "bind 127.0.0.1", f"dir {self.folder}", *self._watch)
            configuration.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return [binary(), str(configuration), "--sentinel"]


def wait(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not holds():
        if time.monotonic() > deadline:
            raise RuntimeError(f"still not: {what}")
        time.sleep(0.02)


def _cluster_options(bus: int) -> tuple[str, ...]:
    pairs = {
        "enabled": "yes",
        "port": str(bus),
        "node-timeout": str(NODE_TIMEOUT_MS),
        "require-full-coverage": "no",
    }
    return tuple(word for name, value in pairs.items() for word in (f"--cluster-{name}", value))


def _fields(told: Any) -> dict[str, str]:
    text = told.decode() if isinstance(told, bytes) else str(told)
    return (
        dict(line.split(":", 1) for line in text.split("\r\n") if ":" in line) if ":" in text else dict(told)
    )


def _role(server: Valkey) -> str:
    with suppress(RedisError, OSError), server.client() as client:
        told: Any = client.info("replication")
        return str(told["role"])
    return ""
