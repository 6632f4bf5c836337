"""Under which name a page is asked for, and what browsers are told and report."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.web.raw import request, told
from tests.web.server import LiveServer
from webinar_server import metrics
from webinar_server.limits import REPORTS
from webinar_server.settings import Settings

PUBLIC = "https://live.example.org"


async def status(server: LiveServer, path: str, host: str) -> int:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(server.url + path, headers={"Host": host}, follow_redirects=False)
    assert "evil" not in str(answer.headers)
    return answer.status_code


@pytest.mark.parametrize(
    "path", ["/", "/session/s1", "/session/s1/", "/host/s1", "/stage/s1", "/api/me", "/live", "/nothing"]
)
async def test_a_foreign_name_gets_nothing(start: Callable[..., Any], path: str) -> None:
    server = await start(public_url=PUBLIC)
    for host in (
        "evil.example",
        "live.example.org.evil.example",
        "live.example.org:8443",
        "xlive.example.org",
    ):
        assert await status(server, path, host) == 421, host
    for host in (
        "live.example.org",
        "LIVE.example.org:443",
        "live.example.org.",
        "127.0.0.1:8000",
        "[::1]:1",
    ):
        assert await status(server, path, host) != 421, host


async def test_a_socket_under_a_foreign_name_is_answered_with_what_to_do(start: Callable[..., Any]) -> None:
    server = await start(public_url=PUBLIC)
    upgrade = ("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13")
    key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    answer, body = await told(server, request("GET /live HTTP/1.1", *upgrade, key, host="Host: evil.example"))
    assert (answer, body["code"]) == (421, "host.foreign") and PUBLIC in body["text"]


async def test_health_is_asked_under_any_name(start: Callable[..., Any]) -> None:
    server = await start(public_url=PUBLIC)
    assert [await status(server, path, "10.1.2.3:8000") for path in ("/livez", "/readyz")] == [200, 200]


async def test_without_a_public_address_any_name_will_do(server: LiveServer) -> None:
    assert await status(server, "/session/s1", "mission.local:8000") == 200


async def test_browsers_keep_to_https_where_the_public_address_is(start: Callable[..., Any]) -> None:
    secure, plain = await start(public_url=PUBLIC), await start()
    async with httpx.AsyncClient(trust_env=False, headers={"Host": "localhost"}) as client:
        for path in ("/", "/session/none", "/api/me", "/livez"):
            promised = (await client.get(secure.url + path)).headers["strict-transport-security"]
            assert promised == "max-age=31536000"
        page = (await client.get(secure.url)).text
        script = page.partition('src="')[2].partition('"')[0]
        assert "strict-transport-security" in (await client.get(secure.url + script)).headers
        assert "strict-transport-security" not in (await client.get(plain.url)).headers


async def test_reports_are_counted_by_directive_and_kept_nowhere(
    start: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    server = await start(Settings())

    def counted() -> dict[str, float]:
        (family,) = metrics.POLICY_VIOLATIONS.collect()
        return {one.labels["directive"]: one.value for one in family.samples}

    old = {"csp-report": {"effective-directive": "script-src-elem", "blocked-uri": "https://secret.example"}}
    new = [{"type": "csp-violation", "body": {"effectiveDirective": "img-src"}}, {"body": 1}, 7]
    before = counted()
    async with httpx.AsyncClient(trust_env=False) as client:
        for body in (json.dumps(old), json.dumps(new), "{", "[" * 60_000, json.dumps({"body": "invented"})):
            answer = await client.post(f"{server.url}/api/csp", content=body)
            assert (answer.status_code, answer.content) == (204, b"")
        grown = {name: value - before.get(name, 0) for name, value in counted().items()}
        assert {name: value for name, value in grown.items() if value} == {
            "script-src": 1,
            "img-src": 1,
            "other": 3,
            "unreadable": 2,
        }
        for _ in range(REPORTS.burst + 5):
            await client.post(f"{server.url}/api/csp", content=json.dumps(old))
    assert counted()["script-src"] - before.get("script-src", 0) < REPORTS.burst
    assert "secret.example" not in caplog.text
