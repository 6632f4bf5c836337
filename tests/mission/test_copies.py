"""A mission as next year's template: its programme on the same days and hours, nobody of its people."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tests.mission.test_live import TOPIC, invited, organiser
from tests.mission.test_organising_http import PNG, Browser, of
from tests.web.client import Client
from tests.web.conftest import pytest_asyncio_loop_factories, server, start
from tests.web.server import LiveServer
from webinar_server.mission.look import Picture
from webinar_server.mission.mission import Mission
from webinar_server.mission.participants import Participant
from webinar_server.mission.programme import Slot
from webinar_server.session.programme import CreateSession
from webinar_server.web.mission.copies import Moved, renamed

__all__ = ["organiser", "pytest_asyncio_loop_factories", "server", "start"]

PATH = "/api/missions/ev-2027"
AMSTERDAM, ANGELES = ZoneInfo("Europe/Amsterdam"), ZoneInfo("America/Los_Angeles")


def at(text: str, zone: ZoneInfo = AMSTERDAM) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000)


@pytest.mark.parametrize(
    ("before", "days", "after", "there"),
    [
        # both in winter
        ("2027-03-01T18:00", 1, "2027-03-02T18:00", "09:00"),
        # America has turned its clocks on 14 March 2027, Europe not before the 28th
        ("2027-03-01T18:00", 14, "2027-03-15T18:00", "10:00"),
        ("2027-03-01T18:00", 28, "2027-03-29T18:00", "09:00"),
        # in autumn Europe is first: 31 October and 7 November 2027
        ("2027-10-25T18:00", 7, "2027-11-01T18:00", "10:00"),
        ("2027-10-25T18:00", 14, "2027-11-08T18:00", "09:00"),
        # an hour that the clocks leave out
        ("2027-03-21T02:30", 7, "2027-03-28T03:30", "18:30"),
        ("2027-03-01T18:00", 364, "2028-02-28T18:00", "09:00"),
    ],
)
def test_an_hour_is_the_same_hour_past_every_turn_of_the_clocks(
    before: str, days: int, after: str, there: str
) -> None:
    moved = Moved(days, AMSTERDAM).of(at(before))
    assert datetime.fromtimestamp(moved / 1000, AMSTERDAM).strftime("%Y-%m-%dT%H:%M") == after
    assert datetime.fromtimestamp(moved / 1000, ANGELES).strftime("%H:%M") == there


def test_a_session_is_called_by_the_year_of_the_copy() -> None:
    assert renamed("opening", "2028") == renamed("opening-2027", "2028") == "opening-2028"
    assert len(renamed("x" * 60, "2028")) == 60


async def planned(organiser: Client, ori: Browser, ada: str) -> None:
    for number, (session, title) in enumerate([("opening-2027", "Opening"), ("depots", "Depots")]):
        starts_at = at("2027-03-01T18:00") + number * 86_400_000
        slot = {"session": session, "title": title, "starts_at": starts_at, "ends_at": starts_at + 3_600_000}
        assert (
            await ori.post(f"{PATH}/slots", slot | {"hosts": [ada], "abstract": "All of it."})
        ).status_code == 201


async def test_a_copy_has_the_programme_and_the_look_and_none_of_the_people(
    server: LiveServer, organiser: Client
) -> None:
    ori = of(server, organiser)
    ada, _ = await invited(server, organiser, "Ada")
    await planned(organiser, ori, ada)
    await organiser.do("change_mission", accent="#0a7d55", kept_days=30, notices={"en": "Kept for a month."})
    await ori.post(f"{PATH}/picture", PNG)
    body = {"mission": "ev-2028", "title": "Electric mobility 2028", "starts_on": "2028-03-06"}
    answer = await ori.post(f"{PATH}/copy", body)
    assert answer.status_code == 201 and answer.json()["path"].startswith("/organise/ev-2028#")
    state = server.hub.worker.rooms["mission/ev-2028"].state
    [mission] = state.all(Mission)
    assert (mission.ends_on, mission.accent, mission.kept_days) == ("2028-03-10", "#0a7d55", 30)
    assert mission.notices.en == "Kept for a month." and mission.picture and list(state.all(Picture))
    slots = {slot.id: slot for slot in state.all(Slot)}
    assert set(slots) == {"opening-2028", "depots-2028"}
    assert slots["opening-2028"].starts_at == at("2028-03-06T18:00") and slots["depots-2028"].hosts == ()
    [known] = state.all(Participant)
    assert (known.role, known.state, known.came) == ("organiser", "invited", None)
    assert await server.hub.room("session/opening-2028") is not None


async def test_a_copy_that_broke_off_or_was_pressed_twice_is_one(
    server: LiveServer, organiser: Client
) -> None:
    ori = of(server, organiser)
    ada, _ = await invited(server, organiser, "Ada")
    await planned(organiser, ori, ada)
    body = {"mission": "ev-2028", "title": "Again", "starts_on": "2028-03-06"}
    answers = [
        *await asyncio.gather(*[ori.post(f"{PATH}/copy", body) for _ in range(3)]),
        await ori.post(f"{PATH}/copy", body),
    ]
    assert {answer.status_code for answer in answers} == {201}
    state = server.hub.worker.rooms["mission/ev-2028"].state
    assert sorted(slot.title for slot in state.all(Slot)) == ["Depots", "Opening"]


async def test_a_copys_session_is_another_where_its_address_is_taken(
    server: LiveServer, organiser: Client
) -> None:
    ori = of(server, organiser)
    times = {"starts_at": at("2027-03-01T18:00"), "ends_at": at("2027-03-01T19:00")}
    for session in ("depots", "depots-2026"):
        slot = {"session": session, "title": "Depots", **times}
        assert (await ori.post(f"{PATH}/slots", slot)).status_code == 201
    await server.hub.begin("session/depots-2028", CreateSession(session="depots-2028", title="Of others"))
    body = {"mission": "ev-2028", "title": "Again", "starts_on": "2028-03-06"}
    for _ in range(2):
        assert (await ori.post(f"{PATH}/copy", body)).status_code == 201
        state = server.hub.worker.rooms["mission/ev-2028"].state
        assert {slot.id for slot in state.all(Slot)} == {"depots-2028-2", "depots-2028-3"}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"mission": "EV 2028"}, "mission.id"),
        ({"mission": "ev-2027"}, "mission.exists"),
        ({"starts_on": "soon"}, "mission.day"),
        ({"title": " "}, "mission.empty"),
    ],
)
async def test_what_cannot_be_a_copy_is_refused(
    server: LiveServer, organiser: Client, wrong: dict[str, Any], code: str
) -> None:
    body = {"mission": "ev-2028", "title": "Again", "starts_on": "2028-03-06"} | wrong
    assert (await of(server, organiser).post(f"{PATH}/copy", body)).json()["code"] == code
    assert await server.hub.room("mission/ev-2028") is None


async def test_a_mission_that_another_organises_is_not_theirs_to_be_given(
    server: LiveServer, organiser: Client
) -> None:
    body = {"mission": "ev-2028", "title": "Again", "starts_on": "2028-03-06"}
    await of(server, organiser).post(f"{PATH}/copy", body)
    id, _ = await invited(server, organiser, "Bob")
    await organiser.do("change_role", participant=id, role="organiser")
    bob = Browser(server, server.token("Bob", "organiser", id=id, topic=TOPIC))
    assert (await bob.post(f"{PATH}/copy", body)).json()["code"] == "mission.exists"
    assert msgspec.json.decode((await bob.get(f"{PATH}/people")).content)["total"] == 2
