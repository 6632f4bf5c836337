"""Ends at real screens: who is removed reads why, a second device is asked, who leaves is gone."""

from __future__ import annotations

import re
import signal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Opener, Server
from tests.browser.people import arrival, between_presses, say, through_the_door


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def at_the_desk(host: Page, name: str) -> None:
    arrival(host, name).get_by_role("button", name=f"Remove {name}").click()
    expect(dialog(host).get_by_role("button", name="Cancel")).to_be_focused()
    between_presses(host)


def remove(host: Page, name: str, reason: str) -> None:
    at_the_desk(host, name)
    dialog(host).get_by_role("textbox", name="Reason").fill(reason)
    dialog(host).get_by_role("button", name=f"Remove {name}", exact=True).click()


def here(page: Page) -> None:
    """Through the door, and known to the session."""
    through_the_door(page)
    say(page, "Good morning")
    expect(page.locator("#panel-chat")).to_contain_text("Good morning")


def settings(page: Page) -> Locator:
    page.get_by_role("button", name="Settings and keys").click()
    between_presses(page)
    return dialog(page)


@pytest.fixture
def host(server: Server, open_page: Opener) -> Page:
    page = open_page(server.link("host", "Anna Bakker"))
    page.get_by_role("button", name="Open session").click()
    return page


def test_who_is_removed_reads_why_and_comes_back_when_it_is_undone(
    server: Server, open_page: Opener, host: Page
) -> None:
    ana = open_page(server.link("attendee", "Ana"), expect_faults=True)
    through_the_door(ana)
    say(ana, "Buy my boats")
    remove(host, "Ana", "Advertisements <b>again</b>")
    expect(ana.get_by_role("heading", name="A host has removed you from this session")).to_be_visible()
    expect(ana.locator("q")).to_have_text("Advertisements <b>again</b>")
    expect(host.locator(".removed button")).to_have_text("1 removed")
    expect(host.get_by_text("Buy my boats")).to_be_visible()
    ana.wait_for_timeout(3_000)
    expect(ana.get_by_role("heading", name="A host has removed you")).to_be_visible()
    ana.reload()
    expect(ana.get_by_role("heading", name="A host has removed you")).to_be_visible()
    toast = host.locator(".toast").filter(has_text="Removed: Ana")
    toast.get_by_role("button", name=re.compile("Undo")).click()
    expect(host.locator(".removed")).to_have_count(0)
    ana.get_by_role("button", name="Try again").click()
    say(ana, "Thank you")
    expect(host.get_by_text("Thank you")).to_be_visible()


def test_who_was_removed_long_ago_is_let_in_again_from_the_list(
    server: Server, open_page: Opener, host: Page
) -> None:
    ana = open_page(server.link("attendee", "Ana"), expect_faults=True)
    through_the_door(ana)
    remove(host, "Ana", "Loud")
    expect(ana.get_by_role("heading", name="A host has removed you")).to_be_visible()
    host.reload()
    host.locator(".removed button").click()
    expect(dialog(host)).to_contain_text("by Anna Bakker")
    between_presses(host)
    host.get_by_role("button", name="Let in again: Ana").click()
    expect(host.locator(".removed")).to_have_count(0)
    ana.get_by_role("button", name="Try again").click()
    expect(ana.get_by_role("tab", name="Chat")).to_be_visible()


def test_the_dialog_that_ends_a_stay_does_nothing_by_a_press_or_an_enter_too_many(
    server: Server, open_page: Opener, host: Page
) -> None:
    ana = open_page(server.link("attendee", "Ana"))
    through_the_door(ana)
    expect(arrival(host, "Ana")).to_be_visible()
    before = server.position()
    arrival(host, "Ana").get_by_role("button", name="Remove Ana").dblclick()
    expect(dialog(host)).to_be_visible()
    host.keyboard.press("Escape")
    expect(dialog(host)).to_be_hidden()
    between_presses(host)
    at_the_desk(host, "Ana")
    host.keyboard.press("Enter")
    expect(dialog(host)).to_be_hidden()
    host.keyboard.press("Enter")
    # as long as a command would take
    between_presses(host)
    assert server.position() == before


def test_a_renewed_link_is_shown_to_the_host_and_the_old_one_says_so(
    server: Server, open_page: Opener, host: Page
) -> None:
    old = server.link("attendee", "Ana")
    ana = open_page(old, expect_faults=True)
    through_the_door(ana)
    at_the_desk(host, "Ana")
    dialog(host).get_by_role("button", name="Renew link").click()
    field = dialog(host).get_by_role("textbox", name="The new link")
    expect(field).to_have_value(re.compile("/session/.*#"))
    expect(ana.get_by_role("heading", name="Your link was replaced by a new one")).to_be_visible()
    stranger = open_page(old, expect_faults=True)
    expect(stranger.get_by_role("heading", name="Your link was replaced by a new one")).to_be_visible()
    ana.goto(field.input_value())
    ana.get_by_role("button", name="Yes, I am Ana").click()
    say(ana, "It is me")
    expect(host.get_by_text("It is me")).to_be_visible()


def test_a_second_device_is_asked_and_the_first_is_told_and_can_end_it(
    server: Server, open_page: Opener
) -> None:
    link = server.link("attendee", "Ana", organisation="Engines")
    first = open_page(link)
    here(first)
    second = open_page(link, viewport=PHONE, dark=True, expect_faults=True)
    expect(second.get_by_role("heading", name="This is Ana’s link")).to_be_visible()
    assert "#" not in second.url
    second.get_by_role("button", name="Yes, I am Ana").click()
    expect(second.get_by_role("tab", name="Chat")).to_be_visible()
    notice = first.locator(".notice").filter(has_text="another device: Chrome on")
    expect(notice).to_be_visible()
    between_presses(first)
    notice.get_by_role("button", name="No, sign it out").click()
    expect(notice).to_have_count(0)
    expect(second.get_by_role("heading", name="You were signed out on this device")).to_be_visible()
    say(first, "Still here")


def test_somebody_else_by_the_same_link_is_another_person(server: Server, open_page: Opener) -> None:
    link = server.link("attendee", "Ana", organisation="Engines")
    ana = open_page(link)
    here(ana)
    bob = open_page(link, expect_faults=True)
    bob.get_by_role("button", name="No, I am somebody else").click()
    expect(bob.get_by_role("textbox", name="Name", exact=True)).to_have_value("")
    bob.get_by_role("textbox", name="Name", exact=True).fill("Bob")
    through_the_door(bob)
    say(bob, "I am Bob")
    expect(ana.locator("#panel-chat")).to_contain_text("Bob")
    expect(ana.locator(".notice").filter(has_text="as another person")).to_be_visible()
    ana.reload()
    expect(ana.get_by_text("I am Bob")).to_be_visible()


def test_nobody_else_leads_by_a_hosts_link(server: Server, open_page: Opener) -> None:
    link = server.link("host", "Anna Bakker")
    expect(open_page(link).get_by_role("button", name="Open session")).to_be_visible()
    other = open_page(link, expect_faults=True)
    other.get_by_role("button", name="No, I am somebody else").click()
    expect(other.get_by_role("heading", name="This link is for leading the session")).to_be_visible()


def test_who_leaves_is_out_in_all_tabs_and_comes_back_by_the_link(server: Server, open_page: Opener) -> None:
    link = server.link("attendee", "Ana")
    ana = open_page(link, expect_faults=True)
    through_the_door(ana)
    tab = ana.context.new_page()
    tab.goto(ana.url)
    expect(tab.get_by_role("tab", name="Chat")).to_be_visible()
    box = settings(ana)
    expect(box.locator(".devices li")).to_contain_text("this one")
    box.get_by_role("button", name="Leave").click()
    between_presses(ana)
    box.get_by_role("button", name="Yes, leave").click()
    expect(ana.get_by_role("heading", name="Goodbye")).to_be_visible()
    expect(tab.get_by_role("heading", name="You were signed out on this device")).to_be_visible()
    assert ana.context.cookies() == []
    ana.goto(link)
    ana.get_by_role("button", name="Yes, I am Ana").click()
    expect(ana.get_by_role("tab", name="Chat")).to_be_visible()


def test_settings_open_and_leaving_is_answered_where_no_network_is(server: Server, open_page: Opener) -> None:
    ana = open_page(server.link("attendee", "Ana"), viewport=PHONE, expect_faults=True)
    through_the_door(ana)
    ana.wait_for_load_state("networkidle")
    ana.context.set_offline(True)
    server.stop(signal.SIGKILL)
    # which covers no button
    expect(ana.locator(".link-bar")).to_be_visible()
    box = settings(ana)
    expect(box.get_by_role("radio", name="Dark")).to_be_visible()
    ana.keyboard.press("Escape")
    between_presses(ana)
    ana.get_by_role("button", name="Leave").click()
    expect(ana.locator(".toast")).to_contain_text("cannot be reached")
    ana.context.set_offline(False)
    server.start()
    expect(ana.locator(".link-bar")).to_be_hidden()
    ana.get_by_role("button", name="Leave").click()
    expect(ana.get_by_role("dialog").get_by_role("button", name="Yes, leave")).to_be_visible()


def test_who_is_asked_whether_to_leave_while_the_network_goes_is_told_and_stays(
    server: Server, open_page: Opener
) -> None:
    ana = open_page(server.link("attendee", "Ana"), viewport=PHONE, expect_faults=True)
    through_the_door(ana)
    ana.wait_for_load_state("networkidle")
    ana.get_by_role("button", name="Leave").click()
    sure = dialog(ana).get_by_role("button", name="Yes, leave")
    expect(sure).to_be_visible()
    between_presses(ana)
    ana.context.set_offline(True)
    server.stop(signal.SIGKILL)
    sure.click()
    expect(ana.get_by_role("heading", name="One moment please")).to_be_visible()
    expect(ana.get_by_text("cannot be reached")).to_be_visible()
    ana.context.set_offline(False)
    server.start()
    between_presses(ana)
    # nobody was signed out, and the way on is the one that is shown
    ana.get_by_role("button", name="Try again").click()
    expect(ana.get_by_role("tab", name="Chat")).to_be_visible()


def test_the_words_are_dutch_where_the_page_is(server: Server, open_page: Opener) -> None:
    link = server.link("attendee", "Ana")
    here(open_page(link))
    anders = open_page(link, locale="nl-NL", viewport=PHONE, expect_faults=True)
    expect(anders.get_by_role("heading", name="Dit is de link van Ana")).to_be_visible()
    anders.get_by_role("button", name="Ja, ik ben Ana").click()
    anders.get_by_role("button", name="Instellingen").click()
    expect(anders.locator(".devices li")).to_have_count(2)
    assert anders.evaluate("document.documentElement.scrollWidth <= innerWidth")
