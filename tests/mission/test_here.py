"""Here: who sits in a session of the mission is here in the mission, too, until they are gone, wherever."""

from __future__ import annotations

import asyncio
import pathlib
from collections.abc import AsyncIterator

import pytest

from tests.live.workers import QUICK
from tests.mission.planning import planned as stands
from tests.mission.test_directory_http import get
from tests.mission.test_live import TOPIC, invited, organised, organiser
from tests.mission.test_who import SLOT, link, planned, seated
from tests.valkey import Valkey
from tests.web.client import Client, until
from tests.web.conftest import Starter, pytest_asyncio_loop_factories, server, start
from tests.web.server import LiveServer
from webinar_server.live import presence
from webinar_server.live.committing import Outcome
from webinar_server.mission.participants import Participant
from webinar_server.session.people import Person
from webinar_server.settings import Settings
from webinar_server.state import Identity

__all__ = ["organiser", "pytest_asyncio_loop_factories", "server", "start"]


def known(server: LiveServer, id: str) -> Participant:
    person = server.hub.worker.rooms[TOPIC].state.get(Participant, id)
    assert person is not None
    return person


async def listed(server: LiveServer, by: str) -> set[str]:
    """Who the directory says is here, to somebody."""
    answer = await get(server, link(server, by), here="true")
    assert answer.status_code == 200, answer.text
    return {card["id"] for card in answer.json()["cards"]}


async def test_who_sits_in_a_session_is_here_in_its_mission_and_who_leaves_is_not(
    server: LiveServer, organiser: Client
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    bob, _ = await invited(server, organiser, "Bob")
    await planned(server, organiser)
    ada = await seated(server, id)
    await until(lambda: known(server, id).here, "here by her session")
    assert known(server, id).state == "admitted" and known(server, id).came
    me = organiser.hello["you"]["id"]
    assert id in await listed(server, me) and bob not in await listed(server, me)
    await ada.close()
    await until(lambda: not known(server, id).here, "gone")
    assert id not in await listed(server, me)


async def test_of_whom_it_may_not_be_seen_it_is_not(server: LiveServer, organiser: Client) -> None:
    id, page = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    await seated(server, id)
    await until(lambda: known(server, id).here, "here")
    await (await page.join(TOPIC)).do("turn", topic=TOPIC, switch="present", on=False)
    assert id not in await listed(server, organiser.hello["you"]["id"])


async def test_pages_and_sessions_of_one_person_are_told_once(server: LiveServer, organiser: Client) -> None:
    id, page = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    await page.join(TOPIC)
    await until(lambda: known(server, id).here, "here")
    room = server.hub.worker.rooms[TOPIC]
    one = await seated(server, id)
    await until(lambda: room.presence.count(id) == 2, "in the session, too")
    before = known(server, id)
    two = await seated(server, id)
    await until(lambda: room.presence.count(id) == 3, "twice")
    await page.close()
    await one.close()
    await until(lambda: room.presence.count(id) == 1, "by one")
    assert known(server, id) is before
    await two.close()
    await until(lambda: not known(server, id).here, "gone")


async def test_who_is_a_guest_is_in_their_session_alone(server: LiveServer, organiser: Client) -> None:
    await planned(server, organiser)
    guest = await server.joined("Guest", session="depots")
    await guest.alive()
    room = server.hub.worker.rooms[TOPIC]
    id = guest.hello["you"]["id"]
    assert room.presence.count(id) == 0 and room.state.get(Participant, id) is None


@pytest.mark.parametrize("command", ["decline", "end_links_of"])
async def test_who_may_not_be_there_any_more_is_gone_from_a_session_without_a_grace(
    start: Starter, command: str
) -> None:
    server = await start(Settings(pace=False, grace=3_600))
    organiser = await organised(server)
    id, _ = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    ada = await seated(server, id)
    await ada.do("raise_hand")
    await organiser.do(command, topic=TOPIC, participant=id)
    await ada.ended()
    state = server.state("depots")
    await until(lambda: not state.get(Person, id).here, "gone")  # type: ignore[union-attr]
    assert state.get(Person, id).hand is None  # type: ignore[union-attr]


@pytest.fixture
async def workers(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[LiveServer]]:
    monkeypatch.setattr(presence, "EXTRA_AFTER_RESTART", 0.5)
    valkey = Valkey(tmp_path / "valkey").start()
    servers = [await LiveServer(tmp_path / name, QUICK, redis=valkey.url).start() for name in ("one", "two")]
    yield servers
    await servers[0].finish()
    valkey.kill()


async def test_whose_worker_ends_is_here_until_the_grace_is_over_and_again_at_the_next(
    workers: list[LiveServer],
) -> None:
    one, two = workers
    organiser = await organised(one)
    ada, _ = await invited(one, organiser, "Ada")
    bob, _ = await invited(one, organiser, "Bob")
    await one.add_session("depots", mission="ev-2027")
    await stands(one, **SLOT)
    await seated(two, ada)
    await seated(two, bob)
    await until(lambda: known(one, ada).here and known(one, bob).here, "told at the other worker")
    assert known(one, ada).workers == (two.hub.worker.name,)
    assert {ada, bob} <= await listed(one, organiser.hello["you"]["id"])
    await two.finish()
    await seated(one, ada)
    await until(lambda: known(one, ada).workers == (one.hub.worker.name,), "with the next")
    await until(lambda: not known(one, bob).here, "let go")
    assert known(one, ada).here
    assert bob not in await listed(one, organiser.hello["you"]["id"])


async def test_who_is_renamed_while_their_last_name_is_being_told_is_called_by_the_newest(
    server: LiveServer, organiser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    await planned(server, organiser)
    ada = await seated(server, id)
    says, told, held = presence.Presence._say_arrive, asyncio.Event(), asyncio.Event()

    async def slow(self: presence.Presence, identity: Identity) -> Outcome:
        if identity.topic != TOPIC:
            told.set()
            await held.wait()
        return await says(self, identity)

    monkeypatch.setattr(presence.Presence, "_say_arrive", slow)
    await organiser.do("change_card", topic=TOPIC, participant=id, name="Ada Bos")
    await until(told.is_set, "it is on its way")
    await organiser.do("change_card", topic=TOPIC, participant=id, name="Ada van der Bos")
    held.set()
    await ada.until(lambda: ada.screen.of("person")[id]["name"] == "Ada van der Bos", "the newest")
