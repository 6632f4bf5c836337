"""Meetings on the screens of two across the ocean: proposed, accepted, moved, called off, by both clocks."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator

import pytest
from icalendar import Calendar, Component
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.meetings import ADA, BEA, CAS, FRANCISCO, HAGUE, acquainted, busy
from tests.browser.missions import mission
from tests.browser.test_axe import check
from tests.browser.test_participants_axe import SMALL, one_hand


def choose(page: Page, count: int) -> list[str]:
    """By the keyboard alone, the first times of the day that is shown; answers what hours they are."""
    times = page.locator(".meet-hour")
    expect(times.nth(count)).to_be_visible()
    times.first.locator("input").focus()
    for number in range(count):
        page.keyboard.press("Tab" if number else "Shift")
        page.keyboard.press("Space")
        expect(times.nth(number).locator("input")).to_be_checked()
    return [" ".join(times.nth(number).inner_text().split()) for number in range(count)]


def downloaded(page: Page, meeting: Locator) -> Component:
    """What a calendar is given of it."""
    with page.expect_download() as saved:
        meeting.locator("a[download]").click()
    (event,) = Calendar.from_ical(pathlib.Path(saved.value.path()).read_bytes()).walk("VEVENT")
    return event


def test_two_across_the_ocean_agree_on_a_time(tmp_path: pathlib.Path, open_page: Opener) -> None:
    with mission(tmp_path / "data", people=5, also=acquainted) as week:
        ada = open_page(week.link(ADA, "tab=contacts&show=leads"), zone=HAGUE)
        bea = open_page(week.link(BEA, "tab=meetings"), zone=FRANCISCO, locale="nl-NL", viewport=PHONE)
        expect(bea.locator(".meetings .empty")).to_be_visible()
        ada.locator(".leads-list a", has_text=BEA).click()
        ada.locator(".lead-panel [data-act=meet]").click()
        send = ada.locator("#meet .is-primary")
        expect(send).to_have_attribute("aria-disabled", "true")
        first, second = choose(ada, 2)
        assert re.fullmatch(r"17:00 08:00 San Francisco", first) and second.startswith("17:30 08:30")
        # what is chosen is still there after a reload
        ada.reload()
        ada.locator(".lead-panel [data-act=meet]").click()
        expect(ada.locator(".meet-picked li")).to_have_count(2)
        ada.locator("#meet-note").fill("About depots")
        send.click()
        expect(ada.locator("dialog[open]")).to_have_count(0)

        asked = bea.locator(".meeting.is-proposed")
        expect(asked).to_contain_text("About depots")
        expect(asked).to_contain_text("08:00–08:20")
        expect(asked).to_contain_text("17:00–17:20 in The Hague")
        expect(bea.locator("[data-tab=meetings] .count")).to_contain_text("1")
        asked.locator("[data-act=accept]").nth(1).click()
        expect(bea.locator(".meeting.is-fixed")).to_contain_text("08:30–08:50")

        ada.locator("[data-tab=meetings]").click()
        fixed = ada.locator(".meeting.is-fixed")
        expect(fixed).to_contain_text("17:30–17:50")
        event = downloaded(ada, fixed)
        assert str(event["summary"]).startswith(BEA) and int(event["sequence"]) == 0

        fixed.locator("[data-act=move]").click()
        expect(ada.locator(".meet-hour").first).to_be_visible()
        ada.locator("#meet-place").fill("https://meet.example.org/ada")
        ada.locator("#meet .is-primary").click()
        place = bea.locator(".meeting.is-fixed a[target=_blank]")
        expect(place).to_have_attribute("href", "https://meet.example.org/ada")

        bea.locator(".meeting.is-fixed [data-act=cancel]").click()
        # an Enter too many changes nothing
        bea.keyboard.press("Enter")
        expect(bea.locator(".meeting.is-fixed")).to_be_visible()
        bea.locator(".meeting.is-fixed [data-act=cancel]").click()
        bea.locator("[data-act=cancel-yes]").click()
        expect(ada.locator(".meeting.is-fixed")).to_have_count(0)
        ada.locator(".meetings-past summary").click()
        expect(ada.locator(".meeting.is-cancelled")).to_contain_text("Cancelled")


def test_who_has_another_time_proposes_it_and_reminders_are_switched_off(
    tmp_path: pathlib.Path, open_page: Opener
) -> None:
    with mission(tmp_path / "data", people=5, also=busy) as week:
        ada = open_page(week.link(ADA, "tab=meetings"), zone=HAGUE)
        asked = ada.locator("[data-meeting=asked]")
        expect(asked.locator("[data-act=accept]")).to_have_count(2)
        expect(asked).to_contain_text(f"You meet {CAS} then.")
        asked.locator("[data-act=other]").click()
        choose(ada, 2)
        ada.locator("#meet .is-primary").click()
        expect(ada.locator("[data-meeting=asked] [data-act=withdraw]")).to_be_visible()
        switch = ada.locator("input[name='day.letter']")
        switch.uncheck()
        ada.reload()
        expect(ada.locator("input[name='day.letter']")).not_to_be_checked()
        expect(ada.locator("input[name='soon.letter']")).to_be_checked()


def states(page: Page) -> Iterator[str]:
    expect(page.locator(".meeting.is-fixed")).to_have_count(2)
    yield "meetings"
    for act, ready in (
        ("decline", ".sure"),
        ("cancel", ".sure"),
        ("move", ".meet-hour"),
        ("other", ".meet-hour"),
    ):
        page.locator(f".meeting [data-act={act}]").first.click()
        expect(page.locator(f"dialog[open] {ready}").first).to_be_visible()
        if act == "other" and page.locator("input[name=wide]").count():
            page.locator("input[name=wide]").click()
        yield act
        page.keyboard.press("Escape")
    page.locator(".meetings-past summary").click()
    yield "past"


@pytest.mark.parametrize(("locale", "viewport", "dark"), [("en-GB", DESKTOP, True), ("nl-NL", PHONE, False)])
def test_nothing_for_axe_to_find_and_one_hand(
    tmp_path: pathlib.Path, open_page: Opener, locale: str, viewport: dict[str, int], dark: bool
) -> None:
    with mission(tmp_path / "data", people=5, also=busy) as week:
        page = open_page(
            week.link(ADA, "tab=meetings"), zone=HAGUE, locale=locale, viewport=viewport, dark=dark
        )
        for state in states(page):
            check(page, state)
            one_hand(page, state)


def test_a_finger_hits_what_it_is_meant_to(tmp_path: pathlib.Path, browser: Browser) -> None:
    touched = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "timezone_id": HAGUE}
    with mission(tmp_path / "data", people=5, also=busy) as week:
        context = browser.new_context(**touched, locale="nl-NL")  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(week.link(ADA, "tab=meetings"))
        for state in states(page):
            assert page.evaluate(SMALL) == [], state
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{state} is {wide} px wider than the screen"
        context.close()
