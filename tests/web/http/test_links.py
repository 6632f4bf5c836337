"""Links that leaked are renewed: by a host on the page, or by whoever has the secret at a terminal."""

from __future__ import annotations

import asyncio
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
from webinar_server.limits import ENTERING, STAGE_LINKS
from webinar_server.settings import Settings
from webinar_server.state import Identity
from webinar_server.web.http.links import terminal
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
        assert (
            Signer(SECRET).read_link(new).id == Signer(SECRET).read_link(token).id == anna.hello["you"]["id"]
        )
        with pytest.raises(InvalidStatus):
            await Client(serving.url, token).open()
        (by_name,) = prints("token", "--renew", "anna", "--session", "s1", "--days", "3", "--data", data)
        assert Signer(SECRET).read_link(by_name).expires < now_ms() + 3 * 86_400_000 + 1
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
    assert Signer(SECRET).read_link(new).name == "Ada"
    serving = Serving(data).start()
    try:
        # known at the latest when it joins, and where the session is open already before that
        try:
            ada = await Client(serving.url, token).open()
            await ada.send(op="join", topic=TOPIC, at=None)
            assert await ada.ended() == (4401, '{"code": "token.renewed"}')
        except InvalidStatus as refused:
            assert refused.response.status_code == 401
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


# who speaks


async def test_a_host_makes_a_link_for_a_speaker_and_renews_it(server: LiveServer) -> None:
    host = server.token("Host", "host")
    headers = {"Authorization": f"Bearer {host}"}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False) as http:
        made = await http.post("/api/speaker-links", json={"name": "Dr. Eva Smit"})
        wrong = [
            (await http.post("/api/speaker-links", json=body)).status_code for body in ({}, {"name": ""})
        ]
    assert made.status_code == 201 and made.json()["path"] == f"/speaker/s1#{made.json()['token']}"
    assert wrong[0] == 400 and 400 <= wrong[1] < 500
    _, who, phone = await here(server, made.json()["token"])
    you: dict[str, str] = who["you"]  # type: ignore[assignment]
    assert (you["role"], you["id"]) == ("speaker", made.json()["person"])
    again = await renewed(server, host, you["id"])
    assert again.status_code == 201
    assert (await phone.ended())[0] == 4401


async def test_nobody_but_a_host_makes_one(server: LiveServer) -> None:
    for role in ("attendee", "speaker", "stage"):
        headers = {"Authorization": f"Bearer {server.token('Ada', role)}"}
        async with httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False) as http:
            answer = await http.post("/api/speaker-links", json={"name": "Eva"})
        assert said(answer) == (403, "command.not_allowed")


# the stage


async def stage_link(server: LiveServer, by: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {by}"}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False) as http:
        return await http.post("/api/stage-links")


async def test_a_host_makes_links_for_screens_and_ends_all_of_them(server: LiveServer) -> None:
    host = server.token("Host", "host")
    made = [await stage_link(server, host) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json()["path"] == f"/stage/s1#{made[0].json()['token']}"
    screens = [await Client(server.url, answer.json()["token"]).open() for answer in made]
    own = await server.joined("Hall", "stage")
    for screen in screens:
        assert (await screen.join(TOPIC)).hello["you"]["role"] == "stage"
    answer = await renewed(server, host, "stage")
    assert answer.status_code == 201 and answer.json()["path"].startswith("/stage/s1#")
    for screen in screens:
        assert (await screen.ended())[0] == 4401
    for ended in made:
        assert said(await Browser(server).enter(token=ended.json()["token"])) == (401, "token.renewed")
    assert {each.json()["person"] for each in (*made, answer)} == {"stage"}
    await own.alive()
    again = await (await Client(server.url, answer.json()["token"]).open()).join(TOPIC)
    assert again.screen.of("session")["s1"]["title"] == "Session s1"


async def test_a_link_of_before_screens_were_told_apart_is_ended_too(server: LiveServer) -> None:
    old = server.signer.sign(server.identity("Stage", "stage", id="stage", issued=now_ms() - 5))
    screen = await (await Client(server.url, old).open()).join(TOPIC)
    await renewed(server, server.token("Host", "host"), "stage")
    assert (await screen.ended())[0] == 4401
    assert said(await Browser(server).enter(token=old)) == (401, "token.renewed")


async def test_one_screens_link_uses_up_nothing_of_anothers(tmp_path: pathlib.Path) -> None:
    settings = Settings()
    server = await LiveServer(tmp_path, settings).start()
    try:
        host = server.token("Host", "host")
        tokens = [(await stage_link(server, host)).json()["token"] for _ in range(2)]
        for _ in range(settings.connections_each):
            await Client(server.url, tokens[0]).open()
        with pytest.raises(InvalidStatus):
            await Client(server.url, tokens[0]).open()
        await (await (await Client(server.url, tokens[1]).open()).join(TOPIC)).alive()
        tries = [await Browser(server).enter(token=tokens[0]) for _ in range(ENTERING.burst + 2)]
        assert said(tries[-1]) == (429, "pace.enter")
        assert (await Browser(server).enter(token=tokens[1])).status_code == 200
    finally:
        await server.finish()


async def test_a_terminal_ends_one_screen_or_all_of_them(tmp_path: pathlib.Path, server: LiveServer) -> None:
    host = server.token("Host", "host")
    one, two = [(await stage_link(server, host)).json()["token"] for _ in range(2)]
    secret = server.signer.sign(terminal())
    again = (await renewed(server, secret, "", token=one)).json()["token"]
    assert said(await Browser(server).enter(token=one)) == (401, "token.renewed")
    for token in (two, again):
        await (await (await Client(server.url, token).open()).join(TOPIC)).alive()
    assert (await renewed(server, secret, "stage", session="s1")).status_code == 201
    for token in (two, again):
        assert said(await Browser(server).enter(token=token)) == (401, "token.renewed")


@pytest.mark.parametrize("role", ["attendee", "speaker", "stage"])
async def test_only_hosts_make_links_for_screens(server: LiveServer, role: str) -> None:
    assert said(await stage_link(server, server.token("X", role))) == (403, "command.not_allowed")  # type: ignore[arg-type]
    secret = Signer(SECRET).sign(terminal())
    assert said(await stage_link(server, secret)) == (403, "command.not_allowed")


async def test_links_for_screens_have_a_pace(tmp_path: pathlib.Path) -> None:
    server = await LiveServer(tmp_path, Settings()).start()
    try:
        host = server.token("Host", "host")
        answers = await asyncio.gather(*[stage_link(server, host) for _ in range(2 * STAGE_LINKS.burst)])
        assert {answer.status_code for answer in answers} == {201, 429}
        refused = [answer for answer in answers if answer.status_code == 429]
        assert {said(answer) for answer in refused} == {(429, "pace.stage_link")}
    finally:
        await server.finish()
