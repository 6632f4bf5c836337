"""A participant's pages in all their states: nothing for axe to find, one hand, and room for a finger."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.missions import Week, mission
from tests.browser.test_axe import check
from tests.browser.test_one_hand import SIZES, WEIGHTS
from tests.test_pictures import GLYPH

PROBE = (pathlib.Path(__file__).parent / "hand.js").read_text()
SMALL = """() => [...(document.querySelector("dialog[open]") ?? document).querySelectorAll(
    "button, a[href], input, select, summary, label.facet-value")]
  .filter((one) => one.checkVisibility() && !one.closest(".skip, .unseen, .lines, .card-facts, label"))
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width && box.height < 43.5 && !one.matches("h3 a"))
  .map(([one, { height }]) => `${one.tagName}.${one.className} ${Math.round(height)} ${one.textContent}`)"""
"""What a finger hardly hits: lower than 44 px, but for links in lines of text, and a name: all of its card is
to be pressed."""


@pytest.fixture
def week(tmp_path: pathlib.Path) -> Iterator[Week]:
    with mission(tmp_path / "data", people=60) as week:
        yield week


def states(page: Page) -> Iterator[str]:
    """One after the other, what somebody comes to see."""
    expect(page.locator(".now-card")).to_be_visible()
    page.locator(".mine-button").first.click()
    expect(page.locator(".my-slots li")).to_have_count(1)
    yield "this week"
    page.locator(".week-calendar button").click()
    expect(page.locator("#feed-address")).to_be_visible()
    yield "a calendar that follows"
    page.locator("[data-tab=participants]").click()
    expect(page.locator(".person-card").nth(20)).to_be_attached()
    yield "participants"
    page.locator(".dir-match").click()
    expect(page.locator(".match-note")).to_be_visible()
    yield "who fits me"
    page.locator(".dir-quick .is-quiet").click()
    yield "filters to be kept"
    page.keyboard.press("Escape")
    page.locator(".person-card h3 a").first.click()
    expect(page.locator("#card .whole-card")).to_be_visible()
    yield "a card"
    page.keyboard.press("Escape")
    if page.locator(".dir-filter-button").is_visible():
        page.locator(".dir-filter-button").click()
        yield "filters"
        page.keyboard.press("Escape")
    page.locator("#directory-search").fill("xyzzy")
    expect(page.locator(".dir-none .button").first).to_be_visible()
    yield "nobody"
    page.locator("#directory-search").fill("voltline")
    found = page.locator(".dir-cards .org-link", has_text="Voltline")
    found.first.click()
    expect(page.locator(".org-head")).to_be_visible()
    yield "an organisation"
    page.locator("[data-tab=me]").click()
    page.locator("#my-pitch").fill("Something else")
    yield "me"
    for number, what in enumerate(("signing out", "leaving")):
        page.locator(".me-mine button").nth(number).click()
        expect(page.locator("#leave-mission .sure")).to_be_visible()
        yield what
        page.keyboard.press("Escape")


def one_hand(page: Page, state: str) -> None:
    seen = page.evaluate(PROBE, [])
    others = [one for one in seen["texts"] if one["size"] not in SIZES or one["weight"] not in WEIGHTS]
    assert [f"{one['size']} {one['weight']} {one['where']}" for one in others] == [], state
    panels = [one["panel"] for one in seen["filled"]]
    assert len(panels) == len(set(panels)), (state, seen["filled"])
    assert [one["where"] for one in seen["orange"]] == [], state
    assert [one["text"] for one in (*seen["texts"], *seen["said"]) if GLYPH.search(one["text"])] == [], state


@pytest.mark.parametrize(
    ("who", "locale", "viewport"),
    [("Ada Vries", "en-GB", DESKTOP), ("Bea Smit", "nl-NL", PHONE)],
    ids=["en-desktop", "nl-phone"],
)
def test_nothing_for_axe_to_find_and_one_hand(
    week: Week, open_page: Opener, who: str, locale: str, viewport: dict[str, int]
) -> None:
    page = open_page(week.link(who), locale=locale, viewport=viewport, expect_faults=True)
    for state in states(page):
        check(page, state)
        one_hand(page, state)


def test_a_finger_hits_what_it_is_meant_to(week: Week, browser: Browser) -> None:
    touched = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    context = browser.new_context(**touched, locale="en-GB")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(week.link("Cas Bos"))
    for state in states(page):
        assert page.evaluate(SMALL) == [], state
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{state} is {wide} px wider than the screen"
    context.close()
