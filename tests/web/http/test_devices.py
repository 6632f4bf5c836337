"""Devices over HTTP: a link on a second one, leaving on one, and how somebody is known on all."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.web.client import Client, until
from tests.web.http.test_entering import PROFILE, said
from tests.web.server import TOPIC, LiveServer
from webinar_server.limits import DEVICE, OTHERS_EACH, RENAME_MS
from webinar_server.session.devices import devices_of
from webinar_server.session.people import Person
from webinar_server.settings import Settings

PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0"


class Browser:
    """Somebody's browser, with its cookies, on a page of the server's own."""

    def __init__(self, server: LiveServer, agent: str = PHONE) -> None:
        headers = {"Origin": server.url, "User-Agent": agent}
        self.http = httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False)
        self._server = server

    async def enter(self, **body: Any) -> httpx.Response:
        return await self.http.post("/api/enter", json=body)

    async def entered(self, **body: Any) -> dict[str, Any]:
        answer = await self.enter(**body)
        assert answer.status_code == 200, answer.text
        who: dict[str, Any] = answer.json()
        return who

    async def leave(self, who: dict[str, Any]) -> httpx.Response:
        return await self.http.post("/api/leave", json={"as": who["as"]})

    async def me(self, who: dict[str, Any]) -> httpx.Response:
        return await self.http.get("/api/me", params={"as": who["as"]})

    @property
    def cookies(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())

    async def live(self, who: dict[str, Any]) -> Client:
        """A page of theirs in the session, once they are here and its device is listed."""
        headers = {"Origin": self._server.url, "Cookie": self.cookies}
        client = self._server.client(headers=headers, path=f"/live?as={who['as']}")
        await client.open()
        await client.join(TOPIC)
        await client.until(lambda: who["device"] in [device["id"] for device in listed(client)], "listed")
        person = who["you"]["id"]
        await client.until(lambda: client.screen.of("person").get(person, {}).get("here", False), "here")
        return client


def listed(client: Client) -> list[dict[str, Any]]:
    return [device for one in client.screen.of("devices").values() for device in one["devices"]]


async def here(server: LiveServer, token: str, **more: Any) -> tuple[Browser, dict[str, Any], Client]:
    """Ada on her phone, through the door."""
    browser = Browser(server)
    who = await browser.entered(token=token, profile={"name": "Ada", **more})
    return browser, who, await browser.live(who)


# a second device


async def test_a_second_device_is_told_whose_link_it_is_and_asked(server: LiveServer) -> None:
    token = server.token("Ada")
    _, who, _ = await here(server, token, organisation="Engines", say_as="AY-da")
    other = Browser(server, DESK)
    asked = await other.enter(token=token)
    assert said(asked) == (409, "person.whose") and "set-cookie" not in asked.headers
    assert (asked.json()["name"], asked.json()["role"]) == ("Ada", "attendee")
    assert not {"organisation", "say_as", "id"} & set(asked.json())
    assert who["you"]["id"] not in asked.text


async def test_who_says_yes_comes_in_as_known_and_the_first_device_is_told_and_can_end_it(
    server: LiveServer,
) -> None:
    token = server.token("Ada")
    _, who, phone = await here(server, token, organisation="Engines")
    browser = Browser(server, DESK)
    second = await browser.entered(token=token, whose="mine")
    assert second["you"] == who["you"] and second["entered"] and second["device"] != who["device"]
    desk = await browser.live(second)
    await phone.until(lambda: len(listed(phone)) == 2, "told")
    kinds = [(device["browser"], device["system"]) for device in listed(phone)]
    assert kinds == [("Firefox", "Android"), ("Edge", "Windows")]
    await phone.do("end_device", device=second["device"])
    assert await desk.ended() == (4401, '{"code": "token.ended"}')
    assert said(await browser.me(second)) == (401, "token.ended")
    assert said(await browser.enter(**{"as": second["as"]})) == (401, "token.ended")
    await phone.alive()


async def test_each_of_ones_devices_corrects_how_one_is_known_everywhere_at_once(server: LiveServer) -> None:
    token = server.token("Ada")
    _, who, phone = await here(server, token)
    host = await server.joined("Hal", "host")
    browser = Browser(server, DESK)
    second = await browser.entered(token=token, whose="mine")
    right = {"name": "Adah Lovelace", "organisation": "Engines", "kind": "sme", "country": "NL", "say_as": ""}
    after = await browser.entered(**{"as": second["as"]}, whose="mine", profile=right)
    assert after["you"] == {"id": who["you"]["id"], "role": "attendee", **right}
    await host.until(lambda: name_of(host, who) == "Adah Lovelace", "told")
    await phone.until(lambda: name_of(phone, who) == "Adah Lovelace", "told")
    # a device that is new here renames nobody: who says another name is another person
    other = await Browser(server, DESK).entered(token=token, whose="mine", profile={"name": "Bob"})
    assert other["you"]["id"] != who["you"]["id"] and name_of(phone, who) == "Adah Lovelace"


def name_of(client: Client, who: dict[str, Any]) -> str:
    return str(client.screen.of("person").get(who["you"]["id"], {}).get("name"))


async def test_who_says_no_is_another_person_and_the_owner_stays_who_they_are(server: LiveServer) -> None:
    token = server.token("Ada")
    _, who, phone = await here(server, token, organisation="Engines")
    await phone.do("ask", text="Mine?", shown="anonymous")
    browser = Browser(server, DESK)
    other = await browser.entered(token=token, whose="another", profile={"name": "Bob"})
    assert other["you"]["name"] == "Bob" and other["you"]["organisation"] == ""
    assert other["you"]["id"] != who["you"]["id"] and other["as"] != who["as"]
    desk = await browser.live(other)
    await desk.until(lambda: other["you"]["id"] in desk.screen.of("person"))
    assert desk.screen.of("person")[who["you"]["id"]]["name"] == "Ada"
    assert not any(question.get("mine") for question in desk.screen.of("question").values())
    await phone.until(lambda: phone.screen.of("devices")[who["you"]["id"]]["others"] == 1, "told")
    # by the same link again, they are who they became
    assert (await browser.entered(token=token))["you"] == other["you"]


async def test_another_person_by_a_speakers_link_is_an_attendee(server: LiveServer) -> None:
    token = server.token("Grace", "speaker")
    browser = Browser(server)
    await browser.live(await browser.entered(token=token))
    other = await Browser(server).entered(token=token, whose="another", profile={"name": "Bob"})
    assert other["you"]["role"] == "attendee"


async def test_nobody_else_comes_in_by_a_hosts_link(server: LiveServer) -> None:
    token = server.token("Anna", "host")
    browser = Browser(server)
    await browser.live(await browser.entered(token=token))
    refused = await Browser(server).enter(token=token, whose="another", profile={"name": "Bob"})
    assert said(refused) == (422, "link.leads") and "set-cookie" not in refused.headers


async def test_a_link_that_was_published_lets_no_crowd_in(server: LiveServer) -> None:
    token = server.token("Ada")
    await here(server, token)
    answers = [
        await Browser(server).enter(token=token, whose="another", profile={"name": f"Bob {'I' * n}"})
        for n in range(1, OTHERS_EACH + 2)
    ]
    assert [answer.status_code for answer in answers] == [200] * OTHERS_EACH + [422]
    assert said(answers[-1]) == (422, "link.shared")


async def test_another_person_who_gives_no_name_is_asked_for_one_and_not_counted(server: LiveServer) -> None:
    token = server.token("Ada")
    _, who, _ = await here(server, token)
    for profile in (None, {"name": " "}, {"name": "Host"}):
        answer = await Browser(server).enter(token=token, whose="another", profile=profile)
        assert answer.status_code == 422 and answer.json()["code"].startswith("person."), profile
    assert devices_of(server.state(), who["you"]["id"]).others == 0


async def test_two_who_stood_at_the_door_with_one_link_are_two(server: LiveServer) -> None:
    token = server.token("Ada")
    first, second = Browser(server), Browser(server, DESK)
    one, two = await first.entered(token=token), await second.entered(token=token)
    assert one["you"]["id"] == two["you"]["id"] and not two["entered"]
    one = await first.entered(**{"as": one["as"]}, profile={"name": "Ada"})
    await first.live(one)
    two = await second.entered(**{"as": two["as"]}, profile={"name": "Bob"})
    assert two["you"]["id"] != one["you"]["id"]
    known = server.state().get(Person, one["you"]["id"])
    assert known is not None and known.name == "Ada"


async def test_the_same_browser_is_not_asked_and_is_one_device(server: LiveServer) -> None:
    token = server.token("Ada")
    browser, who, phone = await here(server, token)
    again = await browser.entered(token=token)
    assert (again["device"], again["entered"]) == (who["device"], True)
    await browser.live(again)
    assert len(listed(phone)) == 1


async def test_links_are_opened_at_a_pace(start: Any) -> None:
    server = await start(Settings())
    token = server.token("Ada")
    answers = [await Browser(server).enter(token=token) for _ in range(DEVICE.burst + 2)]
    assert {answer.status_code for answer in answers[: DEVICE.burst]} == {200}
    assert said(answers[-1]) == (429, "pace.enter") and answers[-1].json()["retry_after"] >= 1
    assert (await Browser(server).enter(token=server.token("Ben"))).status_code == 200


# leaving


async def test_leaving_ends_the_cookie_and_the_sockets_of_this_device_alone(server: LiveServer) -> None:
    token = server.token("Ada")
    browser, who, phone = await here(server, token)
    tab = await browser.live(who)
    desk_browser = Browser(server, DESK)
    desk = await desk_browser.live(await desk_browser.entered(token=token, whose="mine"))
    taken = {"Cookie": browser.cookies}
    left = await browser.leave(who)
    assert left.status_code == 200 and "Max-Age=0" in left.headers["set-cookie"]
    for client in (phone, tab):
        assert await client.ended() == (4401, '{"code": "token.ended"}')
    assert said(await browser.me(who)) == (401, "token.missing")
    async with httpx.AsyncClient(base_url=server.url, headers=taken, trust_env=False) as thief:
        assert said(await thief.get("/api/me")) == (401, "token.ended")
    await desk.alive()
    again = await Browser(server).entered(token=token, whose="mine")
    assert again["device"] != who["device"]


async def test_a_browser_forgets_what_it_kept_only_with_the_last_identity(server: LiveServer) -> None:
    browser = Browser(server)
    ada = await browser.entered(token=server.token("Ada"))
    host = await browser.entered(token=server.token("Anna", "host"))
    assert "clear-site-data" not in (await browser.leave(ada)).headers
    assert (await browser.me(host)).status_code == 200
    assert (await browser.leave(host)).headers["clear-site-data"] == '"cache", "storage"'


async def test_who_was_removed_can_still_leave(server: LiveServer) -> None:
    browser, who, phone = await here(server, server.token("Ada"))
    host = await server.joined("Host", "host")
    await host.do("remove", person=who["you"]["id"], reason="Advertisements.")
    await phone.ended()
    told = await browser.me(who)
    assert said(told) == (403, "person.removed") and told.json()["reason"] == "Advertisements."
    assert said(await browser.enter(**{"as": who["as"]})) == (403, "person.removed")
    assert (await browser.leave(who)).status_code == 200
    assert not browser.cookies


async def test_leaving_is_for_pages_of_our_own(server: LiveServer) -> None:
    browser, who, phone = await here(server, server.token("Ada"))
    browser.http.headers["Origin"] = "https://evil.example"
    assert said(await browser.leave(who)) == (403, "origin.foreign")
    await phone.alive()


# one profile


async def test_how_somebody_is_known_is_the_same_for_each_of_their_cookies(server: LiveServer) -> None:
    token = server.token("Ada")
    browser, who, phone = await here(server, token)
    other = Browser(server, DESK)
    second = await other.entered(token=token, whose="mine")
    desk = await other.live(second)
    renamed = await browser.entered(**{"as": who["as"]}, profile=PROFILE)
    assert renamed["you"]["name"] == "Ada Lovelace"
    await desk.until(lambda: desk.screen.of("person")[who["you"]["id"]]["name"] == "Ada Lovelace")
    assert (await other.me(second)).json()["you"]["name"] == "Ada Lovelace"
    await desk.close()
    desk = await other.live(second)
    await desk.do("say", text="From the desk")
    await phone.until(lambda: bool(phone.screen.of("message")))
    assert [m["name"] for m in phone.screen.of("message").values()] == ["Ada Lovelace"]


async def test_a_name_changes_once_a_minute_and_says_when_again(server: LiveServer) -> None:
    browser, who, _ = await here(server, server.token("Ada"))
    await browser.entered(**{"as": who["as"]}, profile={"name": "Ada L"})
    refused = await browser.enter(**{"as": who["as"]}, profile={"name": "Ada M"})
    assert said(refused) == (429, "pace.rename")
    assert 1 <= refused.json()["retry_after"] <= RENAME_MS / 1000 and "set-cookie" not in refused.headers
    assert (await browser.entered(**{"as": who["as"]}, profile={"name": "Ada L"}))["you"]["name"] == "Ada L"


@pytest.mark.parametrize("whose", ["mine", None])
async def test_a_second_device_does_not_rename_its_owner(server: LiveServer, whose: str | None) -> None:
    token = server.token("Ada")
    _, who, _ = await here(server, token)
    other = Browser(server)
    answer = await other.enter(token=token, whose=whose, profile={"name": "Bob"})
    await until(lambda: server.state().get(Person, who["you"]["id"]) is not None, "known")
    known = server.state().get(Person, who["you"]["id"])
    assert known is not None and known.name == "Ada"
    if whose is None:
        assert said(answer) == (409, "person.whose")
    else:
        assert answer.json()["you"]["id"] != who["you"]["id"]
