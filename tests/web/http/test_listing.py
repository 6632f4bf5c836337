"""Whoever is let in by a link is in its owner's list, whether or not they ever open a socket."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.web.http.test_devices import DESK, Browser, here, listed
from tests.web.http.test_entering import said
from tests.web.server import LiveServer
from webinar_server.session.devices import PROGRAM, devices_of
from webinar_server.session.people import Person


def names(server: LiveServer, person: str) -> list[str]:
    return [device.browser for device in devices_of(server.state(), person).devices]


# before the first socket of a link's owner


async def test_nobody_is_the_owner_who_entered_and_has_no_socket_yet(server: LiveServer) -> None:
    token = server.token("Ada")
    who = await Browser(server).entered(token=token, profile={"name": "Ada Lovelace"})
    assert server.state().get(Person, who["you"]["id"]) is None, "no socket yet"
    other = Browser(server, DESK)
    asked = await other.enter(token=token)
    assert said(asked) == (409, "person.whose") and "set-cookie" not in asked.headers
    assert asked.json()["name"] == "Ada Lovelace"
    assert said(await other.enter(token=token, profile={"name": "Bob"})) == (409, "person.whose")
    bob = await other.entered(token=token, whose="another", profile={"name": "Bob"})
    assert bob["you"]["id"] != who["you"]["id"] and bob["you"]["name"] == "Bob"


async def test_a_browser_that_was_at_the_door_already_is_another_person_by_another_name(
    server: LiveServer,
) -> None:
    token = server.token("Ada")
    other = Browser(server, DESK)
    at_the_door = await other.entered(token=token)
    who = await Browser(server).entered(token=token, profile={"name": "Ada"})
    bob = await other.entered(**{"as": at_the_door["as"]}, profile={"name": "Bob"})
    assert bob["you"]["id"] != who["you"]["id"]


async def test_a_host_who_has_no_socket_yet_is_asked_for_as_well(server: LiveServer) -> None:
    token = server.token("Anna", "host")
    await Browser(server).entered(token=token)
    assert said(await Browser(server, DESK).enter(token=token)) == (409, "person.whose")
    refused = await Browser(server).enter(token=token, whose="another", profile={"name": "Bob"})
    assert said(refused) == (422, "link.leads")


@pytest.mark.parametrize("entered", [True, False], ids=["the owner's own browser", "nobody yet"])
async def test_who_says_another_never_has_the_owners_identity(server: LiveServer, entered: bool) -> None:
    owner = server.identity("Ada")
    browser = Browser(server)
    if entered:
        who = await browser.entered(token=server.signer.sign(owner), profile={"name": "Ada"})
        await browser.live(who)
    bob = await browser.entered(token=server.signer.sign(owner), whose="another", profile={"name": "Bob"})
    assert bob["you"]["id"] != owner.id and bob["you"]["name"] == "Bob"


async def test_the_first_one_corrects_what_they_said_before_their_first_socket(server: LiveServer) -> None:
    browser, token = Browser(server), server.token("Ada")
    who = await browser.entered(token=token, profile={"name": "Ada"})
    again = await browser.entered(token=token, profile={"name": "Ada Lovelace"})
    assert (again["you"]["id"], again["you"]["name"]) == (who["you"]["id"], "Ada Lovelace")
    page = await browser.live(again)
    assert page.screen.of("person")[who["you"]["id"]]["name"] == "Ada Lovelace"


async def test_a_second_device_is_told_before_it_opens_a_socket(server: LiveServer) -> None:
    token = server.token("Ada")
    _, _, phone = await here(server, token)
    await Browser(server, DESK).entered(token=token, whose="mine")
    await phone.until(lambda: len(listed(phone)) == 2, "told")


# programs


def program(server: LiveServer, token: str) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False)


async def ended(server: LiveServer, token: str) -> Any:
    async with program(server, token) as http:
        return said(await http.get("/api/me"))


async def test_a_program_that_uses_a_link_is_seen_by_its_owner_who_can_end_it(server: LiveServer) -> None:
    ada = server.identity("Ada")
    token = server.signer.sign(ada)
    _, _, phone = await here(server, token)
    robot = await server.joined("Ada", id=ada.id, issued=ada.issued, expires=ada.expires)
    again = await server.joined("Ada", id=ada.id, issued=ada.issued, expires=ada.expires)
    await phone.until(lambda: [one["browser"] for one in listed(phone)] == ["Firefox", PROGRAM], "told once")
    await phone.do("end_device", device=listed(phone)[1]["id"])
    for one in (robot, again):
        assert await one.ended() == (4401, '{"code": "token.ended"}')
    assert await ended(server, token) == (401, "token.ended")
    await phone.alive()
    browser = Browser(server, DESK)
    await browser.live(await browser.entered(token=token, whose="mine"))
    assert names(server, ada.id) == ["Firefox", "Edge"], "the link itself is good"


async def test_a_program_that_opens_no_socket_is_seen_as_well(server: LiveServer) -> None:
    ada = server.identity("Ada")
    token = server.signer.sign(ada)
    _, _, phone = await here(server, token)
    async with program(server, token) as http:
        assert (await http.get("/api/me")).json()["you"]["name"] == "Ada"
    await phone.until(lambda: [one["browser"] for one in listed(phone)] == ["Firefox", PROGRAM], "told")


async def test_a_program_that_came_first_does_not_make_its_owner_another_person(server: LiveServer) -> None:
    ada = server.identity("Ada")
    token = server.signer.sign(ada)
    browser = Browser(server)
    at_the_door = await browser.entered(token=token)
    await server.joined("Ada", id=ada.id, issued=ada.issued, expires=ada.expires)
    who = await browser.entered(**{"as": at_the_door["as"]}, profile={"name": "Ada Lovelace"})
    assert who["you"]["id"] == ada.id


async def test_the_stage_has_no_devices(server: LiveServer) -> None:
    stage = server.identity("Stage", "stage")
    async with program(server, server.signer.sign(stage)) as http:
        assert (await http.get("/api/me")).status_code == 200
    await Browser(server).entered(token=server.signer.sign(stage))
    assert names(server, stage.id) == []
