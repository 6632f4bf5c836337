"""With several workers: a session is planned, and a mission copied, by whichever are asked, once."""

from __future__ import annotations

import asyncio

from tests.mission.test_copies import at
from tests.mission.test_live import TOPIC, organised
from tests.mission.test_organising_http import PATH, SLOT, of
from tests.mission.test_who_workers import workers
from tests.web.client import until
from tests.web.conftest import pytest_asyncio_loop_factories
from tests.web.server import LiveServer
from webinar_server.mission.participants import Participant
from webinar_server.mission.programme import Slot
from webinar_server.session.programme import Session
from webinar_server.state import Errand

__all__ = ["pytest_asyncio_loop_factories", "workers"]

VIDEO, OTHER = "https://youtu.be/dQw4w9WgXcQ", "https://example.org/live.m3u8"


def session_at(server: LiveServer, id: str) -> Session | None:
    room = server.hub.worker.rooms.get(f"session/{id}")
    return room.state.get(Session, id) if room else None


def slot_at(server: LiveServer, id: str) -> Slot | None:
    room = server.hub.worker.rooms.get(TOPIC)
    return room.state.get(Slot, id) if room else None


async def test_a_session_planned_at_both_at_once_is_one_and_follows_its_slot(
    workers: list[LiveServer],
) -> None:
    one, two = workers
    organiser = await organised(one)
    asking = [of(server, organiser).post(f"{PATH}/slots", SLOT | {"video": VIDEO}) for server in workers]
    assert {answer.status_code for answer in await asyncio.gather(*asking)} == {201}
    assert await two.hub.room("session/depots") is not None
    await until(lambda: (known := session_at(two, "depots")) is not None and known.video == VIDEO, "begun")
    # another one of that address, asked for at the other worker
    answer = await of(two, organiser).post(f"{PATH}/slots", SLOT | {"title": "Grids"})
    assert (answer.status_code, answer.json()["suggestion"]) == (409, "depots-2")
    await organiser.do("change_slot", topic=TOPIC, slot="depots", title="Depots at night", video=OTHER)

    def follows() -> bool:
        known = session_at(two, "depots")
        return known is not None and (known.title, known.video) == ("Depots at night", OTHER)

    await until(follows, "its title and video at the other worker")
    await organiser.do("drop_slot", topic=TOPIC, slot="depots")
    await until(lambda: (known := session_at(two, "depots")) is not None and known.state == "closed", "off")


async def test_a_video_chosen_in_a_session_at_one_worker_stands_in_the_programme_at_the_other(
    workers: list[LiveServer],
) -> None:
    one, two = workers
    organiser = await organised(one)
    assert (await of(one, organiser).post(f"{PATH}/slots", SLOT)).status_code == 201
    host = await two.joined("Hal", "host", session="depots")
    await host.do("change_session", video=VIDEO)
    await until(lambda: (slot := slot_at(one, "depots")) is not None and slot.video == VIDEO, "told")

    def told_nothing_back() -> bool:
        return not any(True for server in workers for _ in server.hub.worker.rooms[TOPIC].state.all(Errand))

    await until(told_nothing_back, "nothing is on its way")
    assert session_at(two, "depots") is not None and session_at(two, "depots").video == VIDEO  # type: ignore[union-attr]


async def test_a_session_is_not_planned_over_a_socket_since_nothing_would_begin_it(
    workers: list[LiveServer],
) -> None:
    organiser = await organised(workers[0])
    refused = await organiser.refused("plan_slot", topic=TOPIC, **SLOT)
    assert refused["code"] == "command.unknown"
    assert slot_at(workers[0], "depots") is None
    assert not list(workers[0].hub.worker.rooms[TOPIC].state.all(Errand))


async def test_a_mission_copied_at_both_at_once_is_one_with_each_session_once(
    workers: list[LiveServer],
) -> None:
    one, two = workers
    organiser = await organised(one)
    for number, title in enumerate(("Opening", "Depots")):
        times = {"starts_at": at("2027-03-01T18:00") + number, "ends_at": at("2027-03-01T19:00")}
        slot = {"session": title.lower(), "title": title, **times}
        assert (await of(one, organiser).post(f"{PATH}/slots", slot)).status_code == 201
    await until(lambda: slot_at(two, "depots") is not None or TOPIC not in two.hub.worker.rooms, "heard of")
    body = {"mission": "ev-2028", "title": "Again", "starts_on": "2028-03-06"}
    asking = [of(server, organiser).post(f"{PATH}/copy", body) for server in workers]
    assert {answer.status_code for answer in await asyncio.gather(*asking)} == {201}
    for server in workers:
        room = await server.hub.room("mission/ev-2028")
        assert room is not None

        def whole(server: LiveServer = server) -> bool:
            state = server.hub.worker.rooms["mission/ev-2028"].state
            return sorted(slot.title for slot in state.all(Slot)) == ["Depots", "Opening"]

        await until(whole, "each session, once")
        assert len(list(room.state.all(Participant))) == 1
