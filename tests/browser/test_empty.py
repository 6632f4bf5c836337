"""Where there is nothing yet, what to do about it is one press away; or it says what will come."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Opener, Server
from tests.browser.people import arrival, between_presses, close_session, tab, through_the_door
from tests.browser.stage import Hall


def act(page: Page, place: str, name: str) -> None:
    """The one thing to do there."""
    buttons = page.locator(f"{place} .empty button")
    expect(buttons).to_have_count(1)
    expect(buttons).to_have_text(name)
    between_presses(page)
    buttons.click()


def test_the_greeting_desk_says_what_to_do_while_it_is_empty(server: Server, open_page: Opener) -> None:
    host = open_page(server.link("host", "Anna Bakker"))
    act(host, "#desk", "Write a welcome in the chat")
    composer = host.locator("#chat textarea")
    expect(composer).to_be_focused()
    expect(composer).to_have_value("Welcome! Say hello, and tell us where you are watching from.")
    composer.press("Enter")
    expect(host.locator(".message")).to_contain_text("Welcome!")
    through_the_door(open_page(server.link("attendee", "Ana de Vries")))
    search = host.get_by_role("searchbox")
    search.fill("nobody of this name")
    act(host, "#desk", "Show everybody again")
    expect(search).to_have_value("")
    host.mouse.move(2, 2)
    arrival(host, "Ana").locator("[data-act=greet]").click()
    host.mouse.move(2, 2)
    expect(arrival(host, "Ana")).to_have_count(0)
    act(host, "#desk", "Show those greeted, too")
    expect(arrival(host, "Ana")).to_be_visible()


def test_an_attendees_empty_lists_have_one_act_or_say_what_will_come(
    server: Server, open_page: Opener
) -> None:
    ana = open_page(server.link("attendee", "Ana de Vries"), viewport=PHONE)
    through_the_door(ana)
    tab(ana, "Chat")
    act(ana, "#place-chat", "Say hello")
    expect(ana.get_by_role("textbox", name="Your message")).to_be_focused()
    tab(ana, "Questions")
    expect(ana.locator("#place-questions .empty")).to_contain_text("No questions yet")
    expect(ana.locator("#place-questions button:visible")).to_have_text(["Ask a question"])
    tab(ana, "Polls")
    expect(ana.locator("#place-polls .empty")).to_contain_text("When a host opens one, it appears here")
    tab(ana, "People")
    ana.locator("#people-search").fill("nobody of this name")
    act(ana, "#place-people", "Show everybody again")
    expect(ana.locator("#people-search")).to_be_focused()
    expect(ana.locator(".person", has_text="Ana de Vries")).to_be_visible()


def test_after_the_end_nobody_is_asked_to_vote(server: Server, open_page: Opener) -> None:
    ana = open_page(server.link("attendee", "Ana de Vries"))
    through_the_door(ana)
    with Hall(server, open_page) as hall:
        hall.host.do("open_session")
        hall.poll("What holds you back?", ["Money", "Time"])
        expect(ana.locator(".poll-above")).to_be_visible()
        hall.host.do("close_session")
        expect(ana.locator(".poll-above")).to_have_count(0)
        tab(ana, "Polls")
        expect(ana.locator(".poll")).to_contain_text("What holds you back?")
        expect(ana.locator(".poll").get_by_role("button")).to_have_count(0)
        stage = hall.screen()
        expect(stage.locator("#screen")).to_have_attribute("data-shows", "holding")
        expect(stage.locator("#screen")).to_contain_text("Thank you for being here")


def test_after_the_end_nothing_is_asked_for_any_more(server: Server, open_page: Opener) -> None:
    host = open_page(server.link("host", "Anna Bakker"))
    ana = open_page(server.link("attendee", "Ana de Vries"))
    through_the_door(ana)
    host.get_by_role("button", name="Open session").click()
    between_presses(host)
    close_session(host)
    for name, words in (
        ("Chat", "Nobody said anything"),
        ("Questions", "No questions were asked"),
        ("Polls", "There were no polls"),
    ):
        tab(ana, name)
        place = ana.locator(f"#place-{name.lower()}")
        expect(place.locator(".empty")).to_contain_text(words)
        expect(place.locator(".empty button")).to_have_count(0)
