"""What organisers do over HTTP: sessions planned, people looked through, a picture shown; by them alone."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from tests.mission.test_live import TOPIC, invited, organised, organiser
from tests.web.client import Client
from tests.web.conftest import pytest_asyncio_loop_factories, server, start
from tests.web.server import LiveServer
from webinar_server.limits import ORGANISING
from webinar_server.mission.look import PICTURE_MAX
from webinar_server.mission.programme import Slot
from webinar_server.session.programme import Session
from webinar_server.settings import Settings

__all__ = ["organiser", "pytest_asyncio_loop_factories", "server", "start"]

PATH = "/api/missions/ev-2027"
SLOT: dict[str, Any] = {
    "session": "depots",
    "title": "Depots",
    "starts_at": 1_800_000_000_000,
    "ends_at": 1_800_003_600_000,
}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


class Browser:
    """Somebody's calls, by their token."""

    def __init__(self, server: LiveServer, token: str | None) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False)

    async def get(self, path: str, **asked: Any) -> httpx.Response:
        return await self._http.get(path, params=asked)

    async def post(self, path: str, body: Any, **headers: str) -> httpx.Response:
        if isinstance(body, bytes):
            return await self._http.post(path, content=body, headers=headers)
        return await self._http.post(path, json=body)


@pytest.fixture
def ori(server: LiveServer, organiser: Client) -> Browser:
    return of(server, organiser)


def of(server: LiveServer, organiser: Client) -> Browser:
    return Browser(server, server.token("Ori", "organiser", id=organiser.hello["you"]["id"], topic=TOPIC))


def session_of(server: LiveServer, id: str) -> Session:
    session = server.state(id).get(Session, id)
    assert session is not None
    return session


async def test_a_planned_session_can_be_entered_and_follows_its_slot(
    server: LiveServer, organiser: Client, ori: Browser
) -> None:
    answer = await ori.post(f"{PATH}/slots", SLOT)
    assert (answer.status_code, answer.json()) == (201, {"id": "depots"})
    await organiser.until(lambda: "depots" in organiser.screen.of("slot"), "the slot")
    assert (session_of(server, "depots").mission, session_of(server, "depots").state) == (
        "ev-2027",
        "waiting",
    )
    await organiser.do("change_slot", slot="depots", title="Depots at night")
    await organiser.until(lambda: session_of(server, "depots").title == "Depots at night", "its title")
    await organiser.do("drop_slot", slot="depots")
    await organiser.until(lambda: session_of(server, "depots").state == "closed", "its end")
    assert (await ori.post(f"{PATH}/slots", SLOT)).status_code == 201
    await organiser.until(lambda: session_of(server, "depots").state == "waiting", "it is on again")


async def test_said_twice_or_at_once_it_is_planned_once(
    server: LiveServer, organiser: Client, ori: Browser
) -> None:
    answers = await asyncio.gather(*[ori.post(f"{PATH}/slots", SLOT) for _ in range(5)])
    assert {answer.status_code for answer in answers} == {201}
    await organiser.do("change_slot", slot="depots", abstract="More.")
    # another one of this address is another session
    answer = await ori.post(f"{PATH}/slots", SLOT)
    assert (answer.status_code, answer.json()["code"]) == (409, "slot.exists")
    assert answer.json()["suggestion"] == "depots-2"
    await organiser.do("change_slot", slot="depots", abstract="")
    assert (await ori.post(f"{PATH}/slots", SLOT)).status_code == 201


async def test_a_session_that_belongs_elsewhere_is_nobodys_to_plan(server: LiveServer, ori: Browser) -> None:
    answer = await ori.post(f"{PATH}/slots", SLOT | {"session": "s1"})
    assert (answer.status_code, answer.json()["code"]) == (409, "session.elsewhere")
    assert answer.json()["suggestion"] == "s1-2"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"session": "Depots!"}, "session.id"),
        ({"ends_at": 0}, "slot.times"),
        ({"hosts": ["mallory"]}, "slot.stranger"),
        ({"title": " "}, "slot.empty"),
        ({"mission": "other"}, "body.malformed"),
    ],
)
async def test_what_cannot_be_planned_begins_no_session(
    server: LiveServer, ori: Browser, wrong: dict[str, Any], code: str
) -> None:
    answer = await ori.post(f"{PATH}/slots", SLOT | wrong)
    assert answer.json()["code"] == code
    assert await server.hub.room("session/depots") is None


async def test_no_session_claims_a_mission_from_outside(server: LiveServer) -> None:
    outside = Browser(server, server.token("Org", "organiser"))
    answer = await outside.post("/api/sessions", {"session": "mine", "title": "Mine", "mission": "ev-2027"})
    assert (answer.status_code, answer.json()["code"]) == (403, "command.not_allowed")


async def test_organisers_look_through_people(server: LiveServer, organiser: Client, ori: Browser) -> None:
    id, _ = await invited(server, organiser, "Ada")
    told = (await ori.get(f"{PATH}/people", q="ada", state="invited", came="no")).json()
    assert (told["total"], told["people"][0]["email"]) == (1, "Ada@example.org")
    assert (await ori.get(f"{PATH}/people", id=[id])).json()["people"][0]["name"] == "Ada"
    seq = told["seq"]
    assert (await ori.get(f"{PATH}/people", since=seq)).json() == {"seq": seq}
    await organiser.do("change_card", participant=id, name="Ida")
    assert (await ori.get(f"{PATH}/people", since=seq)).json()["people"][0]["name"] == "Ida"
    for asked in (
        {"state": "here"},
        {"role": "host"},
        {"came": "maybe"},
        {"q": "x" * 101},
        {"sort": "x"},
        {"page": "-1"},
    ):
        assert (await ori.get(f"{PATH}/people", **asked)).json()["code"] == "query.malformed"


async def test_a_picture_is_shown_to_everybody_and_is_a_picture(
    server: LiveServer, organiser: Client, ori: Browser
) -> None:
    name = (await ori.post(f"{PATH}/picture", PNG)).json()["picture"]
    await organiser.until(lambda: organiser.screen.of("mission")["ev-2027"]["picture"] == name, "the picture")
    answer = await Browser(server, None).get(f"{PATH}/picture/{name}")
    assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")
    assert answer.headers["x-content-type-options"] == "nosniff"
    for wrong in (b"<svg onload=alert(1)>", PNG + bytes(PICTURE_MAX)):
        assert (await ori.post(f"{PATH}/picture", wrong)).json()["code"] == "mission.picture"
    assert (await ori.post(f"{PATH}/picture", b"")).json() == {"picture": ""}
    assert (await Browser(server, None).get(f"{PATH}/picture/{name}")).status_code == 404


CALLS = [("post", "slots", SLOT), ("get", "people", None), ("post", "picture", PNG), ("post", "copy", {})]


@pytest.mark.parametrize(("method", "what", "body"), CALLS)
async def test_it_is_for_organisers_of_that_mission(
    server: LiveServer, organiser: Client, ori: Browser, method: str, what: str, body: Any
) -> None:
    async def call(browser: Browser, mission: str = "ev-2027") -> tuple[int, str]:
        path = f"/api/missions/{mission}/{what}"
        answer = await (browser.get(path) if method == "get" else browser.post(path, body))
        return answer.status_code, answer.json().get("code", "")

    id, ada = await invited(server, organiser, "Ada")
    await ada.join(TOPIC)
    assert await call(Browser(server, None)) == (401, "token.missing")
    participant = Browser(server, server.token("Ada", "participant", id=id, topic=TOPIC))
    assert await call(participant) == (403, "command.not_allowed")
    assert await call(Browser(server, server.token("Org", "organiser"))) == (403, "topic.forbidden")
    assert await call(ori, "other") == (403, "topic.forbidden")
    assert (await call(Browser(server, server.token("Ada", "organiser", id=id, topic=TOPIC))))[0] in (
        401,
        403,
    )


async def test_calls_have_a_pace(start: Any) -> None:
    server = await start(Settings())
    ori = of(server, await organised(server))
    answers = await asyncio.gather(*[ori.get(f"{PATH}/people") for _ in range(2 * ORGANISING.burst)])
    assert {answer.status_code for answer in answers} == {200, 429}


async def test_a_slot_keeps_its_count_where_it_is_said_again(
    server: LiveServer, organiser: Client, ori: Browser
) -> None:
    await ori.post(f"{PATH}/slots", SLOT)
    await ori.post(f"{PATH}/slots", SLOT)
    room = server.hub.worker.rooms[TOPIC]
    assert [slot.sequence for slot in room.state.all(Slot)] == [0]


async def test_of_two_who_plan_another_session_of_one_address_one_is_offered_a_free_one(
    server: LiveServer, organiser: Client, ori: Browser
) -> None:
    """Half of them say the same, half another session of that address."""
    other = SLOT | {"title": "Another one"}
    answers = await asyncio.gather(*[ori.post(f"{PATH}/slots", SLOT if n % 2 else other) for n in range(6)])
    room = server.hub.worker.rooms[TOPIC]
    [slot] = room.state.all(Slot)
    won = {answer.status_code for n, answer in enumerate(answers) if (n % 2 == 1) == (slot.title == "Depots")}
    lost = [answer for n, answer in enumerate(answers) if (n % 2 == 1) != (slot.title == "Depots")]
    assert won == {201} and {answer.json()["suggestion"] for answer in lost} == {"depots-2"}
