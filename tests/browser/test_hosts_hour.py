"""The host's page under three hundred eyes: nothing moves under a pointer, and what is needed is in view."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import FLAGS, Opener, Server, chromium, opening, running, until
from tests.browser.crowd import LONG, crowd
from tests.browser.people import between_presses, let_go
from tests.browser.stage import Socket, Who

DESK, LAPTOP = {"width": 1280, "height": 800}, {"width": 1366, "height": 625}
TABLET, PHONE = {"width": 1024, "height": 768}, {"width": 390, "height": 844}

WHOLE = """selector => [...document.querySelectorAll(selector)].filter((item) => {
    const box = item.getBoundingClientRect();
    let frames = [{ top: 0, bottom: innerHeight }];
    for (let one = item.parentElement; one && one !== document.body; one = one.parentElement)
      if (getComputedStyle(one).overflowY !== 'visible') frames.push(one.getBoundingClientRect());
    const inside = frames.every(({ top, bottom }) => box.top >= top - 1 && box.bottom <= bottom + 1);
    const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return box.height > 0 && inside && item.contains(seen);
  }).length"""
"""How many of them nothing cuts off or covers."""

UNDER = """([x, y]) => {
    const button = document.elementFromPoint(x, y)?.closest('button, a, input, summary');
    const row = button?.closest('[data-question], .arrival, .message, .poll, li');
    return button ? [row?.querySelector('.card-text, strong, h3')?.textContent.trim() ?? '',
      button.dataset.act ?? button.getAttribute('aria-label') ?? button.className].join(' | ') : null }"""
"""What a press there would press, and of which row."""


@dataclass
class Hall:
    server: Server
    open: Opener
    host: Page
    names: list[str]


@pytest.fixture(scope="module")
def hall(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with full_hall(browser, tmp_path_factory.mktemp("hour")) as full:
        yield full


@contextmanager
def full_hall(browser: Browser, data: Path) -> Iterator[Hall]:
    """An open session with a crowd and a poll's draft, at its host's desk."""
    with (
        running(data) as server,
        crowd(server) as names,
        opening(browser) as opened,
    ):
        host = opened(server.link("host", "Anna Bakker"), viewport=DESK)
        host.get_by_role("button", name="Open session").click()
        draft(host, "Where do you charge?")
        expect(host.locator("#board .card").nth(20)).to_be_attached()
        yield Hall(server, opened, host, names)


def draft(host: Page, question: str) -> None:
    host.get_by_role("button", name="New poll").click()
    host.get_by_role("textbox", name="Question", exact=True).fill(question)
    host.get_by_role("textbox", name="Option 1").fill("At home")
    host.get_by_role("textbox", name="Option 2").fill("At work")
    host.get_by_role("button", name="Keep as draft").click()
    expect(host.locator(".editor")).to_have_count(0)


def question(host: Page, at: int) -> Locator:
    words = host.locator(".card-text", has_text=re.compile(rf"^{at}: "))
    return host.locator("#board .card").filter(has=words)


# in view


@pytest.mark.parametrize(("size", "least"), [(DESK, (8, 5, 7)), (LAPTOP, (5, 3, 5))], ids=["desk", "laptop"])
def test_enough_is_whole_in_view(hall: Hall, size: dict[str, int], least: tuple[int, int, int]) -> None:
    host = hall.open(hall.server.link("host", "Hank Miller"), viewport=size)
    expect(host.locator(".message").last).to_be_visible()
    until(
        lambda: host.locator("#board .card").count() > 20 and host.locator(".arrival").count() > 50,
        "all is here",
    )
    found = [host.evaluate(WHOLE, selector) for selector in (".arrival", "#board .card", ".message")]
    print(size, found)
    assert all(n >= wanted for n, wanted in zip(found, least, strict=True)), found
    bottom = host.locator("#board").evaluate("board => board.getBoundingClientRect().bottom")
    assert size["height"] - bottom <= 16, "no band is left empty"


FIRST = """() => [...document.querySelectorAll('.panels .panel')]
    .map((one) => [one.id, one.getBoundingClientRect()])
    .filter(([, box]) => box.height).sort(([, a], [, b]) => a.left - b.left)[0][0]"""
"""Which panel stands first."""


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
def test_where_there_are_tabs_they_show_what_they_say_and_who_is_live_stays_in_sight(
    hall: Hall, size: dict[str, int]
) -> None:
    host = hall.open(hall.server.link("host", "Hank Miller"), viewport=size)
    for name, panel in (("Questions", "board"), ("Polls", "polls"), ("Chat", "chat"), ("Greet", "desk")):
        host.locator(".tab").filter(has_text=name).click()
        until(lambda name=panel: host.evaluate(FIRST) == name, "the tab shows what it says")  # type: ignore[misc]
        host.evaluate("scrollTo(0, document.body.scrollHeight)")
        for act in ("answer", "next"):
            expect(host.locator(f".live-strip [data-act={act}]")).to_be_in_viewport()


def test_targets_are_large_where_fingers_press(hall: Hall, browser: Browser) -> None:
    # a browser of its own: what a pointer is like is one thing for all pages of a process
    fingers = browser.browser_type.launch(executable_path=chromium(), args=FLAGS)
    host = fingers.new_page(viewport=PHONE, has_touch=True, is_mobile=True, locale="en-GB")  # type: ignore[arg-type]
    host.goto(hall.server.link("host", "Hank Miller"))
    host.locator(".tab").filter(has_text="Questions").click()
    until(lambda: bool(host.evaluate("matchMedia('(pointer: coarse)').matches")), "it is a finger's page")
    small = """() => [...document.querySelectorAll('button, summary, .check')]
        .map((one) => [one, one.getBoundingClientRect()])
        .filter(([, { width, height }]) => width && (width < 43.5 || height < 43.5))
        .map(([one, { height }]) => `${one.className} ${one.textContent.trim()} ${height}`)"""
    for name in ("Questions", "Polls", "Chat", "Greet"):
        host.locator(".tab").filter(has_text=name).click()
        assert host.evaluate(small) == []
    fingers.close()


def test_five_sizes_and_two_weights(hall: Hall) -> None:
    found: dict[str, Any] = hall.host.evaluate(
        """() => { const sizes = new Set(), weights = new Set();
        for (const one of document.querySelectorAll('body *')) {
          const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
          if (!own || one.closest('.preview, script, noscript') || !one.checkVisibility()) continue;
          const { fontSize, fontWeight } = getComputedStyle(one);
          sizes.add(Math.round(parseFloat(fontSize))); weights.add(fontWeight); }
        return { sizes: [...sizes].sort((a, b) => a - b), weights: [...weights].sort() } }"""
    )
    assert set(found["sizes"]) <= {13, 15, 17, 20, 28}, found
    assert set(found["weights"]) <= {"400", "600"}, found


# the live and the next


def test_the_live_one_is_whole_and_nothing_below_moves(hall: Hall) -> None:
    host = hall.host
    tops = (
        "() => ['desk', 'board', 'polls'].map((id) => document.getElementById(id).getBoundingClientRect().y)"
    )
    before = host.evaluate(tops)
    long = host.locator("#board .card").filter(has_text=LONG[:60])
    for act in ("queue", "deck", "spotlight"):
        long.locator(f"[data-act={act}]").click()
        between_presses(host)
        assert host.evaluate(tops) == before, act
    live = host.locator(".now-live")
    expect(live).to_contain_text(LONG)
    expect(live.locator(".say-as")).to_contain_text("mah-REE-kuh FOSS")
    assert live.locator("strong").evaluate("name => getComputedStyle(name).fontSize") == "28px"
    cut = "words => words.scrollHeight > words.clientHeight"
    assert not live.locator(".card-text").evaluate(cut)
    let_go(host)
    for at in (1, 2, 3, 4):
        question(host, at).locator("[data-act=queue]").click()
        between_presses(host)
    expect(host.locator(".now-line li")).to_have_count(3)
    expect(host.locator(".now-line li .say-as")).to_have_count(3)
    question(host, 5).locator("[data-act=spotlight]").click()
    expect(live).to_contain_text("5: ")
    assert host.evaluate(tops) == before
    between_presses(host)
    let_go(host)
    host.keyboard.press("u")
    expect(live).to_contain_text(LONG)
    expect(host.locator(".group.is-open").get_by_text(re.compile("^5: "))).to_be_visible()
    for act in ("next", "answer", "next", "clear_stage"):
        host.locator(f".now [data-act={act}]").click()
        between_presses(host)
        assert host.evaluate(tops) == before, act


# stillness


ACTS = [
    (".arrival", "greet"),
    (".arrival", "greet_aloud"),
    ("#board .is-open .card", "queue"),
    ("#board .is-open .card", "deck"),
    ("#board .is-open .card", "dismiss"),
    ("#board .is-open .card", "spotlight"),
    ("#board .is-queued .card", "dismiss"),
    ("#board .is-queued .card", "down"),
    (".message", "hide"),
    (".poll", "open_poll"),
    (".poll", "discard"),
    (".now", "next"),
    (".now", "answer"),
    (".now", "next"),
    (".now", "clear_stage"),
]


@contextmanager
def hand(server: Server) -> Iterator[Socket]:
    """A colleague's, without a page."""
    socket = Socket(server, Who("Hank Miller"), "host")
    yield socket
    socket.close()


def made_ready(hall: Hall, where: str) -> None:
    """Whatever was done before, somebody is live and two are in line, where that is needed."""
    if where not in ("#board .is-queued .card", ".now"):
        return
    host = hall.host
    spare = host.locator("#board .is-open .card")
    ids = [spare.nth(-at).get_attribute("data-question") for at in (1, 2, 3)]
    with hand(hall.server) as colleague:
        for id in ids[:2]:
            colleague.do("queue", question=id)
        if where == ".now" and not host.locator(".now-live.is-live").count():
            colleague.do("spotlight", question=ids[2])
    if where == ".now":
        expect(host.locator(".now-live.is-live")).to_be_visible()
    expect(host.locator(f'#board .is-queued .card[data-question="{ids[1]}"]')).to_be_attached()


@pytest.mark.parametrize(("where", "act"), ACTS)
def test_nothing_else_comes_under_a_pointer_that_rests_where_it_pressed(
    hall: Hall, where: str, act: str
) -> None:
    host = hall.host
    if where == ".poll":
        draft(host, f"Would you {act}?")
    let_go(host)
    made_ready(hall, where)
    button = host.locator(f"{where} [data-act={act}]:not([aria-disabled])").first
    if where == ".message":
        button = host.locator(f"{where} [data-act={act}]").last
    button.scroll_into_view_if_needed()
    button.hover()
    box = button.bounding_box()
    assert box
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    before, position = host.evaluate(UNDER, middle), hall.server.position()
    host.mouse.down()
    host.mouse.up()
    until(lambda: hall.server.position() > position, "it is done")
    under = set()
    for _ in range(12):
        under.add(host.evaluate(UNDER, middle))
        host.wait_for_timeout(100)
    assert under <= {before, None}, (before, under)


def covered(card: Locator) -> list[str]:
    """What lies over the words of a card."""
    found: list[str] = card.evaluate(
        """card => { const words = card.querySelector(".card-text").getBoundingClientRect();
          return [...card.querySelectorAll(".became, .acts")].filter((one) => {
            const box = one.getBoundingClientRect();
            return box.width && box.top < words.bottom - 6 && box.bottom > words.top + 6;
          }).map((one) => one.className) }"""
    )
    return found


def test_what_was_approved_keeps_its_place_until_the_pointer_has_left(hall: Hall) -> None:
    host = hall.host
    let_go(host)
    cards = host.locator("#board .is-open .card")
    first = cards.first
    first.hover()
    place, words = first.bounding_box(), first.locator(".card-text").inner_text()
    first.locator("[data-act=queue]").click()
    expect(first.locator(".became")).to_contain_text("In line")
    assert first.bounding_box() == place
    assert covered(first) == [], "all that is asked is read meanwhile"
    first.get_by_role("button", name="Undo").click()
    expect(first.locator(".became")).to_have_count(0)
    between_presses(host)
    first.locator("[data-act=queue]").click()
    let_go(host)
    expect(host.locator(".group.is-queued")).to_contain_text(words)
    expect(cards.first).not_to_contain_text(words)


# what was done


def test_the_last_acts_are_listed_with_their_times_and_can_be_taken_back(hall: Hall) -> None:
    host = hall.host
    let_go(host)
    acts = host.get_by_role("button", name="Last acts")
    for _ in range(2):
        host.locator(".arrival [data-act=greet]:not([aria-disabled])").first.click()
        between_presses(host)
    host.wait_for_timeout(11_000)
    expect(host.locator(".toast")).to_have_count(0)
    acts.click()
    rows = host.locator("#past li:not(.toast)")
    expect(rows.first).to_contain_text("Greeted")
    assert 2 <= rows.count() <= 10
    assert rows.locator("time").count() == rows.count()
    before, count = hall.server.position(), rows.count()
    rows.nth(1).get_by_role("button", name="Undo").click()
    until(lambda: hall.server.position() == before + 1, "it is taken back")
    expect(rows).to_have_count(count - 1)
    host.keyboard.press("Escape")


def test_the_search_finds_who_has_been_greeted(hall: Hall) -> None:
    host = hall.host
    row = host.locator(".arrival").filter(has_text="Łukasz").first
    row.locator("[data-act=greet]").click()
    let_go(host)
    host.get_by_role("searchbox", name="Search name or organisation").fill("lukasz")
    greeted = host.locator(".arrival.is-greeted").filter(has_text="Łukasz")
    expect(greeted.first).to_be_visible()
    host.get_by_role("searchbox", name="Search name or organisation").fill("")
