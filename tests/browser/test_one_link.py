"""One link for the week: its people walk from the mission to its sessions, and are there what it says."""

from __future__ import annotations

import asyncio
import pathlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.week import TODAY, TOPIC, Guest, Week, week
from tests.web.client import Client


@pytest.fixture
def mission(tmp_path: pathlib.Path) -> Iterator[Week]:
    with week(tmp_path / "data", [Guest("Ada Bos")]) as made:
        yield made


def organised(mission: Week, command: str, **args: Any) -> None:
    """Something that an organiser does meanwhile."""

    async def done() -> None:
        token = mission.link("Ori Olsen").partition("#")[2]
        ori = await Client(f"http://127.0.0.1:{mission.server.port}", token).open()
        await ori.join(TOPIC)
        await ori.do(command, **args)
        await ori.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(partial(asyncio.run, done())).result()


def walk(page: Page, mission: Week, path: str) -> None:
    page.goto(f"http://127.0.0.1:{mission.server.port}{path}")


def test_who_came_by_the_link_of_the_mission_is_in_each_session_without_another_door(
    mission: Week, open_page: Opener
) -> None:
    ada = open_page(mission.link("Ada Bos", "mission", "ev-2027"))
    expect(ada.get_by_role("heading", name="Electric mobility")).to_be_visible()
    walk(ada, mission, f"/session/{TODAY}")
    box = ada.get_by_role("textbox", name="Your message")
    box.fill("hello from the mission")
    ada.keyboard.press("Enter")
    expect(ada.get_by_text("hello from the mission")).to_be_visible()
    organised(mission, "change_card", participant=mission.ids["Ada Bos"], name="Ada van der Bos")
    ada.get_by_role("tab", name="People").click()
    expect(ada.locator("#panel-people").get_by_text("Ada van der Bos").first).to_be_visible()


def test_a_host_who_is_one_no_more_is_shown_the_way_to_their_place(mission: Week, open_page: Opener) -> None:
    hal = open_page(mission.link("Hal Host", "host"))
    expect(hal.locator("#desk")).to_be_visible()
    organised(mission, "change_slot", slot=TODAY, hosts=[])
    expect(hal.get_by_role("heading", name="This is the hosts' page")).to_be_visible()
    hal.get_by_role("link", name="To the session").click()
    expect(hal.get_by_role("textbox", name="Your message")).to_be_visible()
    organised(mission, "change_slot", slot=TODAY, hosts=[mission.ids["Hal Host"]])
    walk(hal, mission, f"/host/{TODAY}")
    expect(hal.locator("#desk")).to_be_visible()
