"""An organiser erases somebody: with a word to write, told what no software reaches, and off the list."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.organise import Organised, opened, organised
from tests.browser.test_axe import check
from tests.browser.test_organise import invited, more, person

__all__ = ["organised"]

WORDS = {
    "en-GB": ("Erase", "erase", "Write “erase”", "Ada is erased", "Backups from before", "Close"),
    "nl-NL": ("Wissen", "wis", "Schrijf “wis”", "Ada is gewist", "Eerdere back-ups", "Sluiten"),
}


@pytest.mark.parametrize(
    ("locale", "viewport"), [("en-GB", DESKTOP), ("nl-NL", PHONE)], ids=["en-desktop", "nl-phone"]
)
def test_an_organiser_erases_somebody_and_is_told_what_no_software_reaches(
    organised: Organised, open_page: Opener, locale: str, viewport: dict[str, int]
) -> None:
    yes, word, wrong, title, left, close = WORDS[locale]
    page = opened(organised, open_page, "people", locale=locale, viewport=viewport)
    page.locator("[data-act=invite]").click()
    invited(page, "Ada", "")
    page.keyboard.press("Escape")
    more(person(page, "Ada"), "erase")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=yes).click()
    expect(dialog.get_by_role("alert")).to_contain_text(wrong)
    check(page, "a word that is not written")
    dialog.get_by_role("textbox").fill(word)
    dialog.get_by_role("button", name=yes).click()
    expect(dialog.get_by_role("heading", level=2)).to_have_text(re.compile(title))
    expect(dialog.get_by_role("listitem").filter(has_text=left)).to_be_visible()
    check(page, "what is left")
    dialog.get_by_role("button", name=close, exact=True).click()
    expect(person(page, "Ada")).to_have_count(0)
    assert "Ada" not in str(organised.call("people"))


def test_who_organises_erases_themself_on_their_own_page_and_not_in_the_list(
    organised: Organised, open_page: Opener
) -> None:
    page = opened(organised, open_page, "people")
    mine = person(page, "Ori")
    mine.locator("[data-act=more]").click()
    expect(mine.locator("[data-act=correct]")).to_be_visible()
    expect(mine.locator("[data-act=erase]")).to_have_count(0)
