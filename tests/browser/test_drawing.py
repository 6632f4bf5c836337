"""Only what changed is drawn: one message is one line more, and a page that nobody looks at draws nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Opener, Server, until
from tests.browser.people import say, through_the_door
from tests.browser.test_older import lines, scroller, talked
from webinar_server.web.http.static import folder

__all__ = ["talked"]

LIT = (folder() / "vendor" / "lit-html.js").read_text()
COUNTED = re.sub(
    r"export\{(.*?)(\w+) as html(.*)\};",
    r"export const html=(...given)=>(globalThis.drawn.push(given[0].join('…')),\2(...given));export{\1\3};",
    LIT.replace(",,", ","),
).replace(",,", ",")

WATCH = """
globalThis.drawn = [];
globalThis.touched = [];
let hidden = false;
const [frame, waiting] = [requestAnimationFrame.bind(globalThis), []];
globalThis.requestAnimationFrame = (run) => (hidden ? -waiting.push(run) : frame(run));
Object.defineProperty(Document.prototype, "hidden", { get: () => hidden });
Object.defineProperty(Document.prototype, "visibilityState", { get: () => (hidden ? "hidden" : "visible") });
globalThis.look = (away) => {
  hidden = away;
  document.dispatchEvent(new Event("visibilitychange"));
  if (!away) waiting.splice(0).forEach((run) => frame(run));
};
new MutationObserver((records) => {
  for (const { target } of records) {
    // what is told to who listens, and the page's title, are no drawing
    if (!target.closest?.("#announcements, head")) touched.push(target.className || target.localName);
  }
}).observe(document, { subtree: true, childList: true, attributes: true });
"""


def watched(page: Page) -> None:
    """Count what it draws: templates evaluated, and elements changed. A browser that is driven shows all its
    pages, so that one is hidden is said to the page and not to the browser."""
    page.context.route("**/vendor/lit-html.js", lambda route: counted(route))
    page.add_init_script(WATCH)


def counted(route: Route) -> None:
    route.fulfill(body=COUNTED, content_type="text/javascript")


def told(page: Page, name: str) -> list[str]:
    found: list[str] = page.evaluate(f"globalThis.{name}.splice(0)")
    return found


def opened(talked: Server, open_page: Opener, role: str) -> Page:
    page = open_page(talked.link(role, "Ana de Vries"), before=watched)
    if role == "attendee":
        through_the_door(page)
    until(lambda: len(lines(page)) == 100, "the newest hundred")
    return page


@pytest.fixture
def speaker(talked: Server, open_page: Opener) -> Page:
    """Somebody who says something."""
    page = open_page(talked.link("attendee", "Bram Smit"))
    through_the_door(page)
    return page


@pytest.mark.parametrize("role", ["attendee", "host"])
def test_one_message_draws_one_line(talked: Server, open_page: Opener, speaker: Page, role: str) -> None:
    page = opened(talked, open_page, role)
    say(speaker, "the first")
    expect(page.locator(scroller(page)).get_by_text("the first", exact=True)).to_be_visible()
    page.wait_for_timeout(1_500)
    told(page, "drawn"), told(page, "touched")
    say(speaker, "one more")
    expect(page.locator(scroller(page)).get_by_text("one more", exact=True)).to_be_visible()
    page.wait_for_timeout(300)
    drawn, touched = told(page, "drawn"), told(page, "touched")
    # a second goes by on the host's page meanwhile: its clocks go on, also that of the picture on stage
    clocks = 'badge|link-state|panel-head|holding|icon"|<span></span>'
    line = [template for template in drawn if not re.search(clocks, template)]
    assert sum("message-text" in template for template in drawn) == 1 and len(line) <= 5, line
    assert len([place for place in touched if place in ("messages", "ul", "ol")]) == 1


@pytest.mark.parametrize("role", ["attendee", "host"])
def test_who_looks_away_has_nothing_drawn_until_they_look(
    talked: Server, open_page: Opener, speaker: Page, role: str
) -> None:
    page = opened(talked, open_page, role)
    page.wait_for_timeout(1_500)
    page.evaluate("look(true)")
    page.wait_for_timeout(300)
    told(page, "drawn"), told(page, "touched")
    say(speaker, "while you were away")
    expect(speaker.locator(scroller(speaker)).get_by_text("while you were away", exact=True)).to_be_visible()
    page.wait_for_timeout(1_500)
    assert (told(page, "drawn"), told(page, "touched")) == ([], [])
    page.evaluate("look(false)")
    expect(page.locator(scroller(page)).get_by_text("while you were away", exact=True)).to_be_visible()


@pytest.mark.parametrize("role", ["attendee", "host"])
def test_who_follows_has_only_the_newest_drawn_and_scrolls_back_without_asking(
    talked: Server, open_page: Opener, role: str
) -> None:
    page = opened(talked, open_page, role)
    page.eval_on_selector(scroller(page), "(one) => (one.scrollTop = 0)")
    until(lambda: len(lines(page)) == 200, "older ones")
    page.eval_on_selector(scroller(page), "(one) => (one.scrollTop = one.scrollHeight)")
    page.wait_for_timeout(300)
    write(page, "back at the end")
    until(lambda: lines(page)[-1:] == ["back at the end"] and len(lines(page)) == 100, "only the newest")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/messages?" in request.url else None)
    page.eval_on_selector(scroller(page), "(one) => (one.scrollTop = 0)")
    until(lambda: len(lines(page)) == 200, "those that were there")
    assert asked == []


def test_who_looks_again_is_told_at_once_of_a_line_that_was_lost_meanwhile(
    server: Server, open_page: Opener
) -> None:
    page = open_page(server.link("attendee", "Ana de Vries"), before=watched)
    through_the_door(page)
    page.wait_for_timeout(500)
    page.evaluate("look(true)")
    server.stop()
    page.wait_for_timeout(4_000)
    # within the frame, and not after the grace that who sees it happen has
    page.evaluate("""() => { globalThis.shown = []; look(false);
      setTimeout(() => shown.push(document.querySelector(".link-bar")?.textContent ?? ""), 1000); }""")
    until(lambda: page.evaluate("shown.length") == 1, "a second later")
    assert "Reconnecting" in page.evaluate("shown[0]")


def write(page: Page, text: str) -> None:
    if "/session/" in page.url:
        return say(page, text)
    page.get_by_role("textbox", name="Write to everybody").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()
