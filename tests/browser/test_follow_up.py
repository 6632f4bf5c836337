"""What leads remind of, and leads that colleagues share: on phone and desktop; nothing to find for axe."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.missions import DEPOTS, SEEKERS, Week, done_by, for_a_module
from tests.browser.test_axe import check
from webinar_server.live.room import Room
from webinar_server.mission.contacts import DAY_MS, HOUR_MS
from webinar_server.mission.participants import Participant

LONG_AGO = 3 * DAY_MS + 2 * HOUR_MS
ADA, BEA, CAS, DIA = SEEKERS[:4]
"""All of one organisation."""


async def happened(room: Room) -> None:
    """Three days and more ago Ada, Cas and Dia each got in contact with the three of the depots."""
    ids = {one.name: one.id for one in room.state.all(Participant)}
    for name in (ADA, CAS, DIA):
        for at, whom in enumerate(DEPOTS):
            id = f"{name[:3]}{at}"
            asked = {"whom": ids[whom], "where": "directory"}
            await done_by(room, ids[name], id, "ask_contact", ago=LONG_AGO, **asked)
            await done_by(room, ids[whom], "", "accept_contacts", ago=LONG_AGO, requests=[id])


week = for_a_module(also=happened)


def is_within(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize(("name", "viewport"), [(ADA, DESKTOP), (CAS, PHONE)], ids=["desktop", "phone"])
def test_leads_remind_until_something_is_done_and_as_far_as_one_wants(
    week: Week, open_page: Opener, name: str, viewport: Any
) -> None:
    page = open_page(week.link(name, "tab=contacts&show=leads"), viewport=viewport)
    rows = page.locator(".reminders li")
    expect(rows).to_have_count(3)
    check(page, "reminders")
    assert is_within(page)
    rows.first.locator("[data-act=known]").press("Enter")
    expect(rows).to_have_count(2)
    rows.first.locator("a").click()
    page.locator("#lead-step").fill("Call on Monday")
    page.locator("#lead-step").press("Tab")
    if viewport == PHONE:
        page.locator(".lead-back a").click()
    expect(rows).to_have_count(1)
    page.locator("[data-act=reminders]").click()
    check(page, "reminders that one wants")
    mail = page.locator("#reminders-mail")
    expect(mail).to_be_checked()
    mail.uncheck()
    page.reload()
    page.locator("[data-act=reminders]").click()
    expect(page.locator("#reminders-mail")).not_to_be_checked()
    expect(page.locator("#reminders-three")).to_be_checked()


def test_colleagues_read_each_others_leads_once_both_agree_and_until_one_ends_it(
    week: Week, open_page: Opener
) -> None:
    there = "tab=contacts&show=colleagues"
    bea = open_page(week.link(BEA, there), viewport=DESKTOP)
    bea.locator("[name=colleague]").select_option(label=DIA)
    bea.locator("[data-act=ask]").click()
    expect(bea.locator("#sharing")).to_contain_text("Your notes, tags and reasons")
    check(bea, "what is shared")
    bea.locator("#sharing [data-act=share]").click()
    expect(bea.locator(".sharing-open")).to_contain_text(DIA)
    dia = open_page(week.link(DIA, "tab=contacts&show=leads"), viewport=PHONE)
    dia.locator("[data-act=colleagues]").click()
    expect(dia.locator(".sharing-open")).to_contain_text(BEA)
    check(dia, "asked to share")
    assert is_within(dia)
    dia.locator("[data-act=agree]").click()
    dia.locator("#sharing [data-act=share]").click()
    rows = bea.locator(".sharing-list .lead-row")
    expect(rows).to_have_count(3)
    expect(bea.locator(".sharing-list")).to_contain_text(DEPOTS[0])
    check(bea, "shared")
    dia.locator(".sharing-list [data-act=end]").click()
    expect(bea.locator(".sharing-list")).to_have_count(0)
    expect(bea.locator("[name=colleague]")).to_be_visible()
