"""Canaries: of who was erased in a running mission no string is found anywhere afterwards: not in the files
of the log, not in what anybody is told or exports, nor in any object of any worker."""

from __future__ import annotations

import asyncio
import io
import pathlib
import tempfile
import zipfile
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import TypeVar

import pytest

from tests.memory import CANARY, canaries, has_canary
from tests.mission.canaries import ROOM, told
from tests.mission.erased_site import Site, come
from tests.mission.test_live import TOPIC
from tests.valkey import DURABLE, Valkey
from tests.web.client import Client
from tests.web.conftest import pytest_asyncio_loop_factories
from tests.web.server import UNPACED, LiveServer
from webinar_server.mission import MISSION
from webinar_server.session import SESSION

__all__ = ["pytest_asyncio_loop_factories"]

T = TypeVar("T")

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
    # not in the folder of the test: its name is long, and so would the socket's be
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        valkey = None
        if request.param == "two workers":
            # as it is written, a canary is found in the files
            valkey = Valkey(folder / "valkey", *DURABLE, "--rdbcompression", "no").start()
        names = ["one", "two"] if valkey else ["one"]
        servers = [
            await LiveServer(folder / name, UNPACED, redis=valkey.url if valkey else None).start()
            for name in names
        ]
        site = Site(folder, servers, valkey)
        await site.lived()
        yield site
        await site.finish()


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
    await are_shown_out(site)
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


async def at_last(look: Callable[[], T], wanted: T) -> T:
    """What one sees, once it is what is wanted, or after a long while."""
    for _ in range(100):
        if (seen := look()) == wanted:
            break
        await asyncio.sleep(0.1)
    return seen


async def are_shown_out(site: Site) -> None:
    for name in ("Ada", "Hal"):
        for lines in (site.cast.lines, site.cast.hours):
            code, reason = await lines[name].ended()
            assert code == 4403 and "person.erased" in reason


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


async def calls_that_tell(site: Site) -> set[str]:
    """Calls in whose answer to somebody who stays a canary stands."""
    found = set()
    for person in (site.bob_id, site.bea_id, site.ori_id):
        for call, answer in await site.answers(person):
            assert answer.status_code < 500, (call, answer.text)
            found |= {call} if has_canary(plain(answer.content)) else set()
    return found


def plain(content: bytes) -> bytes:
    """As it can be read; of a workbook what is packed in it."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(map(packed.read, packed.namelist()))
