"""Who takes the other language is told everything in it at once, open cards and scrolled lists, too."""

from __future__ import annotations

import json
import pathlib
import re

from playwright.sync_api import Browser, Page

from tests.browser import everywhere
from tests.browser.conftest import opening, running
from tests.browser.everywhere import Everywhere, Look
from tests.browser.test_one_hand import PROBE

STATIC = pathlib.Path(__file__).parents[2] / "static"


def catalog(language: str) -> dict[str, str]:
    files = (path for path in STATIC.rglob(f"{language}.json") if "vendor" not in path.parts)
    return {key: text for path in files for key, text in json.loads(path.read_text()).items()}


def sayings(language: str) -> re.Pattern[str]:
    """Anything that is said in it, whatever stands in its gaps."""
    forms = {re.sub(r"\\{\w+\\}", ".+", re.escape(text)) for text in catalog(language).values()}
    return re.compile("|".join(sorted(forms - {".+"}, key=len, reverse=True)), re.DOTALL)


ENGLISH, DUTCH = sayings("en"), sayings("nl")


def left_in_english(page: Page) -> list[str]:
    page.wait_for_timeout(500)
    told = page.evaluate(PROBE, everywhere.WORDS)
    texts = {one["text"] for what in ("texts", "said") for one in told[what]}
    assert len(texts) > 20
    return sorted(text for text in texts if ENGLISH.fullmatch(text) and not DUTCH.fullmatch(text))


def test_the_other_language_is_told_everywhere(browser: Browser, tmp_path: pathlib.Path) -> None:
    left: dict[str, list[str]] = {}
    with running(tmp_path) as server, opening(browser) as opened:
        pages = Everywhere(server, opened, Look())
        with pages.hall:
            for name, page in pages:
                if name == "host":
                    open_all(page)
                    left["before"] = left_in_english(page)
                    page.locator(".top-acts [lang=nl]").click()
                    left["host"] = left_in_english(page)
                if name == "attendee-settings":
                    page.locator("input[name=set-lang]").last.check()
                    left["settings"] = left_in_english(page)
                    page.keyboard.press("Escape")
                    for tab in ("chat", "questions", "polls", "people"):
                        page.locator(f"#tab-{tab}").click()
                        left[tab] = left_in_english(page)
                if name == "host-greeted":
                    left["greeted"] = left_in_english(page)
                    break
    assert len(left.pop("before")) > 40, "it was English"
    assert {name: some for name, some in left.items() if some} == {}


def open_all(host: Page) -> None:
    """Lists are scrolled, a card is open, a poll is written, something was just done."""
    host.locator("[data-act=hide]").first.click(force=True)
    host.locator(".panel-head .button", has_text="New poll").click()
    host.locator(".board .card").nth(2).click()
    host.locator(".board .card.is-selected [data-act=more]").click()
    for lists in (".arrivals", ".board", ".messages"):
        host.locator(lists).evaluate("list => list.scrollTo(0, 60)")
