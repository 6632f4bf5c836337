"""While a dialog is open all outside of it is inert: so what is said to those who listen, and what can be
pressed, is in it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Server
from tests.browser.people import arrival, ask, between_presses, press, through_the_door
from webinar_server.web.http.static import folder

HEARD = """() => { globalThis.heard = [];
  new MutationObserver(() => {
    const region = document.getElementById("announcements");
    const open = document.querySelector("dialog[open]");
    if (region?.textContent && open?.contains(region)) heard.push(region.textContent);
  }).observe(document, { subtree: true, childList: true, characterData: true }); }"""


def heard(page: Page, words: str) -> None:
    page.wait_for_function("words => heard.some((one) => one.includes(words))", arg=words)


def test_who_has_the_settings_open_hears_that_they_are_next_and_greeted_and_of_a_poll(
    server: Server, open_page: Opener
) -> None:
    host = open_page(server.link("host", "Anna Bakker"))
    ana = open_page(server.link("attendee", "Ana de Vries"))
    through_the_door(ana)
    ask(ana, "Who pays for the grid connection?")
    host.get_by_role("button", name="Open session").click()
    ana.get_by_role("button", name="Settings and keys").click()
    ana.evaluate(HEARD)
    press(host, "grid", "deck")
    heard(ana, "next")
    arrival(host, "Ana").locator("[data-act=greet]").click()
    heard(ana, "Anna Bakker")
    # somebody comes in by the same link, which is told in the page behind the dialog
    ana.keyboard.press("Escape")
    expect(ana.locator("dialog #announcements, dialog #place-toasts")).to_have_count(0)
    expect(ana.locator("#announcements")).to_be_attached()


def test_toasts_can_be_pressed_while_a_dialog_is_open(server: Server, open_page: Opener) -> None:
    host = open_page(server.link("host", "Anna Bakker"))
    ana = open_page(server.link("attendee", "Ana de Vries"))
    through_the_door(ana)
    host.get_by_role("button", name="Open session").click()
    arrival(host, "Ana").locator("[data-act=greet]").click()
    between_presses(host)
    # one that was there before the dialog, and then one that came after
    host.get_by_role("button", name="Session settings").click()
    toast = host.locator("dialog[open] .toast", has_text="Ana")
    toast.get_by_role("button", name="Undo").click()
    undone = host.locator("dialog[open] .toast", has_text="Taken back")
    expect(undone).to_be_visible()
    between_presses(host)
    undone.get_by_role("button").last.click()
    expect(undone).to_have_count(0)
    expect(host.locator("dialog[open]")).to_be_visible()
    host.keyboard.press("Escape")
    expect(host.locator("body > section > #toasts")).to_be_attached()


def test_a_notice_of_another_device_is_heard_in_a_dialog_and_covers_no_button(
    server: Server, open_page: Opener
) -> None:
    link = server.link("host", "Anna Bakker")
    host = open_page(link)
    host.get_by_role("button", name="Session settings").click()
    host.evaluate(HEARD)
    second = open_page(link, expect_faults=True)
    second.get_by_role("button", name="Yes, I am Anna").click()
    heard(host, "device")
    host.keyboard.press("Escape")
    notice = host.locator(".notice")
    expect(notice).to_be_visible()
    covered = notice.evaluate(
        """(notice) => [...document.querySelectorAll("#top button, #now button, #now a")].filter((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect();
        const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return right > left && notice.contains(at); }).map((one) => one.textContent)"""
    )
    assert covered == []


def _leaving(server: Server, open_page: Opener) -> Page:
    page = open_page(server.link("attendee", "Ana de Vries"))
    through_the_door(page)
    page.get_by_role("button", name="Leave").click()
    return page


def _device(server: Server, open_page: Opener) -> Page:
    link = server.link("attendee", "Ana de Vries")
    page = open_page(link)
    through_the_door(page)
    other = open_page(link, expect_faults=True)
    other.get_by_role("button", name="Yes, I am Ana").click()
    other.get_by_role("button", name="Settings and keys").click()
    other.locator("#devices").get_by_role("button", name=re.compile("^Sign out")).first.click()
    return other


def _notice(server: Server, open_page: Opener) -> Page:
    link = server.link("attendee", "Ana de Vries")
    page = open_page(link)
    through_the_door(page)
    other = open_page(link, expect_faults=True)
    other.get_by_role("button", name="Yes, I am Ana").click()
    expect(page.locator("#place-notice .sure")).to_be_visible()
    return page


def _host(server: Server, open_page: Opener) -> Page:
    host = open_page(server.link("host", "Anna Bakker"))
    host.get_by_role("button", name="Open session").click()
    between_presses(host)
    return host


def _ending(server: Server, open_page: Opener) -> Page:
    host = _host(server, open_page)
    host.get_by_role("button", name="Close session").click()
    return host


def _removing(server: Server, open_page: Opener) -> Page:
    through_the_door(open_page(server.link("attendee", "Ana de Vries")))
    host = _host(server, open_page)
    arrival(host, "Ana").hover()
    arrival(host, "Ana").locator("[data-act=ends]").click()
    return host


def _stage_links(server: Server, open_page: Opener) -> Page:
    host = _host(server, open_page)
    host.get_by_role("button", name="Session settings").click()
    host.get_by_role("button", name="End earlier links").click()
    return host


ASKED = (_leaving, _device, _notice, _ending, _removing, _stage_links)


@pytest.mark.parametrize("asked", ASKED)
def test_the_way_back_stands_first_wherever_something_is_asked(
    server: Server, open_page: Opener, asked: Callable[[Server, Opener], Page]
) -> None:
    page = asked(server, open_page)
    row = page.locator("#place-notice .sure" if asked is _notice else "dialog[open] .sure")
    expect(row).to_have_count(1)
    back, go = row.get_by_role("button").all()
    expect(go).to_have_class(re.compile("is-danger"))
    expect(back).not_to_have_class(re.compile("is-danger"))
    places = [button.bounding_box() for button in (back, go)]
    assert places[0] and places[1]
    assert (places[0]["y"], places[0]["x"]) < (places[1]["y"], places[1]["x"])
    if asked is not _notice:
        expect(back).to_be_focused()
    else:
        expect(back).not_to_be_focused()


ASKING = {"mission/leads/parting.js", "mission/participants/mine.js"}
"""Whose button looks like that and only leads to being asked."""


def test_what_ends_something_is_asked_in_one_place() -> None:
    button = re.compile(r'class="button[^>]*is-danger')
    scripts = (path for path in folder().rglob("*.js") if button.search(path.read_text()))
    found = {path.relative_to(folder()).as_posix() for path in scripts}
    assert found - ASKING == {"parts/sure.js"} and found > ASKING
