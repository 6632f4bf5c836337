"""A question from right to left with words from left to right in brackets reads alike on four pages."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Opener, Server
from tests.browser.everywhere import ASKED, OMAR
from tests.browser.people import through_the_door
from tests.browser.stage import Hall

LAPTOP = {"width": 1366, "height": 625}
# each word with its line and its place in it, as it lies on the screen
LAID = """one => {
  const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  const laid = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    for (const { 0: word, index } of node.data.matchAll(/[^\\s()؟]+/g)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const { left, right, top, height } = range.getBoundingClientRect();
      laid.push({ word, left, right, line: Math.round(top / height) });
    }
  const { left, right } = one.getBoundingClientRect();
  return { laid, left, right, direction: getComputedStyle(one.querySelector("bdi") ?? one).direction };
}"""
LATIN = ["shore", "power", "50", "Hz"]


def reads(page: Page, selector: str) -> None:
    told = page.locator(selector).filter(visible=True).first.evaluate(LAID)
    assert told["direction"] == "rtl"
    laid = told["laid"]
    assert len(laid) > 10 and [word["word"] for word in laid if word["word"] in LATIN] == LATIN
    for before, after in itertools.pairwise(laid):
        if after["line"] > before["line"]:
            continue
        assert after["line"] == before["line"], "lines follow each other"
        both = before["word"] in LATIN and after["word"] in LATIN
        assert before["right"] <= after["left"] if both else after["right"] <= before["left"], (before, after)
    # it begins at the right
    assert told["right"] - laid[0]["right"] < 60


@pytest.fixture
def hall(server: Server, open_page: Opener) -> Iterator[Hall]:
    with Hall(server, open_page) as hall:
        hall.host.do("open_session")
        hall.asks(OMAR, ASKED)
        yield hall


def test_it_reads_alike_on_four_pages(server: Server, open_page: Opener, hall: Hall) -> None:
    for viewport in (PHONE, LAPTOP):
        attendee = open_page(server.link("attendee", "Robin Jansen"), viewport=viewport)
        through_the_door(attendee)
        expect(attendee.locator(".spot-text").first).to_be_visible()
        reads(attendee, ".spot-text")
        attendee.locator("#tab-questions").click()
        reads(attendee, ".question-text")
    host = open_page(server.link("host", "Anna Bakker"), viewport=LAPTOP)
    expect(host.locator(".now-live.is-live")).to_be_visible()
    reads(host, ".now-live > .card-text")
    reads(hall.screen(), ".question-text")
