"""The figures of a mission of 5,000, on this machine: `python -m loadtests.missions [--people 5000]`.

Starts a server of its own on a fresh data folder, has a list of that many taken in as an organiser would, and
asks its directory from the other core. Loopback only; it stops by itself.
"""

from __future__ import annotations

import argparse
import asyncio
import pathlib
import tempfile
import time
from typing import Any

import httpx
import uvloop

from loadtests import felt
from loadtests.bench import processes, tables
from loadtests.bench.__main__ import RESULTS
from loadtests.bench.processes import audience_core
from loadtests.micro.participants import costs_of_a_join, listing
from loadtests.swarm import quantile
from tests.web.client import Client
from webinar_server.clock import now_ms
from webinar_server.live.hub import Hub
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.mission import MISSION
from webinar_server.mission.mission import CreateMission, Place
from webinar_server.settings import Settings
from webinar_server.state import Answer, Identity, Role
from webinar_server.web.who.secret import load_secrets
from webinar_server.web.who.tokens import DAY_MS, Signer

ID = "figures"
TOPIC = MISSION.topic(ID)
PATH = f"/api/missions/{ID}"

ASKED: dict[str, dict[str, Any]] = {
    "a word": {"q": "depot"},
    "a word with a typo": {"q": "verhofen"},
    "three filters": {"kind": "sme", "country": "NL", "sectors": "Charging"},
    "what fits me first": {"match": 1},
    "a word, a filter, what fits me": {"q": "bos", "country": "NL", "match": 1},
    "all": {},
}
"""Pages of a directory, as people ask for them."""

TIMES, STARTS = 20, 3
LOOK_EACH = 0.01
ROWS: list[tuple[str, str, str]] = []


def row(what: str, seen: str, asked: str = "") -> None:
    ROWS.append((what, seen, asked))
    print(f"{what:58} {seen:>14}   {'asked: ' + asked if asked else ''}", flush=True)


async def founded(data: pathlib.Path) -> str:
    """A mission on a folder that nobody holds; its organiser's id."""
    hub = Hub(SqliteLog(data), Settings())
    await hub.open()
    try:
        days = {"starts_on": "2027-03-01", "ends_on": "2027-03-05"}
        places = (Place(name="The Hague", zone="Europe/Amsterdam"),)
        created = CreateMission(mission=ID, title="Figures", places=places, organiser="Ori", **days)
        outcome = await hub.begin(TOPIC, created)
        assert isinstance(outcome, Answer)
        return str(outcome.result["organiser"])
    finally:
        await hub.close()


class Site:
    """A server, and who asks it."""

    def __init__(self, data: pathlib.Path, organiser: str) -> None:
        self._signer = Signer(*load_secrets(data))
        self._data = data
        self.organiser = self.token(organiser, "organiser")

    def token(self, id: str, role: Role) -> str:
        now = now_ms()
        return self._signer.sign(
            Identity(
                id=id, name="Ori", role=role, topic=TOPIC, entered=True, issued=now, expires=now + DAY_MS
            )
        )

    def start(self) -> float:
        """Start it; seconds until it is ready."""
        began = time.monotonic()
        self.process, port = processes.serve(self._data)
        self.url = f"http://127.0.0.1:{port}"
        return time.monotonic() - began

    def browser(self, token: str | None = None) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {token or self.organiser}"}
        return httpx.AsyncClient(base_url=self.url, headers=headers, trust_env=False, timeout=60)

    async def joined(self) -> Client:
        return await (await Client(self.url, self.organiser).open()).join(TOPIC)


async def imported(site: Site, people: int) -> None:
    """A list is looked at and taken in, while others ask for something small."""
    data, ori = listing(people), await site.joined()
    async with site.browser() as browser:
        waits: list[float] = []
        others = asyncio.ensure_future(_asking(browser, waits))
        began = time.monotonic()
        preview = await browser.post(f"{PATH}/imports", content=data)
        fates = {line["fate"] for line in preview.json()["lines"]}
        assert fates == {"new"}, fates
        looked = time.monotonic() - began
        began = time.monotonic()
        answer = await browser.post(f"{PATH}/imports?go=1", content=data)
        id = answer.json()["id"]
        await ori.until(lambda: bool(ori.screen.of("import").get(id, {}).get("ended_at")), "the end")
        took = time.monotonic() - began
        others.cancel()
        row(f"a list of {people:,} ({len(data) / 1e6:.1f} MB) looked at", f"{looked:.2f} s")
        row("  taken in, from the press until all see the end", f"{took:.2f} s", "5 s")
        row("  meanwhile others wait for a small answer, p99", f"{quantile(waits, 0.99) * 1000:.0f} ms")
        row("  the longest of them", f"{max(waits) * 1000:.0f} ms")
        again = await browser.post(f"{PATH}/imports", content=data)
        assert {line["fate"] for line in again.json()["lines"]} == {"equal"}
    ori.abort()


async def _asking(browser: httpx.AsyncClient, waits: list[float]) -> None:
    while True:
        began = time.monotonic()
        await browser.get("/livez")
        waits.append(time.monotonic() - began)
        await asyncio.sleep(LOOK_EACH)


async def directory(site: Site) -> None:
    ori = await site.joined()
    async with site.browser() as browser:
        began = time.monotonic()
        await browser.get(f"{PATH}/participants")
        row(
            "the directory's first page after a start, folded anew",
            f"{(time.monotonic() - began) * 1000:.0f} ms",
        )
        for what, asked in ASKED.items():
            took, spent = await _timed(site, browser, asked)
            row(f"a page of it: {what}, processor time", f"{spent * 1000:.1f} ms", "30 ms")
            row("  for who asks, p50", f"{quantile(took, 0.5) * 1000:.1f} ms")
        page = await browser.get(f"{PATH}/participants")
        row("  a page of all, before it is packed", f"{len(page.content) / 1000:.1f} kB", "100 kB")
    ori.abort()


async def _timed(site: Site, browser: httpx.AsyncClient, asked: dict[str, Any]) -> tuple[list[float], float]:
    """Seconds of each of some pages, and those of the server's processor for one."""
    took, before = [], site.process.cpu()
    for _ in range(TIMES):
        began = time.monotonic()
        answer = await browser.get(f"{PATH}/participants", params=asked)
        assert answer.status_code == 200, answer.text
        took.append(time.monotonic() - began)
    return took, (site.process.cpu() - before) / TIMES


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m loadtests.missions", description=__doc__)
    options.add_argument("--people", type=int, default=5_000)
    options.add_argument("--results", type=pathlib.Path, default=RESULTS, help="where they are kept")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder)
        site = Site(data, uvloop.run(founded(data)))
        empty_start, empty = _started(site)
        with audience_core():
            uvloop.run(imported(site, given.people))
        site.process.end()
        starts = []
        for _ in range(STARTS):
            starts.append(_started(site)[0])
            site.process.end()
        site.start()
        with audience_core():
            uvloop.run(directory(site))
        row("memory for it, with the directory", f"{(site.process.rss_kb() - empty) / 1024:.1f} MB", "60 MB")
        row(f"from command to ready, with its log, best of {STARTS}", f"{min(starts):.2f} s", "2 s")
        row("  without anybody in it", f"{empty_start:.2f} s")
        site.process.end()
    for what, figure, asked in (*costs_of_a_join(given.people), *felt.rows()):
        row(what, figure, asked)
    tables.keep(given.results, "mission", ROWS)


def _started(site: Site) -> tuple[float, int]:
    """Seconds until it is ready, and its memory (kB) once it has opened the mission."""
    took = site.start()

    async def opened() -> None:
        (await site.joined()).abort()

    uvloop.run(opened())
    return took, site.process.rss_kb()


if __name__ == "__main__":
    main()
