"""Guests: people who came in by somebody else's link; hosts see by whose, and it ends with that one's."""

from __future__ import annotations

from typing import Any

import httpx

from tests.web.client import Client
from tests.web.http.test_devices import Browser, here
from tests.web.http.test_entering import said
from tests.web.server import LiveServer
from webinar_server.clock import now_ms


async def guest(server: LiveServer, token: str, name: str = "Bob") -> tuple[Browser, dict[str, Any], Client]:
    """Somebody to whom a link was forwarded."""
    browser = Browser(server)
    who = await browser.entered(token=token, whose="another", profile={"name": name})
    return browser, who, await browser.live(who)


def link(server: LiveServer) -> str:
    return server.token("Ada", issued=now_ms() - 5_000)


async def renew(server: LiveServer, person: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {server.token('Host', 'host')}"}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False) as http:
        return await http.post("/api/links", json={"person": person})


async def test_hosts_see_by_whose_link_somebody_came_and_nobody_else_does(server: LiveServer) -> None:
    token = link(server)
    _, ada, phone = await here(server, token)
    host = await server.joined("Host", "host")
    _, bob, _ = await guest(server, token)
    await host.until(lambda: bob["you"]["id"] in host.screen.of("person"))
    assert host.screen.of("person")[bob["you"]["id"]]["came_by"] == ada["you"]["id"]
    assert host.screen.of("person")[ada["you"]["id"]]["came_by"] == ""
    await phone.until(lambda: bob["you"]["id"] in phone.screen.of("person"))
    assert "came_by" not in phone.screen.of("person")[bob["you"]["id"]]


async def test_a_renewed_link_ends_its_guests_as_well(server: LiveServer) -> None:
    token = link(server)
    _, ada, _ = await here(server, token)
    thief, bob, socket = await guest(server, token)
    assert (await renew(server, ada["you"]["id"])).status_code == 201
    assert await socket.ended() == (4401, '{"code": "token.renewed"}')
    assert said(await thief.me(bob)) == (401, "token.renewed")
    assert said(await thief.enter(token=token)) == (401, "token.renewed")


async def test_guests_of_who_is_removed_are_out_and_in_again_with_them(server: LiveServer) -> None:
    token = link(server)
    _, ada, _ = await here(server, token)
    browser, bob, socket = await guest(server, token)
    host = await server.joined("Host", "host")
    await host.do("remove", person=ada["you"]["id"], reason="Advertisements.")
    assert await socket.ended() == (4403, '{"code": "person.removed"}')
    refused = await browser.me(bob)
    assert said(refused) == (403, "person.removed") and "Advertisements" not in refused.text
    await host.do("readmit", person=ada["you"]["id"])
    await (await browser.live(bob)).do("say", text="Thank you")


async def test_where_a_guest_was_removed_the_link_lets_in_nobody_new(server: LiveServer) -> None:
    token = link(server)
    _, _, phone = await here(server, token)
    browser, bob, _ = await guest(server, token, "Troll")
    host = await server.joined("Host", "host")
    await host.do("remove", person=bob["you"]["id"], reason="")
    again = {"token": token, "whose": "another", "profile": {"name": "Troll again"}}
    assert said(await Browser(server).enter(**again)) == (422, "link.shared")
    assert (await browser.enter(**again)).status_code != 200
    # its owner is who they were
    await phone.do("say", text="It was forwarded")
    await host.do("readmit", person=bob["you"]["id"])
    assert (await Browser(server).enter(**again)).status_code == 200
