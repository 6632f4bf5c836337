"""What is asked on stage becomes a lead, and is erased in the end: whole, on phone and desktop, in both
languages, and by keyboard alone; with nothing for axe to find at any stop."""

from __future__ import annotations

import os
import pathlib

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.journey import WORDS, Keys, Pointer, Told, steps
from tests.browser.meetings import FRANCISCO, HAGUE
from tests.browser.test_axe import check
from tests.browser.week import Guest, week

QUESTION = "What did the grid connection of your depot cost?"
ADA, BEN, CAS, DIA = "Ada Vries", "Ben Bos", "Cas Mol", "Dia Kok"
PEOPLE = (
    Guest(ADA, {"organisation": "Voltline", "kind": "sme", "country": "NL", "seeks": ["Depot charging"]}),
    Guest(BEN, {"organisation": "Depot Partners", "kind": "consultancy", "country": "US"}),
    Guest(CAS, {"organisation": "Gemeente Waterdrecht", "kind": "local", "country": "NL"}),
    Guest(DIA, {"organisation": "Pacific Mobility", "country": "US"}),
)
WAYS = [
    ("en-GB", DESKTOP, Pointer),
    ("nl-NL", DESKTOP, Pointer),
    ("en-GB", PHONE, Pointer),
    ("nl-NL", PHONE, Pointer),
    ("en-GB", DESKTOP, Keys),
]
NAMES = [f"{lang[:2]}-{'phone' if size == PHONE else 'desktop'}-{hand.__name__}" for lang, size, hand in WAYS]


@pytest.mark.parametrize(("lang", "size", "hand"), WAYS, ids=NAMES)
def test_from_the_stage_to_a_lead_and_to_the_end(
    tmp_path: pathlib.Path, open_page: Opener, lang: str, size: dict[str, int], hand: type[Pointer]
) -> None:
    with week(tmp_path / "data", PEOPLE) as today:
        host = open_page(today.link("Hal Host", "host"))
        # being erased is an end, of which a browser says that it was refused
        ada = open_page(today.link(ADA), viewport=size, locale=lang, zone=HAGUE, expect_faults=True)
        expect(ada.locator("#place-menu .icon-button").first).to_be_visible()
        others = {name: open_page(today.link(name), zone=FRANCISCO) for name in (BEN, CAS, DIA)}
        # where something comes the pointer is not
        ada.mouse.move(1, size["height"] - 2)
        for stop in steps(Told(hand(ada), host, others, WORDS[lang]), QUESTION):
            picture(ada, f"{lang[:2]}-{size['width']}-{hand.__name__}-{stop}")
            check(ada, stop)
            fits(ada, stop)


def fits(page: Page, stop: str) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{stop} is {wide} px wider than the screen"


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png")
