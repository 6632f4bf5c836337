"""Words without a place to break, on every page: they are broken or shortened, and run over no edge."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Opener, Server
from tests.browser.people import ask, press, say, tab, through_the_door
from tests.browser.test_marks import look

HALL = {"width": 1280, "height": 720}
NAME, ORGANISATION, NEXT = "W" * 64, "O" * 80, "Q" * 64
FIRST, SECOND = "M" * 280, "N" * 280

CUT = """() => {
  const cut = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (!/(.)\\1{20}/.test(text.data) || text.parentElement.closest(".unseen")) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const rect = range.getBoundingClientRect();
    if (!rect.width || !text.parentElement.checkVisibility()) continue;
    let right = rect.right;
    for (let box = text.parentElement; box; box = box.parentElement) {
      const { overflowX, textOverflow, display } = getComputedStyle(box);
      const { left, right: end } = box.getBoundingClientRect();
      if (overflowX !== "visible" && rect.left < left - 1) cut.push(["left of", box.className]);
      if (overflowX !== "visible" && right > end + 1) {
        if (textOverflow !== "ellipsis" || display.includes("flex")) cut.push(["right of", box.className]);
        right = end;
      }
    }
    if (rect.left < -1 || right > innerWidth + 1) cut.push(["window", text.parentElement.className]);
  }
  return cut;
}"""
"""Runs of one letter that are cut off on the left, or on the right without dots that say so."""


def nothing_cut(page: Page, name: str) -> None:
    look(page, name)
    assert page.evaluate(CUT) == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), name


@pytest.mark.parametrize("size", [HALL, PHONE], ids=["desk", "phone"])
def test_unbreakable_words_run_over_no_edge(server: Server, open_page: Opener, size: dict[str, int]) -> None:
    host = open_page(server.link("host", "Eva Maes"), viewport=HALL)
    host.get_by_role("button", name="Open session").click()
    guests = ((NAME, ORGANISATION, FIRST), (NEXT, "P" * 80, SECOND))
    for name, organisation, question in guests:
        page = open_page(server.link("attendee", name, organisation=organisation), viewport=size)
        through_the_door(page)
        say(page, question)
        ask(page, question)
    stage = open_page(server.link("stage", "Stage"), viewport=HALL)
    press(host, FIRST, "spotlight")
    press(host, SECOND, "queue")
    expect(stage.locator(".question-text")).to_have_text(FIRST)
    nothing_cut(stage, f"stage-{size['width']}")
    expect(host.locator(".now [data-act=next]")).to_be_visible()
    for panel in ("Questions", "Greet", "Chat", "Polls"):
        if host.get_by_role("tab", name=panel).is_visible():
            tab(host, panel)
        nothing_cut(host, f"host-{panel}-{size['width']}")
    for panel in ("Questions", "People", "Chat"):
        tab(page, panel)
        nothing_cut(page, f"attendee-{panel}-{size['width']}")
