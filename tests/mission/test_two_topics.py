"""Two topics by one connection: in each somebody is what they are there, and loses each by itself."""

from __future__ import annotations

from typing import Any

import msgspec

from tests.mission.planning import planned as stands
from tests.mission.scene import CREATED
from tests.mission.test_live import TOPIC, invited, organiser
from tests.mission.test_who import SLOT, link, planned, seated
from tests.web.client import Client, until
from tests.web.conftest import pytest_asyncio_loop_factories, server, start
from tests.web.listener import Listener
from tests.web.server import LiveServer
from webinar_server.limits import TOPICS_EACH
from webinar_server.mission.announcements import Announcement
from webinar_server.mission.history import History
from webinar_server.mission.mission import CreateMission
from webinar_server.session.people import Person
from webinar_server.state import Answer

__all__ = ["organiser", "pytest_asyncio_loop_factories", "server", "start"]

SESSION, OTHER = "session/depots", "session/grids"


async def both(server: LiveServer, id: str, beside: str = TOPIC, **join: Any) -> Client:
    """Somebody who came for the session and follows another topic beside it; the screen shows both."""
    client = await seated(server, id)
    await follow(client, beside, **join)
    client.topic = SESSION
    return client


async def follow(client: Client, topic: str, **join: Any) -> None:
    await client.send(op="join", topic=topic, at=join.pop("at", None), **join)
    await client.until(lambda: bool(of(client, topic)), f"{topic}, errors {client.errors}")


def of(client: Client, topic: str) -> list[Any]:
    return [frame for frame in client.screen.frames if frame["topic"] == topic]


def seat(client: Client) -> dict[str, Any]:
    """As whom they were told to be in the other one, at last."""
    return [frame for frame in client.said if frame["op"] == "seat"][-1]


def error(client: Client) -> dict[str, Any]:
    """The last that was told, if one was."""
    return [{"topic": ""}, *(frame for frame in client.said if frame["op"] == "error")][-1]


def places(server: LiveServer) -> dict[str, int]:
    """How many hang on what becomes of each topic."""
    holders = server.hub.standing._holders.items()
    return {topic: sum(map(len, people.values())) for topic, people in holders}


async def two_sessions(server: LiveServer, organiser: Client, **slot: Any) -> None:
    """One of them led as `slot` says, the other by nobody."""
    await planned(server, organiser, **slot)
    await server.add_session("grids", mission="ev-2027")
    await stands(server, **{**SLOT, "session": "grids"})


async def test_somebody_is_in_each_what_they_are_there(server: LiveServer, organiser: Client) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await planned(server, organiser, hosts=[id])
    ada = await both(server, id)
    assert ada.hello["you"]["role"] == "host"
    assert seat(ada) == {
        "op": "seat",
        "topic": TOPIC,
        "you": {"id": id, "name": "Ada", "role": "participant"},
    }
    assert set(ada.screen.of("participant")) == {id}
    assert (await ada.refused("announce", topic=TOPIC, text="Hello"))["code"] == "command.not_allowed"
    await ada.do("turn", topic=TOPIC, switch="listed", on=False)
    assert ada.screen.of("consent")[id]["listed"]["on"] is False
    await ada.do("open_session", topic=SESSION)
    await organiser.do("announce", topic=TOPIC, text="Lunch at twelve")
    await ada.until(lambda: bool(ada.screen.of("announcement")), "what the mission tells")


async def test_who_leads_one_session_leads_no_other_by_the_same_connection(
    server: LiveServer, organiser: Client
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await two_sessions(server, organiser, hosts=[id])
    ada = await both(server, id, OTHER)
    assert seat(ada)["you"]["role"] == "attendee"
    assert (await ada.refused("close_session", topic=OTHER))["code"] == "command.not_allowed"
    await until(lambda: server.state("grids").get(Person, id) is not None, "in the other")
    person = server.state("grids").get(Person, id)
    assert person is not None and person.role == "attendee"
    bob, _ = await invited(server, organiser, "Bob")
    asker = await seated(server, bob, "grids")
    host = await seated(server, organiser.hello["you"]["id"], "grids")
    await host.do("change_session", premoderated=True)
    held = (await asker.do("ask", text="How long?", shown="named"))["result"]["id"]
    await host.until(lambda: held in host.screen.of("question"), "held, to hosts")
    await asker.do("say", text="Hello")
    await ada.until(lambda: "Hello" in ada.screen.texts(), "what all are told")
    assert held not in ada.screen.of("question")


async def test_one_who_came_for_a_mission_is_a_host_in_a_session_beside_it(
    server: LiveServer, organiser: Client
) -> None:
    id, ada = await invited(server, organiser, "Ada")
    await planned(server, organiser, hosts=[id])
    await ada.join(TOPIC)
    await follow(ada, SESSION)
    assert seat(ada)["you"]["role"] == "host"
    await ada.do("open_session", topic=SESSION)
    assert (await ada.refused("announce", topic=TOPIC, text="Hello"))["code"] == "command.not_allowed"


async def test_a_place_beside_is_lost_by_itself(server: LiveServer, organiser: Client) -> None:
    id, ada = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    await ada.join(TOPIC)
    await follow(ada, SESSION)
    host = await seated(server, organiser.hello["you"]["id"])
    await host.until(lambda: host.screen.of("person").get(id, {}).get("here") is True, "Ada")
    await host.do("remove", person=id, reason="Enough")
    await ada.until(lambda: "person.removed" in ada.errors, "out of the session")
    assert (error(ada)["topic"], error(ada)["reason"]) == (SESSION, "Enough")
    assert (await ada.refused("say", topic=SESSION, text="Still here"))["code"] == "topic.not_joined"
    before = len(of(ada, SESSION))
    await host.do("say", text="Between us")
    await ada.do("turn", topic=TOPIC, switch="listed", on=False)
    assert len(of(ada, SESSION)) == before
    await ada.send(op="join", topic=SESSION, at=None)
    await ada.until(lambda: ada.errors.count("person.removed") == 2, "nor in again")
    await ada.alive()


async def test_another_part_in_one_of_them_is_taken_by_coming_into_that_anew(
    server: LiveServer, organiser: Client
) -> None:
    id, ada = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    await ada.join(TOPIC)
    await follow(ada, SESSION)
    at = of(ada, SESSION)[-1]["at"]
    await organiser.do("change_slot", topic=TOPIC, slot="depots", hosts=[id])
    await ada.until(lambda: "token.role" in ada.errors, "told so")
    assert (error(ada)["topic"], error(ada)["retry_after"]) == (SESSION, 0)
    before = len(of(ada, SESSION))
    await ada.send(op="join", topic=SESSION, at=at, role="attendee")
    await ada.until(lambda: len(of(ada, SESSION)) > before, "as a host")
    assert seat(ada)["you"]["role"] == "host" and of(ada, SESSION)[before]["reset"]
    await ada.do("open_session", topic=SESSION)


async def test_who_becomes_an_organiser_is_told_what_those_are_in_the_mission_too(
    server: LiveServer, organiser: Client
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    ada = await both(server, id)
    await organiser.do("change_role", topic=TOPIC, participant=id, role="organiser")
    assert (await ada.ended())[0] == 1012
    again = await both(server, id)
    assert seat(again)["you"]["role"] == "organiser"
    assert "code" in again.screen.of("mission")["ev-2027"]
    await again.do("announce", topic=TOPIC, text="As one of you")


async def test_who_leaves_the_mission_is_out_of_all(server: LiveServer, organiser: Client) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    ada = await both(server, id)
    await organiser.do("decline", topic=TOPIC, participant=id)
    assert (await ada.ended())[0] == 4403


async def test_a_question_of_who_is_declined_leaves_the_line_and_is_back_with_them(
    server: LiveServer, organiser: Client
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    host, ada = await seated(server, organiser.hello["you"]["id"]), await seated(server, id)
    host.topic = ada.topic = SESSION
    question = (await ada.do("ask", text="Why?"))["result"]["id"]
    await ada.do("raise_hand")
    await host.do("queue", question=question)
    mission = server.hub.worker.rooms[TOPIC]
    await until(lambda: mission.state.get(History, id) is not None, "the mission knows that she came")

    def line() -> list[str]:
        return host.screen.of("stage")["now"]["queue"]

    await host.until(lambda: line() == [question], "in the line")
    await organiser.do("decline", topic=TOPIC, participant=id)
    await host.until(lambda: line() == [] and not host.screen.of("person")[id]["here"], "out of the line")
    assert host.screen.of("person")[id]["hand"] is None
    await organiser.do("undo_decline", topic=TOPIC, participant=id, state="admitted")
    await host.until(lambda: line() == [question], "back in the line")


async def test_one_goes_on_from_ones_position_in_each(server: LiveServer, organiser: Client) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    ada = await both(server, id)
    at = of(ada, TOPIC)[-1]["at"]
    await ada.close()
    await organiser.do("announce", topic=TOPIC, text="Meanwhile")
    again = await both(server, id, at=at, role="participant")
    await again.until(lambda: bool(again.screen.of("announcement")), "what came meanwhile")
    assert "mission" not in of(again, TOPIC)[0]["put"] and "reset" not in of(again, TOPIC)[0]


async def test_who_has_left_one_goes_on_in_the_other_and_is_gone_from_both_at_the_end(
    server: LiveServer, organiser: Client
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    before = places(server)
    ada = await both(server, id)
    home = server.hub.worker.rooms[TOPIC].presence
    await until(lambda: home.count(id) == 2, "by the session and by itself")
    await ada.send(op="leave", topic=TOPIC)
    assert (await ada.refused("turn", topic=TOPIC, switch="listed", on=False))["code"] == "topic.not_joined"
    assert home.count(id) == 1
    await ada.do("say", text="Still here")
    await ada.close()
    await until(lambda: home.count(id) == 0, "gone")
    await until(lambda: places(server) == before, "nothing is kept of her")


async def test_a_guest_of_a_session_follows_nothing_beside_it(server: LiveServer, organiser: Client) -> None:
    await planned(server, organiser)
    guest = await server.joined("Guest", session="depots")
    for topic in (TOPIC, "session/s1", "mission/none", "nonsense"):
        await guest.send(op="join", topic=topic, at=None)
    await guest.until(lambda: len(guest.errors) == 4, "refused")
    assert set(guest.errors) == {"topic.forbidden"}


async def test_one_connection_follows_a_few_topics(server: LiveServer, organiser: Client) -> None:
    _, ada = await invited(server, organiser, "Ada")
    await ada.join(TOPIC)
    for number in range(TOPICS_EACH):
        await server.add_session(f"hall-{number}", mission="ev-2027")
        await ada.send(op="join", topic=f"session/hall-{number}", at=None)
    await ada.until(lambda: bool(ada.errors), "too many")
    assert ada.errors == ["topic.too_many"] and error(ada)["topic"] == f"session/hall-{TOPICS_EACH - 1}"
    await follow(ada, "session/hall-0")


async def test_it_is_the_same_where_frames_go_by_http(server: LiveServer, organiser: Client) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await two_sessions(server, organiser, hosts=[id])
    who = f"Authorization: Bearer {link(server, id)}"
    ada = await Listener(server.url, who, topic=SESSION, beside=(TOPIC, OTHER)).joined()
    told = {frame["topic"]: frame["you"]["role"] for frame in ada.seen if frame["op"] == "seat"}
    assert told == {TOPIC: "participant", OTHER: "attendee"}
    assert (await ada.done("turn", topic=TOPIC, switch="listed", on=False))["op"] == "done"
    assert (await ada.done("open_session"))["op"] == "done"
    assert (await ada.done("open_session", topic=OTHER))["code"] == "command.not_allowed"
    assert (await ada.done("announce", topic=TOPIC, text="Hello"))["code"] == "command.not_allowed"
    assert not list(server.hub.worker.rooms[TOPIC].state.all(Announcement))
    ada.beside = (TOPIC, "session/s1")
    assert (await ada.done("turn", topic="session/s1", switch="listed", on=True))["code"] == "topic.forbidden"
    assert (await ada.done("say", topic=OTHER, text="Hello"))["code"] == "topic.not_joined"
    assert (await ada.done("turn", topic=TOPIC, switch="listed", on=True))["op"] == "done"


async def test_who_is_of_another_mission_follows_nothing_of_this_one(
    server: LiveServer, organiser: Client
) -> None:
    await planned(server, organiser)
    created = msgspec.convert(CREATED | {"mission": "ports-2027"}, CreateMission)
    outcome = await server.hub.begin("mission/ports-2027", created)
    assert isinstance(outcome, Answer)
    them = {"id": outcome.result["organiser"], "topic": "mission/ports-2027"}
    other = await server.connected("Ori", "organiser", **them)
    await other.join("mission/ports-2027")
    for topic in (TOPIC, SESSION):
        await other.send(op="join", topic=topic, at=None)
        await other.until(lambda: error(other)["topic"] == topic, "refused")  # noqa: B023
        assert (error(other)["code"], of(other, topic)) == ("topic.forbidden", [])
        assert (await other.refused("close_session", topic=topic))["code"] == "topic.not_joined"
    who = f"Authorization: Bearer {server.token('', 'organiser', **them)}"
    posting = await Listener(server.url, who, topic="mission/ports-2027").joined()
    posting.beside = (TOPIC, SESSION)
    for topic in posting.beside:
        assert (await posting.done("close_session", topic=topic))["code"] == "topic.forbidden"
