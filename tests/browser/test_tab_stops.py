"""All of a page is within forty presses of Tab, however many are there; within a list arrow keys go on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import until
from tests.browser.people import between_presses, tab, through_the_door
from tests.browser.test_hosts_hour import DESK, Hall, full_hall

MOST = 40
WHERE = """() => { const one = document.activeElement;
  if (!one || one === document.body) return null;
  const { outlineStyle, boxShadow } = getComputedStyle(one);
  const { top, bottom, left, right } = one.getBoundingClientRect();
  const lists = ".arrivals, .cards, .polls, .messages ul, .others, .own, .people, ol.messages";
  const list = one.closest(lists);
  const called = one.getAttribute("aria-label") || one.textContent.trim().slice(0, 40);
  return { what: called || one.id || one.className,
    list: list && !one.closest("form") ? list.closest("[id]").id + list.dataset.part + list.className : "",
    clear: outlineStyle !== "none" || boxShadow !== "none",
    inView: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth && bottom > top }; }"""


TOP = """() => { const top = document.createElement("span");
  top.tabIndex = -1; document.body.prepend(top); top.focus(); top.remove(); }"""
"""From where the first Tab leads to the first stop."""


@pytest.fixture(scope="module")
def hall(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with full_hall(browser, tmp_path_factory.mktemp("stops")) as full:
        until(lambda: full.host.locator(".arrival").count() > 50, "all are here")
        yield full


def around(page: Page) -> list[dict[str, object]]:
    """Every stop from the top of the page to its end."""
    stops: list[dict[str, object]] = []
    page.evaluate(TOP)
    while len(stops) <= 2 * MOST:
        page.keyboard.press("Tab")
        stop = page.evaluate(WHERE)
        if stop is None or (stops and stop == stops[0]):
            return stops
        stops.append(stop)
    pytest.fail(f"no end after {len(stops)} stops: {[stop['what'] for stop in stops]}")


def check(stops: list[dict[str, object]]) -> None:
    print(len(stops), [stop["what"] for stop in stops])
    assert len(stops) <= MOST
    assert [stop for stop in stops if not (stop["clear"] and stop["inView"])] == []
    lists = [stop["list"] for stop in stops if stop["list"]]
    assert len(lists) == len(set(lists)), lists


def test_the_hosts_page_has_forty_stops_and_begins_with_the_ways_to_its_panels(hall: Hall) -> None:
    stops = around(hall.host)
    check(stops)
    assert [str(stop["what"]).split()[0] for stop in stops[:4]] == ["Greet", "Questions", "Polls", "Chat"]


@pytest.mark.parametrize("name", ["Chat", "Questions", "Polls", "People"])
def test_an_attendees_page_has_forty_stops(hall: Hall, name: str) -> None:
    page = hall.open(hall.server.link("attendee", f"Ben {name}"), viewport=DESK)
    through_the_door(page)
    tab(page, name)
    page.wait_for_timeout(1000)
    page.keyboard.press("Tab")
    # what makes lists one stop comes with the first
    until(lambda: page.locator(".support:not([tabindex])").count() <= 1, "it is there")
    page.wait_for_timeout(500)
    check(around(page))


def focused(page: Page) -> list[str]:
    """Which act of which row has the focus."""
    found: list[str] = page.evaluate(
        """() => { const one = document.activeElement, row = one.closest(".arrival, .card, .message");
        return [one.dataset.act ?? "", row?.querySelector("strong, .card-text")?.textContent ?? ""]; }"""
    )
    return found


def test_arrows_go_through_the_arrivals_and_along_a_row(hall: Hall) -> None:
    host = hall.host
    names = host.locator(".arrival strong").all_text_contents()
    host.locator(".arrival [data-act=greet]").first.focus()
    for key, at in (("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("End", -1), ("Home", 0)):
        host.keyboard.press(key)
        assert focused(host) == ["greet", names[at]], key
    host.keyboard.press("ArrowLeft")
    assert focused(host) == ["greet_aloud", names[0]]
    host.keyboard.press("ArrowDown")
    assert focused(host) == ["greet_aloud", names[1]]
    expect(host.locator(":focus")).to_be_in_viewport()
    # the list remembers where one was
    host.keyboard.press("Tab")
    host.keyboard.press("Shift+Tab")
    assert focused(host) == ["greet_aloud", names[1]]


def test_focus_stays_on_its_row_when_the_list_is_drawn_again_and_goes_to_the_next_when_it_goes(
    hall: Hall,
) -> None:
    host = hall.host
    cards = host.locator("#board .is-open .card")
    third = cards.nth(2)
    third.locator("[data-act=dismiss]").focus()
    words = focused(host)
    somebody_asks(hall)
    host.wait_for_timeout(1500)
    assert focused(host) == words
    following = cards.nth(3).locator(".card-text").inner_text()
    host.keyboard.press("Enter")
    between_presses(host)
    host.mouse.move(2, 2)
    until(lambda: focused(host)[1] in (words[1], following), "it has it still, or the next has")
    assert host.evaluate("document.activeElement !== document.body")


def somebody_asks(hall: Hall) -> None:
    """Who came in meanwhile."""
    page = hall.open(hall.server.link("attendee", "Zoë Late"), viewport=DESK)
    through_the_door(page)
    tab(page, "Questions")
    page.get_by_role("button", name="Ask a question").click()
    page.locator("#ask-text").fill("Is this the newest question?")
    page.get_by_role("button", name="Hand in").click()
