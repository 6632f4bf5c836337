"""Words that are not sent are there again after a reload and after whatever closed their form; until they are
sent, or thrown away on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Opener, Server, opening, running
from tests.browser.people import ask, between_presses, card, press, say, tab, through_the_door

WORDS = "Half of what I meant to"
Act = Callable[[Page], None]


@dataclass
class Field:
    """A field with the way to it, and what throws its words away on purpose."""

    open: Act
    field: str
    away: Act | None = None
    reopens: bool = True


def _press(name: str, within: str = "body") -> Act:
    return lambda page: page.locator(within).get_by_role("button", name=name, exact=True).click()


def _ask(page: Page) -> None:
    tab(page, "Questions")
    if not page.locator("#ask-text").is_visible():
        _press("Ask a question")(page)


def _introduce(page: Page) -> None:
    tab(page, "People")
    _press("Change my name or introduction")(page)


def _new_poll(page: Page) -> None:
    if not page.locator(".editor").is_visible():
        _press("New poll")(page)


def _more(page: Page) -> None:
    card(page, "grid").locator("[data-act=more]").click()


def _ends(page: Page) -> None:
    page.locator(".arrival", has_text="Ana").locator("[data-act=ends]").click()


FIELDS = {
    "chat": ("attendee", Field(lambda page: tab(page, "Chat"), "#say")),
    "question": ("attendee", Field(_ask, "#ask-text")),
    "how I am called": ("attendee", Field(_introduce, "#my-say_as", _press("Cancel", "dialog[open]"))),
    "my line": ("attendee", Field(_introduce, "#my-pitch", _press("Cancel", "dialog[open]"))),
    "the host's chat": ("host", Field(lambda page: None, "#chat textarea")),
    "a poll's question": ("host", Field(_new_poll, "[data-field=question]", _press("Cancel", ".editor"))),
    "a poll's option": ("host", Field(_new_poll, "[data-field='1']", _press("Cancel", ".editor"))),
    "why not": ("host", Field(_more, "[name=reason]")),
    "why out": ("host", Field(_ends, "#ends [name=reason]", _press("Cancel", "dialog[open]"))),
    "settings": ("host", Field(_press("Session settings"), "[name=title]", _press("Cancel", "dialog[open]"))),
}


@dataclass
class Hall:
    server: Server
    open: Opener


@pytest.fixture(scope="module")
def hall(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with running(tmp_path_factory.mktemp("drafts")) as server, opening(browser) as opened:
        ana = opened(server.link("attendee", "Ana de Vries"))
        through_the_door(ana)
        ask(ana, "Who pays for the grid connection?")
        yield Hall(server, opened)


def opened(hall: Hall, role: str, name: str) -> Page:
    if role == "host":
        page = hall.open(hall.server.link("host", f"Anna {name}"[:40]))
        expect(page.locator("#board .card").first).to_be_visible()
        return page
    page = hall.open(hall.server.link("attendee", f"Ben {name}"))
    through_the_door(page)
    return page


def reloaded(page: Page, role: str) -> None:
    page.reload()
    expect(page.locator("#board .card" if role == "host" else "#tab-chat").first).to_be_visible()
    between_presses(page)


@pytest.mark.parametrize("name", FIELDS)
def test_half_written_words_are_there_again(hall: Hall, name: str) -> None:
    role, field = FIELDS[name]
    page = opened(hall, role, name)
    field.open(page)
    box = page.locator(field.field)
    box.fill(WORDS)
    reloaded(page, role)
    if not box.is_visible():
        field.open(page)
    expect(box).to_have_value(WORDS)
    box.press("Escape")
    between_presses(page)
    if not box.is_visible():
        field.open(page)
    expect(box).to_have_value(WORDS)
    if field.away:
        field.away(page)
        reloaded(page, role)
        field.open(page)
        expect(box).not_to_have_value(WORDS)


def test_what_is_sent_is_no_draft_any_more(hall: Hall) -> None:
    page = opened(hall, "attendee", "Carla")
    say(page, WORDS)
    ask(page, "Is there a pilot?")
    reloaded(page, "attendee")
    expect(page.locator("#ask-text")).to_have_count(0)
    tab(page, "Chat")
    expect(page.locator("#say")).to_have_value("")


SENT_AND_BEGUN = """box => {
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  box.value = "and then";
  box.dispatchEvent(new Event("input", { bubbles: true })); }"""
"""Quicker than the answer."""


@pytest.mark.parametrize("role", ["attendee", "host"])
def test_refused_words_come_back_before_those_begun_since(hall: Hall, role: str) -> None:
    page = opened(hall, role, f"Dirk {role}")
    box = page.locator("#say" if role == "attendee" else "#chat textarea")
    box.fill("Read \u202esdrawkcab this")
    box.evaluate(SENT_AND_BEGUN)
    if role == "attendee":
        page.get_by_role("button", name="Change", exact=True).click()
        expect(box).to_have_value("Read \u202esdrawkcab this\nand then")
    else:
        expect(box).to_have_value("Read sdrawkcab this\nand then")
    reloaded(page, role)
    expect(box).to_have_value(
        "Read \u202esdrawkcab this\nand then" if role == "attendee" else "Read sdrawkcab this\nand then"
    )


SAVED_AND_BEGUN = """(box, words) => {
  box.dispatchEvent(new Event("change"));
  box.value = words;
  box.dispatchEvent(new Event("input")); }"""
REFUSED = "We build \u202esregrahc"


def test_what_is_written_while_a_line_is_saved_stays_when_it_is_refused(hall: Hall) -> None:
    page, host = opened(hall, "attendee", "Eva"), opened(hall, "host", "next")
    ask(page, "When does the pilot begin?")
    press(host, "pilot begin", "deck")
    box = page.locator("#next-pitch")
    box.fill("We build chargers")
    box.evaluate(SAVED_AND_BEGUN, REFUSED)
    expect(page.locator("#place-next .is-refused")).to_be_visible()
    reloaded(page, "attendee")
    expect(box).to_have_value(REFUSED)


def _write_poll(page: Page, question: str) -> None:
    _new_poll(page)
    for field, words in (("question", question), ("0", "Depot"), ("1", "Street")):
        page.locator(f".editor [data-field='{field}']").fill(words)


TWICE = "form => { form.requestSubmit(); form.requestSubmit(); }"
AND_ANOTHER = "form => { form.requestSubmit(); document.querySelector('#polls [data-act=edit]').click(); }"


def test_a_poll_is_saved_once_and_leaves_another_alone_that_was_opened_since(hall: Hall) -> None:
    page = opened(hall, "host", "polls")
    editor, lines = page.locator(".editor"), page.locator("#polls .poll-line")
    _write_poll(page, "Depot or street?")
    editor.evaluate(TWICE)
    expect(editor).to_have_count(0)
    _write_poll(page, "Now or later?")
    editor.evaluate(AND_ANOTHER)
    expect(lines.filter(has_text="Now or later?")).to_have_count(1)
    page.wait_for_timeout(300)
    expect(lines).to_have_count(2)
    expect(page.locator(".editor [data-field=question]")).to_have_value("Depot or street?")
