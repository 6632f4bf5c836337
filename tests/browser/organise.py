"""A mission and its organisers at their screens; Ori is the first of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import msgspec
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Server
from tests.browser.people import between_presses
from tests.mission.scene import CREATED
from webinar_server.live.hub import Hub
from webinar_server.live.saying import say
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.mission import MISSION
from webinar_server.mission.admission import Apply
from webinar_server.mission.mission import CreateMission
from webinar_server.mission.participants import Participant
from webinar_server.settings import Settings
from webinar_server.state import Answer
from webinar_server.web.who.member_links import path_of, token_of
from webinar_server.web.who.secret import load_secrets
from webinar_server.web.who.tokens import Signer

ID = "ev-2027"
TOPIC = MISSION.topic(ID)
NL = ZoneInfo("Europe/Amsterdam")
AROUND_THE_TURN = CREATED | {"mission": ID, "starts_on": "2027-03-12", "ends_on": "2027-03-16"}
"""Five days, on the third of which America turns its clocks."""

EMPTY = AROUND_THE_TURN | {"title": "Mission", "places": CREATED["places"][:1]}


def at(text: str) -> int:
    """A moment (Unix ms) by the clocks of The Hague."""
    return round(datetime.fromisoformat(text).replace(tzinfo=NL).timestamp() * 1000)


class Organised:
    """A server with one mission. `link` is that of its first organiser."""

    def __init__(self, server: Server, path: str) -> None:
        self.server = server
        self.url = f"http://127.0.0.1:{server.port}"
        self.link = self.url + path
        self._bearer = {"Authorization": f"Bearer {path.partition('#')[2]}"}

    def call(self, path: str, body: Any = None) -> Any:
        """What an organiser asks of it beside their page."""
        url = f"{self.url}/api/missions/{ID}/{path}"
        with httpx.Client(headers=self._bearer, trust_env=False) as http:
            answer = http.get(url) if body is None else http.post(url, json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def plan(self, title: str, when: str, **more: Any) -> str:
        session = title.lower().replace(" ", "-")
        times = {"starts_at": at(when), "ends_at": at(when) + 3_600_000}
        self.call("slots", {"session": session, "title": title, **times, **more})
        return session


def begun(data: Path, created: dict[str, Any] = AROUND_THE_TURN, applied: tuple[str, ...] = ()) -> str:
    """A mission on a data folder that no server holds yet: the path of its organiser's link."""

    async def begin() -> str:
        hub = Hub(SqliteLog(data), Settings())
        await hub.open()
        try:
            outcome = await hub.begin(TOPIC, msgspec.convert(created, CreateMission))
            assert isinstance(outcome, Answer)
            room = await hub.room(TOPIC)
            assert room is not None
            for name in applied:
                await say(room, Apply(name=name, email=f"{name.split()[0].lower()}@example.org"))
            ori = room.state.get(Participant, outcome.result["organiser"])
            assert ori is not None
            return path_of(TOPIC, ori, token_of(Signer(*load_secrets(data)), TOPIC, ori))
        finally:
            await hub.close()

    # on a thread, for Playwright's loop runs on ours
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(begin())).result()


def opened(organised: Organised, open_page: Opener, tab: str, **how: Any) -> Page:
    """An organiser's page, at one of its tabs."""
    # browsers say in red what a page asks and is told in words
    page = open_page(organised.link, **{"expect_faults": True, **how})
    first, mine = page.locator(".organise-tabs .tab").first, page.locator("#whose .is-primary")
    # on a second device they are asked whether it is they
    expect(first.or_(mine)).to_be_visible()
    if mine.count():
        mine.click()
    return to(page, tab)


def to(page: Page, tab: str) -> Page:
    between_presses(page)
    page.locator(f".organise-tabs [data-tab={tab}]").click()
    expect(page.locator(f"#place-{tab} .tab-head")).to_be_visible()
    return page


@pytest.fixture
def organised(tmp_path: Path) -> Iterator[Organised]:
    """A mission in which two ask to take part, on a server without a mail server."""
    path = begun(tmp_path, applied=("Cem Kaya", "Dee Dee"))
    server = Server(tmp_path)
    server.start()
    yield Organised(server, path)
    server.stop()
