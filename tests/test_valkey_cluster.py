"""The servers tests stand on: a Cluster that shares its slots, a Sentinel that finds another primary."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from contextlib import suppress

import pytest
from redis import RedisError
from redis.cluster import ClusterNode, RedisCluster

from tests.valkey_cluster import ValkeyCluster, ValkeySentinel, wait

WORDS = [f"word{number}" for number in range(30)]


@pytest.fixture
def cluster(tmp_path: pathlib.Path) -> Iterator[ValkeyCluster]:
    cluster = ValkeyCluster(tmp_path)
    yield cluster.start()
    cluster.kill()


@pytest.fixture
def watched(tmp_path: pathlib.Path) -> Iterator[ValkeySentinel]:
    watched = ValkeySentinel(tmp_path)
    yield watched.start()
    watched.kill()


def client(cluster: ValkeyCluster) -> RedisCluster:
    return RedisCluster(startup_nodes=[ClusterNode("127.0.0.1", node.port) for node in cluster.nodes])


def test_a_cluster_spreads_keys_over_its_nodes_and_keeps_them_when_all_are_killed(
    cluster: ValkeyCluster,
) -> None:
    with client(cluster) as before:
        for word in WORDS:
            before.set(word, word)
    held = []
    for node in cluster.nodes:
        with node.client() as one:
            held.append(one.dbsize())
    assert min(held) > 0 and sum(held) == len(WORDS)
    cluster.kill()
    cluster.start()
    with client(cluster) as after:
        assert [after.get(word) for word in WORDS] == [word.encode() for word in WORDS]


def test_sentinel_names_the_replica_once_the_primary_is_gone(watched: ValkeySentinel) -> None:
    with watched.primary.client() as primary:
        primary.set("kept", 1)
        assert primary.wait(1, 5000) == 1
    watched.primary.kill()
    watched.failed_over()
    assert watched.leader() == watched.replica.port

    def written() -> bool:
        with suppress(RedisError), watched.replica.client() as leader:
            return bool(leader.set("more", 1)) and leader.get("kept") == b"1"
        return False

    wait(written, "the new primary writes")
