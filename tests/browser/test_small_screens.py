"""Where height is dear, a small phone and a low laptop, what matters then is read whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opener, Server
from tests.browser.people import between_presses, press, through_the_door
from tests.browser.stage import Hall, Who
from tests.browser.test_door import SIZES
from tests.browser.test_hosts_hour import DESK, LAPTOP, WHOLE

SMALL = SIZES["phone with its browser's bars"]
TITLE = "Charging at scale: lessons from the Netherlands and California"
ASKED = "How soon could a small municipality with four people at most begin with all of this?"
OPTIONS = ["Money", "The grid", "Time"]


@pytest.fixture
def hall(server: Server, open_page: Opener) -> Iterator[Hall]:
    with Hall(server, open_page) as hall:
        hall.host.do("open_session")
        hall.host.do("change_session", title=TITLE)
        yield hall


def on_a_phone(server: Server, open_page: Opener) -> Page:
    page = open_page(server.link("attendee", "Robin Jansen"), viewport=SMALL)
    through_the_door(page)
    return page


def on_a_laptop(server: Server, open_page: Opener) -> Page:
    return open_page(server.link("host", "Marieke Vos"), viewport=LAPTOP)


def whole(page: Page, selector: str) -> int:
    return int(page.evaluate(WHOLE, selector))


def height(row: Locator) -> float:
    box = row.bounding_box()
    assert box is not None
    return box["height"]


def test_on_a_small_phone_the_title_and_who_is_live_are_read_whole(
    server: Server, open_page: Opener, hall: Hall
) -> None:
    page = on_a_phone(server, open_page)
    expect(page.locator(".holding-title")).to_have_text(TITLE)
    assert whole(page, ".holding-title") == 1
    hall.asks(Who("Alejandra Yamashiro", "Larkspur Transit Group", "sme", "US"), ASKED)
    expect(page.locator(".picture .spot-text")).to_have_text(ASKED)
    page.wait_for_timeout(500)
    assert whole(page, ".picture .spot-name") == whole(page, ".picture .spot-text") == 1


def test_on_a_low_laptop_a_poll_is_written_and_its_bars_are_in_sight(
    server: Server, open_page: Opener, hall: Hall
) -> None:
    host = on_a_laptop(server, open_page)
    expect(host.locator(".chat .empty")).to_be_visible()
    assert whole(host, ".chat .empty") == 1
    host.get_by_role("button", name="New poll").click()
    for number, option in enumerate((*OPTIONS, "Nothing"), 1):
        if number > 2:
            host.keyboard.press("Enter")
        host.get_by_role("textbox", name=f"Option {number}").fill(option)
        assert whole(host, ".editor > .acts .is-primary") == 1
    host.get_by_role("button", name="Cancel").click()
    poll = hall.poll("What holds you back?", OPTIONS)
    for at in range(12):
        hall.comes(Who(f"Ada {at}")).do("vote", poll=poll, options=[f"{at % 3 + 1}"])
    expect(host.locator(".poll.is-open .count-bar")).to_have_count(3)
    host.wait_for_timeout(500)
    assert whole(host, ".poll.is-open .count-bar") >= 2, "as most polls have two or three options"
    assert whole(host, ".composer .button") == 1


AROUND = ".top h1, .top-state > *, .top-here, .top-acts button, #now, .panels .panel"
OVER = """around => { const boxes = (selector) => [...document.querySelectorAll(selector)]
    .map((one) => one.getBoundingClientRect()).filter(({ width, height }) => width && height);
  const toasts = boxes(".toast");
  return boxes(around).filter((box) => toasts.some((toast) => toast.left < box.right - 1 &&
    toast.right > box.left + 1 && toast.top < box.bottom - 1 && toast.bottom > box.top + 1)).length }"""


@pytest.mark.parametrize("locale", ["en-GB", "nl-NL"])
@pytest.mark.parametrize("size", [LAPTOP, DESK], ids=["laptop", "desk"])
def test_what_was_done_last_is_told_and_covers_nothing(
    server: Server, open_page: Opener, hall: Hall, size: dict[str, int], locale: str
) -> None:
    for name in ("Ada Bos", "Ben van den Oldenbarneveldt-Uitdenboogaard"):
        hall.comes(Who(name))
    host = open_page(server.link("host", "Marieke Vos"), viewport=size, locale=locale)
    for _ in range(2):
        host.locator(".arrival [data-act=greet]:not([aria-disabled=true])").first.click()
        between_presses(host)
        expect(host.locator(".toast")).to_have_count(1)
        assert host.evaluate(OVER, AROUND) == 0
    expect(host.locator(".toast kbd")).to_be_visible()
    expect(host.locator(".top-state .badge")).to_be_visible()


def test_waving_back_moves_nothing_below(server: Server, open_page: Opener, hall: Hall) -> None:
    page = on_a_phone(server, open_page)
    host = on_a_laptop(server, open_page)
    host.locator(".arrival", has_text="Robin Jansen").locator("[data-act=greet]").click()
    card = page.locator(".greeting")
    before = height(card)
    card.get_by_role("button", name="Wave back").click()
    expect(card.locator(".waved")).to_be_visible()
    assert height(card) == pytest.approx(before, abs=0.5)


def asked_and_next(page: Page, host: Page) -> None:
    """Robin asks, and is next."""
    page.get_by_role("tab", name="Questions").click()
    page.get_by_role("button", name="Ask a question").click()
    page.get_by_role("textbox", name="Your question").fill(ASKED)
    page.get_by_role("button", name="Hand in").click()
    own = page.locator(".own li")
    expect(own).to_contain_text("Open")
    press(host, ASKED, "deck")
    expect(page.locator(".next-card")).to_be_visible()


@pytest.mark.parametrize("size", [LAPTOP, SMALL], ids=["laptop", "phone"])
def test_a_poll_gives_way_to_being_next_though_it_was_unfolded_by_hand_before(
    server: Server, open_page: Opener, hall: Hall, size: dict[str, int]
) -> None:
    page = open_page(server.link("attendee", "Robin Jansen"), viewport=size)
    through_the_door(page)
    poll = hall.poll("What holds you back?", OPTIONS)
    fold = page.locator("#poll-fold")
    expect(fold).to_be_visible()
    for _ in range(2):
        fold.click()
        between_presses(page)
    if fold.get_attribute("aria-expanded") == "false":
        fold.click()
    asked_and_next(page, on_a_laptop(server, open_page))
    expect(fold).to_have_attribute("aria-expanded", "false")
    between_presses(page)
    fold.click()
    expect(page.locator(".poll-above-body")).to_be_visible()
    # and its result, too, waits folded until it is asked for
    for at in range(10):
        hall.comes(Who(f"Ada {at}")).do("vote", poll=poll, options=["1"])
    hall.host.do("close_poll", poll=poll)
    hall.host.do("reveal_poll", poll=poll)
    expect(page.locator(".poll-above")).to_contain_text("Result")
    expect(page.locator(".poll-above-body")).to_have_count(0)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".poll-above .poll-bar").first).to_be_visible()
