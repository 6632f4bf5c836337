"""With a browser's page translation on: what is counted, buttons and clocks are left alone and stay right,
people's words may be translated and follow what changes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Server, until
from tests.browser.people import ask, between_presses, let_go, press, say, tab, through_the_door

TRANSLATOR = """addEventListener("DOMContentLoaded", () => {
  // the nearest that says so decides, as HTML has it
  const isLeft = (node) => {
    if (node.parentElement?.closest("font, script, style, textarea, noscript, title")) return true;
    return node.parentElement?.closest("[translate]")?.getAttribute("translate") === "no";
  };
  const translate = (text) => {
    if (!text.data.trim() || !text.isConnected || isLeft(text)) return;
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    inner.textContent = "«" + text.data + "»";
    outer.append(inner);
    text.replaceWith(outer);
  };
  const all = (root) => {
    if (root.nodeType === 3) return translate(root);
    const texts = [], walk = document.createTreeWalker(root, 4);
    while (walk.nextNode()) texts.push(walk.currentNode);
    texts.forEach(translate);
  };
  all(document.body);
  new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === "characterData") translate(target);
      for (const node of addedNodes) all(node);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
});"""
"""As browsers do it: every text is taken out and another stands there in two `font`s; new ones, too."""


def translated(page: Page) -> None:
    page.add_init_script(TRANSLATOR)


def said(page: Page, places: str) -> str:
    """What is read there, but for the translation's marks and for clocks."""
    found = page.evaluate(
        "places => [...document.querySelectorAll(places)].map((one) => one.innerText).join('\\n')", places
    )
    return re.sub(r"\s+", " ", re.sub(r"[«»]|\d+:\d\d(:\d\d)?|\ds", "", found)).strip()


class Pair:
    """The same page twice, once translated; they say the same after whatever happens."""

    def __init__(self, plain: Page, other: Page, places: str) -> None:
        self.plain, self.other, self.places = plain, other, places

    def same(self, after: str) -> None:
        until(lambda: bool(said(self.plain, self.places)), "something is there")
        try:
            until(lambda: said(self.plain, self.places) == said(self.other, self.places), after)
        except AssertionError:
            assert said(self.other, self.places) == said(self.plain, self.places), after


@pytest.mark.parametrize("role", ["host", "attendee", "stage"])
def test_a_translated_page_says_the_same(server: Server, open_page: Opener, role: str) -> None:
    host = open_page(server.link("host", "Anna Bakker"))
    host.get_by_role("button", name="Open session").click()
    ana = open_page(server.link("attendee", "Ana de Vries"))
    through_the_door(ana)
    pages = [
        open_page(server.link(role, name), before=before)
        for name, before in (("Hank Miller", lambda page: None), ("Huub Smit", translated))
    ]
    if role == "attendee":
        for page in pages:
            through_the_door(page)
    places = {"host": "#top, #now, #board, #polls, #chat", "attendee": ".watch, .panel", "stage": "body"}
    pair = Pair(*pages, places[role])
    ask(ana, "Who pays for the grid connection?")
    ask(ana, "How long does a permit take, see https://example.org/permits for ours?")
    tab(ana, "Chat")
    say(ana, "Hello from Delft")
    pair.same("asked and said")
    press(host, "grid", "spotlight")
    between_presses(host)
    pair.same("one is live")
    let_go(host)
    press(host, "permit", "spotlight")
    between_presses(host)
    pair.same("another is live in its place")
    host.get_by_role("button", name="New poll").click()
    host.get_by_role("textbox", name="Question", exact=True).fill("Where do you charge?")
    host.get_by_role("textbox", name="Option 1").fill("At home")
    host.get_by_role("textbox", name="Option 2").fill("At work")
    host.get_by_role("button", name="Keep as draft").click()
    between_presses(host)
    host.locator("[data-act=open_poll]").click()
    between_presses(host)
    pair.same("a poll opened")
    ana.get_by_role("radio", name="At home").check()
    ana.get_by_role("button", name="Vote", exact=True).click()
    pair.same("somebody voted")


def test_peoples_words_may_be_translated_and_names_are_not(server: Server, open_page: Opener) -> None:
    ana = open_page(server.link("attendee", "Ana de Vries"))
    through_the_door(ana)
    say(ana, "Hello from Delft")
    ask(ana, "Who pays for the grid connection?")
    reader = open_page(server.link("attendee", "Chloé Dubois"), before=translated)
    through_the_door(reader)
    expect(reader.get_by_text("«Hello from Delft»")).to_be_visible()
    tab(reader, "Questions")
    expect(reader.get_by_text("«Who pays for the grid connection?»")).to_be_visible()
    left = "() => [...document.querySelectorAll('button, time, strong, .count, [role=timer]')]"
    assert reader.evaluate(f"{left}.filter((one) => one.querySelector('font')).length") == 0
