"""Each kind of poll through its whole life: prepared and run by a host, answered by keyboard at a desk,
seen on a phone, told on every screen and as a table; in both languages, and with nothing for axe to find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Opener, Server, opening, running, until
from tests.browser.people import between_presses
from tests.browser.stage import Hall, Socket, Who
from tests.browser.test_axe import clean

PORTS = ("Göteborg", "Rotterdam", "Los Angeles")


class Kind(NamedTuple):
    """A form: what a host writes of it, how somebody answers with keys, what others answer, what is told."""

    form: str
    write: Callable[[Page], None]
    keys: Callable[[Page], None]
    vote: dict[str, Any]
    told: str
    stage: str


def _options(page: Page) -> None:
    for at, text in enumerate(PORTS):
        field = page.locator(f"[data-field='{at}']")
        field.fill(text)
        field.press("Enter")


def _quiz(page: Page) -> None:
    _options(page)
    page.locator("[data-field=right]").check()


def _scale(page: Page) -> None:
    page.locator("[data-field=low]").fill("Not at all")
    page.locator("[data-field=high]").fill("Fully")


def _number(page: Page) -> None:
    page.locator("[data-field=unit]").fill("quays")
    page.locator("[data-field=least]").fill("0")


def _type(text: str) -> Callable[[Page], None]:
    def typed(page: Page) -> None:
        page.locator("#place-polls .poll form :is(input, textarea)").first.focus()
        page.keyboard.type(text)

    return typed


def _rank(page: Page) -> None:
    page.locator("#place-polls [data-act=rank_up]").nth(2).focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#place-polls .rank-field").first).to_contain_text(PORTS[2])
    expect(page.locator(":focus")).to_have_attribute("data-act", "rank_up")


def _arrow(page: Page) -> None:
    page.locator("#place-polls .poll form input[type=radio]").first.focus()
    page.keyboard.press("ArrowDown")


KINDS = [
    Kind("choice", _options, _arrow, {"options": ["1"]}, "Göteborg", "83%"),
    Kind("scale", _scale, _arrow, {"number": 4}, "3", "3"),
    Kind("cloud", lambda page: None, _type("Money"), {"texts": ["grid"]}, "grid", "grid"),
    Kind(
        "text",
        lambda page: None,
        _type("One plug for all of Europe."),
        {"texts": ["Less paper"]},
        "Less paper",
        "paper",
    ),
    Kind("ranking", _options, _rank, {"options": ["2", "1", "3"]}, "Rotterdam", "Rotterdam"),
    Kind("number", _number, _type("1.250"), {"number": 300}, "300", "300"),
    Kind("quiz", _quiz, _arrow, {"options": ["1"]}, "Göteborg", "Göteborg"),
]


@pytest.fixture(scope="module")
def hall(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with running(tmp_path_factory.mktemp("polls") / "data") as server, opening(browser) as open_page:
        with Hall(server, open_page) as hall:
            hall.host.do("open_session")
            yield Room(server, open_page, hall)


class Room(NamedTuple):
    server: Server
    open_page: Opener
    hall: Hall

    def voters(self, many: int = 5) -> list[Socket]:
        return [self.hall.comes(Who(f"Voter {at}", "Voltline", "sme", "NL")) for at in range(many)]

    def attendee(self, name: str, **how: Any) -> Page:
        page = self.open_page(self.server.link("attendee", name), **how)
        page.locator(".door-go").click()
        page.locator("#tab-polls").click()
        return page


def prepared(host: Page, kind: Kind, question: str) -> str:
    """Written in the editor, with keys where it has any to be chosen by; the poll's id."""
    host.locator("#polls [data-act=new_poll]").first.click()
    if kind.form != "choice":
        host.locator(".editor-forms summary").press("Enter")
        host.keyboard.press("Tab")
        while not host.locator(f".editor-forms input[value={kind.form}]").is_checked():
            host.keyboard.press("ArrowDown")
        host.keyboard.press("Enter")
        expect(host.locator(".editor-forms[open]")).to_have_count(0)
    host.locator("[data-field=question]").fill(question)
    kind.write(host)
    clean(host, f"writing a {kind.form}")
    host.locator(".editor .is-primary").click()
    expect(host.locator(".editor")).to_have_count(0)
    return question


def answered(page: Page, kind: Kind) -> None:
    """By keyboard alone."""
    form = page.locator("#place-polls .poll form")
    expect(form).to_be_visible()
    clean(page, f"a {kind.form} is open")
    kind.keys(page)
    while page.locator(":focus").get_attribute("class") != "button is-primary is-small":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(form.locator("[role=status]")).not_to_be_empty()
    clean(page, f"a {kind.form} is answered")


@pytest.mark.parametrize("kind", KINDS, ids=[kind.form for kind in KINDS])
@pytest.mark.parametrize("locale", ["en-GB"])
def test_each_kind_of_poll_from_the_editor_to_the_result(hall: Room, kind: Kind, locale: str) -> None:
    how = {"locale": locale, "dark": locale == "nl-NL"}
    question = f"{kind.form}, {locale}: which one?"
    host = hall.open_page(hall.server.link("host", f"Anna {kind.form}"), **how)
    page = hall.attendee(f"Ana {kind.form}", **how)
    phone = hall.attendee(f"Ben {kind.form}", viewport=PHONE, **how)
    stage = hall.hall.screen(f"lang={locale[:2]}")
    prepared(host, kind, question)
    line = host.locator(".poll", has_text=question)
    line.hover()
    line.locator("[data-act=open_poll]").click()
    expect(stage.get_by_text(question)).to_be_visible()
    answered(page, kind)
    clean(phone, f"a {kind.form} on a phone")
    expect(phone.locator("#place-polls .poll form button").last).to_be_in_viewport()
    poll = _poll_of(page, question)
    for voter in hall.voters():
        voter.do("vote", poll=poll, **kind.vote)
    until(lambda: "6" in line.locator(".voters").inner_text(), "all six are counted")
    between_presses(host)
    line.locator(".step").nth(1).click()
    between_presses(host)
    if kind.form == "text":
        _let_through(host, line)
    line.locator(".step").nth(2).click()
    for screen in (page, phone):
        card = screen.locator("#place-polls .poll", has_text=question)
        expect(card).to_have_class("card poll is-revealed")
        expect(card).to_contain_text(kind.told)
        clean(screen, f"a {kind.form} is revealed")
    if kind.form not in ("text", "choice"):
        expect(page.locator("#place-polls .poll", has_text=question).locator("table")).to_contain_text(
            kind.told
        )
    expect(stage.locator(".picture")).to_contain_text(kind.stage)
    clean(stage, f"a {kind.form} on the stage")
    clean(host, f"a {kind.form} on the host's page")
    hall.hall.host.do("close_poll", poll=poll)
    for opened in (host, page, phone, stage):
        opened.close()


def _let_through(host: Page, line: Any) -> None:
    line.locator("[data-act=answers]").click()
    rows = host.locator(".answer-row")
    expect(rows).to_have_count(2)
    clean(host, "answers that wait")
    host.locator("[data-act=show_answers]").click()
    expect(host.locator(".answer-row.is-shown")).to_have_count(2)
    host.keyboard.press("Escape")


def _poll_of(page: Page, question: str) -> str:
    """Its id, as a card has it."""
    id = page.locator("#place-polls .poll-question", has_text=question).get_attribute("id")
    return (id or "").removeprefix("poll-tab-")
