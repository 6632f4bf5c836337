"""The post over HTTP: organisers see what went out and why not, and whoever wants no more gets no more."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.mission.test_live import TOPIC, invited, organiser
from tests.web.client import Client
from tests.web.conftest import pytest_asyncio_loop_factories, server, start
from tests.web.server import LiveServer
from webinar_server.mission.letterbox import Letterbox
from webinar_server.web.who.stops import Stop, read_stop, sign_stop

__all__ = ["organiser", "pytest_asyncio_loop_factories", "server", "start"]

PATH = "/api/missions/ev-2027/post"


async def look(server: LiveServer, who: Client, role: str = "organiser", **asked: Any) -> httpx.Response:
    you = who.hello["you"]
    bearer = {"Authorization": f"Bearer {server.token(you['name'], role, id=you['id'], topic=TOPIC)}"}
    async with httpx.AsyncClient(base_url=server.url, headers=bearer, trust_env=False) as http:
        return await http.get(PATH, params=asked)


async def test_organisers_see_each_letter_and_that_none_goes_out(
    server: LiveServer, organiser: Client
) -> None:
    id, ada = await invited(server, organiser, "Ada")
    await organiser.do("send_letters", kind="invitation", participants=[id])
    told = (await look(server, organiser)).json()
    assert told["goes_out"] is False and told["counts"]["waiting"] == told["total"] == 1
    (letter,) = told["letters"]
    assert (letter["name"], letter["email"], letter["about"]) == ("Ada", "Ada@example.org", "invitation")
    assert (await look(server, organiser, state="failed")).json()["total"] == 0
    assert (await look(server, organiser, state="lost")).json()["code"] == "query.malformed"
    await ada.join(TOPIC)
    refused = await look(server, ada, "participant")
    assert (refused.status_code, refused.json()["code"]) == (403, "command.not_allowed")


@pytest.mark.parametrize("how", ["one click of a mail program", "a page of ours"])
async def test_whoever_has_the_letter_stops_them(server: LiveServer, organiser: Client, how: str) -> None:
    id, _ = await invited(server, organiser, "Ada")
    token = sign_stop(server.signer, Stop("ev-2027", id))
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as http:
        body: dict[str, Any] = {"data": {"List-Unsubscribe": "One-Click"}} if how.startswith("one") else {}
        path = f"/mission/ev-2027/letters/{token}"
        assert (await http.post(path, **body)).status_code == 200
        assert (await http.post(path, **body)).status_code == 200
        wrong = await http.post(f"/mission/ev-2027/letters/{token[:-8]}xxxxxxxx", **body)
        other = await http.post(f"/mission/other/letters/{token}", **body)
    assert (wrong.status_code, other.status_code) == (401, 404)
    room = server.hub.worker.rooms[TOPIC]
    assert room.state.get(Letterbox, id) is not None
    sent = await organiser.do("send_letters", kind="reminder", participants=[id])
    assert sent["result"]["unwanted"] == 1


async def test_one_click_ends_letters_of_that_kind_alone(server: LiveServer, organiser: Client) -> None:
    id, _ = await invited(server, organiser, "Ada")
    token = sign_stop(server.signer, Stop("ev-2027", id, "digest"))
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as http:
        click = {"List-Unsubscribe": "One-Click"}
        answer = await http.post(f"/mission/ev-2027/letters/{token}", data=click)
    assert (answer.status_code, answer.json()) == (200, {"about": "digest"})
    box = server.hub.worker.rooms[TOPIC].state.get(Letterbox, id)
    assert box is not None and (box.closed, box.without) == (0, ("messages",))
    sent = await organiser.do("send_letters", kind="reminder", participants=[id])
    assert sent["result"]["queued"] == 1


async def test_an_address_of_a_letter_lets_nobody_in(server: LiveServer, organiser: Client) -> None:
    id, _ = await invited(server, organiser, "Ada")
    token = sign_stop(server.signer, Stop("ev-2027", id))
    assert read_stop(server.signer, token) == Stop("ev-2027", id)
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as http:
        me = await http.get("/api/me", headers={"Authorization": f"Bearer {token}"})
        assert me.status_code == 401
        # a link is none of these addresses, either
        link = server.token("Ada", "participant", id=id, topic=TOPIC)
        assert (await http.post(f"/mission/ev-2027/letters/{link}")).status_code == 401
