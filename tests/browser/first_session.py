"""From an empty folder to a first session with two hosts and ten invited people, as an organiser does it.

`.venv/bin/python -m tests.browser.first_session [390x844 [nl]]` plays it at the pace of somebody who does it
for the first time, and says how long each step took.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.browser.conftest import FLAGS, Server, chromium, opening
from tests.browser.organise import to

PEOPLE = "\n".join(
    f"{name}, {name.split()[0].lower()}@example.org, {organisation}"
    for name, organisation in (
        ("Cem Kaya", "Gridwise"),
        ("Dana Smit", "Port of Delft"),
        ("Eva Jansen", "TU Delft"),
        ("Frank O’Neil", "CalGrid"),
        ("Gita Rao", "Depot Works"),
        ("Hugo Bakker", "Voltline B.V."),
        ("Ines Garcia", "Port of Oakland"),
        ("Jan-Willem Bos", "Gemeente Utrecht"),
        ("Kim Lee", "BayCharge"),
        ("Lotte Vos", "Ministry of Ports"),
    )
)
"""Ten, as they are copied from a sheet."""


class Hand(NamedTuple):
    """How long somebody looks before they press (s), and takes for a letter (ms)."""

    looks: float = 0.0
    letter: float = 0.0


QUICK = Hand()
NEW = Hand(2.0, 200)
"""Somebody who reads each step first, and types 60 words in two minutes."""


class Player:
    """Somebody at the page."""

    def __init__(self, page: Page, hand: Hand) -> None:
        self.page = page
        self._hand = hand
        self._began = time.monotonic()
        self.steps: list[tuple[str, float]] = []

    def press(self, what: str | Locator) -> None:
        self._looks()
        (self.page.locator(what) if isinstance(what, str) else what).click()

    def write(self, where: str, text: str) -> None:
        self.press(where)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text, delay=self._hand.letter)

    def paste(self, where: str, text: str) -> None:
        self.press(where)
        self._looks()
        self.page.locator(where).fill(text)

    def choose(self, where: str, value: str) -> None:
        self._looks()
        self._looks()
        self.page.locator(where).select_option(value)

    def did(self, step: str) -> None:
        self.steps.append((step, time.monotonic() - self._began))

    def _looks(self) -> None:
        self.page.wait_for_timeout(self._hand.looks * 1000)


def play(page: Page, hand: Hand = QUICK) -> list[tuple[str, float]]:
    """The whole of it; the steps, with the seconds at which each was done."""
    player = Player(page, hand)
    step = "#place-guide [data-step={}]"
    player.write(f"{step.format('basics')} [name=me]", "Ori Olsen")
    player.write(f"{step.format('basics')} [name=title]", "Electric mobility 2027")
    player.press("#place-guide [data-act=place]")
    player.choose("#place-guide [name=zone1]", "America/Los_Angeles")
    player.press("#place-guide [name=entry][value=approval]")
    player.press("[data-settings=guide] [data-act=save]")
    expect(page.locator(f"{step.format('session')}.is-open")).to_be_visible()
    player.did("name, days, places, how one gets in")
    player.press(f"{step.format('session')} [data-act=plan]")
    player.write("#guide-slot-form [name=title]", "Opening")
    player.press("#guide-slot-form .is-primary")
    expect(page.locator(f"{step.format('hosts')}.is-open")).to_be_visible()
    player.did("first session")
    for number, (name, email) in enumerate(
        (("Ada de Vries", "ada@example.org"), ("Bob Stone", "bob@example.org"))
    ):
        player.write(f"{step.format('hosts')} [name=hosts]", name)
        player.press(page.locator(".picker-found [role=option]").last)
        player.write("#invite [name=email]", email)
        player.press("#invite .is-primary")
        expect(page.locator("#place-guide .chip")).to_have_count(number + 1)
    player.press(f"{step.format('hosts')} [data-act=next]")
    player.did("two hosts")
    player.paste(f"{step.format('people')} [name=people]", PEOPLE)
    player.press(f"{step.format('people')} .is-primary")
    expect(page.locator(f"{step.format('people')}.is-done")).to_be_visible()
    player.did("ten people")
    player.press(f"{step.format('people')} [data-act=next]")
    expect(page.locator(f"{step.format('look')}.is-open a")).to_be_visible()
    player.did("all")
    return player.steps


def main(size: str = "1280x800", lang: str = "en") -> None:
    width, height = map(int, size.split("x"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        server.start()
        link = server.next_line().rpartition(" ")[2]
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            with opening(browser) as open_page:
                page = open_page(
                    link,
                    viewport={"width": width, "height": height},
                    locale={"en": "en-GB", "nl": "nl-NL"}[lang],
                )
                to(page, "guide")
                for step, seconds in play(page, NEW):
                    print(f"{seconds:6.1f} s  {step}")
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
