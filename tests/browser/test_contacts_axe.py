"""Contacts in all their states: nothing for axe to find, one hand, and room for a finger."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, opening
from tests.browser.contacts import ADA, ASKERS, LEADS, busy, card_of, to_part, to_tab
from tests.browser.missions import mission
from tests.browser.test_axe import check
from tests.browser.test_participants_axe import SMALL, one_hand

LINES = SMALL.replace(".card-facts,", ".card-facts, .given, .lead-began, .request-why, .request-became,")
"""Links stand in lines of text here, too."""
assert LINES != SMALL


def states(page: Page) -> Iterator[str]:
    """One after the other, what somebody comes to see."""
    to_tab(page, "contacts")
    expect(page.locator(".request")).to_have_count(len(ASKERS))
    yield "who asks"
    page.locator("[data-act=later]").first.click()
    page.locator("[data-act=decline]").nth(2).click()
    expect(page.locator(".request-sure")).to_be_visible()
    yield "a decline"
    page.locator("[data-act=accept-all]").first.click()
    yield "all at once"
    page.keyboard.press("Escape")
    to_part(page, "leads")
    expect(page.locator(".lead-row")).to_have_count(len(LEADS))
    yield "leads"
    page.locator(".leads-export").click()
    yield "files"
    page.keyboard.press("Escape")
    page.locator(".lead-row a", has_text=LEADS[0]).click()
    expect(page.locator(".lead-panel")).to_be_visible()
    yield "a lead"
    for act in ("remove", "block"):
        page.locator(f".lead-panel [data-act={act}]").click()
        yield act
        page.keyboard.press("Escape")
    to_part(page, "asked")
    expect(page.locator(".asked-until")).to_have_count(2)
    yield "whom one asked, and blocked"
    card = card_of(page, LEADS[0])
    expect(card.locator("[data-standing=connected]")).to_be_visible()
    yield "the card of a lead"
    page.keyboard.press("Escape")
    card_of(page, ASKERS[-1])
    yield "the card of who asks"
    page.keyboard.press("Escape")


@pytest.mark.parametrize(
    ("locale", "viewport"), [("en-GB", DESKTOP), ("nl-NL", PHONE)], ids=["en-desktop", "nl-phone"]
)
def test_nothing_for_axe_to_find_and_one_hand(
    tmp_path: pathlib.Path, browser: Browser, locale: str, viewport: dict[str, int]
) -> None:
    with mission(tmp_path / "data", people=12, also=busy) as week, opening(browser) as open_page:
        page = open_page(week.link(ADA), locale=locale, viewport=viewport)
        for state in states(page):
            check(page, state)
            one_hand(page, state)


def test_a_finger_hits_what_it_is_meant_to(tmp_path: pathlib.Path, browser: Browser) -> None:
    with mission(tmp_path / "data", people=12, also=busy) as week:
        touched = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
        context = browser.new_context(**touched, locale="nl-NL")  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(week.link(ADA))
        for state in states(page):
            assert page.evaluate(LINES) == [], state
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{state} is {wide} px wider than the screen"
        context.close()
