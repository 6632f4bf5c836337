"""Nothing happens that nobody meant: by typing, by a press too many, by Enter that stays down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Opener, Server, opening, running, until
from tests.browser.people import (
    arrival,
    ask,
    between_presses,
    card,
    held_questions,
    let_go,
    say,
    tab,
    through_the_door,
)

ALPHABET = "Nogniet/notyet-?abcdefghijklmnopqrstuvwxyz"
LETTERS = "Nog niet / not yet " + ALPHABET
FIELDS = "input:visible, textarea:visible, select:visible, button:visible"

BETWEEN_LETTERS_MS = 230


@dataclass
class Hall:
    """One session in which every key and every button would do something, and those who are in it."""

    server: Server
    open: Opener
    host: Page
    ana: Page

    def entries(self) -> int:
        """Position of the log once nothing is under way."""
        self.host.wait_for_timeout(400)
        until(lambda: self.host.get_by_text("sending…").count() == 0, "everything is answered")
        return self.server.position()


@pytest.fixture(scope="module")
def hall(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with running(tmp_path_factory.mktemp("unmeant")) as server, opening(browser) as opened:
        host = opened(server.link("host", "Anna Bakker"))
        ana, ben = (opened(server.link("attendee", name, country="NL")) for name in ("Ana", "Ben"))
        for page in (ana, ben):
            through_the_door(page)
        host.get_by_role("button", name="Open session").click()
        say(ana, "Good morning")
        for number, page in enumerate((ana, ben, ana, ben, ana, ben), start=1):
            ask(page, f"Question {number}?")
        for number, act in ((1, "spotlight"), (2, "queue"), (3, "queue"), (4, "deck")):
            card(host, f"Question {number}?").locator(f"[data-act={act}]").click()
        write_poll(host, "Where do you charge?", "At home", "At work")
        host.get_by_role("button", name="Keep as draft").click()
        expect(host.locator(".editor")).to_have_count(0)
        yield Hall(server, opened, host, ana)


def new_poll(host: Page) -> None:
    host.get_by_role("button", name="New poll").click()
    expect(host.get_by_role("textbox", name="Question", exact=True)).to_be_focused()


def write_poll(host: Page, question: str, *options: str) -> None:
    new_poll(host)
    host.get_by_role("textbox", name="Question", exact=True).fill(question)
    for number, option in enumerate(options, start=1):
        host.get_by_role("textbox", name=f"Option {number}").fill(option)


def type_into(field: Locator, text: str) -> None:
    """As somebody who has paused, so that nothing but where the focus is keeps a key from acting."""
    between_presses(field.page)
    field.focus()
    field.page.keyboard.type(text)


def twice(page: Page, key: str) -> None:
    """By a hand that trembles; between two presses of ours a busy machine would take its time."""
    page.evaluate(
        """(key) => {
          const how = { key, bubbles: true, cancelable: true };
          for (const kind of ["keydown", "keyup", "keydown", "keyup"])
            document.activeElement.dispatchEvent(new KeyboardEvent(kind, how));
        }""",
        key,
    )


# typing


def test_typing_in_a_poll_acts_on_nothing_wherever_the_focus_is(hall: Hall) -> None:
    before = hall.entries()
    new_poll(hall.host)
    hall.host.get_by_role("button", name="Add an option").click()
    fields = hall.host.locator(".editor").locator(FIELDS)
    expect(fields).to_have_count(12)
    for at in range(12):
        type_into(fields.nth(at), ALPHABET)
    hall.host.get_by_role("button", name="Cancel").click()
    assert hall.entries() == before


@pytest.mark.parametrize("closed_by", ["Cancel", "Remove option 3", "Add an option", "Keep as draft"])
def test_what_is_typed_on_when_a_button_of_the_form_was_pressed_is_still_writing(
    hall: Hall, closed_by: str
) -> None:
    before = hall.entries()
    new_poll(hall.host)
    hall.host.get_by_role("button", name="Add an option").click()
    between_presses(hall.host)
    hall.host.get_by_role("button", name=closed_by).focus()
    hall.host.keyboard.type(" " + ALPHABET)
    if hall.host.locator(".editor").count():
        hall.host.get_by_role("button", name="Cancel").click()
    assert hall.entries() == before


def test_a_field_that_goes_away_leaves_the_hand_in_its_form(hall: Hall) -> None:
    before = hall.entries()
    new_poll(hall.host)
    hall.host.get_by_role("textbox", name="Option 1").evaluate("field => field.closest('div').remove()")
    hall.host.get_by_role("textbox", name="Option 2").focus()
    hall.host.get_by_role("textbox", name="Option 2").evaluate("field => field.remove()")
    between_presses(hall.host)
    assert hall.host.evaluate("document.activeElement === document.body")
    hall.host.keyboard.type("gn")
    assert hall.entries() == before
    hall.host.locator(".editor legend").first.click()
    between_presses(hall.host)
    hall.host.keyboard.type("gn")
    hall.host.reload()
    expect(hall.host.get_by_role("heading", name="Live now")).to_be_visible()
    assert hall.entries() == before


def test_a_form_that_closes_under_the_typing_hand_leaves_what_is_typed_on_without_effect(hall: Hall) -> None:
    before = hall.entries()
    card(hall.host, "Question 5?").locator("[data-act=more]").click()
    hall.host.get_by_role("textbox", name="Reason").focus()
    hall.host.keyboard.type("not")
    hall.host.keyboard.press("Escape")
    expect(card(hall.host, "Question 5?")).to_be_focused()
    hall.host.keyboard.type(LETTERS)
    assert hall.entries() == before


@pytest.mark.parametrize("opener", ["Session settings", "Keys", "Close session"])
def test_typing_in_a_dialog_acts_on_nothing(hall: Hall, opener: str) -> None:
    before = hall.entries()
    hall.host.get_by_role("button", name=opener, exact=True).click()
    dialog = hall.host.locator("dialog[open]")
    fields = dialog.locator(FIELDS)
    at = 0
    # what is typed may take fields away, or bring some
    while at < fields.count():
        type_into(fields.nth(at), ALPHABET)
        at += 1
    assert at
    dialog.locator("h2").click()
    between_presses(hall.host)
    hall.host.keyboard.type(ALPHABET)
    hall.host.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert hall.entries() == before


def test_typing_in_filters_fields_and_the_buttons_beside_them_acts_on_nothing(hall: Hall) -> None:
    before = hall.entries()
    card(hall.host, "Question 5?").locator("[data-act=more]").click()
    for place in (".filters", ".card-more", ".composer", ".panel-head", ".top-acts .icon-button"):
        found = hall.host.locator(place)
        fields = found if place.endswith("button") else found.locator(FIELDS)
        assert fields.count(), place
        at = 0
        # what is typed may take fields away, or bring some
        while at < fields.count():
            # "?" opens the help from nowhere but where keys act; letters of the search do not stay
            type_into(fields.nth(at), ALPHABET)
            at += 1
    hall.host.reload()
    expect(hall.host.get_by_role("heading", name="Live now")).to_be_visible()
    assert hall.entries() == before


def test_enter_goes_from_option_to_option_and_what_is_wrong_is_said_at_its_field(hall: Hall) -> None:
    write_poll(hall.host, "")
    hall.host.get_by_role("textbox", name="Question", exact=True).focus()
    for words in ("", "Yes", "No", "Not yet", ""):
        hall.host.keyboard.type(words)
        hall.host.keyboard.press("Enter")
    expect(hall.host.locator(".editor-option input")).to_have_count(5)
    expect(hall.host.get_by_role("textbox", name="Option 5")).to_be_focused()
    hall.host.get_by_role("button", name="Keep as draft").click()
    question = hall.host.get_by_role("textbox", name="Question", exact=True)
    expect(question).to_be_focused()
    expect(question).to_have_attribute("aria-invalid", "true")
    expect(hall.host.locator("#editor-wrong")).to_have_text("Write the poll’s question first.")
    question.fill("Do you charge at sea?")
    hall.host.get_by_role("textbox", name="Option 2").fill("Yes")
    hall.host.get_by_role("button", name="Keep as draft").click()
    expect(hall.host.get_by_role("textbox", name="Option 2")).to_be_focused()
    expect(hall.host.locator("#editor-wrong")).to_have_text("Two options are the same.")
    expect(hall.host.locator(".toast", has_text=re.compile("poll’s question|same"))).to_have_count(0)
    hall.host.get_by_role("button", name="Cancel").click()


# a composition


@pytest.mark.parametrize("how", [{"keyCode": 229}, {"isComposing": True}], ids=["Safari", "others"])
def test_the_enter_that_ends_a_composition_sends_nothing(hall: Hall, how: dict[str, Any]) -> None:
    before = hall.entries()
    tab(hall.ana, "Chat")
    new_poll(hall.host)
    for page, selector in (
        (hall.host, ".composer textarea"),
        (hall.ana, "#say"),
        (hall.host, "[data-field='0']"),
    ):
        page.locator(selector).fill("にほ")
        page.locator(selector).evaluate(
            "(field, how) => { field.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}));"
            "field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, ...how})) }",
            how,
        )
        expect(page.locator(selector)).to_have_value("にほ")
        page.locator(selector).fill("")
    assert hall.host.locator(".editor-option input").count() == 2
    hall.host.get_by_role("button", name="Cancel").click()
    assert hall.entries() == before


@pytest.mark.parametrize("pause", [10, 80, 150])
@pytest.mark.parametrize("words", ["can we next do xxx", "ga nu spreken", "queue us - soon"])
def test_typing_past_every_field_acts_on_nothing(hall: Hall, words: str, pause: int) -> None:
    hall.host.evaluate(
        "window.typedAt = [];"
        "document.addEventListener('keydown', (event) => typedAt.push(event.timeStamp), true)"
    )
    for _ in range(10):
        before = hall.entries()
        between_presses(hall.host)
        card(hall.host, "Question 5?").locator(".card-text").click()
        hall.host.evaluate("typedAt.length = 0")
        hall.host.keyboard.type(words, delay=pause)
        at = hall.host.evaluate("typedAt")
        # a busy machine's hand is slower than any that types
        if max(later - earlier for earlier, later in pairwise(at)) < BETWEEN_LETTERS_MS:
            assert hall.entries() == before
            return
    pytest.fail("this machine types no word")


# keys that are meant


def test_single_keys_act_from_the_page_and_from_a_card_and_once(hall: Hall) -> None:
    before = hall.entries()
    between_presses(hall.host)
    hall.host.locator(".top-title").click()
    twice(hall.host, "n")
    now = hall.host.get_by_role("region", name="Live now")
    expect(now).to_contain_text("Question 4?")
    # the live one is answered and the next is live in one entry
    assert hall.entries() == before + 1
    between_presses(hall.host)
    twice(hall.host, "u")
    expect(now).to_contain_text("Question 1?")
    card(hall.host, "Question 5?").locator(".card-text").click()
    hall.host.keyboard.press("q")
    let_go(hall.host)
    expect(hall.host.locator(".group.is-queued")).to_contain_text("Question 5?")
    for combination in ("Control+x", "Alt+x", "Shift+X", "Meta+x"):
        hall.host.keyboard.press(combination)
    expect(now).to_contain_text("Question 1?")


def test_quick_presses_on_different_places_are_all_meant(hall: Hall) -> None:
    before = hall.entries()
    names = ("Ana", "Ben")
    places = [arrival(hall.host, name).locator("[data-act=greet]").bounding_box() for name in names]
    for place in places:
        assert place is not None
        hall.host.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    until(lambda: hall.server.position() == before + 2, "both are greeted")


# a press too many


def test_two_clicks_too_many_on_an_attendees_button_do_nothing_more(hall: Hall) -> None:
    ana = hall.ana
    for where, button in (
        ("Chat", ana.locator(".hand")),
        ("Questions", ana.locator(".support:not([aria-disabled=true])").first),
        ("Questions", ana.get_by_role("button", name="Withdraw").last),
    ):
        tab(ana, where)
        between_presses(ana)
        before = hall.entries()
        button.click(click_count=3, delay=80)
        until(lambda before=before: hall.server.position() > before, where)  # type: ignore[misc]
        assert hall.entries() == before + 1, where


NAMES = """buttons => buttons.map((button) => [
    button.closest('[id]')?.id, button.closest('.card')?.className.split(' ')[1],
    button.dataset.act ?? button.getAttribute('aria-label') ?? button.textContent.trim()].join(' '))"""
"""What a button is, whichever row it stands on."""


def untried(page: Page, tried: set[str]) -> tuple[str, Locator] | None:
    buttons = page.locator("button:visible")
    names = buttons.evaluate_all(NAMES)
    return next(((name, buttons.nth(at)) for at, name in enumerate(names) if name not in tried), None)


def test_two_clicks_too_many_on_any_of_the_hosts_buttons_do_nothing_more(hall: Hall) -> None:
    tried: set[str] = set()
    while found := untried(hall.host, tried):
        name, button = found
        tried.add(name)
        # one who was live makes room for the next, who was on deck: three steps back, by one press
        allowed = 3 if "undo" in name.lower() else 1
        before = hall.entries()
        button.click(click_count=3, delay=80, force=True)
        assert hall.entries() - before <= allowed, name
        hall.host.wait_for_timeout(350)
        hall.host.keyboard.press("Escape")
    assert len(tried) > 25


def test_an_approved_card_gives_way_to_another_and_that_is_not_approved(hall: Hall) -> None:
    """The next card slides under the pointer."""
    hall.server.run("session", "add", "held", "--title", "Held", "--premoderated")
    host = hall.open(hall.server.link("host", "Hank Miller", session="held"))
    asker = hall.open(hall.server.link("attendee", "Cleo", session="held"))
    through_the_door(asker)
    tab(asker, "Questions")
    for text in ("First?", "Second?", "Third?"):
        asker.get_by_role("button", name="Ask a question").click()
        asker.get_by_role("textbox", name="Your question").fill(text)
        asker.get_by_role("button", name="Hand in").click()
        if text == "First?":
            held_questions(host)
        expect(card(host, text)).to_be_visible()
    card(host, "First?").locator("[data-act=approve]").dblclick(delay=90)
    let_go(host)
    expect(host.locator(".group.is-open")).to_contain_text("First?")
    expect(host.locator(".group.is-held .card")).to_have_count(2)


def test_enter_that_stays_down_or_comes_twice_does_not_confirm_the_end(hall: Hall) -> None:
    before = hall.entries()
    end = hall.host.get_by_role("button", name="Close session", exact=True)
    end.focus()
    for _ in range(6):
        hall.host.keyboard.down("Enter")
    hall.host.keyboard.up("Enter")
    hall.host.keyboard.press("Enter")
    dialog = hall.host.get_by_role("dialog")
    expect(dialog).to_contain_text("Close the session for 2 people?")
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    sizes = [dialog.get_by_role("button", name=name).bounding_box() for name in ("Cancel", "Close session")]
    assert sizes[0] and sizes[1] and sizes[0]["height"] == sizes[1]["height"]
    hall.host.keyboard.press("Escape")
    assert hall.entries() == before


def test_two_hosts_end_once_and_the_other_is_told(hall: Hall) -> None:
    hank = hall.open(hall.server.link("host", "Hank Miller"))
    for host in (hall.host, hank):
        host.get_by_role("button", name="Close session", exact=True).click()
        expect(host.get_by_role("dialog")).to_contain_text("Close the session for 2 people?")
    between_presses(hank)
    hank.get_by_role("dialog").get_by_role("button", name="Close session").click()
    dialog = hall.host.get_by_role("dialog")
    expect(dialog).to_contain_text("The session is not open any more")
    expect(dialog.get_by_role("button", name="Close session")).to_have_count(0)
