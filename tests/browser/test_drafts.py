"""Words that are not sent are there again after a reload and after whatever closed their form; until they are
sent, or thrown away on purpose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Opener, Server, opening, running, until
from tests.browser.people import ask, between_presses, card, press, say, tab, through_the_door
from webinar_server.web.http.static import folder

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
    "why out": (
        "host",
        Field(_ends, "#ends [data-form=remove] [name=reason]", _press("Cancel", "dialog[open]")),
    ),
    "why quiet": ("host", Field(_ends, "#ends [data-form=quiet] [name=reason]")),
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


def drafts(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('draft/'))")
    return found


def test_the_door_keeps_what_was_filled_in_until_one_is_in(hall: Hall) -> None:
    page = hall.open(hall.server.link("attendee", "Door Keeper"))
    page.locator("#my-name").fill("Doortje Kuiper")
    page.locator("#my-kind").select_option("local")
    page.locator("summary").click()
    page.locator("#my-say_as").fill("DOOR-tje")
    page.locator("#my-country").select_option("BE")
    page.reload()
    expect(page.locator("#my-name")).to_have_value("Doortje Kuiper")
    expect(page.locator("#my-kind")).to_have_value("local")
    # what is folded otherwise is open, for something stands in it
    expect(page.locator("#my-say_as")).to_be_visible()
    expect(page.locator("#my-say_as")).to_have_value("DOOR-tje")
    expect(page.locator("#my-country")).to_have_value("BE")
    through_the_door(page)
    assert drafts(page) == []
    tab(page, "People")
    expect(page.locator(".me")).to_contain_text("Doortje Kuiper")


def test_a_choice_that_was_not_sent_is_there_again(hall: Hall) -> None:
    host, page = opened(hall, "host", "voting"), opened(hall, "attendee", "Fay")
    _write_poll(host, "Dock or shore?")
    host.get_by_role("button", name="Keep as draft").click()
    host.locator("#polls .poll-line", has_text="Dock or shore?").locator("[data-act=open_poll]").click()
    choice = page.locator(".poll-above .choice", has_text="Street").locator("input")
    choice.check()
    reloaded(page, "attendee")
    expect(choice).to_be_checked()
    page.locator(".poll-above").get_by_role("button", name="Vote").click()
    expect(page.locator(".poll-above")).to_contain_text("Street")
    until(lambda: drafts(page) == [], "what is sent is no draft any more")


def test_how_a_stage_is_to_look_is_kept(hall: Hall) -> None:
    page = opened(hall, "host", "stage")
    _press("Session settings")(page)
    page.locator("select[name=place]").select_option("top")
    page.locator("select[name=size]").select_option("small")
    page.get_by_role("checkbox", name="Show where to join").check()
    reloaded(page, "host")
    _press("Session settings")(page)
    expect(page.locator("select[name=place]")).to_have_value("top")
    expect(page.locator("select[name=size]")).to_have_value("small")
    expect(page.get_by_role("checkbox", name="Show where to join")).to_be_checked()


AT_ONCE = {
    "session/questions/attendee.js": "how one is shown is changed as it is chosen",
    "session/questions/host.js": "whether questions wait is changed as it is ticked",
    "session/questions/shown.js": "kept by the forms it stands in, or changed as it is chosen",
    "session/people/fields.js": "kept by the forms they stand in",
    "session/polls/forms/cloud.js": "kept by the card they stand in",
    "session/polls/forms/number.js": "kept by the card they stand in",
    "session/polls/forms/quiz.js": "kept by the card they stand in",
    "session/polls/forms/scale.js": "kept by the card they stand in",
    "session/polls/forms/text.js": "kept by the card they stand in",
    "session/polls/editor_answers.js": "kept by the editor",
    "session/polls/editor_forms.js": "kept by the editor",
    "session/polls/editor_parts.js": "kept by the editor",
    "session/people/attendee.js": "a search is not sent to anybody",
    "session/people/host.js": "a search is not sent to anybody",
    "session/questions/more.js": "is chosen, not written",
    "session/run/drawer.js": "is chosen, not written",
    "session/polls/file.js": "a file, taken in as it is chosen",
    "parts/copied.js": "is read",
    "pages/attendee/settings.js": "changed as it is chosen, and kept in the browser",
    "pages/host/help.js": "changed as it is ticked, and kept in the browser",
}
"""Files with fields whose words need no keeping, and why."""


def test_every_field_of_a_session_is_kept_or_needs_it_not() -> None:
    has_field = re.compile(r"<(?:input|textarea|select)\b")
    scripts = {path.relative_to(folder()).as_posix(): path.read_text() for path in folder().rglob("*.js")}
    pages = ("session/", "parts/", "pages/attendee", "pages/host", "pages/stage")
    fields = {
        name: text for name, text in scripts.items() if name.startswith(pages) and has_field.search(text)
    }
    forgotten = [
        name
        for name, text in fields.items()
        if name not in AT_ONCE and not re.search(r"/drafts\.js|/keep_form\.js", text)
    ]
    assert forgotten == [] and fields.keys() > AT_ONCE.keys()


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


SOON = """(box, words) => {
  box.value = words;
  box.dispatchEvent(new Event("input")); }"""


def test_a_line_that_was_just_typed_is_saved_when_the_moment_comes(hall: Hall) -> None:
    page, host = opened(hall, "attendee", "Gus"), opened(hall, "host", "soon")
    ask(page, "Who maintains the chargers?")
    press(host, "maintains", "deck")
    box = page.locator("#next-pitch")
    expect(box).to_be_visible()
    box.evaluate(SOON, "We mend chargers")
    host.locator("#now [data-act=next]").click()
    expect(page.locator(".next-card")).to_have_count(0)
    tab(page, "People")
    expect(page.locator(".person", has_text="Ben Gus")).to_contain_text("We mend chargers")
    until(lambda: drafts(page) == [], "what is saved is no draft any more")
    host.locator("#now [data-act=clear_stage]").click()


def _write_poll(page: Page, question: str) -> None:
    _new_poll(page)
    for field, words in (("question", question), ("0", "Depot"), ("1", "Street")):
        page.locator(f".editor [data-field='{field}']").fill(words)


TWICE = "form => { form.requestSubmit(); form.requestSubmit(); }"
AND_ANOTHER = "form => { form.requestSubmit(); document.querySelector('#polls [data-act=edit]').click(); }"


def test_a_poll_is_saved_once_and_leaves_another_alone_that_was_opened_since(hall: Hall) -> None:
    page = opened(hall, "host", "polls")
    ours = re.compile("Depot or street|Now or later")
    editor, lines = page.locator(".editor"), page.locator("#polls .poll-line").filter(has_text=ours)
    _write_poll(page, "Depot or street?")
    editor.evaluate(TWICE)
    expect(editor).to_have_count(0)
    _write_poll(page, "Now or later?")
    editor.evaluate(AND_ANOTHER)
    expect(lines.filter(has_text="Now or later?")).to_have_count(1)
    page.wait_for_timeout(300)
    expect(lines).to_have_count(2)
    expect(page.locator(".editor [data-field=question]")).to_have_value("Depot or street?")
