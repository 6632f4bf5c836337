"""From where somebody comes: the peer, or who a trusted proxy says it is; and who is kept out by whom."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.web.process import fails
from tests.web.server import LiveServer
from webinar_server import metrics
from webinar_server.clock import monotonic
from webinar_server.limits import BAD_TOKEN, HANDSHAKE_EACH, Rate
from webinar_server.serve.doctor import judge_visitors
from webinar_server.settings import Settings
from webinar_server.web.who.visitors import Proxies, visitor

PROXIES = Proxies(("10.0.0.0/8", "fd00::/8", "127.0.0.1"))
THROUGH = ("127.0.0.1",)
NAME = "handshakes of a person"


@pytest.mark.parametrize(
    ("peer", "lines", "found"),
    [
        ("192.0.2.1", {}, "192.0.2.1"),
        ("192.0.2.1", {"x-forwarded-for": "198.51.100.7"}, "192.0.2.1"),
        ("10.0.0.1", {}, "10.0.0.1"),
        ("10.0.0.1", {"x-forwarded-for": "198.51.100.7"}, "198.51.100.7"),
        ("10.0.0.1", {"x-real-ip": "198.51.100.7"}, "198.51.100.7"),
        ("10.0.0.1", {"forwarded": "for=198.51.100.7;proto=https"}, "198.51.100.7"),
        ("10.0.0.1", {"forwarded": 'proto=https; For="[2001:db8:1:2:3::4]:4711"'}, "2001:db8:1:2::/64"),
        # what the visitor invented stands before what the proxy saw
        ("10.0.0.1", {"x-forwarded-for": "203.0.113.9, 198.51.100.7"}, "198.51.100.7"),
        ("10.0.0.1", {"forwarded": "for=203.0.113.9, for=198.51.100.7"}, "198.51.100.7"),
        ("10.0.0.1", {"forwarded": 'for="203.0.113.9, for=1.1.1.1", for=198.51.100.7'}, "198.51.100.7"),
        # proxies in a row, and what cannot be read: the last who is known
        ("10.0.0.1", {"x-forwarded-for": "198.51.100.7, 10.9.9.9"}, "198.51.100.7"),
        ("10.0.0.1", {"x-forwarded-for": "198.51.100.7, unknown, 10.9.9.9"}, "10.9.9.9"),
        ("10.0.0.1", {"forwarded": "for=_hidden"}, "10.0.0.1"),
        ("10.0.0.1", {"forwarded": 'for="198.51.100.7'}, "10.0.0.1"),
        ("10.0.0.1", {"x-forwarded-for": "rubbish"}, "10.0.0.1"),
        ("10.0.0.1", {"x-forwarded-for": ", ,"}, "10.0.0.1"),
        # told in two ways: neither
        ("10.0.0.1", {"x-forwarded-for": "198.51.100.7", "x-real-ip": "198.51.100.7"}, "198.51.100.7"),
        ("10.0.0.1", {"x-forwarded-for": "198.51.100.7", "forwarded": "for=203.0.113.9"}, "10.0.0.1"),
        # one house, however it counts its rooms; and an old address in new clothes
        ("2001:db8:1:2:aaaa::1", {}, "2001:db8:1:2::/64"),
        ("::ffff:10.0.0.1", {"x-forwarded-for": "::ffff:198.51.100.7"}, "198.51.100.7"),
        ("fd00::1", {"x-forwarded-for": "198.51.100.7:4711"}, "198.51.100.7"),
        ("", {}, ""),
    ],
)
def test_the_visitor_is_the_first_that_no_trusted_proxy_is(
    peer: str, lines: dict[str, str], found: str
) -> None:
    assert visitor(peer, [(name.encode(), value.encode()) for name, value in lines.items()], PROXIES) == found


def test_lines_of_one_name_are_one_chain() -> None:
    lines = [(b"x-forwarded-for", b"203.0.113.9"), (b"x-forwarded-for", b"198.51.100.7, 10.1.1.1")]
    assert visitor("10.0.0.1", lines, PROXIES) == "198.51.100.7"


def test_a_proxy_that_is_no_address_is_refused_at_the_start(tmp_path: Any) -> None:
    for wrong in ("proxy.example.org", "10.0.0.1/33", "10.0.0.1/8"):
        assert "--trusted-proxy" in fails("serve", "--trusted-proxy", wrong, "--data", tmp_path)
    assert "--trusted-proxy" in fails("serve", "--data", tmp_path, WEBINAR_TRUSTED_PROXY="10.0.0.1,x")


async def asked(server: LiveServer, path: str = "/api/address", **lines: str) -> Any:
    headers = {name.replace("_", "-"): value for name, value in lines.items()}
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.get(server.url + path, headers=headers)).json()


async def test_who_asks_is_told_from_where_and_the_doctor_judges_it(start: Callable[..., Any]) -> None:
    alone, behind = await start(), await start(proxies=THROUGH)
    assert await asked(alone) == {"address": "127.0.0.1", "proxy": False}
    ignored = await asked(alone, x_forwarded_for="198.51.100.7")
    assert ignored == {"address": "127.0.0.1", "proxy": False, "ignored": "127.0.0.1"}
    believed = await asked(behind, x_forwarded_for="198.51.100.7")
    assert believed == {"address": "198.51.100.7", "proxy": True}
    assert "--trusted-proxy 127.0.0.1" in judge_visitors(ignored, behind_proxy=True).text
    assert judge_visitors(believed, behind_proxy=True).level == "OK"
    silent = judge_visitors(await asked(behind), behind_proxy=True)
    assert silent.level == "WARN" and "X-Forwarded-For" in silent.text
    assert judge_visitors(await asked(alone), behind_proxy=False).level == "OK"


async def opened(server: LiveServer, token: str, address: str) -> int:
    """The status that a handshake is answered with."""
    client = server.client(token, headers={"X-Forwarded-For": address})
    try:
        await client.open()
    except InvalidStatus as refused:
        return refused.response.status_code
    await client.close()
    return 101


async def test_one_who_comes_too_often_keeps_nobody_of_their_address_out(
    start: Callable[..., Any],
) -> None:
    server = await start(Settings())
    hostile = server.token("Mallory", id="mallory")
    assert await opened(server, hostile, "") == 101
    # as if it had come for a minute already, which a slow machine takes longer for
    server.hub.worker.pace.spend("mallory", NAME, HANDSHAKE_EACH, 4 * HANDSHAKE_EACH.burst, monotonic())
    before = metrics.EXCESS.labels(NAME)._value.get()

    async def comes(number: int) -> int:
        return await opened(server, server.token(f"Guest {number}"), "")

    # 150 people of the same company, all at once, while it goes on
    all_came = asyncio.gather(*(comes(number) for number in range(150)))
    meanwhile = [await opened(server, hostile, "") for _ in range(20)]
    assert await all_came == [101] * 150 and meanwhile == [429] * 20
    assert metrics.EXCESS.labels(NAME)._value.get() - before == 20


async def test_handshakes_of_a_person_are_counted_before_their_addresses(start: Callable[..., Any]) -> None:
    server = await start(Settings())
    now = monotonic()
    assert await opened(server, server.token("Ada", id="ada"), "") == 101
    pace, one = server.hub.worker.pace, Rate(HANDSHAKE_EACH.each, 1)
    assert pace.wait("ada", NAME, one, now) and pace.wait("127.0.0.1", "handshakes", Rate(60.0, 1), now)
    pace.spend("ada", NAME, HANDSHAKE_EACH, 4 * HANDSHAKE_EACH.burst, now)
    counted = pace.wait("127.0.0.1", "handshakes", Rate(60.0, 1), now)
    assert await opened(server, server.token("Ada", id="ada"), "") == 429
    assert pace.wait("127.0.0.1", "handshakes", Rate(60.0, 1), now) == counted


@pytest.mark.parametrize("call", ["/api/me", "/api/sessions/s1/join"])
async def test_a_program_that_tries_tokens_is_slowed_down_wherever_and_an_office_without_any_is_not(
    start: Callable[..., Any], call: str
) -> None:
    server = await start(Settings())
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as client:
        new = [(await client.get(call)).status_code for _ in range(2 * BAD_TOKEN.burst)]
        forged = {"Authorization": "Bearer forged"}
        tried = [(await client.get(call, headers=forged)).status_code for _ in range(2 * BAD_TOKEN.burst)]
    assert set(new) == {401} and tried[0] == 401 and 429 in tried


async def test_behind_a_trusted_proxy_addresses_count_apart(start: Callable[..., Any]) -> None:
    server = await start(Settings(), proxies=THROUGH)
    answers = [await opened(server, "forged", "198.51.100.7") for _ in range(BAD_TOKEN.burst + 5)]
    assert set(answers[: BAD_TOKEN.burst]) == {401} and answers[-1] == 429
    # the neighbour, and who invents neighbours before the address that the proxy saw
    assert await opened(server, "forged", "198.51.100.8") == 401
    assert await opened(server, "forged", "203.0.113.1, 198.51.100.7") == 429
