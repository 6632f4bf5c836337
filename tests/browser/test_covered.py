"""What can be pressed, and what is told of a row, lies over no words, be a pointer at the row or a finger."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import FLAGS, chromium, until
from tests.browser.people import between_presses, let_go
from tests.browser.stage import Hall as Stage
from tests.browser.stage import Who
from tests.browser.test_hosts_hour import DESK, LAPTOP, PHONE, TABLET, Hall, full_hall, hand

PROBE = (pathlib.Path(__file__).parent / "covered.js").read_text()
HOSTS = ".arrival, #board .card, .message, .poll, .hands li, .now-live, #tabs, .told, .panel-head"
ATTENDEES = ".question, .person, .message, .me, .poll-above, .spotlight, .list-bar"
LONG = "Ben van den Oldenbarneveldt-Uitdenboogaard"
POLL = "Where do you charge your car when you travel, and why there of all places that there are?"
PANELS = (
    ("desk", ".arrival", "greet"),
    ("board", "#board .is-open .card", "queue"),
    ("polls", ".poll", None),
    ("chat", ".message", "hide"),
)
LOOKS: list[tuple[dict[str, int], str, bool]] = [
    (DESK, "nl", False),
    (LAPTOP, "nl", False),
    (LAPTOP, "en", False),
    (TABLET, "nl", False),
    (TABLET, "nl", True),
    (PHONE, "nl", True),
    (PHONE, "en", True),
]
WITHIN = "one => one.getBoundingClientRect().right <= one.parentElement.getBoundingClientRect().right + 1"
Look = tuple[dict[str, int], str, bool]


def called(look: Look) -> str:
    size, lang, touch = look
    return f"{size['width']}-{lang}-{'finger' if touch else 'pointer'}"


@pytest.fixture(scope="module")
def hall(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A crowd, with names and words that are too long for any line, and raised hands."""
    with (
        full_hall(browser, tmp_path_factory.mktemp("covered")) as full,
        Stage(full.server, full.open) as more,
    ):
        for name in (LONG, f"{LONG} II", f"{LONG} III"):
            guest = more.comes(Who(name, "Vervoerregio Duinstreek-Zuid en Omstreken", "local", "NL"))
            guest.do("raise_hand")
            for _ in range(2):
                guest.do("say", text=POLL)
                guest.do("ask", text=f"{POLL} {POLL}", shown="named")
        more.host.do("draft_poll", question=POLL, options=["a", "b"], choose="one")
        until(lambda: full.host.locator(".message").count() > 5, "all is said")
        yield full


@contextmanager
def at_a(browser: Browser, link: str, look: Look) -> Iterator[Page]:
    """The page in a browser of its own: what a pointer is like is one thing for all pages of a process."""
    size, lang, touch = look
    hand: dict[str, Any] = {"has_touch": True, "is_mobile": True} if touch else {}
    locale = {"en": "en-GB", "nl": "nl-NL"}[lang]
    own = browser.browser_type.launch(executable_path=chromium(), args=FLAGS)
    page = own.new_page(viewport=size, locale=locale, reduced_motion="reduce", **hand)  # type: ignore[arg-type]
    page.goto(link)
    yield page
    own.close()


def covered(page: Page, rows: str) -> list[str]:
    told: dict[str, Any] = page.evaluate(PROBE, rows)
    assert told["words"] > 5, "there are words to read"
    found: list[str] = told["found"]
    return found


def test_what_lies_over_words_is_found(hall: Hall) -> None:
    button = hall.host.locator(".arrival [data-act=greet]").first
    assert covered(hall.host, ".arrival") == []
    button.evaluate("one => void (one.style.marginInlineStart = '-12rem')")
    assert [one.rpartition(" < ")[2] for one in covered(hall.host, ".arrival")][:1] == ["greet"]
    button.evaluate("one => one.removeAttribute('style')")


def test_who_was_removed_is_let_in_again_in_their_row(hall: Hall) -> None:
    host = hall.host
    host.get_by_role("searchbox").fill("Huub ter Horst")
    row = host.locator(".arrival").first
    expect(row).to_contain_text("Huub")
    row.hover()
    with hand(hall.server) as colleague:
        colleague.do("remove", person=row.locator("[data-card]").get_attribute("data-card"), reason="")
    back = row.get_by_role("button", name="Let in again")
    expect(back).to_be_visible()
    box = back.bounding_box()
    assert box is not None and box["height"] >= 24
    assert covered(host, ".arrival") == []
    back.click()
    expect(back).to_have_count(0)
    host.get_by_role("searchbox").fill("")


@pytest.mark.parametrize("look", LOOKS, ids=called)
def test_no_act_of_a_host_lies_over_words(hall: Hall, browser: Browser, look: Look) -> None:
    _, _, touch = look
    with at_a(browser, hall.server.link("host", "Marieke van den Bergh-Jansen"), look) as host:
        host.locator("#board .card").nth(20).wait_for(state="attached")
        tabs = host.locator("#tabs .tab")
        for at, (panel, rows, act) in enumerate(PANELS):
            if not host.locator(f"#{panel}").is_visible():
                (tabs.nth(at).tap if touch else tabs.nth(at).click)()
            expect(host.locator(rows).first).to_be_visible()
            for row in host.locator(rows).all()[:3]:
                row.scroll_into_view_if_needed()
                if not touch:
                    row.hover()
                assert covered(host, HOSTS) == []
            if act is None:
                continue
            button = host.locator(f"{rows} [data-act={act}]:not([aria-disabled=true])").first
            position = hall.server.position()
            (button.tap if touch else button.click)()
            until(lambda position=position: hall.server.position() > position, "it is done")  # type: ignore[misc]
            expect(host.locator(".toast")).to_be_visible()
            assert covered(host, HOSTS) == [], act
            if panel == "board":
                assert host.locator(".became").evaluate(WITHIN), "the way back is whole"
            between_presses(host)
            if not touch:
                let_go(host)


@pytest.mark.parametrize("look", [(DESK, "nl", False), (PHONE, "nl", True), (PHONE, "en", True)], ids=called)
def test_nothing_lies_over_an_attendees_words(hall: Hall, browser: Browser, look: Look) -> None:
    with at_a(browser, hall.server.link("attendee", f"{LONG} {called(look)}"), look) as page:
        page.locator(".door-go").click()
        for name, rows in (("chat", ".message"), ("questions", ".question"), ("people", ".person")):
            page.locator(f"#tab-{name}").click()
            for row in page.locator(rows).all()[:2]:
                row.scroll_into_view_if_needed()
                row.hover()
                assert covered(page, ATTENDEES) == []
