"""Looking back: a host answers in writing what waits, takes the hour along, and reads its report."""

from __future__ import annotations

import csv
import pathlib

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Opener, Server
from tests.browser.people import ask, tab, through_the_door
from tests.browser.test_axe import check

QUESTION = "How do you pay for a charging point when the grid operator asks for two years?"
ANSWER = "In two steps: first the cable, then the grid."


def attendee(server: Server, open_page: Opener) -> Page:
    ana = open_page(
        server.link("attendee", "Ana de Vries", organisation="Voltline", kind="sme", country="NL")
    )
    through_the_door(ana)
    return ana


def host(server: Server, open_page: Opener, locale: str = "en-GB") -> Page:
    return open_page(server.link("host", "Anna Bakker"), locale=locale)


def looking_back(page: Page) -> Page:
    page.locator('[data-drawer="report"]').click()
    expect(page.locator("#report h3").first).to_be_visible()
    return page


def written(page: Page, text: str) -> None:
    page.locator("#report [data-act=write]").first.click()
    page.locator("#report textarea").fill(text)
    page.locator("#report [data-act=send_answer]").click()


def test_what_waits_is_answered_in_writing_changed_and_taken_back(server: Server, open_page: Opener) -> None:
    ask(attendee(server, open_page), QUESTION)
    page = looking_back(host(server, open_page))
    expect(page.locator("#report .report-words")).to_have_text(QUESTION)
    written(page, ANSWER)
    expect(page.locator("#report .report-answer")).to_have_text(ANSWER)
    expect(page.locator("#report").get_by_text("Every question has its answer.")).to_be_visible()
    written(page, "By ship.")
    expect(page.locator("#report .report-answer")).to_have_text("By ship.")
    page.locator("#report [data-act=take_answer_back]").click()
    expect(page.locator("#report .report-answer")).to_have_count(0)
    expect(page.locator("#report .report-words")).to_have_text(QUESTION)


def test_who_asked_and_who_supported_are_told_and_read_it_below_the_question(
    server: Server, open_page: Opener
) -> None:
    ana = attendee(server, open_page)
    ask(ana, QUESTION)
    ben = open_page(server.link("attendee", "Ben Ruiz", organisation="Alder Bay", kind="local", country="US"))
    through_the_door(ben)
    tab(ben, "Questions")
    ben.get_by_role("button", name="Support this question").click()
    expect(ben.locator(".support[aria-pressed=true]")).to_be_visible()
    written(looking_back(host(server, open_page)), ANSWER)
    for page, told in ((ana, "Your question was answered"), (ben, "A question that you support")):
        expect(page.locator("#place-toasts")).to_contain_text(told)
        expect(page.locator(".written-answer")).to_contain_text(ANSWER)
        expect(page.locator(".written-answer")).to_contain_text("Anna Bakker answers")
    check(ana, "answered in writing")
    ana.reload()
    tab(ana, "Questions")
    expect(ana.locator(".written-answer")).to_contain_text(ANSWER)


def test_an_answer_that_was_begun_is_there_after_a_reload(server: Server, open_page: Opener) -> None:
    ask(attendee(server, open_page), QUESTION)
    page = looking_back(host(server, open_page))
    page.locator("#report [data-act=write]").click()
    page.locator("#report textarea").fill("In two")
    page.reload()
    # as it was left, where there is room for it
    expect(page.locator("#report h3").first).to_be_visible()
    page.locator("#report [data-act=write]").click()
    expect(page.locator("#report textarea")).to_have_value("In two")
    page.keyboard.press("Escape")
    expect(page.locator("#report textarea")).to_have_count(0)
    expect(page.locator("#report [data-act=write]")).to_be_focused()


def test_the_hour_is_taken_along_as_files(server: Server, open_page: Opener, tmp_path: pathlib.Path) -> None:
    ask(attendee(server, open_page), QUESTION)
    page = looking_back(host(server, open_page))
    page.locator("#report summary").click()
    for name in ("send", "file", "xlsx", "json", "questions"):
        with page.expect_download() as coming:
            page.locator(f"#report [data-take={name}]").click()
        coming.value.save_as(tmp_path / name)
    assert QUESTION in (tmp_path / "send").read_text() and "Ana" not in (tmp_path / "send").read_text()
    assert "Ana" in (tmp_path / "file").read_text()
    (tmp_path / "xlsx").rename(tmp_path / "hour.xlsx")
    assert openpyxl.load_workbook(tmp_path / "hour.xlsx")["Questions"]["B2"].value == QUESTION
    with (tmp_path / "questions").open(encoding="utf-8-sig", newline="") as table:
        assert [row[1] for row in csv.reader(table)] == ["Question", QUESTION]


@pytest.mark.parametrize("locale", ["en-GB", "nl-NL"])
def test_the_report_is_read_on_a_page_of_its_own_in_both_languages(
    server: Server, open_page: Opener, locale: str
) -> None:
    ask(attendee(server, open_page), QUESTION)
    page = looking_back(host(server, open_page, locale=locale))
    with page.context.expect_page() as coming:
        page.locator("#report [data-act=read]").click()
    report = coming.value
    first, other = ("en", "nl") if locale == "en-GB" else ("nl", "en")
    expect(report.locator(f"article[lang={first}]").get_by_text(QUESTION).first).to_be_visible()
    expect(report.locator(f"article[lang={other}]")).to_be_hidden()
    report.locator(f"label[for=lang-{other}]").click()
    expect(report.locator(f"article[lang={other}] h1")).to_be_visible()
    # a reader without scripts; axe is one
    assert not report.evaluate("document.scripts.length")


@pytest.mark.parametrize("locale", ["en-GB", "nl-NL"])
def test_nothing_for_axe_to_find_on_a_desktop_nor_on_a_phone(
    server: Server, open_page: Opener, locale: str
) -> None:
    ask(attendee(server, open_page), QUESTION)
    page = looking_back(host(server, open_page, locale=locale))
    page.locator("#report [data-act=write]").click()
    check(page, "looking back")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    check(page, "looking back on a phone")
