"""The door and the way out: which session it is, who one is, and that the next button is always in sight."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Opener, Server, opening, running
from tests.browser.test_axe import SETTLED
from tests.browser.test_screens import violations

SIZES = {
    "phone with its browser's bars": {"width": 390, "height": 664},
    "phone with a keyboard": {"width": 390, "height": 844 - 290},
    "laptop with its browser's bars": {"width": 1366, "height": 625},
    "small laptop": {"width": 1280, "height": 720},
}
KEYBOARD_OVER_THE_PAGE = """
  const seen = Object.assign(new EventTarget(), { width: 390, height: 554, scale: 1, offsetTop: 0 });
  Object.defineProperty(window, "visualViewport", { value: seen });"""
"""As phones have it that make the page no smaller: 290 of its 844 pixels are under the keyboard."""


def in_sight(page: Page, locator: Locator, height: int | None = None) -> bool:
    """Whether all of it lies in the window, and nothing lies over its middle, once all has come to rest."""
    page.wait_for_function(SETTLED)
    box = locator.bounding_box()
    size = page.viewport_size
    assert box is not None and size is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    on_top = "(element, [x, y]) => element.contains(document.elementFromPoint(x, y))"
    inside = box["y"] >= 0 and box["y"] + box["height"] <= (height or size["height"])
    return inside and bool(locator.evaluate(on_top, [x, y]))


@pytest.fixture(scope="module")
def harbour(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A session with a time, led by Anna."""
    with running(tmp_path_factory.mktemp("door")) as server, opening(browser) as opened:
        times = ("--starts", "2031-12-03T15:00+01:00", "--ends", "2031-12-03T16:00+01:00")
        server.run("session", "add", "harbour", "--title", "Charging in the harbour", *times)
        host = opened(server.link("host", "Anna Bakker", session="harbour"))
        expect(host.get_by_role("heading", name="Live now")).to_be_visible()
        yield server


def at_the_door(server: Server, open_page: Opener, name: str = "Robin Jansen", **how: object) -> Page:
    page = open_page(server.link("attendee", name, session="harbour"), zone="Europe/Amsterdam", **how)
    expect(page.get_by_role("button", name="Come in")).to_be_visible()
    return page


def test_the_door_names_the_session_its_time_and_its_host(harbour: Server, open_page: Opener) -> None:
    page = at_the_door(harbour, open_page)
    expect(page.get_by_role("heading", name="Charging in the harbour")).to_be_visible()
    expect(page.get_by_text("Wednesday 3 December, 15:00–16:00")).to_be_visible()
    expect(page.get_by_text("Led by")).to_contain_text("Anna Bakker")
    assert page.title() == "Charging in the harbour"
    page.get_by_role("button", name="Nederlands").click()
    expect(page.get_by_text("woensdag 3 december, 15:00–16:00")).to_be_visible()
    expect(page.get_by_text("Onder leiding van")).to_contain_text("Anna Bakker")


@pytest.mark.parametrize("size", SIZES)
def test_the_doors_button_is_in_sight_whatever_is_filled_in(
    harbour: Server, open_page: Opener, size: str
) -> None:
    page = at_the_door(harbour, open_page, viewport=SIZES[size], expect_faults=True)
    button = page.get_by_role("button", name="Come in")
    assert in_sight(page, button)
    page.get_by_text("Country and pronunciation").click()
    page.get_by_role("textbox", name="How my name is said").fill("\u202e" + "ROB-in YAN-sen " * 4)
    assert in_sight(page, button)
    page.get_by_role("textbox", name="Name", exact=True).fill("Robin (host)")
    button.click()
    name = page.get_by_role("textbox", name="Name", exact=True)
    expect(name).to_be_focused()
    expect(page.get_by_role("alert")).to_be_visible()
    assert in_sight(page, button) and in_sight(page, name)


def test_the_doors_button_is_above_a_keyboard_that_lies_over_the_page(
    harbour: Server, open_page: Opener
) -> None:
    page = at_the_door(
        harbour,
        open_page,
        viewport={"width": 390, "height": 844},
        before=lambda page: page.add_init_script(KEYBOARD_OVER_THE_PAGE),
    )
    assert in_sight(page, page.get_by_role("button", name="Come in"), 554)


def test_what_kind_of_organisation_it_is_is_asked_and_nobody_is_other_unasked(
    harbour: Server, open_page: Opener
) -> None:
    host = open_page(harbour.link("host", "Hank Miller", session="harbour"))
    page = at_the_door(harbour, open_page, "Kim Bos")
    kind = page.get_by_role("combobox", name="Kind of organisation")
    expect(kind).to_have_value("")
    expect(page.get_by_role("combobox", name="Country")).to_be_hidden()
    page.get_by_role("button", name="Come in").click()
    row = host.locator(".arrival").filter(has_text="Kim Bos")
    expect(row.locator(".kind-mark")).to_have_attribute("title", "not said")
    # as links of before said it of everybody
    page = open_page(harbour.link("attendee", "Bo Li", session="harbour", kind="other"))
    expect(page.get_by_role("combobox", name="Kind of organisation")).to_have_value("")
    page.get_by_role("combobox", name="Kind of organisation").select_option("other")
    page.get_by_role("button", name="Come in").click()
    row = host.locator(".arrival").filter(has_text="Bo Li")
    expect(row.locator(".kind-mark")).to_have_attribute("title", "other")


def test_the_open_fold_has_no_violations(harbour: Server, open_page: Opener) -> None:
    page = at_the_door(harbour, open_page, viewport=SIZES["phone with a keyboard"], dark=True)
    page.get_by_text("Country and pronunciation").click()
    assert violations(page) == []
