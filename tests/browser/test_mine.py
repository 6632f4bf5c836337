"""Oneself in a mission: who sees what of me, the way to my card from a session, and leaving a browser."""

from __future__ import annotations

import pathlib
import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Opener, until
from tests.browser.missions import Week, for_a_module, mission

week = for_a_module(people=5)


def entered(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^Enter|^Naar binnen")).click()
    expect(page.get_by_role("tab", name="Chat")).to_be_visible()


def test_from_a_session_ones_own_card_is_changed_where_it_is_the_missions(
    week: Week, open_page: Opener
) -> None:
    page = open_page(week.link("Ada Vries"))
    entered(page)
    page.get_by_role("tab", name="People").click()
    change = page.get_by_role("link", name="Change my name or introduction")
    expect(change).to_have_attribute("href", re.compile(r"^/mission/ev-2027\?as=.*&tab=me$"))
    page.get_by_role("button", name="My name and introduction").click()
    card = page.get_by_role("dialog")
    expect(card.get_by_role("heading", level=2)).to_contain_text("Ada Vries")
    with page.context.expect_page() as opened:
        card.get_by_role("link", name="Change my name or introduction").click()
    me = opened.value
    expect(me.get_by_role("textbox", name="Name", exact=True)).to_have_value("Ada Vries")
    me.get_by_role("textbox", name="Name", exact=True).fill("Ada de Vries")
    me.get_by_role("button", name="Save").click()
    expect(card.get_by_role("heading", level=2)).to_contain_text("Ada de Vries")


def test_what_others_see_of_me_is_said_beside_it_and_so_is_what_hosts_see(
    week: Week, open_page: Opener
) -> None:
    page = open_page(week.link("Bea Smit"))
    entered(page)
    page.get_by_role("tab", name="People").click()
    # the session knows that she came
    expect(page.locator(".people")).to_contain_text("Bea Smit")
    page.get_by_role("link", name="This week").click()
    page.get_by_role("link", name="Me", exact=True).click()
    expect(page.get_by_text("Everybody who takes part sees this:")).to_be_visible()
    expect(page.get_by_text("Only the organisers see this:")).to_be_visible()
    mine = page.get_by_role("region", name="What hosts see of my week")
    expect(mine.get_by_role("listitem")).to_contain_text(["Depots without a heavier grid"])


def test_who_signs_out_here_is_nobody_in_this_browser_and_the_link_leads_back(
    week: Week, open_page: Opener
) -> None:
    link = week.link("Cas Bos", "tab=me")
    page = open_page(link, viewport=PHONE, locale="nl-NL", expect_faults=True)
    page.get_by_role("button", name="Meld me hier af").click()
    page.get_by_role("dialog").get_by_role("button", name="Ja, meld me af").click()
    expect(page.get_by_role("heading", level=1, name="Tot ziens")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name=re.compile("link opnieuw"))).to_be_visible()
    page.goto(link)
    page.get_by_role("button", name="Ja, ik ben Cas Bos").click()
    expect(page.get_by_role("textbox", name="Naam", exact=True)).to_have_value("Cas Bos")


def test_who_leaves_the_mission_leaves_no_way_in_behind(tmp_path: pathlib.Path, open_page: Opener) -> None:
    with mission(tmp_path / "data", people=2) as week:
        page = open_page(week.link("Luis Ortega", "tab=me"), expect_faults=True)
        page.get_by_role("button", name="Leave the mission").click()
        assert page.context.cookies()
        page.get_by_role("dialog").get_by_role("button", name="Yes, leave").click()
        expect(page.get_by_role("heading", level=1, name="You left this mission")).to_be_visible()
        until(lambda: not page.context.cookies(), "the cookie is gone")


def test_who_erases_themself_writes_a_word_first_and_is_nobody_afterwards(
    week: Week, open_page: Opener
) -> None:
    link = week.link("Eva Kok", "tab=me")
    page = open_page(link, viewport=PHONE, locale="nl-NL", expect_faults=True)
    page.get_by_role("button", name="Wis mij").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Wis mij").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Schrijf “wis”")
    dialog.get_by_role("textbox").fill("wis")
    dialog.get_by_role("button", name="Wis mij").click()
    expect(page.get_by_role("heading", level=1, name="Je bent gewist")).to_be_visible()
    # which was asked for: nothing went wrong that could be tried again
    expect(page.locator("#problem").get_by_role("button")).to_have_count(0)
    expect(page.locator("#problem").get_by_role("link")).to_have_text("Naar de startpagina")
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("gewist")
