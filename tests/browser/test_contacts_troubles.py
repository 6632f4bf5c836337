"""What goes wrong when people have little time: pressed twice, pressed wrongly, in another language in the
middle, without a line, in two windows, and with names that are long or run from the right."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.contacts import ADA, ASKERS, LEADS, busy, id_of, request, to_part, to_tab
from tests.browser.missions import Week, command, done_by, mission
from tests.browser.people import between_presses
from tests.browser.test_axe import check
from webinar_server.live.room import Room
from webinar_server.live.saying import say

LONG = "Maximiliana Theodora van der Wuestenhausen-Grevenbroich Ruiz"
ARABIC = "عبد الرحمن بن محمد الخوارزمي"
NAMES = (LONG, ARABIC, "Zoë 🚲 de Fietser")
HOUSE = "Internationale Vereniging voor Elektrische Binnenvaart en Havens"
ZOOMED = {"width": 640, "height": 400}
"""A screen of 1280 x 800 at 200 %."""

REFLOWED = {"width": 320, "height": 256}
"""The same at 400 %."""


async def named(room: Room) -> None:
    """Three with such names ask, and each is a lead after; one of them wrote."""
    ada = id_of(room, ADA)
    for name in NAMES:
        await say(room, command("apply", admitted=True, name=name, organisation=HOUSE, country="NL"))
        one = id_of(room, name)
        await done_by(room, one, f"c-{one}", "ask_contact", whom=ada, where="directory", reason=HOUSE)
    known = id_of(room, LONG)
    await done_by(room, ada, "", "accept_contacts", requests=[f"c-{known}"])
    await done_by(room, known, "m1", "write", to=ada, text=f"{HOUSE} {HOUSE}")


@pytest.fixture
def week(tmp_path: pathlib.Path) -> Iterator[Week]:
    with mission(tmp_path / "data", people=12, also=busy) as week:
        yield week


def asked(page: Page) -> None:
    expect(page.locator(".request [data-act=accept]")).to_have_count(len(ASKERS))


def test_who_presses_twice_answers_one(week: Week, open_page: Opener) -> None:
    ada = open_page(week.link(ADA, "tab=contacts"), viewport=PHONE)
    asked(ada)
    there = ada.url
    ada.locator(".request [data-act=accept]").first.dblclick()
    expect(ada.locator(".request [data-became=accepted]")).to_have_count(1)
    ada.locator(".request [data-act=later]").first.dblclick()
    expect(ada.locator(".request [data-became=later]")).to_have_count(1)
    expect(ada.locator(".request [data-act=accept]")).to_have_count(len(ASKERS) - 2)
    ada.locator(".request [data-act=decline]").first.dblclick()
    expect(ada.locator(".request-sure")).to_be_visible()
    expect(ada.locator(".request [data-became=declined]")).to_have_count(0)
    assert ada.url == there


def test_who_pressed_wrongly_goes_back_and_a_reload_changes_nothing(week: Week, open_page: Opener) -> None:
    ada = open_page(week.link(ADA, "tab=contacts"), viewport=PHONE, locale="nl-NL", dark=True)
    asked(ada)
    one = request(ada, ASKERS[0])
    one.locator("[data-act=decline]").click()
    expect(one.locator(".request-sure")).to_contain_text("niet verteld")
    check(ada, "afwijzen")
    one.locator("[data-act=back]").click()
    expect(one.locator("[data-act=accept]")).to_be_visible()
    between_presses(ada)
    one.locator("[data-act=decline]").click()
    ada.reload()
    asked(ada)
    one.locator("[data-act=later]").click()
    expect(one.locator("[data-became=later]")).to_be_visible()
    ada.reload()
    # who was put off stands below the others, and is accepted all the same
    last = ada.locator(".request").last
    expect(last).to_contain_text(ASKERS[0])
    last.locator("[data-act=accept]").click()
    expect(last.locator("[data-became=accepted]")).to_be_visible()


def test_in_another_language_in_the_middle_all_stands_as_it_did(week: Week, open_page: Opener) -> None:
    ada = open_page(week.link(ADA, "tab=contacts"), viewport=DESKTOP)
    asked(ada)
    request(ada, ASKERS[0]).locator("[data-act=accept]").click()
    expect(request(ada, ASKERS[0]).locator("[data-became=accepted]")).to_contain_text("Accepted")
    request(ada, ASKERS[1]).locator("[data-act=decline]").click()
    ada.locator("#place-menu").get_by_role("button", name=re.compile("NL|Nederlands")).click()
    expect(request(ada, ASKERS[0]).locator("[data-became=accepted]")).to_contain_text("Geaccepteerd")
    sure = request(ada, ASKERS[1]).locator(".request-sure")
    expect(sure.locator("[data-act=decline-yes]")).to_have_text("Afwijzen")
    sure.locator("[data-act=decline-yes]").click()
    expect(request(ada, ASKERS[1]).locator("[data-became=declined]")).to_contain_text("niet verteld")
    expect(request(ada, ASKERS[2]).locator("[data-act=accept]")).to_have_text("Accepteren")


def test_who_answers_without_a_line_is_told_that_it_is_on_its_way_and_it_is_done_once(
    week: Week, open_page: Opener
) -> None:
    ada = open_page(week.link(ADA, "tab=contacts"), viewport=PHONE, locale="nl-NL")
    asked(ada)
    week.server.stop()
    first, second = request(ada, ASKERS[0]), request(ada, ASKERS[1])
    first.locator("[data-act=accept]").click()
    expect(first.locator("[data-became=sending]")).to_have_text(re.compile("Onderweg"))
    second.locator("[data-act=decline]").click()
    between_presses(ada)
    second.locator("[data-act=decline-yes]").click()
    expect(second.locator("[data-became=sending]")).to_be_visible()
    check(ada, "onderweg")
    week.server.start()
    expect(first.locator("[data-became=accepted]")).to_be_visible()
    expect(second.locator("[data-became=declined]")).to_be_visible()
    to_part(ada, "leads")
    expect(ada.locator(".lead-row", has_text=ASKERS[0])).to_have_count(1)


def test_one_person_in_two_windows_sees_the_same_and_answers_once(week: Week, open_page: Opener) -> None:
    ada = open_page(week.link(ADA, "tab=contacts"))
    asked(ada)
    other = ada.context.new_page()
    other.goto(ada.url)
    asked(other)
    request(ada, ASKERS[0]).locator("[data-act=accept]").click()
    expect(request(other, ASKERS[0])).to_have_count(0)
    # at the same moment, in both, or where it is still there: it is done once
    for page in (ada, other):
        page.evaluate(
            """(name) => [...document.querySelectorAll(".request")]
              .find((one) => one.textContent.includes(name))?.querySelector("[data-act=accept]")?.click()""",
            ASKERS[1],
        )
    for page in (ada, other):
        expect(page.locator(".request [data-act=accept]")).to_have_count(len(ASKERS) - 2)
        to_part(page, "leads")
        expect(page.locator(".lead-row", has_text=ASKERS[1])).to_have_count(1)


def test_who_is_blocked_on_a_phone_in_dutch_is_gone_and_comes_back(week: Week, open_page: Opener) -> None:
    ada = open_page(week.link(ADA, "tab=messages"), viewport=PHONE, locale="nl-NL", dark=True)
    ada.locator(".talk-row").get_by_role("link", name=LEADS[0]).click()
    # the name has room: what is seldom done is one press further
    expect(ada.locator(".talk-head h2")).to_have_text(LEADS[0])
    assert ada.locator(".talk-head h2").evaluate("(one) => one.scrollWidth <= one.clientWidth")
    ada.get_by_role("button", name=f"Meer over {LEADS[0]}").click()
    ada.locator("#lead-parting [data-act=block]").click()
    check(ada, "blokkeren")
    between_presses(ada)
    ada.locator("#lead-parting").get_by_role("button", name="Toch niet").click()
    between_presses(ada)
    ada.get_by_role("button", name=f"Meer over {LEADS[0]}").click()
    ada.locator("#lead-parting [data-act=block]").click()
    between_presses(ada)
    ada.locator("#lead-parting [data-act=block-yes]").click()
    expect(ada.locator("dialog[open]")).to_have_count(0)
    expect(ada.locator(".talk-row").get_by_role("link", name=LEADS[0])).to_have_count(0)
    to_tab(ada, "contacts")
    to_part(ada, "asked")
    ada.locator(".request", has_text=LEADS[0]).locator("[data-act=unblock]").click()
    to_part(ada, "leads")
    expect(ada.locator(".lead-row", has_text=LEADS[0])).to_have_count(1)


@pytest.mark.parametrize("size", [PHONE, ZOOMED, REFLOWED, DESKTOP], ids=["phone", "200%", "400%", "desktop"])
def test_long_names_and_those_from_the_right_fit(
    tmp_path: pathlib.Path, open_page: Opener, size: dict[str, int]
) -> None:
    with mission(tmp_path / "data", people=2, also=named) as week:
        ada = open_page(week.link(ADA, "tab=contacts&show=requests"), viewport=size, locale="nl-NL")
        expect(ada.locator(".request")).to_have_count(2)
        fits(ada, "requests")
        request(ada, ARABIC).locator("[data-act=accept]").click()
        expect(ada.locator("[data-became=accepted]")).to_be_visible()
        to_part(ada, "leads")
        expect(ada.locator(".lead-row")).to_have_count(2)
        fits(ada, "leads")
        between_presses(ada)
        ada.locator(".lead-row a", has_text=LONG).click()
        expect(ada.locator(".lead-panel [data-act=meet]")).to_be_visible()
        fits(ada, "a lead")
        between_presses(ada)
        ada.locator(".lead-panel [data-act=meet]").click()
        expect(ada.locator(".meet-hour").first).to_be_visible()
        fits(ada, "proposing to meet")
        ada.keyboard.press("Escape")
        between_presses(ada)
        ada.locator(".lead-panel [data-way-to=messages]").click()
        expect(ada.locator(".talk-text")).to_be_visible()
        fits(ada, "a conversation")


def fits(page: Page, state: str) -> None:
    wide = page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll("dialog[open]")]
          .filter((one) => one.scrollWidth > one.clientWidth)
          .flatMap((one) => [...one.querySelectorAll("*")]
            .filter((each) => each.getBoundingClientRect().right > innerWidth)
            .map((each) => each.className))"""
    )
    assert wide == [], f"{state} is too wide"
