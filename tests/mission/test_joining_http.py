"""Getting in over HTTP: by a form, with a code, or once an organiser agrees; nobody learns who is there."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from tests.mission.test_live import TOPIC, invited, organised, organiser
from tests.web.client import Client
from tests.web.conftest import pytest_asyncio_loop_factories, server, start
from tests.web.server import LiveServer
from webinar_server.limits import Rate
from webinar_server.limits_of_newcomers import CODES, JOINING, LOST_LINKS
from webinar_server.mission.letters import Letter
from webinar_server.mission.participants import Participant
from webinar_server.settings import Settings
from webinar_server.state import State
from webinar_server.web.mission import joining

__all__ = ["organiser", "pytest_asyncio_loop_factories", "server", "start"]

PATH = "/api/missions/ev-2027"


def browser(server: LiveServer, **headers: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=server.url, headers={"Origin": server.url} | headers, trust_env=False)


async def join(server: LiveServer, **said: str) -> httpx.Response:
    async with browser(server) as http:
        return await http.post(f"{PATH}/join", json={"name": "Bo Boom"} | said)


def state_of(server: LiveServer) -> State:
    return server.hub.worker.rooms[TOPIC].state


def called(server: LiveServer, name: str) -> list[Participant]:
    return [one for one in state_of(server).all(Participant) if one.name == name]


async def test_anybody_is_told_of_the_mission_and_of_nobody(server: LiveServer, organiser: Client) -> None:
    await invited(server, organiser, "Ada")
    async with browser(server) as http:
        told = (await http.get(f"{PATH}/welcome")).json()
        assert (await http.get("/api/missions/none/welcome")).status_code == 404
    assert told["title"] == "Electric mobility" and told["entry"] == "invited" and told["letters"] is False
    assert "Ada" not in str(told) and "Ori" not in str(told) and "code" not in told


async def test_by_an_open_form_one_is_in_at_once(server: LiveServer, organiser: Client) -> None:
    await organiser.do("change_mission", entry="open")
    async with browser(server) as http:
        came = await http.post(
            f"{PATH}/join",
            json={"name": "Bo Boom", "organisation": "Voltline", "kind": "sme", "email": "bo@example.org"},
        )
        assert came.status_code == 200 and came.json()["you"]["name"] == "Bo Boom"
        # the cookie is theirs
        me = await http.get("/api/me")
    assert me.json()["you"]["id"] == came.json()["you"]["id"]
    (bo,) = called(server, "Bo Boom")
    assert (bo.state, bo.kind, bo.email) == ("admitted", "sme", "bo@example.org")
    assert state_of(server).get(Letter, f"welcome.{bo.id}") is not None


async def test_nothing_is_guessed_and_only_a_name_is_needed(server: LiveServer, organiser: Client) -> None:
    await organiser.do("change_mission", entry="open")
    assert (await join(server)).status_code == 200
    (bo,) = called(server, "Bo Boom")
    assert (bo.kind, bo.organisation, bo.country, bo.languages) == ("", "", "", ())
    none = await join(server, name=" ")
    assert (none.status_code, none.json()["field"]) == (422, "name")
    seal = await join(server, name="Bo ✅")
    assert (seal.json()["code"], seal.json()["suggestion"]) == ("person.seal", "Bo")
    house = await join(server, name="Organiser")
    assert house.json()["code"] == "person.reserved"
    assert (await join(server, role="organiser")).json()["code"] == "body.malformed"


@pytest.mark.parametrize("entry", ["open", "approval"])
async def test_an_address_that_is_known_is_answered_as_any_other(
    server: LiveServer, organiser: Client, entry: str
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await organiser.do("change_mission", entry=entry)
    new = await join(server, email="bo@example.org")
    known = await join(server, email="ADA@example.org")
    assert new.status_code == known.status_code and new.headers.keys() == known.headers.keys()
    if entry == "approval":
        assert new.json() == known.json() == {"state": "applied"}
        assert len(called(server, "Bo Boom")) == 1
    else:
        assert new.json().keys() == known.json().keys()
        assert new.json()["you"].keys() == known.json()["you"].keys()
        assert known.json()["you"]["id"] != id
    # its owner alone is told, where nobody else reads
    assert state_of(server).get(Letter, f"link.{id}") is not None


async def test_with_a_code_who_has_it_is_in_and_guessing_is_slow(start: Any) -> None:
    server = await start(Settings())
    ori = await organised(server)
    await ori.do("change_mission", entry="code", code="Volt 2027")
    assert (await join(server)).json()["code"] == "mission.wrong_code"
    assert (await join(server, code="volt2027")).status_code == 200
    guesses = [await join(server, code=f"guess{number}") for number in range(CODES.burst + 5)]
    assert [one.json()["code"] for one in guesses[-5:]] == ["pace.codes"] * 5
    # and from there the right one is told from a wrong one by nothing
    last = await join(server, code="Volt 2027")
    assert (last.status_code, last.json()["code"]) == (429, "pace.codes")


async def test_with_approval_one_is_told_what_comes_and_has_no_way_in(
    server: LiveServer, organiser: Client
) -> None:
    await organiser.do("change_mission", entry="approval")
    without = await join(server)
    assert (without.json()["code"], without.json()["field"]) == ("participant.no_email", "email")
    answer = await join(server, email="bo@example.org")
    assert (answer.status_code, answer.json()) == (202, {"state": "applied"})
    assert "set-cookie" not in answer.headers
    (bo,) = called(server, "Bo Boom")
    assert bo.state == "applied" and state_of(server).get(Letter, f"applied.{bo.id}") is not None


async def test_by_invitation_nobody_joins_by_a_form(server: LiveServer, organiser: Client) -> None:
    answer = await join(server)
    assert (answer.status_code, answer.json()["code"]) == (403, "mission.invited")


async def test_three_hundred_of_one_address_all_come_in(start: Any) -> None:
    server = await start(Settings())
    ori = await organised(server)
    await ori.do("change_mission", entry="open")
    async with browser(server) as http:
        joins = [http.post(f"{PATH}/join", json={"name": f"Person {number}"}) for number in range(300)]
        answers = await asyncio.gather(*joins)
    assert {answer.status_code for answer in answers} == {200}


async def test_a_flood_is_slowed_down(start: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "JOINING", Rate(JOINING.each, 20))
    server = await start(Settings())
    ori = await organised(server)
    await ori.do("change_mission", entry="open")
    async with browser(server) as http:
        joins = [http.post(f"{PATH}/join", json={"name": "Bo"}) for _ in range(80)]
        answers = await asyncio.gather(*joins)
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) > 30 and {answer.json()["code"] for answer in refused} == {"pace.joining"}


async def test_a_lost_link_is_answered_alike_and_sent_to_its_owner_alone(
    server: LiveServer, organiser: Client
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    async with browser(server) as http:
        known = await http.post(f"{PATH}/lost-link", json={"email": "ada@example.org"})
        unknown = await http.post(f"{PATH}/lost-link", json={"email": "eve@example.org"})
        wrong = await http.post(f"{PATH}/lost-link", json={"email": "ada"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content) == (202, b"{}")
    assert wrong.json()["field"] == "email"
    await organiser.until(lambda: state_of(server).get(Letter, f"link.{id}") is not None, "the letter")
    assert len(list(state_of(server).all(Letter))) == 1


async def test_asking_for_links_is_slowed_down(start: Any) -> None:
    server = await start(Settings())
    await organised(server)
    async with browser(server) as http:
        asked = [
            await http.post(f"{PATH}/lost-link", json={"email": f"p{number}@example.org"})
            for number in range(LOST_LINKS.burst + 3)
        ]
    assert [one.status_code for one in asked[-3:]] == [429] * 3


async def test_organisations_that_are_written_a_little_otherwise_are_offered(
    server: LiveServer, organiser: Client
) -> None:
    await organiser.do("change_mission", entry="open")
    for name, organisation in (("Ada", "Voltline B.V."), ("Cem", "Grid Nord")):
        await organiser.do("invite", name=name, organisation=organisation)

    async def like(organisation: str) -> list[str]:
        async with browser(server) as http:
            answer = await http.get(f"{PATH}/alike", params={"organisation": organisation})
        return answer.json()["organisations"]  # type: ignore[no-any-return]

    assert await like("Voltlin") == await like("VOLTLINE BV") == await like("voltline") == ["Voltline B.V."]
    assert await like("Voltline B.V.") == await like("Tulip") == await like("Gr") == []
    # what is typed stays what it is
    await join(server, organisation="Voltline")
    assert called(server, "Bo Boom")[0].organisation == "Voltline"
    await organiser.do("change_mission", entry="code", code="secret27")
    async with browser(server) as http:
        closed = await http.get(f"{PATH}/alike", params={"organisation": "Voltlin"})
    assert closed.json()["code"] == "mission.wrong_code"


async def test_no_page_of_somebody_else_joins_for_anybody(server: LiveServer, organiser: Client) -> None:
    await organiser.do("change_mission", entry="open")
    async with browser(server, Origin="https://evil.example") as http:
        for path, body in (("join", {"name": "Bo"}), ("lost-link", {"email": "a@b.example"})):
            answer = await http.post(f"{PATH}/{path}", json=body)
            assert (answer.status_code, answer.json()["code"]) == (403, "origin.foreign")
