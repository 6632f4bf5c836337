"""Whom somebody blocks in an hour is on no list of theirs any more, and sees of it nothing."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opener
from tests.browser.people import ask, between_presses, say, tab
from tests.browser.test_axe import check
from tests.browser.week import Guest, Week, week

ADA, BEN, CAS = "Ada Vries", "Ben Bos", "Cas Mol"
PEOPLE = (
    Guest(ADA, {"organisation": "Voltline", "country": "NL"}),
    Guest(BEN, {"organisation": "Depot Partners", "country": "US"}),
    Guest(CAS, {"organisation": "Gemeente Waterdrecht", "country": "NL"}),
)


@pytest.fixture
def today(tmp_path: pathlib.Path) -> Iterator[Week]:
    with week(tmp_path / "data", PEOPLE) as found:
        yield found


def lines(page: Page, text: str) -> Locator:
    return page.locator(".messages .message").filter(has_text=text)


def people(page: Page, name: str) -> Locator:
    return page.locator(".people .person").filter(has_text=name)


def block(page: Page, name: str) -> Locator:
    """From a card that is open; the card."""
    card = page.locator("dialog#card")
    card.locator("[data-act=block]").click()
    between_presses(page)
    sure = page.locator("dialog#lead-parting")
    expect(sure).to_contain_text(f"Block {name}?")
    check(page, "somebody is about to be blocked")
    sure.locator("[data-act=block-yes]").click()
    expect(sure).to_be_hidden()
    expect(card.locator(".talk")).to_have_attribute("data-what", "blocked")
    return card


def test_who_is_blocked_is_in_no_list_and_cannot_tell(today: Week, open_page: Opener) -> None:
    ada, ben, cas = (open_page(today.link(name)) for name in (ADA, BEN, CAS))
    say(ben, "Buy my chargers.")
    ask(ben, "Who wants to buy chargers?")
    ask(ben, "And who does without a name?", "Anonymous")
    tab(ada, "Chat")
    lines(ada, "Buy my chargers.").locator("[data-card]").first.click()
    block(ada, BEN)
    check(ada, "the card of somebody who is blocked")
    ada.keyboard.press("Escape")
    expect(lines(ada, "Buy my chargers.")).to_have_count(0)
    tab(ben, "Chat")
    say(ben, "Nobody answers?")
    expect(lines(cas, "Nobody answers?")).to_be_visible()
    say(cas, "Good morning all.")
    expect(lines(ada, "Good morning all.")).to_be_visible()
    expect(lines(ada, "Nobody answers?")).to_have_count(0)
    tab(ada, "Questions")
    # what is asked without a name is nobody's: to leave it out would tell whose it is
    expect(ada.locator(".others li")).to_have_count(1)
    expect(ada.locator(".others li")).to_contain_text("And who does without a name?")
    tab(ada, "People")
    expect(people(ada, CAS)).to_be_visible()
    expect(people(ada, BEN)).to_have_count(0)
    # the other sees what everybody sees
    tab(ada, "Chat")
    say(ada, "Good morning, Cas.")
    expect(lines(ben, "Good morning, Cas.")).to_be_visible()
    expect(lines(ben, "Nobody answers?")).to_be_visible()
    tab(ben, "People")
    expect(people(ben, ADA)).to_be_visible()


def test_it_holds_after_a_reload_and_until_it_is_taken_back(today: Week, open_page: Opener) -> None:
    ada, ben = (open_page(today.link(name)) for name in (ADA, BEN))
    say(ben, "Buy my chargers.")
    tab(ada, "People")
    people(ada, BEN).locator("[data-card]").first.click()
    card = block(ada, BEN)
    expect(people(ada, BEN)).to_have_count(0)
    between_presses(ada)
    card.locator("[data-act=unblock]").click()
    expect(card.locator(".talk")).to_have_attribute("data-what", "open")
    expect(people(ada, BEN)).to_have_count(1)
    between_presses(ada)
    block(ada, BEN)
    ada.reload()
    tab(ada, "Chat")
    expect(ada.locator(".chat-empty .empty")).to_be_visible()
    expect(lines(ada, "Buy my chargers.")).to_have_count(0)
