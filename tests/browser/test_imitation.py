"""Who is called like a host that came later is marked wherever they are named, and the host is told, once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener, Server
from tests.browser.people import arrival, ask, card, press, say, tab, through_the_door

NAME = "Anna Bakker"
MARK = "Not a host"
QUESTION = "Who pays for the cable?"


@pytest.fixture
def imitator(server: Server, open_page: Opener) -> Page:
    """Somebody who was here first, has said and asked something, and has raised a hand."""
    page = open_page(server.link("attendee", NAME, organisation="Voltline"))
    through_the_door(page)
    say(page, "Hello all")
    ask(page, QUESTION)
    page.get_by_role("button", name="Raise hand").click()
    return page


def comes_in(server: Server, open_page: Opener, name: str, width: dict[str, int]) -> Page:
    page = open_page(server.link("attendee", name), viewport=width)
    through_the_door(page)
    return page


@pytest.mark.parametrize("width", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_attendees_see_who_is_no_host(
    server: Server, open_page: Opener, imitator: Page, width: dict[str, int]
) -> None:
    ben = comes_in(server, open_page, "Ben", width)
    tab(ben, "Chat")
    said = ben.locator(".message").filter(has_text="Hello all")
    expect(said).to_be_visible()
    expect(ben.get_by_text(MARK)).to_have_count(0)
    host = open_page(server.link("host", NAME))
    host.get_by_role("button", name="Open session").click()
    expect(said.get_by_text(MARK)).to_be_visible()
    host.locator("textarea[name=text]").fill("Welcome")
    host.keyboard.press("Enter")
    welcome = ben.locator(".message").filter(has_text="Welcome")
    expect(welcome.locator(".badge.is-host")).to_have_text("Host")
    expect(welcome.get_by_text(MARK)).to_have_count(0)
    tab(ben, "People")
    expect(ben.locator(".person").filter(has_text="Voltline").get_by_text(MARK)).to_be_visible()
    expect(ben.locator(".person").get_by_text(MARK)).to_have_count(1)
    tab(ben, "Questions")
    expect(ben.locator(".question").filter(has_text=QUESTION).get_by_text(MARK)).to_be_visible()


def test_the_host_is_told_once_and_shown_the_way_to_them(
    server: Server, open_page: Opener, imitator: Page
) -> None:
    host = open_page(server.link("host", NAME))
    toast = host.locator(".toast").filter(has_text=f"{NAME} is called like a host")
    expect(toast).to_be_visible()
    expect(arrival(host, NAME).get_by_text(MARK)).to_be_visible()
    expect(card(host, QUESTION).get_by_text(MARK)).to_be_visible()
    expect(host.locator(".hands").get_by_text(MARK)).to_be_visible()
    expect(host.locator(".message").filter(has_text="Hello all").get_by_text(MARK)).to_be_visible()
    toast.get_by_role("button", name="Who is this?").click()
    dialog = host.get_by_role("dialog")
    expect(dialog).to_contain_text("is called like somebody who leads this session")
    dialog.get_by_role("button", name="Cancel").click()
    comes_in(server, open_page, "Ben", DESKTOP)
    expect(arrival(host, "Ben")).to_be_visible()
    expect(toast).to_have_count(0)


def test_on_stage_it_stands_beside_the_name(server: Server, open_page: Opener, imitator: Page) -> None:
    host = open_page(server.link("host", NAME))
    stage = open_page(server.link("stage", "Stage"))
    host.get_by_role("button", name="Open session").click()
    press(host, QUESTION, "queue")
    press(host, QUESTION, "spotlight")
    expect(stage.locator(".asker").get_by_text(MARK)).to_be_visible()
    expect(imitator.locator(".spotlight").get_by_text(MARK)).to_be_visible()
    host.locator("#now").get_by_role("button", name="Answered").click()
    expect(stage.locator(".recent").get_by_text(MARK)).to_be_visible()
