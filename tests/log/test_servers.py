"""Addresses: what each leads to, and what somebody is told who mistyped one."""

from __future__ import annotations

import pytest

from webinar_server.errors import StorageError
from webinar_server.log.servers import Cluster, One, Watched, servers


@pytest.mark.parametrize(
    ("url", "kind", "db", "publish"),
    [
        ("redis://127.0.0.1", One, 0, "PUBLISH"),
        ("redis://user:pass@127.0.0.1:6390/3", One, 3, "PUBLISH"),
        ("rediss://cache.example", One, 0, "PUBLISH"),
        ("redis://127.0.0.1?db=4", One, 4, "PUBLISH"),
        ("unix:///run/redis.sock", One, 0, "PUBLISH"),
        ("unix:///run/redis.sock?db=5", One, 5, "PUBLISH"),
        ("redis+cluster://a.example:7000,b.example", Cluster, 0, "SPUBLISH"),
        ("rediss+cluster://:pass@a.example", Cluster, 0, "SPUBLISH"),
        ("redis+sentinel://a.example,b.example:26380/webinar", Watched, 0, "PUBLISH"),
        ("redis+sentinel://a.example/webinar/2", Watched, 2, "PUBLISH"),
    ],
)
def test_an_address_leads_to(url: str, kind: type, db: int, publish: str) -> None:
    found = servers(url)
    assert isinstance(found, kind) and (found.db, found.publish) == (db, publish)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "does not begin with redis://"),
        ("127.0.0.1:6379", "does not begin with redis://"),
        ("http://127.0.0.1", "http:// is not known"),
        ("redis+other://a", "is not known"),
        ("redis://127.0.0.1/two", "'two' is no database number"),
        ("redis://127.0.0.1:port", "no Redis address"),
        ("redis+cluster://", "a host is missing"),
        ("redis+sentinel://a.example", "service's name is missing"),
    ],
)
def test_a_mistyped_address_is_told_with_the_forms_there_are(url: str, why: str) -> None:
    with pytest.raises(StorageError, match=why) as told:
        servers(url)
    assert "redis+sentinel://host:port" in str(told.value) and "\n" not in str(told.value)


@pytest.mark.parametrize(
    "url", ["redis://user:hunter2@127.0.0.1/two", "redis://127.0.0.1/two?password=hunter2"]
)
def test_no_password_is_ever_repeated(url: str) -> None:
    with pytest.raises(StorageError) as told:
        servers(url)
    assert "hunter2" not in str(told.value)
