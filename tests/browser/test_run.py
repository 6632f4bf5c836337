"""The run of show through an hour: prepared, checked, mended, run, cut, over; and who sees what of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Opener, Server, until
from tests.browser.people import between_presses, through_the_door
from tests.browser.stage import FULL, Hall, Who
from tests.browser.test_axe import check as axe
from tests.browser.test_hosts_hour import DESK

OMAR = Who("Omar Said", "Voltline", "sme", "NL")
ASKED = "Who pays for the shore power in small ports?"
NOTES = "Slides are on the second laptop."


@pytest.fixture
def hall(server: Server, open_page: Opener) -> Iterator[Hall]:
    with Hall(server, open_page) as hall:
        yield hall


def at_the_run(server: Server, open_page: Opener, **how: object) -> Page:
    host = open_page(server.link("host", "Anna Bakker"), **{"viewport": DESK, **how})
    host.locator("[data-drawer=run]").click()
    host.locator("#run").wait_for()
    return host


def press(host: Page, act: str) -> None:
    """By keyboard alone."""
    button = host.locator(f"#run [data-act={act}]").first
    button.focus()
    between_presses(host)
    host.keyboard.press("Enter")


def mend(host: Page) -> None:
    """The first that is offered, again and again. What it was about may be gone as it is pressed."""
    for _ in range(100):
        host.locator("#run .run-good, #run [data-act=mend]").first.wait_for()
        if host.locator("#run .run-good").count():
            return
        host.evaluate("document.querySelector('#run [data-act=mend]')?.focus()")
        between_presses(host)
        host.keyboard.press("Enter")
        between_presses(host)


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_an_hour_is_prepared_checked_mended_run_and_ended_by_keyboard(
    hall: Hall, server: Server, open_page: Opener, lang: str
) -> None:
    host = at_the_run(server, open_page, locale={"en": "en-GB", "nl": "nl-NL"}[lang])
    expect(host.locator("#run [data-act=fill_run]")).to_be_visible()
    axe(host, "no run of show yet")
    hall.host.do("fill_run", example="bad")
    expect(host.locator("#run [data-rule]").first).to_be_visible()
    axe(host, "a bad plan")
    mend(host)
    expect(host.locator("#run .run-good")).to_be_visible()
    expect(host.locator("#run .panel-head h3")).to_contain_text("60")
    hall.host.do("open_session")
    press(host, "start_run")
    expect(host.locator("#run .run-line.is-on")).to_have_count(1)
    expect(host.locator(".top-run")).to_be_visible()
    for _ in range(3):
        press(host, "extend_segment")
    until(lambda: host.locator("#run [data-way]").count() >= 2, "cuts are proposed")
    axe(host, "it will be late")
    press(host, "cut_segments")
    expect(host.locator("#run [data-way]")).to_have_count(0)
    press(host, "end_run")
    expect(host.locator("#run .run-clock")).to_have_count(0)
    press(host, "back_segment")
    expect(host.locator("#run .run-clock")).to_be_visible()


def test_a_segment_is_written_kept_over_a_reload_and_taken_out_with_its_way_back(
    hall: Hall, server: Server, open_page: Opener
) -> None:
    host = at_the_run(server, open_page)
    press(host, "add_segment")
    host.locator("#run [data-field=title]").fill("Charging at scale")
    host.locator("#run [data-field=notes]").fill(NOTES)
    host.reload()
    host.locator("#run [data-field=title]").wait_for()
    expect(host.locator("#run [data-field=title]")).to_have_value("Charging at scale")
    host.locator("#run .editor").get_by_role("button", name="Keep").click()
    line = host.locator("#run .run-line")
    expect(line).to_contain_text(NOTES)
    press(host, "remove")
    expect(line).to_have_count(0)
    host.get_by_role("button", name=re.compile("^Undo")).first.click()
    expect(line).to_contain_text("Charging at scale")


def test_who_watches_sees_what_is_on_and_what_comes_and_no_note(
    hall: Hall, server: Server, open_page: Opener
) -> None:
    page = open_page(server.link("attendee", "Ada Jong"), viewport=PHONE)
    through_the_door(page)
    hall.host.do("add_segment", kind="talk", title="Charging", minutes=5, notes=NOTES)
    hall.host.do("add_segment", kind="borrel", minutes=5)
    hall.host.do("start_run")
    strip = page.locator(".run-strip")
    expect(strip).to_contain_text("Charging")
    expect(strip).to_contain_text("5 minutes left")
    expect(strip).to_contain_text("Then: Borrel")
    axe(page, "an hour with a run of show")
    stage = hall.screen("lang=en", FULL)
    expect(stage.locator("#run")).to_contain_text("Charging · 5 minutes left · Then: Borrel")
    hall.host.do("show_run", on_stage=False)
    expect(stage.locator("#run")).to_be_hidden()
    for seen in (page, stage):
        assert NOTES not in seen.content()


@pytest.mark.parametrize("size", [PHONE, {"width": 1024, "height": 768}], ids=["phone", "tablet"])
def test_who_speaks_reads_the_question_the_time_what_comes_and_the_hosts_line(
    hall: Hall, server: Server, open_page: Opener, size: dict[str, int]
) -> None:
    hall.host.do("open_session")
    hall.host.do("fill_run", example="good")
    host = at_the_run(server, open_page)
    host.get_by_role("textbox", name="Speaker’s name").fill("Dr. Eva Smit")
    host.get_by_role("button", name="Make a link").click()
    link = host.locator("#run .run-link input[readonly]").input_value()
    page = open_page(link, viewport=size)
    expect(page.locator(".speaker-times")).to_contain_text("has not begun")
    hall.host.do("start_run")
    asked = hall.comes(OMAR).do("ask", text=ASKED, shown="organisation")["id"]
    hall.host.do("spotlight", question=asked)
    expect(page.locator(".speaker-question")).to_contain_text(ASKED)
    expect(page.locator(".speaker-who")).to_contain_text("Voltline")
    assert "Omar" not in page.content(), "as its asker is shown"
    expect(page.locator(".speaker-left")).to_contain_text("Greeting")
    expect(page.locator(".speaker-next")).to_contain_text("Talk")
    host.locator("[data-ready=two_minutes]").click()
    expect(page.locator(".speaker-cue")).to_contain_text("Two more minutes")
    axe(page, "who speaks")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_of_who_speaks_is_not_for_who_watches(server: Server, open_page: Opener) -> None:
    link = server.link("attendee", "Ada Jong").replace("/session/", "/speaker/")
    page = open_page(link, expect_faults=True)
    expect(page.get_by_role("heading", name="This is the speaker’s page")).to_be_visible()
