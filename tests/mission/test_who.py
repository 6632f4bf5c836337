"""Who is who in a mission: a link says which of them and since when, the mission says the rest, also in its
sessions, and whatever it says otherwise is felt there at once."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import httpx
import pytest

from tests.mission.planning import planned as stands
from tests.mission.test_live import TOPIC, invited, organiser
from tests.web.client import Client, until
from tests.web.conftest import pytest_asyncio_loop_factories, server, start
from tests.web.server import LiveServer
from webinar_server.mission.participants import Participant
from webinar_server.session.people import Person
from webinar_server.state import Identity
from webinar_server.web.who.tokens import PURPOSE

__all__ = ["organiser", "pytest_asyncio_loop_factories", "server", "start"]

LINKS = "/api/missions/ev-2027/links"
SLOT = {"session": "depots", "title": "Depots", "starts_at": 0, "ends_at": 1}


def browser(server: LiveServer, **more: Any) -> httpx.AsyncClient:
    """On a page of the server's own."""
    headers = {"Origin": server.url, **more}
    return httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False)


def link(server: LiveServer, id: str) -> str:
    return server.token("", "participant", id=id, topic=TOPIC, issued=0)


async def planned(server: LiveServer, organiser: Client, **slot: Any) -> None:
    """A session of the mission, which is open."""
    await server.add_session("depots", mission="ev-2027")
    await stands(server, **SLOT, **slot)


async def seated(server: LiveServer, id: str, session: str = "depots") -> Client:
    """Somebody in a session by the link of their mission."""
    client = server.client(link(server, id), path=f"/live?topic=session/{session}")
    server._clients.append(client)
    return await (await client.open()).join(f"session/{session}")


async def there(server: LiveServer, id: str) -> Person:
    """Somebody in the session, once its log says so."""
    await until(lambda: server.state("depots").get(Person, id) is not None, "there")
    person = server.state("depots").get(Person, id)
    assert person is not None
    return person


async def test_a_link_says_who_and_since_when_alone(server: LiveServer, organiser: Client) -> None:
    id, _ = await invited(server, organiser, "Ada")
    assert server.signer.read_for(PURPOSE, link(server, id), list[Any]) == [TOPIC, id, 0]
    long = Identity(id=id, name="Ada", role="organiser", topic=TOPIC, issued=1, expires=4 * 10**12)
    forged = server.signer.sign_for(
        PURPOSE, [getattr(long, name) for name in ("id", "name", "role", "topic")]
    )
    async with browser(server) as http:
        answer = await http.post("/api/enter", json={"token": forged})
    assert (answer.status_code, answer.json()["code"]) == (401, "token.wrong")


async def test_a_link_becomes_a_cookie_and_who_they_are_is_the_missions_word(
    server: LiveServer, organiser: Client
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    async with browser(server) as http:
        entered = await http.post("/api/enter", json={"token": link(server, id)})
        who = entered.json()
        assert (who["you"]["name"], who["you"]["role"], who["entered"]) == ("Ada", "participant", True)
        assert (who["topic"], who["mission"]) == (TOPIC, "ev-2027") and "session" not in who
        value = next(cookie.value for cookie in http.cookies.jar)
        assert server.signer.read_for(PURPOSE, value, list[Any])[:2] == [TOPIC, id]
        await organiser.do("change_card", participant=id, name="Ada Bos")
        me = (await http.get("/api/me", params={"as": who["as"]})).json()
        assert me["you"]["name"] == "Ada Bos"
        said = {"name": "Ada Bos-Kok", "pitch": "Depots", "participant": "ori"}
        renamed = await http.post("/api/enter", json={"as": who["as"], "whose": "mine", "profile": said})
        assert renamed.json()["you"]["name"] == "Ada Bos-Kok"
        card = server.hub.worker.rooms[TOPIC].state.get(Participant, id)
        assert card is not None and (card.name, card.pitch) == ("Ada Bos-Kok", "Depots")
        assert (await http.post("/api/leave", json={"as": who["as"]})).status_code == 200
        assert (await http.get("/api/me")).json()["code"] == "token.missing"


async def test_a_second_browser_is_asked_whose_link_it_is_once_somebody_came_by_it(
    server: LiveServer, organiser: Client
) -> None:
    id, ada = await invited(server, organiser, "Ada")
    await ada.join(TOPIC)
    await ada.until(lambda: ada.screen.of("participant").get(id, {}).get("state") == "admitted", "in")
    async with browser(server) as http:
        asked = await http.post("/api/enter", json={"token": link(server, id)})
        assert (asked.status_code, asked.json()["code"], asked.json()["name"]) == (409, "person.whose", "Ada")
        other = await http.post("/api/enter", json={"token": link(server, id), "whose": "another"})
        assert other.json()["code"] == "link.shared"
        mine = await http.post("/api/enter", json={"token": link(server, id), "whose": "mine"})
        assert mine.status_code == 200
        assert (await http.post("/api/enter", json={"token": link(server, id)})).status_code == 200


async def test_one_cookie_is_good_for_all_sessions_of_the_mission_and_for_no_other(
    server: LiveServer, organiser: Client
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await planned(server, organiser, speakers=[id])
    async with browser(server) as http:
        topic = {"topic": "session/depots"}
        who = (await http.post("/api/enter", json={"token": link(server, id), **topic})).json()
        assert (who["session"], who["mission"], who["you"]["role"]) == ("depots", "ev-2027", "speaker")
        assert who["entered"] is True and "door" not in who
        me = await http.get("/api/me", params=topic)
        assert me.json() == who
        assert (await http.get("/api/me")).json()["as"] == who["as"]
        for other in ("session/s1", "session/none", "mission/other", "nonsense"):
            answer = await http.get("/api/me", params={"topic": other})
            assert (answer.status_code, answer.json()["code"]) == (403, "topic.forbidden"), other


@pytest.mark.parametrize(("slot", "role"), [("hosts", "host"), ("speakers", "speaker"), ("", "attendee")])
async def test_the_slot_says_as_what_somebody_is_in_a_session(
    server: LiveServer, organiser: Client, slot: str, role: str
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await organiser.do("change_card", participant=id, organisation="Voltline", pitch="Depots")
    await planned(server, organiser, **({slot: [id]} if slot else {}))
    ada = await seated(server, id)
    assert ada.hello["you"] == {"id": id, "name": "Ada", "role": role}
    person = await there(server, id)
    assert (person.role, person.organisation, person.pitch, person.known_as is not None) == (
        *(role, "Voltline", "Depots"),
        True,
    )


async def test_an_organiser_of_the_mission_is_one_in_its_sessions(
    server: LiveServer, organiser: Client
) -> None:
    await planned(server, organiser)
    ori = await seated(server, organiser.hello["you"]["id"])
    assert ori.hello["you"]["role"] == "organiser"
    await ori.do("close_session")


async def test_a_new_card_is_told_in_the_session_at_once(server: LiveServer, organiser: Client) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    ada = await seated(server, id)
    await ada.do("ask", text="How long?", shown="named")
    await organiser.do("change_card", topic=TOPIC, participant=id, name="Ada Bos", pitch="Chargers")
    await ada.until(lambda: ada.screen.of("person")[id]["name"] == "Ada Bos", "the new name")
    assert ada.screen.of("person")[id]["pitch"] == "Chargers"
    [question] = ada.screen.of("question").values()
    assert question["asker"]["name"] == "Ada Bos"
    # a line for this hour stays until the card says another
    await ada.do("introduce", pitch="Chargers for today")
    await organiser.do("change_card", topic=TOPIC, participant=id, organisation="Voltline")
    await ada.until(lambda: ada.screen.of("person")[id]["organisation"] == "Voltline", "the organisation")
    assert ada.screen.of("person")[id]["pitch"] == "Chargers for today"
    answer = await ada.do("say", text="hello")
    assert ada.screen.of("message")[answer["result"]["id"]]["name"] == "Ada Bos"


async def test_who_becomes_a_host_or_is_one_no_more_comes_in_anew_as_that(
    server: LiveServer, organiser: Client
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    for hosts, role in (([id], "host"), ([], "attendee")):
        ada = await seated(server, id)
        at = ada.screen.at
        await organiser.do("change_slot", topic=TOPIC, slot="depots", hosts=hosts)
        assert await ada.ended() == (1012, json.dumps({"retry_after": 0}))
        again = server.client(link(server, id), path="/live?topic=session/depots")
        server._clients.append(again)
        await again.open()
        assert again.hello["you"]["role"] == role
        await again.send(op="join", topic="session/depots", at=at, role=ada.hello["you"]["role"])
        await again.until(lambda again=again: bool(again.screen.frames), "the state")
        # all of it, for as this role they had seen nothing yet
        assert again.screen.frames[0].get("reset") is True
        await until(lambda role=role: server.state("depots").get(Person, id).role == role, role)


async def test_who_becomes_an_organiser_comes_in_anew_in_the_mission(
    server: LiveServer, organiser: Client
) -> None:
    id, ada = await invited(server, organiser, "Ada")
    await ada.join(TOPIC)
    await organiser.do("change_role", participant=id, role="organiser")
    assert (await ada.ended())[0] == 1012
    again = await server.connected("Ada", "participant", id=id, topic=TOPIC)
    assert again.hello["you"]["role"] == "organiser"


@pytest.mark.parametrize(
    ("command", "code", "reason"),
    [("decline", 4403, "participant.declined"), ("end_links_of", 4401, "token.renewed")],
)
async def test_who_takes_no_part_any_more_is_out_of_the_sessions_too(
    server: LiveServer, organiser: Client, command: str, code: int, reason: str
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    ada = await seated(server, id)
    await organiser.do(command, topic=TOPIC, participant=id)
    closed, why = await ada.ended()
    assert (closed, json.loads(why)["code"]) == (code, reason)
    async with browser(server, Authorization=f"Bearer {link(server, id)}") as http:
        answer = await http.get("/api/me", params={"topic": "session/depots"})
        assert answer.json()["code"] == reason


async def test_who_a_host_removed_from_a_session_takes_part_in_the_mission_all_the_same(
    server: LiveServer, organiser: Client
) -> None:
    id, ada = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    ori = await seated(server, organiser.hello["you"]["id"])
    seat = await seated(server, id)
    await there(server, id)
    await ori.do("remove", person=id)
    assert (await seat.ended())[0] == 4403
    await ada.join(TOPIC)
    await ada.alive()


async def test_guests_with_a_link_of_their_own_come_into_such_a_session_as_ever(
    server: LiveServer, organiser: Client
) -> None:
    await planned(server, organiser)
    guest = await server.joined("Gus", session="depots")
    assert (await there(server, guest.hello["you"]["id"])).known_as is None


async def test_a_link_is_shown_to_organisers_as_often_as_they_ask_and_ends_when_it_is_renewed(
    server: LiveServer, organiser: Client
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    ori = link(server, organiser.hello["you"]["id"])
    async with browser(server, Authorization=f"Bearer {ori}") as http:
        first = (await http.post(LINKS, json={"participant": id})).json()
        assert first == (await http.post(LINKS, json={"participant": id})).json()
        assert first["path"] == f"/mission/ev-2027#{first['token']}"
        renewed = (await http.post(LINKS, json={"participant": id, "renew": True})).json()
        assert renewed["token"] != first["token"]
        assert (await http.post(LINKS, json={"participant": "eve"})).json()["code"] == "participant.unknown"
    async with browser(server) as http:
        old = await http.post("/api/enter", json={"token": first["token"]})
        assert (old.status_code, old.json()["code"]) == (401, "token.renewed")
        assert (await http.post("/api/enter", json={"token": renewed["token"]})).status_code == 200


async def test_nobody_else_is_given_links_and_no_organiser_anothers(
    server: LiveServer, organiser: Client
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    second = (await organiser.do("invite", name="Second", role="organiser"))["result"]["id"]
    for token, code in ((link(server, id), "command.not_allowed"), (server.token("Gus"), "topic.forbidden")):
        async with browser(server, Authorization=f"Bearer {token}") as http:
            assert (await http.post(LINKS, json={"participant": id})).json()["code"] == code
            assert (await http.get(f"{LINKS}.csv")).json()["code"] == code
    async with browser(server, Authorization=f"Bearer {link(server, second)}") as http:
        answer = await http.post(LINKS, json={"participant": organiser.hello["you"]["id"]})
        assert (answer.status_code, answer.json()["code"]) == (422, "link.organises")
    async with browser(server, Authorization=f"Bearer {link(server, organiser.hello['you']['id'])}") as http:
        told = (await http.post(LINKS, json={"participant": second})).json()
        assert told["path"].startswith("/organise/ev-2027#")


async def test_a_list_has_everybodys_link_and_nothing_that_a_spreadsheet_would_reckon_with(
    server: LiveServer, organiser: Client
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await organiser.do("change_card", participant=id, organisation="=cmd()")
    async with browser(server, Authorization=f"Bearer {link(server, organiser.hello['you']['id'])}") as http:
        answer = await http.get(f"{LINKS}.csv")
    assert answer.headers["cache-control"] == "no-store" and answer.text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["name"] for row in rows] == ["Ada", "Ori Olsen"]
    assert rows[0]["organisation"] == "'=cmd()"
    assert rows[0]["link"] == f"{server.url}/mission/ev-2027#{link(server, id)}"


async def test_the_missions_room_stays_open_while_somebody_of_it_is_in_a_session(
    server: LiveServer, organiser: Client
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    await seated(server, id)
    standing = server.hub.standing
    assert standing.needs(TOPIC) and standing.needs("session/depots") and not standing.needs("session/s1")


async def test_a_mission_that_is_not_open_here_yet_is_opened_for_who_comes(
    server: LiveServer, organiser: Client
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    await organiser.close()
    for client in server._clients:
        await client.close()
    await until(lambda: not server.hub.standing.needs(TOPIC), "nobody")
    for path in ("/live", "/live?topic=session/depots"):
        for topic in (TOPIC, "session/depots"):
            if topic in server.hub.worker.rooms:
                await server.hub._close(topic)
        client = server.client(link(server, id), path=path)
        server._clients.append(client)
        await client.open()
        assert client.hello["you"]["name"] == "Ada"
        await client.close()
    await server.hub._close(TOPIC)
    eve = await server.client(link(server, "eve")).open()
    assert (await eve.ended())[0] == 4403


async def test_an_organiser_of_a_mission_plans_its_sessions_and_creates_no_others(
    server: LiveServer, organiser: Client
) -> None:
    wanted = {"session": "other", "title": "Other"}
    ori = link(server, organiser.hello["you"]["id"])
    leader = server.token("Lea", "organiser")
    for token, more in ((ori, {}), (ori, {"mission": "ev-2027"}), (leader, {"mission": "ev-2027"})):
        async with browser(server, Authorization=f"Bearer {token}") as http:
            answer = await http.post("/api/sessions", json={**wanted, **more})
        assert (answer.status_code, answer.json()["code"]) == (403, "command.not_allowed")


def test_links_go_along_with_a_mission_that_is_moved() -> None:
    from tests.mission.scene import scene
    from webinar_server.mission.lending import DAY_MS, known

    story = scene("ada")
    bare = Identity(id="ada", name="", role="", topic=TOPIC, home=TOPIC)
    before = known(story.state, bare, TOPIC).expires
    story.given("ori", "change_mission", ends_on="2027-03-07")
    assert known(story.state, bare, TOPIC).expires == before + 2 * DAY_MS


async def test_a_page_is_opened_as_whoever_suits_it_of_those_a_browser_knows(
    server: LiveServer, organiser: Client
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    async with browser(server) as http:
        await http.post("/api/enter", json={"token": link(server, id)})
        gus = (await http.post("/api/enter", json={"token": server.token("Gus")})).json()
        for topic, who in (("session/depots", id), (TOPIC, id), ("session/s1", gus["you"]["id"])):
            me = await http.get("/api/me", params={"topic": topic})
            assert me.json()["you"]["id"] == who, topic


async def test_a_host_of_a_session_renews_no_link_of_the_mission(
    server: LiveServer, organiser: Client
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    await seated(server, id)
    await there(server, id)
    host = await server.joined("Hal", "host", session="depots")
    assert (await host.refused("renew_link", person=id))["code"] == "link.of_mission"


async def test_who_does_not_agree_to_be_named_in_the_picture_is_not_also_where_they_are_in_it(
    server: LiveServer, organiser: Client
) -> None:
    id, week = await invited(server, organiser, "Ada")
    await week.join(TOPIC)
    await planned(server, organiser)
    ada = await seated(server, id)
    stage = await server.joined("Stage", "stage", session="depots")
    host = await server.joined("Hal", "host", session="depots")
    eve = await server.joined("Eve", session="depots")
    question = (await ada.do("ask", text="How long?", shown="named"))["result"]["id"]
    await host.do("spotlight", question=question)
    told = (stage, eve, host)

    def named() -> list[str]:
        seen = [client.screen.of("question").get(question, {}) for client in told]
        return [str(each.get("asker", {}).get("name", "")) for each in seen]

    await until(lambda: named() == ["Ada", "Ada", "Ada"], "named")
    await week.do("turn", switch="spotlight", on=False)
    await until(lambda: named() == ["", "", "Ada"], "a participant")
    assert "Ada" not in json.dumps(stage.screen.of("question"))
    await week.do("turn", switch="spotlight", on=True)
    await until(lambda: named() == ["Ada", "Ada", "Ada"], "named again")
