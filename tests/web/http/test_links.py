"""Links that leaked are renewed: by a host on the page, or by whoever has the secret at a terminal."""

from __future__ import annotations

import pathlib

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.valkey import Valkey
from tests.web.client import Client
from tests.web.http.test_devices import Browser, here
from tests.web.http.test_entering import said
from tests.web.process import Serving, fails, prints, run
from tests.web.server import SECRET, TOPIC, LiveServer
from webinar_server.clock import now_ms
from webinar_server.state import Identity
from webinar_server.web.who.tokens import Signer


async def renewed(server: LiveServer, by: str, person: str, **more: object) -> httpx.Response:
    headers = {"Authorization": f"Bearer {by}"}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False) as http:
        return await http.post("/api/links", json={"person": person, **more})


async def test_a_host_renews_a_link_and_only_the_new_one_is_good(server: LiveServer) -> None:
    token = server.token("Ada", issued=now_ms() - 5)
    browser, who, phone = await here(server, token, organisation="Engines")
    answer = await renewed(server, server.token("Host", "host"), who["you"]["id"])
    assert answer.status_code == 201 and answer.json()["path"] == f"/session/s1#{answer.json()['token']}"
    assert await phone.ended() == (4401, '{"code": "token.renewed"}')
    assert said(await browser.enter(token=token)) == (401, "token.renewed")
    assert said(await browser.me(who)) == (401, "token.renewed")
    new = Browser(server)
    again = await new.entered(token=answer.json()["token"], whose="mine")
    assert again["you"] == who["you"]
    await (await new.live(again)).do("say", text="It is me")


@pytest.mark.parametrize("role", ["attendee", "speaker", "stage"])
async def test_only_hosts_renew_links(server: LiveServer, role: str) -> None:
    _, who, phone = await here(server, server.token("Ada"))
    assert said(await renewed(server, server.token("X", role), who["you"]["id"])) == (  # type: ignore[arg-type]
        403,
        "command.not_allowed",
    )
    await phone.alive()


async def test_a_host_gets_no_link_of_another_host_or_by_a_name_or_in_another_session(
    server: LiveServer,
) -> None:
    await server.add_session("s2")
    host = server.token("Host", "host")
    other = await server.joined("Other", "host")
    ada = await server.joined("Ada", session="s2")
    await other.until(lambda: bool(other.screen.of("person")))
    assert said(await renewed(server, host, other.hello["you"]["id"])) == (422, "person.leads")
    assert said(await renewed(server, host, "Other")) == (422, "person.unknown")
    assert said(await renewed(server, host, ada.hello["you"]["id"], session="s2")) == (422, "person.unknown")
    boss = server.token("Boss", "organiser", session="s2")
    assert said(await renewed(server, boss, other.hello["you"]["id"], session="s1")) == (
        422,
        "person.unknown",
    )
    old = server.token("Ghost", "host")
    assert said(await renewed(server, host, "", token=old)) == (422, "person.unknown")
    for client in (other, ada):
        await client.alive()


async def test_a_host_who_was_removed_renews_nothing(server: LiveServer) -> None:
    _, who, _ = await here(server, server.token("Ada"))
    cohost = server.identity("Cohost", "host")
    await (await server.joined("Cohost", "host", id=cohost.id)).alive()
    boss = await server.joined("Boss", "organiser")
    await boss.until(lambda: cohost.id in boss.screen.of("person"))
    await boss.do("remove", person=cohost.id)
    answer = await renewed(server, server.signer.sign(cohost), who["you"]["id"])
    assert said(answer) == (403, "person.removed")


# at a terminal


def made(data: pathlib.Path, role: str = "attendee", name: str = "Ada") -> str:
    return prints("token", "--session", "s1", "--role", role, "--name", name, "--data", data)[0]


async def joined(serving: Serving, token: str) -> Client:
    return await (await Client(serving.url, token).open()).join(TOPIC)


async def test_at_the_terminal_any_link_is_renewed_beside_a_running_server(tmp_path: pathlib.Path) -> None:
    data = tmp_path / "data"
    prints("session", "add", "s1", "--title", "Ports", "--data", data)
    serving = Serving(data).start()
    try:
        token = made(data, "host", "Anna")
        anna = await joined(serving, token)
        (link,) = prints("link", "--renew", f"{serving.url}/host/s1#{token}", "--data", data)
        assert (await anna.ended())[0] == 4401
        assert link.startswith(f"{serving.url}/host/s1#")
        new = link.partition("#")[2]
        anna = await joined(serving, new)
        assert Signer(SECRET).read(new).id == Signer(SECRET).read(token).id == anna.hello["you"]["id"]
        with pytest.raises(InvalidStatus):
            await Client(serving.url, token).open()
        (by_name,) = prints("token", "--renew", "anna", "--session", "s1", "--days", "3", "--data", data)
        assert Signer(SECRET).read(by_name).expires < now_ms() + 3 * 86_400_000 + 1
        assert "nobody" in fails("token", "--renew", "Zoe", "--session", "s1", "--data", data)
    finally:
        serving.kill()


async def test_one_that_leaked_before_anybody_came_is_renewed_without_a_server(
    tmp_path: pathlib.Path,
) -> None:
    data = tmp_path / "data"
    prints("session", "add", "s1", "--title", "Ports", "--data", data)
    token = made(data)
    (new,) = prints("token", "--renew", token, "--data", data)
    assert Signer(SECRET).read(new).name == "Ada"
    serving = Serving(data).start()
    try:
        # known at the latest when it joins
        ada = await Client(serving.url, token).open()
        await ada.send(op="join", topic=TOPIC, at=None)
        assert await ada.ended() == (4401, '{"code": "token.renewed"}')
        await (await joined(serving, new)).alive()
    finally:
        serving.kill()


async def test_workers_hear_of_it_from_a_terminal_beside_them(tmp_path: pathlib.Path) -> None:
    valkey = Valkey(tmp_path / "valkey").start()
    data = tmp_path / "data"
    where = ("--data", data, "--redis", valkey.url)
    prints("session", "add", "s1", "--title", "Ports", *where)
    serving = Serving(data, "--redis", valkey.url).start()
    try:
        token = made(data)
        ada = await joined(serving, token)
        (new,) = prints("token", "--renew", token, *where)
        assert (await ada.ended())[0] == 4401
        await (await joined(serving, new)).alive()
    finally:
        serving.kill()
        valkey.kill()


def test_what_is_missing_is_said(tmp_path: pathlib.Path) -> None:
    data = tmp_path / "data"
    assert "--name" in run("token", "--session", "s1", "--role", "host", "--data", data).stderr
    assert "name the session" in fails("token", "--renew", "Ada", "--data", data)
    assert "no session" in fails("token", "--renew", "Ada", "--session", "s1", "--data", data)
    assert "expired" in fails("token", "--renew", _expired(), "--data", data)


def _expired() -> str:
    return Signer(SECRET).sign(Identity(id="a", name="Ada", role="attendee", topic="session/s1", expires=1))
