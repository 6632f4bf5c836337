"""Older records over HTTP: to whom they are told, how many, how often; as the socket would tell them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.web.client import Client
from tests.web.server import LiveServer
from webinar_server.clock import monotonic
from webinar_server.limits import JOIN_BYTES, JOINS_AHEAD, PAGES
from webinar_server.session import SESSION
from webinar_server.settings import Settings
from webinar_server.state import Window

PATH = "/api/sessions/s1/messages"


@pytest.fixture(autouse=True)
def small_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SESSION.kinds.windows, "message", Window("at", 3, 50))


async def get(server: LiveServer, token: str | None, path: str = PATH, **asked: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    headers |= asked.pop("headers", {})
    async with httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False) as browser:
        return await browser.get(path, params=asked)


def said(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def talked(server: LiveServer, count: int = 8) -> tuple[Client, str, list[str]]:
    """Somebody in the session, their token, and what they said."""
    token = server.token("Ada", id="ada")
    ada = await server.client(token).open()
    await ada.join("session/s1")
    return ada, token, [(await ada.do("say", text=f"line {n}"))["result"]["id"] for n in range(count)]


async def test_who_joins_late_pages_to_what_others_saw(server: LiveServer) -> None:
    ada, _, ids = await talked(server)
    token = server.token("Bob", id="bob")
    bob = await server.client(token).open()
    await bob.join("session/s1")
    assert list(bob.screen.of("message")) == ids[-3:] and bob.screen.begins["message"][1] == ids[-3]
    while begins := bob.screen.begins.get("message"):
        answer = await get(server, token, before=begins[1], count=2, at=bob.screen.at[0])  # type: ignore[index]
        assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
        bob.screen.turn_back(answer.json(), "message")
    assert list(bob.screen.of("message")) == ids and bob.screen.of("message") == ada.screen.of("message")
    # and what becomes of them is told like everything
    host = await server.joined("Hal", "host")
    await host.do("hide", message=ids[0])
    await bob.until(lambda: ids[0] not in bob.screen.of("message"))
    await ada.close(), await bob.close()


async def test_pages_are_for_those_who_may_follow_the_session(server: LiveServer) -> None:
    ada, token, _ = await talked(server, 1)
    await server.add_session("s2")
    assert said(await get(server, None)) == (401, "token.missing")
    assert said(await get(server, "x")) == (401, "token.wrong")
    assert said(await get(server, token, "/api/sessions/s2/messages")) == (403, "topic.forbidden")
    assert said(await get(server, server.token(session="gone"), "/api/sessions/gone/messages")) == (
        404,
        "topic.unknown",
    )
    foreign = await get(server, token, headers={"Origin": "https://elsewhere.example"})
    assert said(foreign) == (403, "origin.foreign")
    host = await server.joined("Hal", "host")
    await host.do("remove", person="ada", reason="")
    assert said(await get(server, token)) == (403, "person.removed")
    stage = await get(server, server.token("Stage", "stage"))
    assert stage.json()["put"] == {"message": {}}, "a screen sees none of it"
    await ada.close()


async def test_what_is_asked_wrongly_is_refused(server: LiveServer) -> None:
    ada, token, ids = await talked(server, 1)
    assert said(await get(server, token, before="none")) == (404, "message.unknown")
    for wrong in ({"count": "-1"}, {"count": "x"}, {"at": "9" * 30}, {"at": "٣"}, {"count": ""}):
        assert said(await get(server, token, **wrong)) == (400, "query.malformed")
    assert list((await get(server, token, count=500)).json()["put"]["message"]) == ids
    await ada.close()


async def test_what_is_older_than_one_has_seen_is_not_told(start: Callable[..., Any]) -> None:
    server = await start(Settings())
    ada, token, _ = await talked(server, 1)
    ahead = server.state().position.seq + 1_000
    answers = [said(await get(server, token, at=ahead)) for _ in range(JOINS_AHEAD.burst + 5)]
    assert answers[0] == (409, "position.ahead") and answers[-1] == (429, "pace.pages")
    assert (await get(server, token, at=server.state().position.seq)).status_code == 200
    await ada.close()


async def test_pages_are_paced_and_their_bytes_are_counted_with_those_of_joins(
    start: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = await start(Settings())
    ada, token, _ = await talked(server, 3)
    pace, spent = server.hub.worker.pace, []
    spend = pace.spend
    monkeypatch.setattr(pace, "spend", lambda *given: spent.append(given) or spend(*given))
    page = await get(server, token)
    assert [(who, what, amount) for who, what, _, amount, _ in spent] == [
        ("ada", "bytes of joins", len(page.content))
    ]
    for what, rate in (("pages", PAGES), ("bytes of joins", JOIN_BYTES)):
        spend("ada", what, rate, 2 * rate.burst, monotonic())
        refused = await get(server, token)
        assert said(refused) == (429, "pace.pages") and int(refused.headers["retry-after"]) >= 1
        pace._empty_at.clear()
    assert (await get(server, token)).status_code == 200
    await ada.close()


async def test_a_page_says_nothing_of_what_its_reader_does_not_see(server: LiveServer) -> None:
    ada, token, ids = await talked(server, 3)
    host = await server.joined("Hal", "host")
    await host.do("hide", message=ids[1])
    bob = await server.joined("Bob", id="bob")
    begun = server.state().position.seq
    asks = [(server.token("Bob", id="bob"), {"at": begun}), (server.token("Bob", id="bob"), {})]
    before = [(await get(server, token, **asked)).content for token, asked in asks]
    await host.do("hide", message=ids[1])
    assert server.state().position.seq > begun
    assert before == [(await get(server, token, **asked)).content for token, asked in asks]
    own = (await get(server, token)).json()["put"]["message"]
    assert own[ids[1]]["hidden"] is True and "hidden" not in own[ids[0]], "its author sees that it is"
    await ada.close(), await bob.close()


async def test_whoever_reads_is_seen_to_be_here(server: LiveServer) -> None:
    ada, _, _ = await talked(server, 1)
    bob = server.token("Bob", id="bob")
    refused = await get(server, bob)
    assert said(refused) == (403, "person.absent") and refused.json()["retry_after"] >= 1
    client = await (await server.client(bob).open()).join("session/s1")
    await client.until(lambda: "bob" in client.screen.of("person"), "here")
    assert (await get(server, bob)).status_code == 200
    await client.close(), await ada.close()


async def test_a_browser_that_never_passed_the_door_reads_as_a_device_its_owner_is_told_of(
    server: LiveServer,
) -> None:
    ada, _, _ = await talked(server, 1)
    await ada.until(lambda: "ada" in ada.screen.of("devices"), "listed")
    cookie = server.cookie("Ada", id="ada", device="elsewhere", entered=False)
    read = await get(server, None, headers={"Cookie": f"webinar-0={cookie}"})
    assert read.status_code == 200
    await ada.until(
        lambda: "elsewhere" in [one["id"] for one in ada.screen.of("devices")["ada"]["devices"]], "told"
    )
    await ada.close()
