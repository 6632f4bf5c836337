"""A phone on a slow line opens the directory of 5,000: `python -m loadtests.phone [--people 5000]`.

A server of its own on a fresh data folder, and a real Chromium: 390 by 844, a processor four times slower,
150 ms there and back, 1.6 Mbit/s. Nothing of the site is kept by the browser; who comes by a link has never
been there, who comes by a cookie has. *Usable* is when the first cards stand there, from asking for the page.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import pathlib
import tempfile
from typing import Any

import uvloop
from playwright.async_api import Browser, BrowserContext, async_playwright

from loadtests.bench import tables
from loadtests.bench.__main__ import RESULTS
from loadtests.bench.processes import audience_core
from loadtests.missions import ID, PATH, TOPIC, Site, founded, imported
from loadtests.painting import FLAGS, chromium, keep_pace
from loadtests.swarm import quantile
from webinar_server.mission.participants import Participant
from webinar_server.web.who.member_links import path_of, token_of
from webinar_server.web.who.secret import load_secrets
from webinar_server.web.who.tokens import Signer

LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
SLOWER = 4
TIMES = 3
WATCH = """(() => { const look = () => document.querySelector('.person-card')
  ? (window.usable = performance.now()) : requestAnimationFrame(look); requestAnimationFrame(look); })()"""
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


async def opened(context: BrowserContext, address: str) -> tuple[float, int, int]:
    """Milliseconds until it is usable, what came over the line for that, and by the time that it was seen."""
    page = await context.new_page()
    await page.add_init_script(WATCH)
    devtools = await context.new_cdp_session(page)
    asked: list[float] = []
    came: list[tuple[float, int]] = []
    devtools.on("Network.requestWillBeSent", lambda told: asked.append(told["timestamp"]))
    devtools.on(
        "Network.loadingFinished",
        lambda told: came.append((told["timestamp"] - asked[0], int(told["encodedDataLength"]))),
    )
    await devtools.send("Network.enable")
    await devtools.send("Network.emulateNetworkConditions", LINE)
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    await page.goto(address)
    await page.locator(".person-card").first.wait_for()
    usable = float(await page.evaluate("window.usable"))
    await page.close()
    return usable, sum(size for at, size in came if at * 1000 <= usable), sum(size for _, size in came)


async def measured(browser: Browser, site: Site, data: pathlib.Path) -> list[tuple[str, str, str]]:
    link = await links(site, data)
    by_link, by_cookie, first, sizes = [], [], [], []
    for number in range(TIMES):
        context = await browser.new_context(**PHONE)
        by_link.append((await opened(context, link(number)))[0])
        kept = await context.storage_state()
        await context.close()
        # the cookie and nothing else
        context = await browser.new_context(**PHONE, storage_state=kept)
        key = kept["cookies"][0]["name"].split("-")[-1]
        address = f"{site.url}/mission/{ID}?as={key}&tab=participants"
        usable, needed, size = await opened(context, address)
        by_cookie.append(usable)
        first.append(needed)
        sizes.append(size)
        await context.close()
    return [
        ("the directory's first page on a phone, best of three", f"{min(by_cookie) / 1000:.2f} s", "1.5 s"),
        ("  p50", f"{quantile(by_cookie, 0.5) / 1000:.2f} s", ""),
        ("  by a link, by whom it never was opened, best of three", f"{min(by_link) / 1000:.2f} s", ""),
        ("  what comes over the line for that", f"{max(first) / 1000:.1f} kB", "100 kB"),
        ("  and by the time that it was seen, with what comes behind it", f"{max(sizes) / 1000:.1f} kB", ""),
    ]


async def links(site: Site, data: pathlib.Path) -> Any:
    """The link of one of the people, by number."""
    signer = Signer(*load_secrets(data))
    async with site.browser() as browser:
        cards = (await browser.get(f"{PATH}/participants")).json()["cards"]
    people = [Participant(id=card["id"], name=card["name"]) for card in cards]

    def link(number: int) -> str:
        path, _, token = path_of(TOPIC, people[number], token_of(signer, TOPIC, people[number])).partition(
            "#"
        )
        return f"{site.url}{path}?tab=participants#{token}"

    return link


async def measure(site: Site, data: pathlib.Path) -> list[tuple[str, str, str]]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        pacing = asyncio.ensure_future(keep_pace())
        rows = await measured(browser, site, data)
        pacing.cancel()
        await browser.close()
    return rows


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m loadtests.phone", description=__doc__)
    options.add_argument("--people", type=int, default=5_000)
    options.add_argument("--results", type=pathlib.Path, default=RESULTS, help="where they are kept")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder)
        site = Site(data, uvloop.run(founded(data)))
        site.start()
        with audience_core(), contextlib.redirect_stdout(io.StringIO()):
            uvloop.run(imported(site, given.people))
        # a browser is many processes, which would wait for each other on one core
        rows = asyncio.run(measure(site, data))
        site.process.end()
    for what, figure, asked in rows:
        print(f"{what:58} {figure:>10}   {'asked: ' + asked if asked else ''}")
    tables.keep(given.results, "phone", rows)


if __name__ == "__main__":
    main()
