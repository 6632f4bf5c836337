"""The first-run guide: by it whoever never saw a terminal comes to a first session, by keyboard alone too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener, Server, until
from tests.browser.first_session import PEOPLE, play
from tests.browser.organise import EMPTY, Organised, begun, to
from tests.browser.people import between_presses


@pytest.fixture
def organised(tmp_path: Path) -> Iterator[Organised]:
    """A mission that has a place, and nothing else."""
    path = begun(tmp_path, EMPTY)
    server = Server(tmp_path)
    server.start()
    yield Organised(server, path)
    server.stop()


def begins(organised: Organised, open_page: Opener, **how: object) -> Page:
    page = open_page(organised.link, **how)
    expect(page.locator("#place-guide .guide-step.is-open")).to_have_attribute("data-step", "basics")
    return page


@pytest.mark.parametrize(
    ("locale", "viewport"),
    [("en-GB", DESKTOP), ("nl-NL", PHONE)],
    ids=["en-desktop", "nl-phone"],
)
def test_an_empty_mission_comes_to_its_first_session(
    organised: Organised, open_page: Opener, locale: str, viewport: dict[str, int]
) -> None:
    page = begins(organised, open_page, locale=locale, viewport=viewport)
    play(page)
    # the step is done once somebody takes part; the rest of those who were pasted follow
    until(lambda: organised.call("people")["total"] == 13, "all ten are invited")
    assert organised.call("people")["roles"]["participant"] == 12
    to(page, "programme")
    expect(page.locator(".plan-slot")).to_have_count(1)
    # at an hour that is good at both places
    assert page.locator(".plan-slot .there-time").all_inner_texts() == ["16:00–17:00", "07:00–08:00"]
    expect(page.locator(".slot-people")).to_contain_text("Ada de Vries")


def test_who_opens_the_first_link_of_an_empty_folder_begins_where_their_browser_is(
    tmp_path: Path, open_page: Opener
) -> None:
    server = Server(tmp_path)
    server.start()
    link = server.next_line().rpartition(" ")[2]
    page = open_page(link, zone="Asia/Tokyo")
    expect(page.locator("#place-guide [name=places]")).to_have_value("Tokyo")
    expect(page.locator("#place-guide [name=zone0]")).to_have_value("Asia/Tokyo")
    server.stop()


def test_steps_are_done_by_what_the_mission_says_whoever_did_it_and_can_be_left(
    organised: Organised, open_page: Opener
) -> None:
    page = begins(organised, open_page)
    page.locator("#place-guide [name=title]").fill("Electric mobility")
    page.reload()
    expect(page.locator("#place-guide [name=title]")).to_have_value("Electric mobility")
    organised.plan("Opening", "2027-03-12T17:00")
    expect(page.locator("[data-step=session].is-done")).to_be_visible()
    to(page, "people")
    to(page, "guide")
    expect(page.locator("#place-guide [name=title]")).to_have_value("Electric mobility")
    page.locator("[data-step=people] .guide-head").click()
    # of nobody nothing is counted
    expect(page.locator("[data-step=people] .is-primary")).to_have_text("Invite")
    page.locator("#place-guide [name=people]").fill(PEOPLE)
    page.reload()
    page.locator("[data-step=people] .guide-head").click()
    expect(page.locator("#place-guide [name=people]")).to_have_value(PEOPLE)
    page.locator("[data-step=look] .guide-head").click()
    page.locator("[data-act=links]").click()
    expect(page.locator("#place-people")).to_be_visible()


def test_the_guide_goes_by_keyboard_alone(organised: Organised, open_page: Opener) -> None:
    page = begins(organised, open_page)
    keys = page.keyboard

    def tab_to(what: str) -> None:
        for _ in range(60):
            if page.evaluate("(what) => document.activeElement?.matches(what)", what):
                return
            keys.press("Tab")
        pytest.fail(f"Tab leads to no {what}")

    tab_to("#place-guide [name=title]")
    keys.press("ControlOrMeta+a")
    keys.type("Electric mobility")
    tab_to("[data-act=place]")
    keys.press("Enter")
    tab_to("[name=zone1]")
    keys.press("Enter")
    page.keyboard.press("Escape")
    tab_to("[data-settings=guide] [data-act=save]")
    keys.press("Enter")
    expect(page.locator("[data-step=session].is-open")).to_be_visible()
    tab_to("[data-step=session] [data-act=plan]")
    between_presses(page)
    keys.press("Enter")
    expect(page.locator("#guide-slot-form [name=title]")).to_be_focused()
    keys.type("Opening")
    keys.press("Enter")
    expect(page.locator("[data-step=hosts].is-open")).to_be_visible()
    tab_to("[data-step=hosts] [name=hosts]")
    keys.type("Ada de Vries")
    expect(page.locator(".picker-found")).to_be_visible()
    keys.press("Enter")
    expect(page.locator("#invite [name=email]")).to_be_focused()
    keys.type("ada@example.org")
    between_presses(page)
    keys.press("Enter")
    until(lambda: page.locator("#place-guide .chip").count() == 1, "a host")
    tab_to("[data-step=hosts] [data-act=next]")
    between_presses(page)
    keys.press("Enter")
    tab_to("[data-step=people] [name=people]")
    keys.type("Bob Stone, bob@example.org")
    tab_to("[data-step=people] .is-primary")
    between_presses(page)
    keys.press("Enter")
    expect(page.locator("[data-step=people].is-done")).to_be_visible()
