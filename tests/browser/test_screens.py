"""Every screen, in both themes, both languages, on a desk and on a phone: readable, reachable, and calm."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener, Server, opening, running, until
from tests.browser.people import ask, between_presses, card, say, tab, through_the_door
from tests.browser.test_axe import violations

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES = {"desktop": DESKTOP, "phone": PHONE}
LOOKS = list(itertools.product(SIZES, ["light", "dark"]))
NARROW = {"width": 320, "height": 700}


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"))


def furnished(server: Server, open_page: Opener) -> Page:
    """A session in which something of everything is going on; returns its host's page."""
    host = open_page(server.link("host", "Anna Bakker"))
    ana = open_page(
        server.link("attendee", "Ana de Vries", organisation="Voltline", kind="sme", country="NL")
    )
    through_the_door(ana)
    host.get_by_role("button", name="Open session").click()
    say(ana, "Hello from Delft, see https://example.org/charging for what we do")
    for text in ("Who pays for the grid connection?", "How long does a permit take?", "Is there a pilot?"):
        ask(ana, text)
    card(host, "permit").locator("[data-act=queue]").click()
    card(host, "grid").locator("[data-act=spotlight]").click()
    host.get_by_role("button", name="New poll").click()
    host.get_by_role("textbox", name="Question", exact=True).fill("Where do you charge?")
    host.get_by_role("textbox", name="Option 1").fill("At home")
    host.get_by_role("textbox", name="Option 2").fill("At work")
    host.get_by_role("button", name="Keep as draft").click()
    host.get_by_role("button", name="Open", exact=True).click()
    return host


@pytest.fixture(scope="module")
def lively(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One that is furnished, for all who only look."""
    with running(tmp_path_factory.mktemp("lively")) as server, opening(browser) as opened:
        furnished(server, opened)
        yield server


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_the_attendees_screens_have_no_violations(
    lively: Server, open_page: Opener, size: str, theme: str
) -> None:
    link = lively.link("attendee", "Ben Ruiz")
    page = open_page(link, viewport=SIZES[size], dark=theme == "dark")
    expect(page.get_by_role("button", name="Come in")).to_be_visible()
    assert violations(page, TAGS) == []
    through_the_door(page)
    for name in ("Chat", "Questions", "Polls", "People"):
        tab(page, name)
        assert violations(page, TAGS) == [], name
        assert fits(page), name


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_the_hosts_screen_has_no_violations(lively: Server, open_page: Opener, size: str, theme: str) -> None:
    page = open_page(lively.link("host", "Hank Miller"), viewport=SIZES[size], dark=theme == "dark")
    expect(page.get_by_role("heading", name="Live now")).to_be_visible()
    assert violations(page, TAGS) == []
    assert fits(page)


def test_the_stage_has_no_scroll_bars_and_a_transparent_ground_for_obs(
    lively: Server, open_page: Opener
) -> None:
    link = lively.link("stage", "Stage").replace("#", "?transparent=1#")
    page = open_page(link, viewport={"width": 1920, "height": 1080})
    expect(page.get_by_text("Who pays for the grid connection?").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    for element in ("documentElement", "body"):
        assert page.evaluate(f"getComputedStyle(document.{element}).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert violations(page, TAGS) == []


@pytest.mark.parametrize("role", ["attendee", "host"])
def test_nothing_is_cut_off_at_320_pixels(lively: Server, open_page: Opener, role: str) -> None:
    page = open_page(lively.link(role, "Ben Ruiz"), viewport=NARROW)
    if role == "attendee":
        through_the_door(page)
    else:
        expect(page.get_by_role("heading", name="Live now")).to_be_visible()
    assert fits(page)


def test_the_pages_speak_dutch_to_who_asks_for_it(server: Server, open_page: Opener) -> None:
    page = open_page(server.link("attendee", "Ana de Vries"), locale="nl-NL")
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    page.get_by_role("button", name="Kom binnen").or_(page.get_by_role("button", name="Naar binnen")).click()
    expect(page.get_by_role("tab", name="Vragen")).to_be_visible()
    host = open_page(server.link("host", "Anna Bakker"), locale="nl-NL")
    expect(
        host.get_by_role("button", name="Sessie openen").or_(host.get_by_role("button", name="Open sessie"))
    ).to_be_visible()


def test_no_page_asks_anything_of_anybody_else(server: Server, open_page: Opener) -> None:
    server.run(
        "session", "add", "film", "--title", "Film", "--video", "https://www.youtube.com/watch?v=abcdefghijk"
    )
    host = open_page(server.link("host", "Anna Bakker", session="film"))
    host.get_by_role("button", name="Open session").click()
    page = open_page(f"http://127.0.0.1:{server.port}/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    page.goto(server.link("attendee", "Ana de Vries", session="film"))
    through_the_door(page)
    expect(page.get_by_role("button", name="Play the video")).to_be_visible()
    assert set(asked) == {f"127.0.0.1:{server.port}"}


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/session/smart-ports#nonsense", "This link does not work"),
        ("/session/smart-ports", "Please open your own link"),
        ("/session/elsewhere", "This session cannot be found"),
        ("/nowhere", "This page does not exist"),
    ],
)
def test_a_wrong_address_says_what_to_do(lively: Server, open_page: Opener, path: str, says: str) -> None:
    page = open_page(f"http://127.0.0.1:{lively.port}{path}", expect_faults=True)
    expect(page.get_by_role("heading", name=says)).to_be_visible()
    assert violations(page, TAGS) == []


HAS_COME_WHOLE = """performance.getEntriesByType("resource").some(
  ({ name, responseEnd }) => name.endsWith("/pages/attendee-rest.js") && responseEnd > 0)"""
"""What comes last, and listens to the keys, is there."""


def test_an_attendee_gets_by_with_the_keyboard_alone(server: Server, open_page: Opener) -> None:
    page = open_page(server.link("attendee", "Ana de Vries"))
    expect(page.get_by_role("button", name="Come in")).to_be_visible()
    page.get_by_role("textbox", name="Name", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Chat")).to_be_visible()
    # the keys come with a module that is not needed for the first picture
    expect(page.get_by_role("button", name="Settings and keys")).to_be_visible()
    until(lambda: bool(page.evaluate(HAS_COME_WHOLE)), "the page has come whole")
    between_presses(page)
    page.keyboard.press("/")
    expect(page.get_by_role("textbox", name="Your message")).to_be_focused()
    page.keyboard.type("hello / from the keyboard")
    page.keyboard.press("Enter")
    expect(page.get_by_text("hello / from the keyboard")).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    between_presses(page)
    page.keyboard.press("g")
    page.keyboard.press("q")
    expect(page.get_by_role("tab", name="Questions")).to_have_attribute("aria-selected", "true")


def test_an_opened_poll_and_new_messages_never_move_the_focus(server: Server, open_page: Opener) -> None:
    ana = open_page(server.link("attendee", "Ana de Vries"))
    through_the_door(ana)
    box = ana.get_by_role("textbox", name="Your message")
    box.fill("a thought half writ")
    furnished(server, open_page)
    # it is said to who listens, too, for a moment
    poll = ana.get_by_role("region", name="Poll now")
    expect(poll.get_by_text("Where do you charge?")).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_have_value("a thought half writ")


def test_the_attendees_page_is_light(server: Server, open_page: Opener) -> None:
    """But for the very first visitor of a server, whose files are compressed in a hurry."""
    until(lambda: weight(server, open_page) <= 60_000, "light, door and chat included")


def weight(server: Server, open_page: Opener) -> int:
    """Bytes, compressed, of all a newcomer's browser asks for."""
    page = open_page(server.link("attendee", "Ana de Vries"))
    through_the_door(page)
    expect(page.get_by_role("textbox", name="Your message")).to_be_visible()
    until(lambda: bool(page.evaluate(HAS_COME_WHOLE)), "the page has come whole")
    sizes = page.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".map(entry => [entry.name.split('/').pop(), entry.encodedBodySize])"
    )
    total: int = sum(size for _, size in sizes)
    print(f"{len(sizes)} requests, {total / 1000:.1f} kB")
    assert total > 10_000, sizes
    return total
