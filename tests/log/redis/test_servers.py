"""Addresses: what each leads to, and what somebody is told who mistyped one."""

from __future__ import annotations

import pytest

from webinar_server.errors import StorageError
from webinar_server.log.redis.servers import Cluster, One, Watched, servers


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
        ("http://127.0.0.1", "what stands before :// is not known"),
        ("redis+other://a", "is not known"),
        ("redis://127.0.0.1/two", "the database is no number"),
        ("redis://127.0.0.1:port", "more than : and a port"),
        ("redis://127.0.0.1:65536", "more than : and a port"),
        ("redis://", "a host is missing"),
        ("redis://a.example,b.example", "a host is missing"),
        ("redis://:a/b@127.0.0.1", "before its @"),
        ("redis://:a#b@127.0.0.1", "before its @"),
        ("redis://:a b@127.0.0.1", "white space"),
        ("redis://127.0.0.1?colour=red", "is not known"),
        ("redis://127.0.0.1?ssl_certfile=x", "only with TLS"),
        ("rediss://127.0.0.1?ssl_cert_reqs=maybe", "required, optional or none"),
        ("redis://127.0.0.1/٣", "the database is no number"),
        ("unix://run/redis.sock", "is followed by a path"),
        ("redis+cluster://", "a host is missing"),
        ("redis+sentinel://a.example", "service's name is missing"),
    ],
)
def test_a_mistyped_address_is_told_with_the_forms_there_are(url: str, why: str) -> None:
    with pytest.raises(StorageError, match=why) as told:
        servers(url)
    assert "redis+sentinel://host:port" in str(told.value) and "\n" not in str(told.value)


def test_what_is_percent_encoded_reaches_the_library_as_it_was_meant() -> None:
    client = servers("redis://us%3Aer:p%40%2Fss%23%3F@[::1]:6390/3").commands()
    told = client.connection_pool.connection_kwargs  # type: ignore[union-attr]
    assert (told["username"], told["password"]) == ("us:er", "p@/ss#?")
    assert (told["host"], told["port"], told["db"]) == ("::1", 6390, 3)


def test_the_socket_and_tls_have_their_options() -> None:
    file = servers("unix:///run/redis.sock?db=5&password=p%40ss").commands()
    told = file.connection_pool.connection_kwargs  # type: ignore[union-attr]
    assert (told["path"], told["password"], told["db"]) == ("/run/redis.sock", "p@ss", 5)
    tls = servers("rediss://a.example?ssl_ca_certs=/ca.pem&ssl_check_hostname=false").commands()
    told = tls.connection_pool.connection_kwargs  # type: ignore[union-attr]
    assert (told["ssl_ca_certs"], told["ssl_check_hostname"]) == ("/ca.pem", False)
