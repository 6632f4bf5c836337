"""Hostile neighbours, and what they cost the others: counted in what is done for them, not in time."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx
import pytest

from tests.web.client import DEADLINE, until
from tests.web.server import TOPIC, LiveServer
from webinar_server import metrics
from webinar_server.limits import ENTERING, WAITING_BYTES
from webinar_server.serve import process as serve
from webinar_server.settings import Settings
from webinar_server.web.http.doorstep import Doorstep
from webinar_server.web.who import cookies
from webinar_server.web.who.tokens import Signer

LARGE = json.dumps({"op": "do", "ref": "r", "topic": TOPIC, "command": "say", "args": {"a": [[]] * 5_000}})


async def test_only_so_many_cookies_of_ours_are_looked_at(
    server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []
    read = Signer._read

    def counting(self: Signer, token: str) -> Any:
        looked_at.append(token)
        return read(self, token)

    monkeypatch.setattr(Signer, "_read", counting)
    rubbish = "; ".join(f"webinar-{number:04x}=a.b" for number in range(3_000))
    async with httpx.AsyncClient(trust_env=False) as client:
        for path in ("/api/me", "/live"):
            looked_at.clear()
            headers = {"Cookie": rubbish, "Origin": server.url}
            answer = await client.get(server.url + path, headers=headers)
            assert answer.status_code in (400, 401, 404, 426) and len(looked_at) <= cookies.IDENTITIES_READ
        # the newest stand last, and are found behind all the others
        mine = f"{rubbish}; webinar-abc={server.cookie('Ada')}"
        known = await client.get(f"{server.url}/api/me", headers={"Cookie": mine})
        assert known.json()["you"]["name"] == "Ada"


async def test_who_comes_in_loses_what_is_of_no_use_any_more(server: LiveServer) -> None:
    jar = {f"webinar-{number:02x}": server.cookie(f"Guest {number}", issued=number) for number in range(30)}
    jar |= {"webinar-ff": "of.yesterday", "elses": "kept"}
    line = "; ".join(f"{name}={value}" for name, value in jar.items())
    async with httpx.AsyncClient(trust_env=False) as client:
        body = {"token": server.token("Ada")}
        answer = await client.post(f"{server.url}/api/enter", json=body, headers={"Cookie": line})
    told = answer.headers.get_list("set-cookie")
    dropped = {cookie.partition("=")[0] for cookie in told if "Max-Age=0" in cookie}
    assert "webinar-ff" in dropped and "elses" not in dropped
    assert len(told) - len(dropped) == 1, "the new one"
    assert {"webinar-00", "webinar-0a"} <= dropped, "the oldest"
    assert len(jar) - 1 - len(dropped) <= cookies.IDENTITIES_KEPT


async def test_only_so_much_waits_behind_a_join(
    start: Callable[..., Any],
) -> None:
    server = await start(Settings(pace=False))
    mallory = await server.connected("Mallory")
    await mallory.send(op="join", topic=TOPIC, at=[2**53 - 1, "x"])
    for _ in range(WAITING_BYTES // len(LARGE) + 2):
        await mallory.raw(LARGE)
    assert (await mallory.ended())[0] == 4429
    assert metrics.EXCESS.labels("behind a join")._value.get() > 0
    ada = await server.joined("Ada")
    assert (await ada.do("say", text="nobody noticed"))["op"] == "done"


async def test_what_waits_is_done_in_its_order_and_rubbish_among_it_is_told(server: LiveServer) -> None:
    ada = await server.connected("Ada")
    ada.topic = TOPIC
    await ada.send(op="join", topic=TOPIC, at=[2**53 - 1, "x"])
    await ada.raw("{")
    one, two = (
        asyncio.ensure_future(ada.do("say", text="one")),
        asyncio.ensure_future(ada.do("say", text="two")),
    )
    assert (await one)["at"][0] < (await two)["at"][0]
    assert ada.errors == ["frame.malformed"]


async def deaf(server: LiveServer, path: str) -> socket.socket:
    """Somebody who asks for a file again and again, and reads nothing."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    connection.setblocking(False)
    loop, (host, _, port) = asyncio.get_running_loop(), server.url.removeprefix("http://").partition(":")
    await loop.sock_connect(connection, (host, int(port)))
    await loop.sock_sendall(connection, f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 200)
    return connection


async def test_who_does_not_read_their_answers_gives_way(
    start: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "Doorstep", partial(Doorstep, each=5))
    server = await start(Settings())
    exceeded = metrics.EXCESS.labels("connections of an address")._value
    async with httpx.AsyncClient(trust_env=False) as client:
        page = (await client.get(server.url)).text
    script = page.partition('src="')[2].partition('"')[0]
    before, guests = exceeded.get(), [await deaf(server, script) for _ in range(5)]
    for _ in range(3):
        async with httpx.AsyncClient(trust_env=False, timeout=DEADLINE) as client:
            assert (await client.get(f"{server.url}/api/address")).status_code == 200
    await until(lambda: exceeded.get() > before, "somebody gave way")
    for guest in guests:
        guest.close()


async def test_a_new_name_is_looked_at_so_often(start: Callable[..., Any]) -> None:
    server = await start(Settings())
    token = server.token("Ada")
    async with httpx.AsyncClient(trust_env=False) as client:
        answers = [
            await client.post(f"{server.url}/api/enter", json={"token": token, "profile": {"name": f"A{n}"}})
            for n in range(ENTERING.burst + 10)
        ]
    assert {answer.json().get("code") for answer in answers[-3:]} == {"pace.enter"}
    assert metrics.EXCESS.labels("entering")._value.get() > 0
