"""The directory over HTTP: to who takes part, as consent says, and no faster than a person types."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from tests.mission.test_live import TOPIC, invited, organised, organiser
from tests.web.client import Client
from tests.web.conftest import pytest_asyncio_loop_factories, server, start
from tests.web.server import LiveServer
from webinar_server.limits import DIRECTORY
from webinar_server.settings import Settings

__all__ = ["organiser", "pytest_asyncio_loop_factories", "server", "start"]

PATH = "/api/missions/ev-2027/participants"


async def get(server: LiveServer, token: str | None, path: str = PATH, **asked: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False) as browser:
        return await browser.get(path, params=asked)


async def somebody(server: LiveServer, organiser: Client) -> tuple[str, Client, str]:
    """Ada, who has joined: her id, her connection and her token."""
    id, ada = await invited(server, organiser, "Ada")
    await ada.join(TOPIC)
    await ada.until(lambda: ada.screen.of("participant").get(id, {}).get("state") == "admitted", "admitted")
    return id, ada, server.token("Ada", "participant", id=id, topic=TOPIC)


async def test_who_takes_part_finds_who_is_listed(server: LiveServer, organiser: Client) -> None:
    await organiser.do("invite", name="Łukasz Bos", organisation="Voltline", kind="sme", offers=["Depots"])
    _, ada, token = await somebody(server, organiser)
    await ada.do("change_card", seeks=["Depot"])
    answer = await get(server, token, q="lukasz", kind="sme", match=1)
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert told["total"] == 1 and told["facets"]["kind"] == {"sme": 1}
    assert told["cards"][0]["reasons"] == [{"what": "offers", "tag": "Depots"}]
    assert "example.org" not in (await get(server, token)).text
    assert (await get(server, token, q="lukasz", kind="local")).json()["drop"] == ["kind"]


async def test_what_is_known_already_is_not_told_again(server: LiveServer, organiser: Client) -> None:
    _, ada, token = await somebody(server, organiser)
    mark = (await get(server, token, q="ada")).json()["mark"]
    assert (await get(server, token, q="ada", known=mark)).json() == {"mark": mark}
    await ada.do("change_card", pitch="Depots")
    anew = (await get(server, token, q="ada", known=mark)).json()
    assert anew["mark"] != mark and anew["cards"][0]["pitch"] == "Depots"


async def test_who_is_taken_off_the_list_is_off_it_at_the_next_look(
    server: LiveServer, organiser: Client
) -> None:
    id, ada, token = await somebody(server, organiser)
    assert {card["id"] for card in (await get(server, token, here="true")).json()["cards"]} >= {id}
    await ada.do("turn", switch="present", on=False)
    assert id not in {card["id"] for card in (await get(server, token, here="true")).json()["cards"]}
    await ada.do("turn", switch="listed", on=False)
    assert id not in {card["id"] for card in (await get(server, token)).json()["cards"]}


async def test_nobody_else_is_told_anything(server: LiveServer, organiser: Client) -> None:
    id, _ = await invited(server, organiser, "Bob")
    assert (await get(server, None)).status_code == 401
    attendee = await get(server, server.token("Ada"))
    assert (attendee.status_code, attendee.json()["code"]) == (403, "topic.forbidden")
    await organiser.do("decline", participant=id)
    declined = await get(server, server.token("Bob", "participant", id=id, topic=TOPIC))
    assert (declined.status_code, declined.json()["code"]) == (403, "participant.declined")
    stranger = await get(server, server.token("Eve", "participant", id="eve", topic=TOPIC))
    assert (stranger.status_code, stranger.json()["code"]) == (403, "participant.unknown")
    id, _ = await invited(server, organiser, "Cem")
    # who has a link need not have joined yet: a page asks for both at once
    assert (await get(server, server.token("Cem", "participant", id=id, topic=TOPIC))).status_code == 200
    _, _, token = await somebody(server, organiser)
    other = await get(server, token, path="/api/missions/other/participants")
    assert (other.status_code, other.json()["code"]) == (403, "topic.forbidden")


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "x" * 101},
        {"page": "-1"},
        {"page": "1e3"},
        {"sector": "grid"},
        {"kind": [str(n) for n in range(31)]},
    ],
)
async def test_what_cannot_be_asked_is_refused(
    server: LiveServer, organiser: Client, asked: dict[str, Any]
) -> None:
    _, _, token = await somebody(server, organiser)
    answer = await get(server, token, **asked)
    assert (answer.status_code, answer.json()["code"]) == (400, "query.malformed")


async def test_it_has_a_pace(start: Any) -> None:
    server = await start(Settings())
    _, _, token = await somebody(server, await organised(server))
    answers = await asyncio.gather(*[get(server, token) for _ in range(3 * DIRECTORY.burst)])
    assert {answer.status_code for answer in answers} == {200, 429}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 429} == {"pace.directory"}
