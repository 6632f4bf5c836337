"""Cards: every name opens that of whoever it names, by a press or a key, and gets the focus back."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Opener, Server
from tests.browser.people import ask, between_presses, card, press, say, tab, through_the_door
from tests.browser.test_axe import check

ANA = {"organisation": "Voltline", "kind": "sme", "country": "NL"}


def both(server: Server, open_page: Opener) -> tuple[Page, Page, Page]:
    """A host, Ana, and Ben, on a phone and in Dutch; Ana said and asked something."""
    host = open_page(server.link("host", "Hal Host"))
    host.get_by_role("button", name="Open session").click()
    ana = open_page(server.link("attendee", "Ana de Vries", **ANA))
    through_the_door(ana)
    ben = open_page(server.link("attendee", "Ben Bos"), viewport=PHONE, locale="nl-NL")
    through_the_door(ben, "Kom binnen")
    say(ana, "Hello all")
    ask(ana, "Who pays for the grid?")
    return host, ana, ben


def opens(page: Page, name: Locator, close: str = "Close") -> None:
    """A press on it opens Ana's card, and closing that gives the focus back to it."""
    name.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Ana de Vries")).to_be_visible()
    expect(dialog).to_contain_text("Voltline")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(name).to_be_focused()
    between_presses(page)


def test_every_name_of_an_attendees_page_opens_the_card(server: Server, open_page: Opener) -> None:
    host, _, ben = both(server, open_page)
    opens(ben, ben.locator(".messages [data-card]").first)
    tab(ben, "Vragen")
    opens(ben, ben.locator(".others [data-card]").first)
    tab(ben, "Mensen")
    opens(ben, ben.locator(".people [data-card]").filter(has_text="Ana"))
    press(host, "Who pays for the grid?", "spotlight")
    opens(ben, ben.locator(".spotlight [data-card]"))


def test_every_name_of_a_hosts_page_opens_the_card_and_greets_from_it(
    server: Server, open_page: Opener
) -> None:
    host, _, _ = both(server, open_page)
    opens(host, host.locator("#chat [data-card]").first)
    opens(host, card(host, "Who pays for the grid?").locator("[data-card]").first)
    opens(host, host.locator(".now-who [data-card]"))
    row = host.locator(".arrival").filter(has_text="Ana de Vries")
    opens(host, row.locator("[data-card]"))
    row.locator("[data-card]").click()
    check(host, "a card at the host's")
    host.get_by_role("dialog").get_by_role("button", name="Greet", exact=True).click()
    expect(host.locator(".toast", has_text="Greeted: Ana de Vries")).to_be_visible()


def test_by_keyboard_alone(server: Server, open_page: Opener) -> None:
    _, ana, ben = both(server, open_page)
    tab(ana, "People")
    ana.locator(".people [data-card]").first.focus()
    ana.keyboard.press("Tab")
    ana.keyboard.press("Shift+Tab")
    for _ in range(3):
        ana.keyboard.press("ArrowDown")
    focused = ana.locator(":focus")
    expect(focused).to_have_attribute("role", "button")
    name = focused.inner_text()
    for key in ("Enter", " "):
        ana.keyboard.press(key)
        expect(ana.get_by_role("dialog").get_by_role("heading")).to_have_text(name)
        ana.keyboard.press("Escape")
        expect(focused).to_be_focused()
        between_presses(ana)
    ben.locator(".messages [data-card]").first.click()
    check(ben, "a card on a phone")


def test_who_asks_without_their_name_has_no_card(server: Server, open_page: Opener) -> None:
    host, ana, ben = both(server, open_page)
    ask(ana, "Who stays unnamed?", "Anonymous")
    tab(ben, "Vragen")
    unnamed = ben.locator(".others li").filter(has_text="Who stays unnamed?")
    expect(unnamed).to_be_visible()
    assert unnamed.locator("[data-card]").count() == 0
    assert card(host, "Who stays unnamed?").locator("[data-card]").count() == 0


def test_ones_own_card_leads_to_changing_it(server: Server, open_page: Opener) -> None:
    _, ana, _ = both(server, open_page)
    tab(ana, "Chat")
    ana.locator(".messages [data-card]").first.click()
    ana.get_by_role("dialog").get_by_role("button", name="Change my name or introduction").click()
    expect(ana.get_by_role("dialog").get_by_role("textbox", name="Name", exact=True)).to_have_value(
        "Ana de Vries"
    )
