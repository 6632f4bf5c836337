"""Being greeted: a card that lies over nothing, for a while; and a wave back that the hosts see."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener, Server, until
from tests.browser.people import arrival, tab, through_the_door
from tests.browser.test_door import SIZES, in_sight

KEYBOARD = SIZES["phone with a keyboard"]
OPTIONS = [f"Option {number}, with some words" for number in range(1, 9)]


def boxes_overlap(one: Locator, other: Locator) -> bool:
    a, b = one.bounding_box(), other.bounding_box()
    assert a is not None and b is not None
    apart = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
    return not (apart or a["y"] + a["height"] <= b["y"] + 0.5 or b["y"] + b["height"] <= a["y"] + 0.5)


def hosting(server: Server, open_page: Opener) -> Page:
    host = open_page(server.link("host", "Anna Bakker"), viewport={"width": 1280, "height": 800})
    host.get_by_role("button", name="Open session").click()
    return host


def open_poll(host: Page) -> None:
    host.get_by_role("button", name="New poll").click()
    host.get_by_role("textbox", name="Question", exact=True).fill("Where do you charge?")
    for number, option in enumerate(OPTIONS, 1):
        if number > 2:
            host.keyboard.press("Enter")
        host.get_by_role("textbox", name=f"Option {number}").fill(option)
    host.get_by_role("button", name="Keep as draft").click()
    host.get_by_role("button", name="Open", exact=True).click()


def greet(host: Page, name: str) -> None:
    arrival(host, name).locator("[data-act=greet]").click()
    host.mouse.move(2, 2)


def test_who_is_greeted_is_welcomed_by_name_in_their_language_and_waves_back(
    server: Server, open_page: Opener
) -> None:
    host = hosting(server, open_page)
    robin = open_page(server.link("attendee", "Robin Jansen"), locale="nl-NL", viewport=PHONE)
    through_the_door(robin, "Kom binnen")
    greet(host, "Robin Jansen")
    card = robin.get_by_role("region", name="Anna Bakker heeft je begroet")
    expect(card).to_contain_text("Welkom Robin, fijn dat je er bent")
    expect(card).to_contain_text("Anna Bakker heeft je begroet")
    expect(card.locator(".disc")).to_have_text("AB")
    expect(robin.locator("#announcements")).to_contain_text("Welkom Robin")
    card.get_by_role("button", name="Zwaai terug").click()
    expect(card).to_contain_text("teruggezwaaid")
    expect(host.locator(".waves")).to_have_text("Robin Jansen waved back")
    host.get_by_label("Not greeted yet").uncheck()
    expect(arrival(host, "Robin Jansen")).to_contain_text("waved back")
    # there is no second wave, here or under People
    tab(robin, "Mensen")
    expect(robin.get_by_role("button", name="Zwaai terug")).to_have_count(0)


def test_a_greeting_waits_while_the_pointer_is_on_it_and_goes_after_eight_seconds(
    server: Server, open_page: Opener
) -> None:
    host = hosting(server, open_page)
    robin = open_page(server.link("attendee", "Robin Jansen"))
    through_the_door(robin)
    greet(host, "Robin Jansen")
    card = robin.locator(".greeting")
    card.hover()
    robin.wait_for_timeout(9_000)
    expect(card).to_be_visible()
    robin.mouse.move(2, 2)
    expect(card).to_be_hidden()
    # who missed it finds it, with the wave, under People
    tab(robin, "People")
    expect(robin.locator(".me")).to_contain_text("Anna Bakker greeted you")
    robin.locator(".me").get_by_role("button", name="Wave back").click()
    expect(host.locator(".waves")).to_have_text("Robin Jansen waved back")


def test_a_greeting_does_not_pass_while_the_page_is_hidden_and_is_closed_by_hand(
    server: Server, open_page: Opener
) -> None:
    host = hosting(server, open_page)
    robin = open_page(
        server.link("attendee", "Robin Jansen"),
        before=lambda page: page.add_init_script(
            "Object.defineProperty(document, 'hidden', { get: () => Boolean(window.away) })"
        ),
    )
    through_the_door(robin)
    greet(host, "Robin Jansen")
    card = robin.locator(".greeting")
    expect(card).to_be_visible()
    robin.evaluate("window.away = true")
    robin.wait_for_timeout(9_000)
    robin.evaluate("window.away = false")
    robin.wait_for_timeout(600)
    expect(card).to_be_visible()
    card.get_by_role("button", name="Close").click()
    expect(card).to_be_hidden()


@pytest.mark.parametrize("size", SIZES)
def test_a_greeting_lies_over_no_poll_and_no_composer_and_the_vote_stays_in_sight(
    server: Server, open_page: Opener, size: str
) -> None:
    host = hosting(server, open_page)
    robin = open_page(server.link("attendee", "Robin Jansen"), viewport=SIZES[size])
    through_the_door(robin)
    open_poll(host)
    vote = robin.get_by_role("region", name="Poll now").get_by_role("button", name="Vote")
    expect(vote).to_be_visible()
    assert in_sight(robin, vote)
    greet(host, "Robin Jansen")
    card = robin.locator(".greeting")
    expect(card).to_be_visible()
    assert in_sight(robin, card.get_by_role("button", name="Wave back"))
    assert in_sight(robin, robin.get_by_role("textbox", name="Your message"))
    assert in_sight(robin, vote)
    for other in ("#place-poll", "#place-composer", ".tabs"):
        assert not boxes_overlap(card, robin.locator(other)), other
    card.get_by_role("button", name="Close").click()
    tab(robin, "Polls")
    last = robin.locator("#place-polls").get_by_role("radio").last
    last.check()
    assert in_sight(robin, robin.locator("#place-polls").get_by_role("button", name="Vote"))


@pytest.mark.parametrize("size", SIZES)
def test_a_questions_button_is_in_sight_with_400_characters(
    server: Server, open_page: Opener, size: str
) -> None:
    robin = open_page(server.link("attendee", "Robin Jansen"), viewport=SIZES[size])
    through_the_door(robin)
    tab(robin, "Questions")
    robin.get_by_role("button", name="Ask a question").click()
    send = robin.get_by_role("button", name="Hand in")
    assert in_sight(robin, send)
    robin.get_by_role("textbox", name="Your question").fill("Who pays for the quay? " * 17 + "Really?!")
    assert in_sight(robin, send)
    robin.get_by_role("radio", name="Anonymous").check()
    assert in_sight(robin, send)


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 800}])
def test_what_is_told_in_passing_covers_neither_composer_nor_buttons(
    server: Server, open_page: Opener, viewport: dict[str, int]
) -> None:
    host = open_page(server.link("host", "Anna Bakker"), viewport=viewport)
    host.get_by_role("button", name="Open session").click()
    robin = open_page(server.link("attendee", "Robin Jansen"), viewport=viewport)
    through_the_door(robin)
    robin.get_by_role("button", name="Raise hand").click()
    told = robin.locator(".toast")
    expect(told).to_be_visible()
    covered = "#place-composer", ".tabs", "#place-acts", ".top"
    assert [name for name in covered if boxes_overlap(told, robin.locator(name))] == []
    expect(host.locator(".toast")).to_be_visible()
    assert pressed_under(host) == []


def pressed_under(page: Page) -> list[str]:
    """The buttons and fields that are on the screen and lie under a toast."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll("button, textarea, input, a, summary")]
          // the ways past 300 arrivals are not there until focus comes by
          .filter((one) => !one.closest(".toasts, .host-tabs:not(:focus-within)") || innerWidth < 1152)
          .filter((one) => !one.closest(".toasts") && one.checkVisibility({ visibilityProperty: true }))
          .filter((one) => {
            const a = one.getBoundingClientRect();
            if (a.bottom <= 0 || a.top >= innerHeight) return false;
            return [...document.querySelectorAll(".toast")].some((toast) => {
              const b = toast.getBoundingClientRect();
              return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
            });
          })
          .map((one) => one.textContent.trim() || one.ariaLabel || one.id)"""
        )
    )


def test_nothing_floats_over_a_name_that_is_shown(server: Server, open_page: Opener) -> None:
    host = hosting(server, open_page)
    robin = open_page(server.link("attendee", "Robin Jansen"), viewport=DESKTOP)
    robin.emulate_media(reduced_motion="no-preference")
    through_the_door(robin)
    clap = robin.get_by_role("button", name="Clap")
    # one that is pressed before the line is there goes nowhere
    floats = robin.locator(".floating")
    until(lambda: (clap.click(), robin.wait_for_timeout(250), floats.count())[-1] > 0, "it floats")
    expect(robin.locator(".floating")).to_have_count(0)
    tab(robin, "Questions")
    robin.get_by_role("button", name="Ask a question").click()
    robin.get_by_role("textbox", name="Your question").fill("Who pays for the quay?")
    robin.get_by_role("button", name="Hand in").click()
    host.locator(".card").filter(has_text="the quay").locator("[data-act=spotlight]").click()
    expect(robin.locator(".spotlight")).to_contain_text("Robin Jansen")
    for _ in range(3):
        clap.click()
        robin.wait_for_timeout(300)
        over = [
            box for box in robin.locator(".floating").all() if boxes_overlap(box, robin.locator(".spotlight"))
        ]
        assert over == []
