"""The end of an hour: three taps and a line, one's own and changeable; hosts see totals that name nobody."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Opener, Server, until
from tests.browser.people import ask, between_presses, close_session, press, through_the_door
from tests.browser.test_axe import check

WORDS = {
    "en": (
        "Come in",
        "Was it worth your time?",
        "How was its length?",
        "Would you come again?",
        "Thank you.",
    ),
    "nl": (
        "Kom binnen",
        "Was het je tijd waard?",
        "Hoe was de lengte?",
        "Zou je weer komen?",
        "Dank je wel.",
    ),
}


def came(server: Server, open_page: Opener, name: str, lang: str = "en", **how: object) -> Page:
    locale = {"en": "en-GB", "nl": "nl-NL"}[lang]
    page = open_page(server.link("attendee", name), locale=locale, **how)
    through_the_door(page, WORDS[lang][0])
    return page


def began(server: Server, open_page: Opener) -> Page:
    host = open_page(server.link("host", "Hal Host"))
    host.get_by_role("button", name="Open session").click()
    return host


def tap(page: Page, question: str, at: int) -> None:
    taps = page.get_by_role("group", name=question).get_by_role("button")
    expect(taps.first).to_be_visible()
    taps.nth(at).click()
    # the next question stands where this one stood
    between_presses(page)


def given(page: Page, lang: str, line: str, worth: int = 0) -> None:
    _, *questions, thanks = WORDS[lang]
    for question, at in zip(questions, (worth, 1, 2), strict=True):
        tap(page, question, at)
    page.locator("#feedback-line").fill(line)
    page.locator(".feedback-line .button").first.click()
    expect(page.get_by_text(thanks)).to_be_visible()


def test_three_taps_and_a_line_become_totals_without_names(server: Server, open_page: Opener) -> None:
    host = began(server, open_page)
    people = [
        came(server, open_page, f"Ana {at}", ("en", "nl")[at % 2], **({"viewport": PHONE} if at > 2 else {}))
        for at in range(5)
    ]
    assert all(page.locator(".feedback").count() == 0 for page in people), "nobody is asked before the end"
    close_session(host)
    for at, page in enumerate(people):
        given(page, ("en", "nl")[at % 2], f"line {9 - at}", worth=at % 2)
    expect(host.get_by_role("region", name="After the end")).to_be_visible()
    expect(host.locator("#now-title.is-live, .now-live.is-live")).to_have_count(0)
    totals = host.locator(".feedback-totals")
    expect(totals).to_contain_text("5 people gave feedback")
    expect(totals.get_by_text("3 Yes")).to_be_visible()
    host.get_by_role("button", name="4 lines").click()
    lines = host.get_by_role("dialog").get_by_role("listitem")
    assert lines.all_inner_texts() == sorted(lines.all_inner_texts()) and lines.count() == 4
    assert "Ana" not in host.get_by_role("dialog").inner_text()
    check(host, "the host's totals")


def test_what_was_answered_can_be_changed_also_after_a_reload_and_words_begun_stay(
    server: Server, open_page: Opener
) -> None:
    host, page = began(server, open_page), came(server, open_page, "Ana")
    close_session(host)
    _, worth, length, again, thanks = WORDS["en"]
    tap(page, worth, 0)
    tap(page, length, 0)
    tap(page, again, 0)
    page.locator("#feedback-line").fill("half a li")
    page.reload()
    expect(page.get_by_text(thanks)).to_be_visible()
    page.get_by_role("button", name="Change my answers").click()
    expect(page.get_by_role("button", name="Yes")).to_have_attribute("aria-pressed", "true")
    between_presses(page)
    tap(page, worth, 2)
    page.get_by_role("button", name="Next").click()
    between_presses(page)
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#feedback-line")).to_have_value("half a li")
    page.locator(".feedback-line .button").first.click()
    page.get_by_role("button", name="Change my answers").click()
    expect(page.get_by_role("button", name="No")).to_have_attribute("aria-pressed", "true")


def test_it_is_given_by_keyboard_alone_and_nothing_is_amiss_for_axe(
    server: Server, open_page: Opener
) -> None:
    host, page = began(server, open_page), came(server, open_page, "Ana", "nl")
    close_session(host)
    _, worth, length, again, thanks = WORDS["nl"]
    page.get_by_role("group", name=worth).get_by_role("button").first.focus()
    check(page, "a question")
    for question in (worth, length, again):
        focused = page.get_by_role("group", name=question).get_by_role("button").first
        expect(focused).to_be_focused()
        page.keyboard.press("Enter")
        between_presses(page)
    expect(page.locator("#feedback-line")).to_be_focused()
    check(page, "the line")
    page.keyboard.type("Meer!")
    page.keyboard.press("Enter")
    expect(page.get_by_text(thanks)).to_be_visible()
    check(page, "thanks")


def test_a_session_that_is_opened_again_asks_nobody(server: Server, open_page: Opener) -> None:
    host, page = began(server, open_page), came(server, open_page, "Ana")
    close_session(host)
    expect(page.locator(".feedback")).to_be_visible()
    between_presses(host)
    host.get_by_role("button", name="Open again").click()
    until(lambda: page.locator(".feedback").count() == 0, "nobody is asked")


def test_no_question_is_said_to_be_live_or_waiting_when_the_session_is_over(
    server: Server, open_page: Opener
) -> None:
    host = began(server, open_page)
    page = came(server, open_page, "Ana", "en")
    ask(page, "Who pays for the grid?")
    press(host, "Who pays for the grid?", "spotlight")
    own = page.locator(".own li")
    expect(own).to_contain_text("Live now")
    between_presses(host)
    close_session(host)
    expect(own).to_contain_text("The session is over")
    expect(page.locator(".question.is-live")).to_have_count(0)
