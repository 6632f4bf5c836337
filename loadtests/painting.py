"""What pages do while much is said, in a real Chromium: `python -m loadtests.painting [--seconds 45]`.

A room of 300 people in which 500 messages were said, and then ten a second; a host's page on a processor
slowed four times, an attendee's slowed six times, each alone; then a page in the background. It prints what
Chromium's own counters say. The browser has a core with the audience, so the machine should do nothing else.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import pathlib
import random
import shutil
import tempfile
from collections.abc import Sequence
from typing import Any, NamedTuple

import uvloop
from playwright.async_api import Browser, CDPSession, Page, async_playwright

from loadtests.bench import processes, tables
from loadtests.bench.__main__ import RESULTS
from loadtests.micro.room import TEXTS
from loadtests.swarm import Swarm, quantile
from loadtests.viewer import ours
from webinar_server.demo.cast import Guest, cast
from webinar_server.demo.script import fill
from webinar_server.serve.sessions import create_session, tokens
from webinar_server.session.programme import CreateSession

PEOPLE, SAID, RATE = 300, 500, 10.0
SESSION = "painting"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SETTLED_S = 8.0
"""Seconds after the page was opened in which it may do what it likes."""

COUNTED = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration", "TaskDuration")
WATCH = (pathlib.Path(__file__).parent / "painting.js").read_text()


class Place(NamedTuple):
    """A page to look at: whose, how slow its processor is, whether anybody looks, and how large it is."""

    role: str
    slower: int
    hidden: bool = False
    size: tuple[int, int] = (1280, 800)


PLACES = (
    Place("host", 4),
    Place("attendee", 6),
    Place("host", 4, hidden=True),
    Place("attendee", 6, hidden=True),
)


NAMES = ("Ada Byron", "Bram Smit", "Cleo Vos", "Dirk Maas")


class Room:
    """The server, and those who talk at it."""

    def __init__(self, port: int, swarm: Swarm, guests: Sequence[Guest]) -> None:
        self.port = port
        self._swarm = swarm
        self._guests = guests
        self._rng = random.Random("painting")
        self._said = 0

    async def talk(self, rate: float, seconds: float) -> None:
        for _ in range(round(rate * seconds)):
            number = self._rng.randrange(len(self._swarm.viewers))
            self._swarm.viewers[number].send(self._line(number))
            await asyncio.sleep(1 / rate)

    def _line(self, number: int) -> str:
        self._said += 1
        guest = self._guests[number]
        texts = TEXTS[guest.language]
        said = {"text": fill(self._rng.choice(texts.remarks), guest, self._rng, texts)}
        do = {
            "op": "do",
            "topic": f"session/{SESSION}",
            "ref": f"p-{self._said}",
            "command": "say",
            "args": said,
        }
        return json.dumps(do)


async def look(browser: Browser, room: Room, place: Place, token: str, seconds: float) -> dict[str, float]:
    """Open a page, have people talk, and say what it did."""
    width, height = place.size
    context = await browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    page = await context.new_page()
    await page.add_init_script(WATCH)
    devtools = await context.new_cdp_session(page)
    await devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": place.slower})
    await come_in(page, room, place, token)
    talking = asyncio.ensure_future(room.talk(RATE, SETTLED_S + seconds))
    if place.hidden:
        await page.evaluate("watched.hide()")
    await asyncio.sleep(SETTLED_S)
    await page.evaluate("watched.begin()")
    before = await counters(devtools)
    await asyncio.sleep(seconds)
    after = await counters(devtools)
    seen = await page.evaluate("watched.seen()")
    talking.cancel()
    await context.close()
    spent = {name: (after[name] - before[name]) * 1000 / max(1, seen["frames"]) for name in COUNTED}
    return seen | spent | {"paints": [], **painted(seen["paints"])}


def painted(waits: Sequence[float]) -> dict[str, float]:
    return {f"paint_p{q}": quantile(waits, q / 100) for q in (50, 95, 99)}


async def come_in(page: Page, room: Room, place: Place, token: str) -> None:
    path = "host" if place.role == "host" else "session"
    await page.goto(f"http://127.0.0.1:{room.port}/{path}/{SESSION}#{token}")
    if place.role != "host":
        door = page.get_by_role("button", name="Come in")
        await door.wait_for()
        # what has only just come is not pressed by anybody who means it
        await page.wait_for_timeout(2_000)
        await door.click(delay=200)
    await page.wait_for_selector(".message")


async def keep_pace() -> None:
    """The browser sets priorities of its own; all of it is to be as favoured as we are (`nice`)."""
    while True:
        favour(os.getpriority(os.PRIO_PROCESS, 0))
        await asyncio.sleep(0.5)


def favour(priority: int) -> None:
    for pid in processes.descendants(os.getpid()):
        for task in pathlib.Path(f"/proc/{pid}/task").glob("*"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, int(task.name), priority)


async def counters(devtools: CDPSession) -> dict[str, float]:
    metrics = (await devtools.send("Performance.getMetrics"))["metrics"]
    return {metric["name"]: metric["value"] for metric in metrics}


ROWS: list[tuple[str, str]] = []


def told(place: Place, seen: dict[str, Any]) -> None:
    who = f"{place.role}, {place.slower}x slower{', in the background' * place.hidden}"
    after = "p50 {paint_p50:.0f}, p95 {paint_p95:.0f}, p99 {paint_p99:.0f} ms".format_map(seen)
    script, layout, style, all = (seen[name] for name in COUNTED)
    figures = (
        f"tasks over 50 ms: {seen['long']:.0f} (longest {seen['longest']:.0f} ms); "
        f"{'nothing painted' if place.hidden else f'frame to paint {after}'}; "
        f"processor, a frame of news: script {script:.1f}, layout {layout:.1f}, "
        f"style {style:.1f}, all {all:.1f} ms; {seen['touched']:.1f} nodes touched"
    )
    ROWS.append((who, figures))
    print(f"{who}\n    {figures}", flush=True)


async def measure(
    port: int, guests: Sequence[Guest], people: list[str], own: list[str], seconds: float, only: str
) -> None:
    swarm = Swarm(port)
    await swarm.come(ours(f"session/{SESSION}"), people, over=2.0)
    room = Room(port, swarm, guests)
    await room.talk(100, SAID / 100)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        pacing = asyncio.ensure_future(keep_pace())
        for place, token in zip(PLACES, own, strict=True):
            if only in f"{place.role}{' hidden' * place.hidden}":
                told(place, await look(browser, room, place, token, seconds))
        pacing.cancel()
        await browser.close()
    swarm.leave()


def chromium() -> str:
    found = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if not found:
        raise SystemExit("no Chromium here: `make browser` installs it, or set CHROMIUM to one")
    return found


def invited(folder: pathlib.Path, role: Any, name: str, guest: Guest) -> str:
    at = guest.organisation
    [(_, token)] = tokens(session=SESSION, role=role, name=name, organisation=at.name, kind=at.kind,
                          country=at.country, count=None, days=1, data=folder)  # fmt: skip
    return token


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m loadtests.painting", description=__doc__)
    options.add_argument("--seconds", type=float, default=45)
    options.add_argument("--only", default="", help="host, attendee, or with “ hidden” behind it")
    options.add_argument("--results", type=pathlib.Path, default=RESULTS, help="where they are kept")
    given = options.parse_args()
    guests = cast(1, PEOPLE)
    with tempfile.TemporaryDirectory() as data:
        folder = pathlib.Path(data)
        create_session(CreateSession(session=SESSION, title="Smart ports"), folder, None)
        people = [invited(folder, "attendee", guest.name, guest) for guest in guests]
        own = [
            invited(folder, place.role, name, guests[0]) for place, name in zip(PLACES, NAMES, strict=True)
        ]
        server, port = processes.serve(folder)
        try:
            uvloop.run(measure(port, guests, people, own, given.seconds, given.only))
        finally:
            server.end()
    tables.keep(given.results, "painting", ROWS)


if __name__ == "__main__":
    main()
