"""A participant's pages: the week with one press to enter, a directory that finds a partner, and oneself."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Opener, until
from tests.browser.missions import DEPOTS, TAGS, Week, mission
from tests.browser.people import between_presses


@pytest.fixture
def week(tmp_path: pathlib.Path) -> Iterator[Week]:
    with mission(tmp_path / "data", people=300) as week:
        yield week


def tab(page: Page, name: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name=name).click()


def names(page: Page, count: int) -> list[str]:
    """Of the first cards."""
    expect(page.locator(".person-card").first).to_be_visible()
    return page.locator(".person-card h3 a").all_inner_texts()[:count]


def found(page: Page, words: str) -> None:
    expect(page.locator(".dir-count")).to_have_text(re.compile(words))


def test_a_company_that_seeks_a_partner_finds_three_among_three_hundred_with_the_reasons(
    week: Week, open_page: Opener
) -> None:
    page = open_page(week.link("Ada Vries"))
    tab(page, "Participants")
    found(page, r"^3\d\d participants")
    page.get_by_role("button", name="Who fits me").click()
    expect(page.locator(".match-note")).to_have_text(re.compile("^3 offer what you seek"))
    assert sorted(names(page, 3)) == sorted(DEPOTS)
    # the others are told apart, and nothing is promised of them
    expect(page.locator(".dir-rest")).to_contain_text("nothing they offer or seek fits")
    assert page.locator(".dir-cards > li").nth(3).get_attribute("class") == "dir-rest"
    reasons = page.locator(".person-card.is-fitting .reasons")
    expect(reasons).to_have_count(3)
    assert all(reason.startswith("You seek, they offer:") for reason in reasons.all_inner_texts())
    page.locator(".person-card h3 a").first.click()
    card = page.get_by_role("dialog")
    expect(card.get_by_role("heading", level=2)).to_have_text(names(page, 1)[0])
    expect(card.locator(".reasons")).to_contain_text(re.compile("|".join(TAGS)))


def test_what_is_looked_for_stands_in_the_address_and_back_leads_back(week: Week, open_page: Opener) -> None:
    page = open_page(week.link("Bea Smit", "tab=participants"))
    search = page.get_by_role("searchbox", name="Search participants")
    found(page, r"^3\d\d participants")
    search.press_sequentially("chraging depto", delay=20)
    found(page, r"^\d\d? participants")
    expect(search).to_be_focused()
    expect(search).to_have_value("chraging depto")
    assert "q=chraging+depto" in page.url
    before = page.locator(".dir-count").inner_text()
    page.get_by_role("group", name="Country").get_by_label("Netherlands").check()
    expect(page).to_have_url(re.compile("country=NL"))
    expect(page.get_by_role("group", name="Country").get_by_label("Netherlands")).to_be_focused()
    copied = page.url
    page.go_back()
    expect(page.locator(".dir-count")).to_have_text(before)
    expect(search).to_have_value("chraging depto")
    page.goto(copied)
    expect(page.get_by_role("group", name="Country").get_by_label("Netherlands")).to_be_checked()


def test_where_nobody_is_found_the_filter_to_leave_out_is_a_press_away(week: Week, open_page: Opener) -> None:
    page = open_page(week.link("Cas Bos", "tab=participants&country=NL&q=xyzzy"), locale="nl-NL")
    found(page, "0 deelnemers")
    page.get_by_role("button", name="Zonder “xyzzy”").click()
    found(page, r"1\d\d deelnemers")
    assert "q=" not in page.url and "country=NL" in page.url


def test_pages_and_kept_filters_lead_there_again(week: Week, open_page: Opener) -> None:
    page = open_page(week.link("Dia Mol", "tab=participants&kind=sme"))
    page.get_by_role("link", name="Next").click()
    expect(page).to_have_url(re.compile("page=2"))
    second = names(page, 3)
    page.get_by_role("button", name="Saved").click()
    page.get_by_role("textbox", name="Save these filters as").fill("Companies")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Clear all").click()
    found(page, r"^3\d\d participants")
    page.reload()
    page.get_by_role("button", name="Saved").click()
    page.get_by_role("button", name="Companies", exact=True).click()
    expect(page).to_have_url(re.compile("kind=sme"))
    assert names(page, 3) != second


def test_an_organisation_has_a_page_with_its_people(week: Week, open_page: Opener) -> None:
    page = open_page(week.link("Eva Kok", "tab=participants&q=Bouwman"))
    page.get_by_role("link", name="Bouwman Energy").first.click()
    expect(page.get_by_role("heading", level=2, name="Bouwman Energy")).to_be_visible()
    expect(page.locator(".org-page .person-card")).to_have_count(1)
    page.get_by_role("link", name="All participants").click()
    found(page, r"^3\d\d participants")


def test_who_is_on_now_is_one_press_away_also_on_a_phone_in_dutch(week: Week, open_page: Opener) -> None:
    page = open_page(week.link("Maya Chen"), viewport=PHONE, locale="nl-NL", zone="America/Los_Angeles")
    now = page.locator(".now-card.is-live")
    expect(now).to_contain_text("Depots without a heavier grid")
    expect(now.locator(".slot-there")).to_contain_text("The Hague")
    # as the mission calls where they are, whatever city a zone is named by
    expect(page.locator(".week-zone")).to_contain_text("San Francisco")
    expect(page.get_by_role("link", name="Organiseren")).to_have_count(0)
    now.get_by_role("link", name="Naar binnen").click()
    expect(page).to_have_url(re.compile("/session/depots"))
    expect(page.locator("#tab-chat")).to_be_visible()


def test_who_leads_comes_to_the_hosts_page(week: Week, open_page: Opener) -> None:
    page = open_page(week.link(DEPOTS[0]))
    page.locator(".now-card").get_by_role("link", name="Lead this session").click()
    expect(page).to_have_url(re.compile("/host/depots"))
    expect(page.locator("#desk")).to_be_visible()


def test_sessions_that_are_mine_are_marked_and_followed(week: Week, open_page: Opener) -> None:
    page = open_page(week.link("Fay Wu"))
    page.get_by_role("button", name="I’ll be there: Shore power").click()
    mine = page.get_by_role("region", name="My sessions")
    expect(mine).to_contain_text("Shore power in small ports")
    with page.expect_download() as file:
        mine.get_by_role("link", name="Calendar file").click()
    assert "SUMMARY:Shore power in small ports" in pathlib.Path(file.value.path()).read_text()
    mine.get_by_role("button", name="Follow in my calendar").click()
    expect(page.locator("#feed-address")).to_have_value(re.compile(r"/feed/.+\.ics$"))
    page.get_by_role("button", name="I’ll be there: Shore power").click()
    expect(mine).to_contain_text("Press “I’ll be there”")


def test_my_card_is_previewed_kept_while_i_write_and_seen_by_others(week: Week, open_page: Opener) -> None:
    me = open_page(week.link("Luis Ortega", "tab=me"))
    other = open_page(week.link("Hal Ray", "tab=participants"))
    me.get_by_role("textbox", name="In one line").fill("Chargers that wait for the sun")
    expect(me.locator(".me-preview .person-card")).to_contain_text("Chargers that wait for the sun")
    me.get_by_label("I seek").fill("Sunny depots")
    me.get_by_label("I seek").press("Enter")
    me.reload()
    expect(me.get_by_role("textbox", name="In one line")).to_have_value("Chargers that wait for the sun")
    me.get_by_role("textbox", name="E-mail").fill("nonsense")
    me.get_by_role("button", name="Save").click()
    expect(me.locator("#my-email-note")).to_contain_text("An e-mail address looks like")
    expect(me.get_by_role("textbox", name="E-mail")).to_be_focused()
    me.get_by_role("textbox", name="E-mail").fill("luis@example.org")
    me.get_by_role("button", name="Save").click()
    expect(me.locator(".toast")).to_have_text("Saved; everybody sees it now")
    other.get_by_role("searchbox", name="Search participants").fill("sunny depots")
    found(other, "^1 participant$")
    expect(other.locator(".person-card")).to_contain_text("Chargers that wait for the sun")


def test_a_switch_is_felt_at_once(week: Week, open_page: Opener) -> None:
    me = open_page(week.link("Ivo Pex", "tab=me"))
    other = open_page(week.link("Jet Lam", "tab=participants"))
    other.get_by_role("searchbox", name="Search participants").fill("Ivo Pex")
    expect(other.locator(".person-card h3").first).to_contain_text("Ivo Pex")
    me.get_by_role("switch", name="In the list of participants").click()
    expect(me.locator(".me-preview")).to_contain_text("You are not in the list now")
    other.get_by_role("button", name="Clear all").click()
    expect(other.get_by_role("searchbox", name="Search participants")).to_have_value("")
    other.get_by_role("searchbox", name="Search participants").fill("Ivo Pex Voltline")
    expect(other.locator(".dir-cards").get_by_role("link", name="Ivo Pex")).to_have_count(0)
    between_presses(me)
    me.get_by_role("switch", name="In the list of participants").click()
    expect(me.locator(".me-preview")).to_contain_text("to everybody who takes part")


def test_who_leaves_is_out_at_once_and_the_last_organiser_stays(
    tmp_path: pathlib.Path, open_page: Opener
) -> None:
    with mission(tmp_path / "data", people=2) as week:
        link = week.link("Ori Olsen", "tab=me").replace("/organise/", "/mission/")
        ori, luis = open_page(link), open_page(week.link("Luis Ortega", "tab=me"), expect_faults=True)
        for page in (ori, luis):
            page.get_by_role("button", name="Leave the mission").click()
            page.get_by_role("dialog").get_by_role("button", name="Yes, leave").click()
        expect(ori.get_by_role("dialog")).to_contain_text("This is the only organiser")
        expect(luis.get_by_role("heading", level=1)).to_contain_text(re.compile("left", re.I))
        ori.get_by_role("button", name="Stay").click()
        tab(ori, "Participants")
        found(ori, r"^\d+ participants")
        # and their own page is a press away, here alone
        ori.get_by_role("link", name="Organise", exact=True).click()
        expect(ori.locator(".organise-tabs")).to_be_visible()


def test_a_partner_is_found_by_keyboard_alone(week: Week, open_page: Opener) -> None:
    page = open_page(week.link("Gus Vos", "tab=participants"))
    expect(page.locator(".person-card").first).to_be_visible()
    page.get_by_role("searchbox", name="Search participants").focus()
    page.keyboard.type("depot charging")
    expect(page).to_have_url(re.compile(r"depot\+charging"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Who fits me")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".match-note")).to_be_visible()
    expect(page.locator(".person-card.is-fitting").nth(1)).to_be_attached()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("Boolean(document.activeElement.closest('.person-card'))"):
            break
    first = page.evaluate("document.activeElement.textContent.trim()")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.textContent.trim()")
    assert first in DEPOTS and second in DEPOTS and first != second
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("heading", level=2)).to_have_text(second)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    until(lambda: page.evaluate("document.activeElement.textContent.trim()") == second, "the focus is back")
