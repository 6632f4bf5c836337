"""A long chat at real screens: the newest at once, what is older as one scrolls up; nothing moves."""

from __future__ import annotations

import asyncio
import pathlib
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import SESSION, Opener, Server, until
from tests.browser.people import say, through_the_door
from webinar_server.client import Bot
from webinar_server.clock import now_ms
from webinar_server.live.committing import Outcome, Request
from webinar_server.live.hub import Hub
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.session.chat import Say
from webinar_server.settings import Settings
from webinar_server.state import Actor

LINES = 650
HALF_HOUR = 30 * 60_000
UP_PX, MORE = 1200, 60


async def _talk(data: pathlib.Path) -> None:
    hub = Hub(SqliteLog(data), Settings(pace=False))
    await hub.open()
    live = await hub.room(f"session/{SESSION}")
    assert live is not None
    began = now_ms() - HALF_HOUR
    told: list[asyncio.Future[Outcome]] = []
    for number in range(LINES):
        actor = Actor("ada", "Ada Byron", "host", began + number * 1000, f"m{number:03}")
        told.append(asyncio.get_running_loop().create_future())
        live.submit(Request(actor, f"r{number}", Say(text=f"line {number}"), told[-1].set_result))
    await asyncio.gather(*told)
    await hub.close()


@pytest.fixture
def talked(server: Server) -> Iterator[Server]:
    """A server whose session has gone on for long."""
    server.stop()
    # playwright has a loop in this thread
    talking = threading.Thread(target=asyncio.run, args=(_talk(server.data),))
    talking.start()
    talking.join()
    server.start()
    yield server


def scroller(page: Page) -> str:
    return "#place-chat .scroller" if "/session/" in page.url else ".messages[data-part=scroller]"


def lines(page: Page) -> list[str]:
    texts: list[str] = page.eval_on_selector_all(
        f"{scroller(page)} .message-text", "all => all.map((one) => one.textContent)"
    )
    return texts


def scroll_to(page: Page, top: int) -> None:
    page.eval_on_selector(scroller(page), "(element, top) => { element.scrollTop = top; }", top)


def place_of(page: Page, line: str) -> float:
    box = page.locator(scroller(page)).get_by_text(line, exact=True).bounding_box()
    assert box is not None
    return box["y"]


def expected(first: int) -> list[str]:
    return [f"line {number}" for number in range(first, LINES)]


@pytest.mark.parametrize("role", ["attendee", "host"])
def test_older_messages_come_as_one_scrolls_up_and_what_one_reads_stays(
    talked: Server, open_page: Opener, role: str
) -> None:
    page = open_page(talked.link(role, "Ana de Vries"))
    if role == "attendee":
        through_the_door(page)
    until(lambda: lines(page) == expected(LINES - 100), "the newest hundred")
    expect(page.locator(scroller(page)).get_by_text(f"line {LINES - 1}", exact=True)).to_be_in_viewport()
    first = f"line {LINES - 100}"
    scroll_to(page, 150)
    before = place_of(page, first)
    until(lambda: lines(page) == expected(LINES - 200), "a page of older ones")
    assert abs(place_of(page, first) - before) <= 1, "what one reads stays where it is"
    assert len(lines(page)) == 200, "and no more are fetched than one comes near to"
    # at its very top, where browsers keep nothing in place
    scroll_to(page, 0)
    second = f"line {LINES - 200}"
    until(lambda: lines(page) == expected(LINES - 300), "the next page")
    assert page.locator(scroller(page)).get_by_text(second, exact=True).is_visible()
    expect(page.locator(scroller(page)).get_by_text(second, exact=True)).to_be_in_viewport()


@pytest.mark.parametrize("role", ["attendee", "host"])
def test_what_one_reads_stays_while_others_talk(
    talked: Server, open_page: Opener, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    talked.stop()
    monkeypatch.setenv("WEBINAR_PACE", "off")
    talked.start()
    page = open_page(talked.link(role, "Ana de Vries"))
    if role == "attendee":
        through_the_door(page)
    until(lambda: lines(page) == expected(LINES - 100), "the newest hundred")
    anchor = page.eval_on_selector(scroller(page), "element => getComputedStyle(element).overflowAnchor")
    assert anchor == "none", "not by what some browsers do by themselves"
    page.eval_on_selector(scroller(page), f"element => element.scrollBy(0, -{UP_PX})")
    page.wait_for_timeout(300)  # older ones may come
    read = in_view(page)
    before = place_of(page, read)
    say_more(talked.link("host", "Anna Bakker"), MORE)
    until(lambda: f"more {MORE - 1}" in lines(page), "what was said meanwhile")
    assert abs(place_of(page, read) - before) <= 1, "what one reads stays where it is"


def in_view(page: Page) -> str:
    """The line in the middle."""
    return str(
        page.eval_on_selector(
            scroller(page),
            """list => {
              const { top, bottom } = list.getBoundingClientRect();
              const all = [...list.querySelectorAll(".message-text")];
              return all.find((one) => one.getBoundingClientRect().top > (top + bottom) / 2).textContent;
            }""",
        )
    )


def say_more(link: str, many: int) -> None:
    async def talk() -> None:
        async with Bot(link) as bot:
            for number in range(many):
                await bot.do("say", text=f"more {number}")

    talking = threading.Thread(target=asyncio.run, args=(talk(),))
    talking.start()
    talking.join()


def test_the_button_leads_to_the_beginning_by_keyboard_and_says_so(talked: Server, open_page: Opener) -> None:
    page = open_page(talked.link("attendee", "Ana de Vries"))
    through_the_door(page)
    button = page.get_by_role("button", name="Older messages")
    expect(button).to_have_count(1)
    for _ in range(20):
        if button.count() == 0:
            break
        count = len(lines(page))
        button.focus()
        page.keyboard.press("Enter")
        until(lambda count=count: len(lines(page)) > count, "more")  # type: ignore[misc]
        # a second press within half a second would be the same press
        page.wait_for_timeout(600)
    assert lines(page) == expected(0)
    expect(page.get_by_text("This is where the chat begins.")).to_have_count(1)
    assert page.evaluate("document.activeElement.className") == "scroller", "the focus is not lost"
    # read, then back to the newest: what was said long ago is let go
    page.get_by_role("button", name="To the newest").click()
    say(page, "I have read it all")
    until(lambda: lines(page)[-1] == "I have read it all" and len(lines(page)) <= 301, "let go")
    assert lines(page)[0] == f"line {LINES - len(lines(page)) + 1}"
    expect(page.get_by_role("button", name="Older messages")).to_have_count(1)


def test_what_cannot_be_loaded_is_said_and_what_changes_meanwhile_is_right(
    talked: Server, open_page: Opener
) -> None:
    host, ana = open_page(talked.link("host", "Anna Bakker")), None
    ana = open_page(talked.link("attendee", "Ana de Vries"), expect_faults=True)
    through_the_door(ana)
    fails = [True]

    def answer(route: Route) -> None:
        if fails.pop():
            route.fulfill(status=503, json={"code": "log.unavailable", "text": "Later."})
        else:
            # taken now, and long on its way: a line is hidden meanwhile
            page = route.fetch()
            hide(host, f"line {LINES - 103}")
            ana.wait_for_timeout(500)
            route.fulfill(response=page)

    ana.route("**/messages?*", answer)
    until(lambda: len(lines(host)) == 100, "the host's")
    scroll_to(host, 0)
    until(lambda: len(lines(host)) == 200, "the host's older ones")
    scroll_to(ana, 0)
    again = ana.get_by_role("button", name="They could not be loaded. Try again")
    expect(again).to_have_count(1)
    fails.append(False)
    again.click()
    until(lambda: len(lines(ana)) == 199, "a page without what was hidden")
    assert f"line {LINES - 103}" not in lines(ana)
    hide(host, f"line {LINES - 150}")
    until(lambda: f"line {LINES - 150}" not in lines(ana), "hidden among older ones")


def hide(host: Page, line: str) -> None:
    row = host.locator(".messages li").filter(has=host.get_by_text(line, exact=True))
    row.get_by_role("button", name="Hide").click()
    expect(row).to_contain_text("hidden")
