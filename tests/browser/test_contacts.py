"""Contacts on screen: asked from a card, accepted, kept as a lead and taken along; a decline tells nobody."""

from __future__ import annotations

import csv
import io
import pathlib
import re
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
import vobject
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Opener
from tests.browser.contacts import ADA, ASKERS, ask, busy, card_of, request, to_part, to_tab
from tests.browser.missions import DEPOTS, Week, mission
from tests.browser.people import between_presses

ANKE = DEPOTS[0]


@pytest.fixture
def week(tmp_path: pathlib.Path) -> Iterator[Week]:
    with mission(tmp_path / "data", people=12) as week:
        yield week


@pytest.fixture
def busy_week(tmp_path: pathlib.Path) -> Iterator[Week]:
    with mission(tmp_path / "data", people=12, also=busy) as week:
        yield week


def taken(page: Page, way: str) -> pathlib.Path:
    """My leads as a file."""
    with page.expect_download() as told:
        page.locator(f"[data-way={way}]").click()
    between_presses(page)
    return pathlib.Path(told.value.path())


def says_its_email(page: Page, email: str) -> None:
    to_tab(page, "me")
    page.locator("#my-email").fill(email)
    page.locator(".me-form .form-foot .button.is-primary").click()
    expect(page.locator(".toast")).to_be_visible()


def test_one_asks_another_accepts_and_both_have_a_lead_to_write_on_and_take_along(
    week: Week, open_page: Opener
) -> None:
    ada = open_page(week.link(ADA))
    anke = open_page(week.link(ANKE), viewport=PHONE, locale="nl-NL")
    says_its_email(anke, "anke@bouwman.example")
    card = card_of(ada, ANKE)
    card.locator("[data-act=ask]").click()
    ready = ada.locator(".ask-reason")
    expect(ready).to_have_count(3)
    ready.first.click()
    expect(ada.locator("#ask-reason")).to_have_value("You offer Depot charging, which I am looking for.")
    expect(ada.locator("#ask-what")).to_contain_text("14 days")
    ada.get_by_role("button", name="Ask for contact").last.click()
    expect(card.locator("[data-standing=asked]")).to_contain_text("Asked, until")
    ada.keyboard.press("Escape")

    expect(anke.locator("[data-tab=contacts] .count")).to_contain_text("1")
    to_tab(anke, "contacts")
    expect(anke.get_by_role("heading", name="1 persoon vond je in de lijst van deelnemers")).to_be_visible()
    expect(request(anke, ADA)).to_contain_text("You offer Depot charging")
    request(anke, ADA).locator("[data-act=accept]").click()
    expect(anke.locator("[data-tab=contacts] .count")).to_have_count(0)
    to_part(anke, "leads")
    anke.locator(".lead-row a", has_text=ADA).click()
    expect(anke.locator(".lead-began")).to_contain_text("Uit de lijst van deelnemers")
    anke.locator(".lead-panel [data-way-to=messages]").click()
    expect(anke.locator("#panel-messages").get_by_role("textbox")).to_be_visible()

    to_tab(ada, "contacts")
    to_part(ada, "leads")
    ada.locator(".lead-row a", has_text=ANKE).click()
    pane = ada.locator(".lead-panel")
    expect(pane.get_by_role("link", name="anke@bouwman.example")).to_be_visible()
    pane.get_by_label("Next step").fill("Call about the depots")
    pane.get_by_label("By", exact=True).fill("2027-03-09")
    pane.get_by_label("Tags").fill("depots,")
    pane.get_by_label("Notes, for you alone").fill("=1+1 wants; an offer")
    expect(pane.locator(".lead-saved")).to_have_attribute("data-state", "saved")
    ada.reload()
    expect(pane.get_by_label("Notes, for you alone")).to_have_value("=1+1 wants; an offer")
    expect(ada.locator(".lead-row")).to_contain_text("Call about the depots")
    ada.locator(".leads-export").click()
    for lead in (semicolons(taken(ada, "csv_semicolon")), workbook(taken(ada, "xlsx"))):
        assert lead["Name"] == ANKE and lead["E-mail"] == "anke@bouwman.example"
        assert "wants; an offer" in lead["Notes"] and lead["Tags"] == "depots"
    for way, version in (("vcf4", "4.0"), ("vcf3", "3.0")):
        read = vobject.readOne(taken(ada, way).read_text())
        assert (read.fn.value, read.version.value) == (ANKE, version)
        assert read.email.value == "anke@bouwman.example"


def semicolons(file: pathlib.Path) -> dict[str, Any]:
    (row,) = csv.DictReader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";")
    return dict(row)


def workbook(file: pathlib.Path) -> dict[str, Any]:
    titles, row = openpyxl.load_workbook(io.BytesIO(file.read_bytes())).active.iter_rows(values_only=True)
    return dict(zip(titles, row, strict=True))


def test_who_asked_sees_nothing_of_a_decline(week: Week, open_page: Opener) -> None:
    ada, anke = open_page(week.link(ADA)), open_page(week.link(ANKE))
    ask(ada, ANKE, "Depot charging")
    ask(ada, DEPOTS[1], "Depot charging")
    to_tab(ada, "contacts")
    to_part(ada, "asked")
    expect(ada.locator(".request")).to_have_count(2)
    before = ada.locator("#panel-contacts").inner_text()
    to_tab(anke, "contacts")
    request(anke, ADA).locator("[data-act=decline]").click()
    expect(request(anke, ADA)).to_contain_text("They are not told")
    between_presses(anke)
    request(anke, ADA).locator("[data-act=decline-yes]").click()
    anke.mouse.move(2, 2)
    # it stands as it was answered until the list is left
    expect(request(anke, ADA).locator("[data-became=declined]")).to_be_visible()
    to_part(anke, "leads")
    to_part(anke, "requests")
    expect(anke.locator(".contacts-requests .requests-none")).to_contain_text("Nobody waits for your answer")
    ada.reload()
    expect(ada.locator(".request")).to_have_count(2)
    assert ada.locator("#panel-contacts").inner_text() == before
    expect(card_of(ada, ANKE).locator("[data-standing=asked]")).to_be_visible()


def test_what_one_asked_is_taken_back_from_the_list_or_the_card(week: Week, open_page: Opener) -> None:
    ada = open_page(week.link(ADA))
    ask(ada, ANKE, "Depot charging")
    ask(ada, DEPOTS[1], "Depot charging")
    to_tab(ada, "contacts")
    to_part(ada, "asked")
    request(ada, DEPOTS[1]).locator("[data-act=withdraw]").click()
    expect(ada.locator(".request [data-act=withdraw]")).to_have_count(1)
    card = card_of(ada, ANKE)
    card.locator("[data-act=withdraw]").click()
    expect(card.locator("[data-standing=open]")).to_be_visible()


def test_to_accept_all_asks_once_more_and_means_those_of_the_group(
    busy_week: Week, open_page: Opener
) -> None:
    ada = open_page(busy_week.link(ADA), viewport=PHONE)
    to_tab(ada, "contacts")
    expect(ada.locator(".request")).to_have_count(len(ASKERS))
    group = ada.locator(".request-head", has_text="found you in the list")
    group.locator("[data-act=accept-all]").click()
    dialog = ada.locator("#accept-all")
    expect(dialog).to_contain_text("Each of them gets your contact")
    ada.keyboard.press("Escape")
    expect(ada.locator(".request [data-act=accept]")).to_have_count(len(ASKERS))
    between_presses(ada)
    group.locator("[data-act=accept-all]").click()
    between_presses(ada)
    dialog.locator("[data-act=accept-all-yes]").click()
    expect(ada.locator(".request [data-act=accept]")).to_have_count(len(ASKERS) - 4)
    to_part(ada, "leads")
    expect(ada.locator(".lead-row")).to_have_count(3 + 4)


def test_whom_one_blocks_is_nowhere_and_is_not_told(busy_week: Week, open_page: Opener) -> None:
    ada, anke = open_page(busy_week.link(ADA)), open_page(busy_week.link(ANKE))
    to_tab(anke, "contacts")
    to_part(anke, "leads")
    expect(anke.locator(".lead-row")).to_have_count(1)
    to_tab(ada, "contacts")
    to_part(ada, "leads")
    ada.locator(".lead-row a", has_text=ANKE).click()
    ada.locator(".lead-panel [data-act=block]").click()
    between_presses(ada)
    ada.locator("#lead-parting [data-act=block-yes]").click()
    expect(ada.locator(".lead-row")).to_have_count(2)
    to_part(ada, "asked")
    expect(ada.locator(".request", has_text="Since")).to_have_count(2)
    to_tab(ada, "participants")
    ada.locator("#directory-search").fill(ANKE)
    expect(ada.locator(".dir-count")).to_have_text(re.compile("^0"))
    # she has what she had
    expect(anke.locator(".lead-row")).to_have_count(1)
    to_tab(ada, "contacts")
    to_part(ada, "asked")
    ada.locator(".request", has_text=ANKE).locator("[data-act=unblock]").click()
    to_part(ada, "leads")
    expect(ada.locator(".lead-row")).to_have_count(3)


def test_who_has_no_contacts_is_told_what_to_do(week: Week, open_page: Opener) -> None:
    ada = open_page(week.link(ADA, "tab=contacts"))
    expect(ada.locator(".leads-none .button")).to_have_text("Find who fits you")
    to_part(ada, "requests")
    expect(ada.locator(".contacts-requests")).to_contain_text("Nobody waits for your answer")
    to_part(ada, "asked")
    ada.locator(".contacts-asked .empty .button").click()
    expect(ada.locator(".match-note")).to_be_visible()
    to_tab(ada, "meetings")
    ada.locator(".meetings .empty .button", has_text="Find who fits you").click()
    expect(ada.locator(".match-note")).to_be_visible()


def test_on_a_narrow_phone_answers_stand_in_one_line_and_a_lead_begins_at_its_head(
    busy_week: Week, open_page: Opener
) -> None:
    ada = open_page(
        busy_week.link(ADA, "tab=contacts&show=requests&lang=nl"), viewport={"width": 345, "height": 700}
    )
    last = ada.locator(".request").last
    expect(last.locator(".request-acts button")).to_have_count(3)
    tops = last.locator(".request-acts button").evaluate_all("all => all.map((one) => one.offsetTop)")
    assert len(set(tops)) == 1, tops
    last.locator("[data-act=accept]").click()
    ada.locator(".request-became a").click()
    expect(ada.locator("#lead-name")).to_be_in_viewport(ratio=1)


def test_each_name_opens_their_own_card(week: Week, open_page: Opener) -> None:
    ada = open_page(week.link(ADA))
    for name in DEPOTS[:2]:
        card = card_of(ada, name)
        expect(card.get_by_role("heading", level=2)).to_have_text(name)
        ada.keyboard.press("Escape")
        between_presses(ada)


def test_what_is_written_survives_a_reload_before_it_is_saved(busy_week: Week, open_page: Opener) -> None:
    ada = open_page(busy_week.link(ADA, "tab=contacts&show=leads"), expect_faults=True)
    ada.locator(".lead-row a", has_text=ANKE).click()
    notes = ada.get_by_label("Notes, for you alone")
    ada.evaluate("""window.setTimeout = () => 0""")
    notes.fill("Not saved yet")
    expect(ada.locator(".lead-saved")).to_have_attribute("data-state", "typing")
    ada.reload()
    expect(notes).to_have_value("Not saved yet")
    expect(ada.locator(".lead-saved")).to_have_attribute("data-state", "saved")
    ada.evaluate("sessionStorage.clear()")
    ada.reload()
    expect(notes).to_have_value("Not saved yet")


def test_leads_are_found_by_words_tags_and_what_is_to_be_done(busy_week: Week, open_page: Opener) -> None:
    ada = open_page(busy_week.link(ADA, "tab=contacts&show=leads"))
    rows = ada.locator(".lead-row")
    expect(rows).to_have_count(3)
    ada.locator("[data-state=due]").click()
    expect(rows).to_have_count(1)
    ada.locator("[data-state=all]").click()
    ada.locator("#leads-search").fill("offer")
    expect(rows).to_have_count(1)
    ada.locator("#leads-search").fill("nobody at all")
    expect(ada.locator(".leads-none")).to_contain_text("No lead fits")
    ada.get_by_role("button", name="Show all").click()
    ada.locator("[data-tag=pilot]").click()
    expect(rows).to_have_count(1)
    rows.locator("a").click()
    ada.locator("#lead-done").check()
    expect(ada.locator(".lead-row.is-done")).to_have_count(1)


def test_by_keyboard_alone_one_is_accepted_and_the_next_is_at_hand(
    busy_week: Week, open_page: Opener
) -> None:
    ada = open_page(busy_week.link(ADA, "tab=contacts"))
    expect(ada.locator(".request")).to_have_count(len(ASKERS))
    ada.keyboard.press("Tab")
    # the list is one stop, in which arrows lead on
    stops = ada.locator(".request-list button:not([tabindex='-1'])")
    expect(stops).to_have_count(1)
    stops.focus()
    ada.keyboard.press("ArrowDown")
    ada.keyboard.press("ArrowDown")
    ada.keyboard.press("ArrowUp")
    first = request(ada, ASKERS[0])
    first.locator("[data-act=accept]").focus()
    ada.keyboard.press("Enter")
    expect(first.locator(".request-became")).to_be_visible()
    expect(ada.locator(".request [data-act=accept]")).to_have_count(len(ASKERS) - 1)
    expect(ada.locator(".request-list :focus")).to_have_count(1)
