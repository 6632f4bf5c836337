"""What people do at their screens, in words."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def through_the_door(page: Page, button: str = "Come in") -> None:
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("tab", name="Chat")).to_be_visible()


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def say(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Your message").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()


def ask(page: Page, text: str, shown: str = "With my name") -> None:
    tab(page, "Questions")
    page.get_by_role("button", name="Ask a question").click()
    page.get_by_role("textbox", name="Your question").fill(text)
    page.get_by_role("radio", name=shown).check()
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("li.question").filter(has_text=text)).to_contain_text("Open: others can support it")


def card(host: Page, text: str) -> Locator:
    """A question's card on the host's board."""
    return host.locator(".card").filter(has_text=text)


def press(host: Page, text: str, act: str) -> None:
    # as long as a finger stays down: a button that moves away meanwhile is a button that does not work
    card(host, text).locator(f"[data-act={act}]").click(delay=120)


def let_go(host: Page) -> None:
    """The pointer leaves what it was at, and lists that held still for it show what became of things."""
    host.mouse.move(2, 2)
    host.wait_for_timeout(1400)


def held_questions(host: Page) -> None:
    """Opens the drawer of the questions that wait for approval."""
    host.get_by_role("button", name="Waiting for approval").click()
    let_go(host)


def between_presses(page: Page) -> None:
    """As long as people take between two presses, or between their last letter and a key, that they mean."""
    page.wait_for_timeout(700)


def close_session(host: Page) -> None:
    host.get_by_role("button", name="Close session").click()
    between_presses(host)
    host.get_by_role("dialog").get_by_role("button", name="Close session").click()


def arrival(host: Page, name: str) -> Locator:
    return host.locator(".arrival").filter(has_text=name)
