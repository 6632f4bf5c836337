"""Canaries: of who was erased in a running mission no string is found anywhere afterwards: not in the files
of the log, not in what anybody is told or exports, nor in any object of any worker."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

import pytest

from tests.memory import CANARY, canaries
from tests.mission.canaries import ROOM, told
from tests.mission.erased_site import Site, at_last, calls_that_tell, come, lived_site
from tests.mission.test_live import TOPIC
from tests.web.client import Client
from tests.web.conftest import pytest_asyncio_loop_factories
from webinar_server.mission import MISSION
from webinar_server.session import SESSION

__all__ = ["pytest_asyncio_loop_factories"]

OF_MISSION = (
    *("participants", "participants/{person}", "leaders", "organisations", "organisations/{key}"),
    *("calendar.ics", "mine.json", "conversations/{person}", "meetings/{meeting}.ics", "shared"),
    *("leads.csv", "leads.xlsx", "leads.vcf", "leads.json"),
    *("post", "people", "links.csv", "participants.csv"),
)
OF_SESSION = ("messages", "report.html", "report.json", "sheets.xlsx", "sheets.json", "sheets/{sheet}.csv")
TELLING = {f"/api/missions/{{id}}/{call}" for call in OF_MISSION}
TELLING |= {f"/api/sessions/{{id}}/{call}" for call in OF_SESSION}
"""Calls that tell somebody who stays of them before they are erased."""


@pytest.fixture(params=["sqlite", "two workers"])
async def site(request: pytest.FixtureRequest) -> AsyncIterator[Site]:
    async with lived_site(shared=request.param == "two workers") as site:
        yield site


async def test_nothing_of_them_is_found_anywhere(site: Site) -> None:
    expected = {topic.name: told(topic.name) for topic in (MISSION, SESSION)}
    # what a session tells its mission comes by and by
    assert await at_last(site.held, expected) == expected
    assert site.files() and canaries()
    assert await site.logs() == [TOPIC, ROOM]
    assert bool(site.keys()) == bool(site.valkey)
    assert TELLING - await calls_that_tell(site) == set()
    done = [await site.erase(site.ada_id, by=site.ada_id), await site.erase(site.hal_id, by=site.ori_id)]
    for one in done:
        assert one["finished"] and set(one["left"]) == {"backups", "exports", "downloads", "letters"}
    await site.are_shown_out()
    await site.settled()
    assert (site.held(), site.files(), site.keys(), await site.logs()) == (
        {MISSION.name: {}, SESSION.name: {}},
        [],
        [],
        [],
    )
    await nobody_is_told(site)
    await site.alone()
    nothing: list[str] = []
    assert await at_last(canaries, nothing) == []


def shows_none(client: Client) -> bool:
    return CANARY not in str(client.screen.records)


async def nobody_is_told(site: Site) -> None:
    """Neither those who look at it as they are, nor who comes new, nor by any call."""
    for name in ("Bob", "Bea"):
        for client in (site.cast.lines[name], site.cast.hours[name]):
            await client.until(partial(shows_none, client), f"gone for {name}")
    new = await come(site.servers[-1], site.bob_id)
    assert CANARY not in str(new.screen.frames)
    assert await calls_that_tell(site) == set()
