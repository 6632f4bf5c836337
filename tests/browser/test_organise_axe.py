"""The organisers' page in all its states: nothing for axe to find, all of it within reach of Tab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener, Server
from tests.browser.organise import Organised, begun, opened, to
from tests.browser.test_axe import check
from tests.browser.test_organise import invited, more, person, row
from tests.browser.test_tab_stops import MOST, around


@pytest.fixture
def organised(tmp_path: Path) -> Iterator[Organised]:
    path = begun(tmp_path, applied=("Cem Kaya", "Dee Dee"))
    server = Server(tmp_path)
    server.start()
    mission = Organised(server, path)
    for number in range(12):
        mission.plan(f"Session {number}", f"2027-03-{12 + number % 4}T{16 + number // 4}:00")
    yield mission
    server.stop()


def closed(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


@pytest.mark.parametrize(
    ("locale", "viewport"), [("en-GB", DESKTOP), ("nl-NL", PHONE)], ids=["en-desktop", "nl-phone"]
)
def test_axe_finds_nothing(
    organised: Organised, open_page: Opener, locale: str, viewport: dict[str, int]
) -> None:
    page = opened(organised, open_page, "programme", locale=locale, viewport=viewport, expect_faults=True)
    row(page, "Session 0").locator("[data-act=more]").click()
    check(page, "a programme")
    page.locator("#place-programme [data-act=plan]").click()
    page.locator("#slot-form summary").click()
    page.locator("#slot-form .is-primary").click()
    page.locator("#slot-form [name=hosts]").fill("O")
    expect(page.locator(".picker-found")).to_be_visible()
    check(page, "a form that is not right yet, somebody being chosen")
    page.locator("#slot-form .is-quiet").click()
    more(row(page, "Session 0"), "drop")
    check(page, "a question before")
    closed(page)
    to(page, "people")
    more(person(page, "Cem"), "correct")
    check(page, "a card")
    closed(page)
    page.locator("[data-act=many]").click()
    check(page, "people")
    page.locator("[data-act=invite]").click()
    check(page, "inviting")
    closed(page)
    for tab in ("guide", "announcements", "settings"):
        to(page, tab)
        check(page, tab)
    page.locator("[name=entry][value=code]").check()
    check(page, "a code, not saved yet")


def test_every_tab_is_within_reach_and_seen_where_it_is(organised: Organised, open_page: Opener) -> None:
    page = opened(organised, open_page, "people")
    page.locator("[data-act=invite]").click()
    invited(page, "Ada", "")
    for tab in ("programme", "people", "guide", "announcements"):
        to(page, tab)
        stops = around(page)
        assert len(stops) <= MOST, (tab, [stop["what"] for stop in stops])
        assert [stop for stop in stops if not (stop["clear"] and stop["inView"])] == [], tab


def test_within_the_programme_arrow_keys_go_on(organised: Organised, open_page: Opener) -> None:
    page = opened(organised, open_page, "programme")
    row(page, "Session 0").locator("[data-act=later]").focus()
    page.keyboard.press("ArrowDown")
    expect(row(page, "Session 4").locator("[data-act=later]")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(row(page, "Session 4").locator("[data-act=earlier]")).to_be_focused()
