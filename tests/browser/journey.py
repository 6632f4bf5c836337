"""One way through all that contacts are, from a question on stage to being erased: the same steps by pointer
or by keyboard alone, at any width and in any language."""

from __future__ import annotations

import csv
import io
import math
import pathlib
from collections.abc import Iterator
from typing import NamedTuple

from playwright.sync_api import Download, Locator, Page, expect

from tests.browser.people import between_presses

STOPS = 120
"""Presses of Tab or an arrow within which everything on a page is reached."""

NEAR = 60
"""Pixels: two presses closer than this may be one place."""

WHERE = """(one) => {
  const at = document.activeElement;
  if (at === one) return "there";
  const list = one.closest("ul, ol, [role=tablist]");
  if (one.tabIndex >= 0 || !list?.contains(at)) return "Tab";
  const isAfter = at.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  const isAlong = one.closest("li") === at.closest("li");
  if (isAlong) return isAfter ? "ArrowRight" : "ArrowLeft";
  return isAfter ? "ArrowDown" : "ArrowUp";
}"""
"""How the keyboard comes nearer to something."""


class Pointer:
    """Somebody with a mouse or a finger."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._last: tuple[float, float] = (-NEAR, -NEAR)

    def press(self, what: Locator) -> None:
        what.scroll_into_view_if_needed()
        box = what.bounding_box()
        assert box is not None
        place = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        # in one place a second press would be the first again
        if math.dist(place, self._last) < NEAR:
            between_presses(self.page)
        self._last = place
        what.click()

    def tick(self, what: Locator) -> None:
        what.check()

    def write(self, where: Locator, text: str) -> None:
        where.fill(text)


class Keys(Pointer):
    """Somebody with a keyboard alone."""

    def press(self, what: Locator) -> None:
        if not self._reach(what):
            between_presses(self.page)
        self.page.keyboard.press("Enter")

    def tick(self, what: Locator) -> None:
        self._reach(what)
        self.page.keyboard.press("Space")
        expect(what).to_be_checked()

    def write(self, where: Locator, text: str) -> None:
        self._reach(where)
        self.page.keyboard.type(text)

    def _reach(self, what: Locator) -> int:
        """Answers by how many keys."""
        expect(what).to_be_visible()
        for keys in range(STOPS):
            key = what.evaluate(WHERE)
            if key == "there":
                return keys
            self.page.keyboard.press(key)
        raise AssertionError(f"no key leads to {what}")


class Words(NamedTuple):
    """What the reader's language says where the steps look."""

    since: str
    kind: str
    word: str
    erased: str


WORDS = {
    "en-GB": Words("Since (The Hague)", "Consultancy", "erase", "You are erased"),
    "nl-NL": Words("Sinds (The Hague)", "Adviesbureau", "wis", "Je bent gewist"),
}


class Told(NamedTuple):
    """Who is in it: whoever asks, who leads, and three who tap: two are accepted, the last is not."""

    hand: Pointer
    host: Page
    others: dict[str, Page]
    words: Words


def steps(told: Told, question: str) -> Iterator[str]:
    """All of it, and what to look at after each step."""
    yield from on_stage(told, question)
    yield from answered(told)
    yield from written(told)
    yield from met(told)
    yield from exported(told)
    yield from erased(told)


def on_stage(told: Told, question: str) -> Iterator[str]:
    hand, page = told.hand, told.hand.page
    hand.press(page.locator("#tab-questions"))
    hand.press(page.locator("#ask-open"))
    hand.write(page.locator("#ask-text"), question)
    yield "asking"
    hand.press(page.locator(".ask-form .button.is-primary"))
    expect(page.locator("li.question.is-own")).to_contain_text(question)
    told.host.locator(".card").filter(has_text=question).locator("[data-act=spotlight]").click(delay=120)
    expect(page.locator(".spotlight")).to_contain_text(question)
    for other in told.others.values():
        other.locator(".spotlight .talk-tap button").click()
        expect(other.locator(".spotlight .talk-tap")).to_have_attribute("data-what", "fresh")
    expect(page.locator(".arrived-card")).to_have_count(0)
    expect(page.locator(".arrived-open")).to_have_count(0)
    yield "live"
    told.host.locator(".now [data-act=answer]").click()
    expect(page.locator(".arrived-card")).to_contain_text("3")
    yield "told after the moment"


def answered(told: Told) -> Iterator[str]:
    hand, page = told.hand, told.hand.page
    first, second, last = told.others
    hand.press(page.locator(".arrived-card [data-act=look]"))
    rows = page.locator("#requests .request")
    expect(rows).to_have_count(3)
    yield "who wants to talk"
    for name in (first, second):
        hand.press(rows.filter(has_text=name).locator("[data-act=accept]"))
        expect(rows.filter(has_text=name).locator("[data-became=accepted]")).to_be_visible()
    declined = rows.filter(has_text=last)
    hand.press(declined.locator("[data-act=decline]"))
    yield "declining"
    # a press too many: it is taken back, and meant the second time
    hand.press(declined.locator("[data-act=back]"))
    hand.press(declined.locator("[data-act=decline]"))
    hand.press(declined.locator("[data-act=decline-yes]"))
    expect(declined.locator("[data-became=declined]")).to_be_visible()
    # axe takes a button of the page below for the ground of what is scrolled over it
    page.locator("#requests").evaluate("(one) => one.scrollTo(0, 0)")
    yield "answered"
    page.keyboard.press("Escape")
    for name in (first, second):
        tap = told.others[name].locator(".talk-tap").first
        expect(tap).to_have_attribute("data-what", "connected")
    expect(told.others[last].locator(".talk-tap").first).not_to_have_attribute("data-what", "connected")


def written(told: Told) -> Iterator[str]:
    hand, page = told.hand, told.hand.page
    first = next(iter(told.others))
    hand.press(page.locator(".to-week"))
    hand.press(page.locator("[data-tab=messages]"))
    hand.press(page.locator(".talk-row").get_by_role("link", name=first))
    hand.write(page.locator("#write-text"), "Shall we meet?")
    yield "writing"
    hand.press(page.locator(".talk-composer .composer .button"))
    expect(page.locator(".talk-rows .talk-text")).to_have_text("Shall we meet?")
    expect(told.others[first].locator("[data-act=messages] .count")).to_have_text("1")
    yield "written"


def met(told: Told) -> Iterator[str]:
    hand, page = told.hand, told.hand.page
    other = next(iter(told.others.values()))
    hand.press(page.locator(".talk-head [data-act=meet]"))
    hours = page.locator(".meet-hour input")
    expect(hours.nth(1)).to_be_visible()
    for n in (0, 1):
        hand.tick(hours.nth(n))
    yield "proposing to meet"
    hand.press(page.locator("#meet .is-primary"))
    expect(page.locator("dialog[open]")).to_have_count(0)
    other.locator(".to-week").click()
    other.locator("[data-tab=meetings]").click()
    other.locator(".meeting.is-proposed [data-act=accept]").first.click()
    hand.press(page.locator("[data-tab=meetings]"))
    fixed = page.locator(".meeting.is-fixed")
    # across the ocean: both clocks
    expect(fixed).to_contain_text("San Francisco")
    yield "met"


def exported(told: Told) -> Iterator[str]:
    hand, page, words = told.hand, told.hand.page, told.words
    hand.press(page.locator("[data-tab=contacts]"))
    hand.press(page.locator("[data-show=leads]"))
    expect(page.locator(".lead-row")).to_have_count(2)
    yield "leads"
    hand.press(page.locator(".leads-export"))
    yield "ways to take them along"
    rows = _read(saved(hand, page.locator("[data-way=csv_semicolon]")))
    assert {row[0] for row in rows[1:]} == set(list(told.others)[:2])
    assert words.since in rows[0] and words.kind in {cell for row in rows[1:] for cell in row}
    page.keyboard.press("Escape")


def erased(told: Told) -> Iterator[str]:
    hand, page, words = told.hand, told.hand.page, told.words
    hand.press(page.locator("[data-tab=me]"))
    saved(hand, page.locator("a[download][href*='mine.json']"))
    hand.press(page.locator("[data-act=erase]"))
    yield "erasing"
    hand.write(page.locator("#erase-me input[name=word]"), words.word)
    hand.press(page.locator("#erase-me .sure .is-danger"))
    expect(page.get_by_role("heading", level=1, name=words.erased)).to_be_visible()
    yield "erased"
    other = next(iter(told.others.values()))
    other.locator("[data-tab=contacts]").click()
    expect(other.locator(".lead-row")).to_have_count(0)


def saved(hand: Pointer, way: Locator) -> Download:
    with hand.page.expect_download() as told:
        hand.press(way)
    return told.value


def _read(file: Download) -> list[list[str]]:
    text = pathlib.Path(file.path()).read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))
