"""Words that deceive are refused at every field, and what would be taken stands beside it, one press away."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Opener, Server
from tests.browser.people import say, tab, through_the_door

REVERSED = "Who \u202epays"
TAKEN = "Who pays"


@pytest.fixture
def ana(server: Server, open_page: Opener) -> Page:
    page = open_page(server.link("attendee", "Ana"), viewport=PHONE, expect_faults=True)
    expect(page.get_by_role("button", name="Come in")).to_be_visible()
    return page


def take(page: Page, words: str = TAKEN) -> None:
    page.get_by_role("button", name="Take this instead").filter(has_text=words).click()


def test_the_door_offers_the_name_without_what_deceives(server: Server, ana: Page) -> None:
    name = ana.get_by_role("textbox", name="Name", exact=True)
    name.fill("Ana\u202e de Vries")
    ana.get_by_role("button", name="Come in").click()
    expect(ana.get_by_text("reverse the reading direction")).to_be_visible()
    take(ana, "Ana de Vries")
    expect(name).to_be_focused()
    expect(name).to_have_value("Ana de Vries")
    ana.wait_for_timeout(700)
    through_the_door(ana)


def test_a_message_and_a_question_go_again_as_they_would_be_taken(
    server: Server, open_page: Opener, ana: Page
) -> None:
    through_the_door(ana)
    host = open_page(server.link("host", "Anna Bakker"))
    host.get_by_role("button", name="Open session").click()
    say(ana, REVERSED)
    take(ana)
    expect(host.locator(".messages").get_by_text(TAKEN, exact=True)).to_be_visible()
    expect(ana.locator(".message.is-failed")).to_have_count(0)
    tab(ana, "Questions")
    ana.get_by_role("button", name="Ask a question").click()
    ana.get_by_role("textbox", name="Your question").fill(REVERSED)
    ana.get_by_role("button", name="Hand in").click()
    take(ana)
    expect(host.locator(".card").filter(has_text=TAKEN)).to_be_visible()
    expect(ana.locator(".question.is-failed")).to_have_count(0)


def test_an_introduction_takes_what_is_offered_into_its_field(server: Server, ana: Page) -> None:
    through_the_door(ana)
    tab(ana, "People")
    ana.get_by_role("button", name="My name and introduction").click()
    pitch = ana.locator("#my-pitch")
    pitch.fill(REVERSED)
    ana.get_by_role("button", name="Save").click()
    take(ana)
    expect(pitch).to_have_value(TAKEN)
    ana.wait_for_timeout(700)
    ana.get_by_role("button", name="Save").click()
    expect(ana.get_by_role("dialog")).to_be_hidden()


def test_a_host_gets_their_words_back_as_they_would_be_taken(server: Server, open_page: Opener) -> None:
    host = open_page(server.link("host", "Anna Bakker"))
    field = host.get_by_role("textbox", name="Write to everybody")
    field.fill(REVERSED)
    field.press("Enter")
    expect(field).to_have_value(TAKEN)
    expect(host.locator(".toast")).to_contain_text("left out")
    host.wait_for_timeout(700)
    field.press("Enter")
    expect(host.locator(".messages").get_by_text(TAKEN, exact=True)).to_be_visible()
