"""Devices: who leaves on a shared computer leaves nothing there, nor in a copy, that lets anybody in."""

from __future__ import annotations

from typing import Any

import httpx

from tests.mission.scene import scene
from tests.mission.test_live import TOPIC, invited, organiser
from tests.mission.test_who import browser, link
from tests.web.client import Client
from tests.web.conftest import pytest_asyncio_loop_factories, server, start
from tests.web.server import LiveServer
from webinar_server.limits import ENDED_EACH
from webinar_server.mission.attendance import ended
from webinar_server.state import Permit

__all__ = ["organiser", "pytest_asyncio_loop_factories", "server", "start"]


def test_a_device_that_was_left_is_out_for_good_and_no_other() -> None:
    story = scene("ada", "bea").given("ada", "leave_device", device="phone")
    refusal = ended(story.state, "ada", Permit(10**15, "phone"))
    assert refusal is not None and refusal.code == "token.ended"
    assert ended(story.state, "ada", Permit(0, "laptop")) is None
    assert ended(story.state, "ada", Permit(0, "")) is None
    assert ended(story.state, "bea", Permit(0, "phone")) is None


def test_of_very_many_all_that_are_as_old_are_out() -> None:
    story = scene("ada")
    for number in range(ENDED_EACH + 1):
        story.given("ada", "leave_device", device=f"d{number}")
    assert ended(story.state, "ada", Permit(0, "d0")) is not None
    assert ended(story.state, "ada", Permit(0, f"d{ENDED_EACH}")) is not None
    assert ended(story.state, "ada", Permit(10**15, "new")) is None


async def test_what_was_left_lets_nobody_in_and_the_link_does_again(
    server: LiveServer, organiser: Client
) -> None:
    id, _ = await invited(server, organiser, "Ada")
    token: dict[str, Any] = {"token": link(server, id), "whose": "mine"}
    async with browser(server) as shared, browser(server) as phone, browser(server) as copy:
        key = (await shared.post("/api/enter", json=token)).json()["as"]
        assert (await phone.post("/api/enter", json=token)).status_code == 200
        copy.cookies = httpx.Cookies(shared.cookies)
        me = {"as": key, "topic": TOPIC}
        assert (await copy.get("/api/me", params=me)).status_code == 200
        assert (await shared.post("/api/leave", json={"as": key})).status_code == 200
        gone = await copy.get("/api/me", params=me)
        assert (gone.status_code, gone.json()["code"]) == (401, "token.ended")
        assert (await shared.get("/api/me", params=me)).json()["code"] == "token.missing"
        assert (await phone.get("/api/me", params=me)).status_code == 200
        # also where the old cookie still lies
        for one in (shared, copy):
            assert (await one.post("/api/enter", json=token)).status_code == 200
            assert (await one.get("/api/me", params=me)).status_code == 200
