"""What a token is for: a link comes in at the door and by programs, a cookie is its browser's; neither is the
other, in whatever place it is put."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.web.client import Client
from tests.web.http.test_devices import Browser, here, listed
from tests.web.http.test_entering import said
from tests.web.server import LiveServer
from tests.web.socket.test_door import turned_away
from webinar_server.web.http.links import terminal

HERE = "/api/sessions/s1/messages"
CALLS: dict[str, Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]] = {
    "me": lambda http: http.get("/api/me"),
    "read": lambda http: http.get(HERE),
    "renew a link": lambda http: http.post("/api/links", json={"person": "bob"}),
    "make a session": lambda http: http.post("/api/sessions", json={"session": "s9", "title": "Nine"}),
    "come in": lambda http: http.post("/api/enter", json={"as": "aaaaaaaaaa"}),
}


def machine(server: LiveServer, **headers: str) -> httpx.AsyncClient:
    """Another one than the browser's, with what was taken from it."""
    return httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False)


def as_cookie(token: str) -> dict[str, str]:
    return {"Cookie": f"webinar-aaaaaaaaaa={token}"}


async def came(server: LiveServer, role: Any) -> tuple[str, str, Client]:
    """Somebody who came in by their link: that, the cookie they have of it, and their page."""
    link = server.token("Ada", role)
    browser, _, page = await here(server, link)
    (cookie,) = browser.http.cookies.values()
    return link, cookie, page


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("role", ["attendee", "organiser"])
async def test_a_link_is_no_cookie(server: LiveServer, role: str, call: str) -> None:
    link, _, page = await came(server, role)
    async with machine(server, **as_cookie(link)) as http:
        answer = await CALLS[call](http)
    assert said(answer) == (401, "token.wrong") and "set-cookie" not in answer.headers
    assert len(listed(page)) == 1
    await page.alive()


async def test_a_link_as_a_cookie_opens_no_socket(server: LiveServer) -> None:
    headers = as_cookie(server.token("Anna", "host")) | {"Origin": server.url}
    assert await turned_away(server, headers=headers) == (401, "token.wrong")


async def test_a_link_as_a_cookie_leaves_for_nobody_and_does_not_hide_the_cookie_beside_it(
    server: LiveServer,
) -> None:
    link, cookie, page = await came(server, "attendee")
    both = {"Cookie": f"webinar-bbbbbbbbbb={cookie}; webinar-aaaaaaaaaa={link}"}
    async with machine(server, **both, Origin=server.url) as http:
        assert (await http.get("/api/me")).json()["you"]["name"] == "Ada"
        left = await http.post("/api/leave", json={"as": "aaaaaaaaaa"})
        assert left.status_code == 200 and "clear-site-data" not in left.headers
    await page.alive()


@pytest.mark.parametrize("call", CALLS)
async def test_a_cookie_is_no_bearer(server: LiveServer, call: str) -> None:
    _, cookie, page = await came(server, "organiser")
    async with machine(server, Authorization=f"Bearer {cookie}") as http:
        answer = await CALLS[call](http)
    assert said(answer) == (401, "token.cookie") and "set-cookie" not in answer.headers
    assert await turned_away(server, cookie) == (401, "token.cookie")
    await page.alive()


async def test_a_cookie_is_no_link_at_the_door_on_another_machine(server: LiveServer) -> None:
    _, cookie, page = await came(server, "host")
    for whose in (None, "mine", "another"):
        answer = await Browser(server).enter(token=cookie, whose=whose, profile={"name": "Ada"})
        assert said(answer) == (401, "token.cookie") and "set-cookie" not in answer.headers
    assert len(listed(page)) == 1


async def test_the_terminal_and_its_old_link_are_no_cookies_either(server: LiveServer) -> None:
    token = server.signer.sign(terminal())
    _, cookie, _ = await came(server, "attendee")
    async with machine(server, **as_cookie(token)) as http:
        assert said(await http.get("/api/me")) == (401, "token.wrong")
    async with machine(server, Authorization=f"Bearer {token}") as http:
        assert said(await http.post("/api/links", json={"token": cookie})) == (401, "token.cookie")
