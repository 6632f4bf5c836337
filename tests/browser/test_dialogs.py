"""While a dialog is open all outside of it is inert: so what is said to those who listen, and what can be
pressed, is in it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Server
from tests.browser.people import arrival, ask, between_presses, press, through_the_door

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
