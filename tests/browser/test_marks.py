"""The mark of who leads: filled, with a shape, on every page; nothing that people write is drawn so."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, Opener, Server
from tests.browser.people import ask, press, say, tab, through_the_door

QUESTION = "Who pays for the cable?"
FILLED = """() => [...document.querySelectorAll("bdi, .soft, .message-text, .message-from, .person-pitch")]
  .filter((one) => getComputedStyle(one).backgroundColor !== "rgba(0, 0, 0, 0)").length"""


def look(page: Page, name: str) -> None:
    """A picture to look at, where PICTURES names a folder."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png")


@pytest.fixture
def host(server: Server, open_page: Opener) -> Page:
    host = open_page(server.link("host", "Eva Maes"))
    host.get_by_role("button", name="Open session").click()
    host.locator("textarea[name=text]").fill("Welcome")
    host.keyboard.press("Enter")
    return host


def test_the_mark_of_hosts_is_nobody_elses_on_every_page(
    server: Server, open_page: Opener, host: Page
) -> None:
    eve = open_page(
        server.link("attendee", "Eve Maas", organisation="Charging Hosts of Utrecht"), viewport=DESKTOP
    )
    through_the_door(eve)
    tab(eve, "Chat")
    say(eve, "✔ HOST Hello")
    welcome = eve.locator(".message").filter(has_text="Welcome")
    mark = welcome.locator(".badge.is-host")
    expect(mark).to_have_text("Host")
    shape = mark.evaluate("(one) => getComputedStyle(one, '::before').clipPath")
    assert shape.startswith("polygon"), "a shield is drawn before the word"
    assert mark.evaluate("(one) => getComputedStyle(one).backgroundColor") != "rgba(0, 0, 0, 0)"
    expect(eve.locator(".message").filter(has_text="Hello").locator(".badge")).to_have_count(0)
    look(eve, "chat")
    ask(eve, QUESTION)
    tab(eve, "People")
    expect(eve.locator(".person .badge.is-host")).to_have_count(1)
    assert eve.evaluate(FILLED) == 0
    look(eve, "people")
    expect(host.locator(".message .badge.is-host")).to_have_count(1)
    look(host, "host")


def test_a_pitch_that_claims_to_lead_is_refused_where_it_is_written(
    server: Server, open_page: Opener, host: Page
) -> None:
    eve = open_page(server.link("attendee", "Eve Maas"), viewport=DESKTOP)
    through_the_door(eve)
    tab(eve, "People")
    eve.get_by_role("button", name="My name and introduction").click()
    eve.locator("#my-pitch").fill("Host of this session")
    eve.get_by_role("button", name="Save").click()
    expect(eve.get_by_text("This says that you lead this session")).to_be_visible()
    eve.locator("#my-pitch").fill("We host charging sites")
    eve.get_by_role("button", name="Save").click()
    expect(eve.locator(".person").filter(has_text="Eve Maas")).to_contain_text("We host charging sites")
    look(eve, "pitch")


def test_a_hosts_own_question_is_marked_on_stage(server: Server, open_page: Opener, host: Page) -> None:
    speaker = open_page(server.link("speaker", "Sam Vos"))
    ask(speaker, QUESTION)
    stage = open_page(server.link("stage", "Stage"))
    expect(speaker.locator(".question").filter(has_text=QUESTION).first).to_be_visible()
    press(host, QUESTION, "queue")
    press(host, QUESTION, "spotlight")
    expect(stage.locator(".asker .asker-leads")).to_have_text("Speaker")
    expect(speaker.locator(".spotlight .badge.is-host")).to_have_text("Speaker")
    look(stage, "stage")
