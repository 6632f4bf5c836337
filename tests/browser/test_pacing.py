"""The pace of the chat at real screens: turned by a host, kept where one writes, told to who waits."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opener, Server
from tests.browser.people import arrival, between_presses, say, through_the_door


@pytest.fixture
def host(server: Server, open_page: Opener) -> Page:
    page = open_page(server.link("host", "Anna Bakker"))
    page.get_by_role("button", name="Open session").click()
    return page


@pytest.fixture
def ana(server: Server, open_page: Opener) -> Page:
    page = open_page(server.link("attendee", "Ana"))
    through_the_door(page)
    return page


def pace(host: Page) -> Locator:
    host.get_by_role("button", name="Pace of the chat").click()
    between_presses(host)
    return host.get_by_role("dialog")


def close(host: Page) -> None:
    host.get_by_role("dialog").get_by_role("button", name="Close", exact=True).click()
    between_presses(host)


def test_in_a_slow_chat_the_line_keeps_what_one_writes_and_counts_down(ana: Page, host: Page) -> None:
    pace(host).get_by_label("Slow down").select_option("60")
    expect(ana.get_by_text("The chat goes slowly: one message every 60 seconds.")).to_be_visible()
    say(ana, "First")
    expect(ana.locator(".messages")).to_contain_text("First")
    box = ana.get_by_role("textbox", name="Your message")
    box.fill("Second")
    expect(ana.get_by_role("button", name="Send, possible in")).to_be_visible()
    # where the page has forgotten that it waits, the refusal brings the words back
    ana.reload()
    expect(box).to_have_value("Second")
    box.press("Enter")
    expect(ana.get_by_role("button", name="Send, possible in")).to_be_visible()
    expect(box).to_have_value("Second")
    expect(ana.locator(".unsent .message")).to_have_count(0)
    host.get_by_role("dialog").get_by_label("Slow down").select_option("0")
    expect(ana.get_by_text("The chat goes slowly")).to_have_count(0)


def test_what_waits_is_told_to_its_writer_and_let_go_or_stopped_by_a_host(
    ana: Page, host: Page, server: Server, open_page: Opener
) -> None:
    ben = open_page(server.link("attendee", "Ben"))
    through_the_door(ben)
    dialog = pace(host)
    dialog.get_by_label("Words that have").fill("lottery\nfree money")
    dialog.get_by_role("button", name="Save the words").click()
    close(host)
    say(ana, "A lottery for all")
    expect(ana.get_by_text("It has a word at which hosts look first.")).to_be_visible()
    expect(host.get_by_text("has a word of your list")).to_be_visible()
    say(ana, "Good morning")
    expect(ben.locator(".messages")).to_contain_text("Good morning")
    expect(ben.locator("body")).not_to_contain_text("lottery")
    host.get_by_role("button", name="Let it go: Ana").click()
    expect(ben.locator(".messages")).to_contain_text("A lottery for all")
    expect(ana.get_by_text("It has a word")).to_have_count(0)
    say(ana, "Free money!")
    host.get_by_role("button", name="Stop: Ana").click()
    expect(ana.get_by_text("Hidden by a host; only you and the hosts see it.")).to_be_visible()
    toast = host.locator(".toast").filter(has_text="Stopped")
    toast.get_by_role("button", name="Undo").click()
    expect(ben.locator(".messages")).to_contain_text("Free money!")


def test_who_is_to_be_quiet_is_told_how_long_and_why_on_every_page_and_keeps_their_words(
    server: Server, open_page: Opener, host: Page
) -> None:
    link = server.link("attendee", "Ana")
    ana = open_page(link)
    through_the_door(ana)
    arrival(host, "Ana").get_by_role("button", name="Remove Ana").click()
    between_presses(host)
    dialog = host.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Why? They are told.").fill("One link is enough <b>")
    dialog.get_by_role("button", name="Quiet for now").click()
    expect(ana.get_by_text("A host asked you to be quiet for a while")).to_be_visible()
    expect(ana.get_by_text("Why: One link is enough <b>")).to_be_visible()
    expect(arrival(host, "Ana")).to_contain_text("quiet until")
    say(ana, "But")
    expect(ana.get_by_role("textbox", name="Your message")).to_have_value("But")
    ana.reload()
    expect(ana.get_by_text("Why: One link is enough <b>")).to_be_visible()
    host.locator(".toast").filter(has_text="Quiet for now").get_by_role("button", name="Undo").click()
    expect(ana.get_by_text("A host asked you to be quiet")).to_have_count(0)
    expect(arrival(host, "Ana")).not_to_contain_text("quiet until")
