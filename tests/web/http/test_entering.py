"""Entering with a link, saying who one is, leaving; creating a session. By HTTP, as the pages do it."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from tests.web.server import TOPIC, UNPACED, LiveServer
from webinar_server.clock import now_ms
from webinar_server.limits import BODY_MAX
from webinar_server.settings import Settings
from webinar_server.web.who.tokens import Signer


@pytest.fixture
def browser(server: LiveServer) -> httpx.AsyncClient:
    """Somebody's browser on a page of the server's own."""
    return httpx.AsyncClient(base_url=server.url, headers={"Origin": server.url}, trust_env=False)


def said(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal; it must say what to do, and nothing of our insides."""
    body = answer.json()
    assert body["text"].strip() and "Traceback" not in answer.text
    return answer.status_code, body["code"]


PROFILE = {
    "name": "Ada Lovelace",
    "organisation": "Engines",
    "kind": "sme",
    "country": "nl",
    "say_as": "AY-da",
}


async def test_a_link_becomes_a_cookie_and_the_door_a_profile(
    server: LiveServer, browser: httpx.AsyncClient
) -> None:
    entered = await browser.post("/api/enter", json={"token": server.token("Ada")})
    who = entered.json()
    assert entered.status_code == 200 and who["you"]["name"] == "Ada"
    assert who["session"] == "s1" and who["entered"] is False
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie and "Secure" not in cookie

    entered = await browser.post("/api/enter", json={"as": who["as"], "profile": PROFILE})
    after = entered.json()
    assert after["you"] == {"id": who["you"]["id"], "role": "attendee", **PROFILE, "country": "NL"}
    assert after["entered"] is True and after["as"] == who["as"]
    assert (await browser.get("/api/me")).json() == after


async def test_the_door_says_which_session_it_is_and_who_leads_it_to_all_who_may_come_in(
    server: LiveServer, browser: httpx.AsyncClient
) -> None:
    host = await server.joined("Hal", "host")
    await host.until(lambda: host.hello["you"]["id"] in host.screen.of("person"))
    token = server.token("Ada")
    door = (await browser.post("/api/enter", json={"token": token})).json()["door"]
    assert (door["title"], door["state"], door["hosts"]) == ("Session s1", "open", ["Hal"])
    assert {"starts_at", "ends_at"} <= door.keys()
    assert (await browser.get("/api/me")).json()["door"] == door
    entered = await browser.post("/api/enter", json={"token": token, "profile": PROFILE})
    assert "door" not in entered.json() and "door" not in (await browser.get("/api/me")).json()
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as other:
        asked = await other.post("/api/enter", json={"token": token})
    assert said(asked) == (409, "person.whose") and asked.json()["door"] == door
    assert "door" not in (await browser.post("/api/enter", json={"token": "nobody's"})).json()


async def test_what_kind_of_organisation_one_is_of_is_nobodys_word_but_ones_own(
    server: LiveServer, browser: httpx.AsyncClient
) -> None:
    who = (await browser.post("/api/enter", json={"token": server.token("Ada")})).json()
    assert who["you"]["kind"] == ""
    after = await browser.post("/api/enter", json={"as": who["as"], "profile": {"name": "Ada"}})
    assert after.json()["you"]["kind"] == ""


async def test_who_entered_opens_the_socket_with_the_cookie_alone(
    server: LiveServer, browser: httpx.AsyncClient
) -> None:
    await browser.post("/api/enter", json={"token": server.token("Ada"), "profile": PROFILE})
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    ada = await server.client(headers={"Origin": server.url, "Cookie": cookies}).open()
    await ada.join(TOPIC)
    me = ada.hello["you"]["id"]
    await ada.until(lambda: me in ada.screen.of("person"))
    assert ada.screen.of("person")[me]["name"] == "Ada Lovelace"
    assert ada.screen.of("person")[me]["say_as"] == "AY-da"
    await ada.close()


async def test_hosts_speakers_and_the_stage_skip_the_door(
    server: LiveServer, browser: httpx.AsyncClient
) -> None:
    for role in ("host", "speaker", "stage", "organiser"):
        who = (await browser.post("/api/enter", json={"token": server.token("X", role)})).json()
        assert who["entered"] is True and who["you"]["role"] == role


async def test_several_identities_live_in_one_browser(server: LiveServer, browser: httpx.AsyncClient) -> None:
    keys = {}
    for name in ("Ada", "Bob"):
        keys[name] = (await browser.post("/api/enter", json={"token": server.token(name)})).json()["as"]
        await asyncio.sleep(0.002)  # the newest is told by its millisecond
    for name, key in keys.items():
        assert (await browser.get("/api/me", params={"as": key})).json()["you"]["name"] == name
    assert (await browser.get("/api/me")).json()["you"]["name"] == "Bob"
    await browser.post("/api/leave", json={"as": keys["Bob"]})
    assert (await browser.get("/api/me")).json()["you"]["name"] == "Ada"
    assert said(await browser.get("/api/me", params={"as": keys["Bob"]})) == (401, "token.missing")


async def test_behind_https_the_cookie_is_bound_to_the_host(start) -> None:
    server = await start(UNPACED, "https://live.example.org")
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as client:
        headers = {"Origin": "https://live.example.org"}
        entered = await client.post("/api/enter", json={"token": server.token()}, headers=headers)
    cookie = entered.headers["set-cookie"]
    assert cookie.startswith("__Host-webinar-") and "Secure" in cookie and "Domain" not in cookie


PROFILES: list[tuple[Any, str]] = [
    ({"name": ""}, "person.empty"),
    ({"name": "   "}, "person.empty"),
    ({"name": "x" * 65}, "person.too_long"),
    ({"name": "A\u202edA"}, "person.bidi"),
    ({"name": "A\U000e0041da"}, "person.invisible"),
    ({"name": "A\uf8ffda"}, "person.control"),
    ({"name": "Ada (host)"}, "person.reserved"),
    ({"name": "Ada", "organisation": "Organiser"}, "organisation.reserved"),
    ({"name": "A" + "\u0301" * 9}, "person.zalgo"),
    ({"name": "Ada", "organisation": "x" * 101}, "organisation.too_long"),
    ({"name": "Ada", "organisation": "a\u202eb"}, "organisation.bidi"),
    ({"name": "Ada", "say_as": "x" * 65}, "say_as.too_long"),
    ({"name": "Ada", "country": "NLD"}, "person.country"),
    ({"name": "Ada", "country": "1!"}, "person.country"),
    ({"name": "Ada", "country": "ÄÖ"}, "person.country"),
    ({"name": "Ada", "kind": "emperor"}, "person.invalid"),
    ({"name": 5}, "person.invalid"),
    ({}, "person.invalid"),
    ({"name": "Ada", "role": "host"}, "person.invalid"),
    ({"name": "Ada", "id": "somebody else"}, "person.invalid"),
]


async def test_a_profile_that_cannot_be_kept_is_refused_with_the_reason(
    server: LiveServer, browser: httpx.AsyncClient
) -> None:
    token = server.token()
    for profile, code in PROFILES:
        answer = await browser.post("/api/enter", json={"token": token, "profile": profile})
        assert said(answer) == (422, code), profile
        assert "set-cookie" not in answer.headers


async def test_what_is_pasted_at_the_door_is_taken_and_what_deceives_has_a_cleaned_text(
    server: LiveServer, browser: httpx.AsyncClient
) -> None:
    token = server.token()
    taken = await browser.post("/api/enter", json={"token": token, "profile": {"name": "Ada\t\u200bL"}})
    assert taken.json()["you"]["name"] == "Ada L"
    profile = {"name": "Ada", "organisation": "Vo\u202eltline"}
    refused = (await browser.post("/api/enter", json={"token": token, "profile": profile})).json()
    assert (refused["field"], refused["places"], refused["suggestion"]) == ("organisation", [2], "Voltline")


async def test_nobody_comes_in_called_like_the_host(server: LiveServer, browser: httpx.AsyncClient) -> None:
    host = await server.joined("Grace Hopper", "host")
    await host.until(lambda: host.hello["you"]["id"] in host.screen.of("person"))
    token = server.token()
    for name in ("Grace Hopper", "Hopper, Gr\u0430ce"):
        answer = await browser.post("/api/enter", json={"token": token, "profile": {"name": name}})
        assert said(answer) == (422, "person.like_host")
        assert answer.json()["field"] == "name" and "set-cookie" not in answer.headers
    fair = {"name": "Grace B. Hopper", "organisation": "Grace Hopper"}
    answer = await browser.post("/api/enter", json={"token": token, "profile": fair})
    assert said(answer) == (422, "organisation.like_host")
    entered = await browser.post("/api/enter", json={"token": token, "profile": {"name": fair["name"]}})
    assert entered.json()["you"]["name"] == "Grace B. Hopper"
    # renaming goes the same way
    renamed = await browser.post(
        "/api/enter", json={"as": entered.json()["as"], "profile": {"name": "GRACE HOPPER"}}
    )
    assert said(renamed) == (422, "person.like_host")
    await host.close()


async def test_who_came_before_the_host_is_marked_for_all(server: LiveServer) -> None:
    guest = await server.joined("Gr\u0430ce Hopper")
    host = await server.joined("Grace Hopper", "host")
    me = guest.hello["you"]["id"]
    for client in (guest, host):
        await client.until(lambda client=client: client.screen.of("person").get(me, {}).get("imitates"))
        await client.close()


async def test_markup_in_a_name_stays_text(server: LiveServer, browser: httpx.AsyncClient) -> None:
    name = "<script>alert('x')</script>"
    entered = await browser.post("/api/enter", json={"token": server.token(), "profile": {"name": name}})
    assert entered.json()["you"]["name"] == name
    assert entered.headers["content-type"] == "application/json"


async def test_a_link_that_is_not_valid_says_what_to_do(
    server: LiveServer, browser: httpx.AsyncClient
) -> None:
    foreign = Signer("a-secret-of-somebody-else-far-away").sign(server.identity())
    for token, code in (
        ("nonsense", "token.wrong"),
        ("", "token.wrong"),
        ("é\u2603", "token.wrong"),
        (foreign, "token.wrong"),
        (server.token(expires=now_ms() - 1), "token.expired"),
    ):
        assert said(await browser.post("/api/enter", json={"token": token})) == (401, code)
    assert said(await browser.post("/api/enter", json={})) == (401, "token.missing")
    assert said(await browser.get("/api/me")) == (401, "token.missing")


async def test_a_link_to_a_session_that_is_gone_is_told(
    server: LiveServer, browser: httpx.AsyncClient
) -> None:
    answer = await browser.post("/api/enter", json={"token": server.token(session="gone")})
    assert said(answer) == (404, "session.unknown") and "set-cookie" not in answer.headers


async def test_a_foreign_page_cannot_enter_for_somebody(
    server: LiveServer, browser: httpx.AsyncClient
) -> None:
    for origin in ("http://evil.example", "null", "http://["):
        answer = await browser.post("/api/enter", json={"token": server.token()}, headers={"Origin": origin})
        assert said(answer) == (403, "origin.foreign")


BODIES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"token"',
    b'{"token": 5}',
    b'{"token": "x", "more": 1}',
    b'{"token": "\xff"}',
    b'{"token": "\\ud800"}',
    b'{"profile": []}',
    b'{"profile":' + b'{"a":' * 10_000,
    b"[" * 60_000,
    b'{"token": "' + b"x" * 70_000 + b'"}',
]


@pytest.mark.parametrize("path", ["/api/enter", "/api/leave"])
async def test_a_body_that_is_not_understood_is_told(
    server: LiveServer, browser: httpx.AsyncClient, path: str
) -> None:
    for body in BODIES:
        told = (413, "request.body") if len(body) > BODY_MAX else (400, "body.malformed")
        assert said(await browser.post(path, content=body)) == told, body[:40]


async def test_an_as_that_is_none_of_ours_is_told(server: LiveServer, browser: httpx.AsyncClient) -> None:
    for key in ("a b;", "é", "\r\nSet-Cookie: x=y", "x" * 1000, "", "../.."):
        assert said(await browser.post("/api/leave", json={"as": key})) == (400, "body.malformed"), key
        assert said(await browser.get("/api/me", params={"as": key}))[0] == 401, key
        assert said(await browser.post("/api/enter", json={"as": key}))[0] == 401, key


async def test_guessing_links_is_slowed_down_and_says_for_how_long(start) -> None:
    server = await start(Settings())
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as client:
        answers = [await client.post("/api/enter", json={"token": "guess"}) for _ in range(40)]
        assert said(answers[0]) == (401, "token.wrong")
        slowed = [answer for answer in answers if answer.status_code == 429]
        assert slowed and all(said(answer) == (429, "pace.enter") for answer in slowed)
        assert slowed[0].json()["retry_after"] >= 1 and slowed[0].headers["retry-after"] == "1"
        assert (await client.post("/api/enter", json={"token": server.token()})).status_code == 200


async def test_only_an_organiser_creates_sessions(server: LiveServer) -> None:
    async def create(token: str, **body: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return await client.post("/api/sessions", json=body, headers=headers)

    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as client:
        for role in ("host", "speaker", "attendee", "stage"):
            answer = await create(server.token("X", role), session="new", title="New")
            assert said(answer) == (403, "command.not_allowed"), role
        boss = server.token("Boss", "organiser")
        assert (await create(boss, session="new", title="New")).json() == {"id": "new"}
        assert said(await create(boss, session="new", title="Again")) == (409, "session.exists")
        for wrong in ("", "UPPER", "a b", "../x", "-a", "x" * 61, "é"):
            assert said(await create(boss, session=wrong, title="T")) == (422, "session.id"), wrong
        assert said(await create(boss, session="other", title="")) == (422, "session.empty")
        assert said(await create(boss, session="other", title="T", video="javascript:x")) == (
            422,
            "session.link",
        )
        assert said(await create(boss, session="other")) == (400, "body.malformed")
        assert (await create(boss, session="other", title="Now well")).status_code == 201
    assert (await server.joined(session="new")).screen.of("session")["new"]["title"] == "New"


async def test_a_session_created_twice_at_once_is_there_once(server: LiveServer) -> None:
    headers = {"Authorization": f"Bearer {server.token('Boss', 'organiser')}"}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False) as client:
        calls = (client.post("/api/sessions", json={"session": "twin", "title": f"T{n}"}) for n in range(8))
        answers = await asyncio.gather(*calls)
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    ada, bob = await server.joined("Ada", session="twin"), await server.joined("Bob", session="twin")
    done = await ada.do("say", text="same room")
    await bob.until(lambda: done["result"]["id"] in bob.screen.of("message"))
