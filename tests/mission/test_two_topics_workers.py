"""Two topics by one connection, at another worker than that where things are said: each is felt by itself."""

from __future__ import annotations

from tests.mission.planning import planned as stands
from tests.mission.test_live import TOPIC, invited, organised
from tests.mission.test_two_topics import SESSION, both, error, follow, of, seat
from tests.mission.test_who import SLOT, link, seated
from tests.mission.test_who_workers import workers
from tests.web.client import Client, until
from tests.web.conftest import pytest_asyncio_loop_factories
from tests.web.listener import Listener
from tests.web.server import LiveServer
from webinar_server.mission.participants import Participant

__all__ = ["pytest_asyncio_loop_factories", "workers"]


async def begun(workers: list[LiveServer]) -> tuple[Client, str]:
    """An organiser at one worker, with a session in the programme; Ada's id."""
    organiser = await organised(workers[0])
    id, _ = await invited(workers[0], organiser, "Ada")
    await workers[0].add_session("depots", mission="ev-2027")
    await stands(workers[0], **SLOT)
    return organiser, id


async def in_mission(server: LiveServer, id: str) -> Client:
    """Somebody who came for the mission and follows the session beside it."""
    ada = server.client(link(server, id))
    server._clients.append(ada)
    await (await ada.open()).join(TOPIC)
    await follow(ada, SESSION)
    return ada


async def test_news_of_both_come_by_one_line_and_each_command_goes_where_it_belongs(
    workers: list[LiveServer],
) -> None:
    organiser, id = await begun(workers)
    ada = await both(workers[1], id)
    host = await seated(workers[0], organiser.hello["you"]["id"])
    await host.do("say", text="Good morning")
    await organiser.do("announce", text="Lunch at twelve")
    await ada.until(lambda: "Good morning" in ada.screen.texts(), "the session")
    await ada.until(lambda: bool(ada.screen.of("announcement")), "the mission")
    await ada.do("say", topic=SESSION, text="Hello")
    await ada.do("change_card", topic=TOPIC, name="Ada Bos")
    await host.until(lambda: "Hello" in host.screen.texts(), "at the other worker")
    await host.until(lambda: host.screen.of("person")[id]["name"] == "Ada Bos", "her name there")


async def test_another_part_in_the_session_is_felt_there_alone(workers: list[LiveServer]) -> None:
    organiser, id = await begun(workers)
    ada = await in_mission(workers[1], id)
    await organiser.do("change_slot", slot="depots", hosts=[id])
    await ada.until(lambda: "token.role" in ada.errors, "another part")
    before = len(of(ada, SESSION))
    await ada.send(op="join", topic=SESSION, at=of(ada, SESSION)[-1]["at"], role="attendee")
    await ada.until(lambda: len(of(ada, SESSION)) > before, "as a host")
    assert seat(ada)["you"]["role"] == "host"
    await ada.do("turn", topic=TOPIC, switch="listed", on=False)


async def test_who_is_removed_from_the_session_stays_in_the_mission(workers: list[LiveServer]) -> None:
    organiser, id = await begun(workers)
    ada = await in_mission(workers[1], id)
    host = await seated(workers[0], organiser.hello["you"]["id"])
    await host.until(lambda: host.screen.of("person").get(id, {}).get("here") is True, "Ada")
    await host.do("remove", person=id)
    await ada.until(lambda: "person.removed" in ada.errors, "removed")
    assert error(ada)["topic"] == SESSION
    await ada.do("turn", topic=TOPIC, switch="listed", on=False)
    await organiser.do("end_links_of", participant=id)
    assert (await ada.ended())[0] == 4401


async def test_who_comes_back_at_another_worker_goes_on_in_both(workers: list[LiveServer]) -> None:
    organiser, id = await begun(workers)
    ada = await both(workers[0], id)
    await organiser.do("announce", text="Lunch at twelve")
    await ada.until(lambda: bool(ada.screen.of("announcement")), "the mission")
    at = of(ada, TOPIC)[-1]["at"]
    await ada.close()
    again = await both(workers[1], id, at=at, role="participant")
    assert of(again, TOPIC)[0]["put"].get("announcement") is None and "reset" not in of(again, TOPIC)[0]


def has_come(server: LiveServer, id: str) -> bool:
    one = server.hub.worker.rooms[TOPIC].state.get(Participant, id)
    return one is not None and one.has_come


async def test_what_is_posted_beside_waits_for_what_was_seen_at_the_other_worker(
    workers: list[LiveServer],
) -> None:
    _, id = await begun(workers)
    ada = Listener(
        workers[0].url, f"Authorization: Bearer {link(workers[0], id)}", topic=SESSION, beside=(TOPIC,)
    )
    await ada.joined()
    await stands(workers[0], **{**SLOT, "session": "grids"})
    await ada.until(lambda frame: frame.get("topic") == TOPIC and "grids" in frame["put"].get("slot", {}))
    await workers[1].hub.room(TOPIC)
    await until(lambda: has_come(workers[1], id), "known at the other worker to have come")
    ada.url = workers[1].url
    assert (await ada.done("attend", topic=TOPIC, slot="grids"))["op"] == "done"
