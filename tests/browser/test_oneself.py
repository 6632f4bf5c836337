"""Oneself: how one is known is corrected from within and seen by all at once; and a way out, in sight."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Opener, Server
from tests.browser.people import arrival, ask, between_presses, press, say, tab, through_the_door
from tests.browser.test_door import SIZES, in_sight
from tests.browser.test_screens import violations


def press_live(host: Page, act: str) -> None:
    host.locator(f"#now [data-act={act}]").click()


def myself(page: Page) -> None:
    page.get_by_role("button", name="My name and introduction").click()


def test_a_name_is_corrected_from_within_and_seen_by_all_at_once(server: Server, open_page: Opener) -> None:
    host = open_page(server.link("host", "Anna Bakker"))
    host.get_by_role("button", name="Open session").click()
    ben = open_page(server.link("attendee", "Ben Ruiz"))
    through_the_door(ben)
    tab(ben, "People")
    robin = open_page(server.link("attendee", "Robin Janssen"), viewport=PHONE)
    through_the_door(robin)
    ask(robin, "Who pays for the quay?")
    expect(ben.locator(".person").filter(has_text="Robin Janssen")).to_be_visible()
    press(host, "Who pays", "spotlight")
    tab(robin, "Chat")
    say(robin, "Am I heard?")
    stage = open_page(server.link("stage", "OBS"), viewport={"width": 960, "height": 540})
    expect(stage.locator(".screen-main")).to_contain_text("Robin Janssen")
    expect(host.locator(".messages")).to_contain_text("Robin Janssen")
    myself(robin)
    robin.get_by_role("textbox", name="Name", exact=True).fill("Robin Jansen")
    robin.get_by_role("textbox", name="How my name is said").fill("ROB-in YAN-sen")
    robin.get_by_role("textbox", name="Organisation").fill("Slimmebocht")
    robin.get_by_role("combobox", name="Kind of organisation").select_option("sme")
    robin.get_by_role("combobox", name="Country").select_option("NL")
    robin.get_by_role("textbox", name="What I do, in one line").fill("Bends that charge")
    robin.get_by_role("button", name="Save").click()
    expect(robin.get_by_role("dialog")).to_be_hidden()
    expect(ben.locator(".person").filter(has_text="Robin Jansen")).to_contain_text("Netherlands")
    expect(ben.locator(".person").filter(has_text="Robin Jansen")).to_contain_text("Bends that charge")
    expect(ben.get_by_text("Robin Janssen")).to_have_count(0)
    expect(arrival(host, "Robin Jansen")).to_contain_text("ROB-in YAN-sen")
    expect(arrival(host, "Robin Jansen")).to_contain_text("Slimmebocht")
    # who is live, and what was said, are called so by now
    for page, place in ((host, "#now"), (host, ".messages"), (stage, ".screen-main"), (robin, ".messages")):
        expect(page.locator(place)).to_contain_text("Robin Jansen")
        expect(page.locator(place)).not_to_contain_text("Robin Janssen")
    expect(ben.locator(".spotlight").first).to_contain_text("Robin Jansen")
    press_live(host, "answer")
    expect(stage.locator(".screen-rail")).to_contain_text("Robin Jansen")
    tab(robin, "Chat")
    say(robin, "Good that this was right in the end")
    expect(host.locator(".messages")).to_contain_text("Good that this")
    # and so it stays
    robin.reload()
    myself(robin)
    expect(robin.get_by_role("textbox", name="Name", exact=True)).to_have_value("Robin Jansen")
    expect(robin.get_by_role("combobox", name="Kind of organisation")).to_have_value("sme")
    assert violations(robin) == []


def test_what_is_refused_stands_at_its_field_and_nothing_is_lost(server: Server, open_page: Opener) -> None:
    robin = open_page(server.link("attendee", "Robin Jansen"), expect_faults=True)
    through_the_door(robin)
    myself(robin)
    name = robin.get_by_role("textbox", name="Name", exact=True)
    name.fill("Robin (host)")
    robin.get_by_role("textbox", name="What I do, in one line").fill("Bends that charge")
    robin.get_by_role("button", name="Save").click()
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_be_focused()
    name.fill("Robin J.")
    between_presses(robin)
    robin.get_by_role("button", name="Save").click()
    expect(robin.get_by_role("dialog")).to_be_hidden()
    tab(robin, "People")
    expect(robin.locator(".me")).to_contain_text("Robin J.")


@pytest.mark.parametrize("size", SIZES)
def test_saving_and_leaving_are_in_sight(server: Server, open_page: Opener, size: str) -> None:
    robin = open_page(server.link("attendee", "Robin Jansen"), viewport=SIZES[size])
    through_the_door(robin)
    assert in_sight(robin, robin.get_by_role("button", name="Leave"))
    myself(robin)
    assert in_sight(robin, robin.get_by_role("button", name="Save"))


def test_who_leaves_is_nobody_here_any_more_and_is_told_the_way_back(
    server: Server, open_page: Opener
) -> None:
    host = open_page(server.link("host", "Anna Bakker"))
    link = server.link("attendee", "Robin Jansen")
    robin = open_page(link, viewport=PHONE, expect_faults=True)
    through_the_door(robin)
    address = robin.url
    robin.get_by_role("button", name="Leave").click()
    dialog = robin.get_by_role("dialog")
    dialog.get_by_role("button", name="Stay").click()
    expect(dialog).to_be_hidden()
    between_presses(robin)
    robin.get_by_role("button", name="Leave").click()
    between_presses(robin)
    dialog.get_by_role("button", name="Yes, leave").click()
    expect(robin.get_by_role("heading", name="Goodbye")).to_be_visible()
    expect(robin.get_by_text("Open the link from your invitation")).to_be_visible()
    assert violations(robin) == []
    assert robin.context.cookies() == []
    expect(arrival(host, "Robin Jansen")).to_have_count(0)
    # the next one at this computer is nobody, and the link brings its owner back
    robin.goto(address)
    expect(robin.get_by_role("heading", name="Please open your own link")).to_be_visible()
    robin.goto(link)
    robin.get_by_role("button", name="Yes, I am Robin Jansen").click()
    expect(robin.get_by_role("tab", name="Chat")).to_be_visible()
