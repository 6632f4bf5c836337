"""Importing people: a list looked at line by line, its columns said by hand, taken in, also past a reload."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener, Server
from tests.browser.organise import Organised, begun, opened, to
from tests.browser.test_axe import check
from tests.browser.test_tab_stops import MOST, around
from tests.mission.files import ADA, TITLES, ZOE, Rows, as_csv, as_xlsx

SCREENS = pytest.mark.parametrize(
    ("locale", "viewport"), [("en-GB", DESKTOP), ("nl-NL", PHONE)], ids=["en-desktop", "nl-phone"]
)
BAD = ["", "Naamloos", "x@example.org", "", "", ""]


@pytest.fixture
def organised(tmp_path: Path) -> Iterator[Organised]:
    path = begun(tmp_path)
    server = Server(tmp_path)
    server.start()
    yield Organised(server, path)
    server.stop()


def chosen(page: Page, rows: Rows | bytes, name: str = "people.csv") -> Page:
    data = rows if isinstance(rows, bytes) else as_csv(rows)
    page.locator("#place-imports [name=list]").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": data}]
    )
    return page


def looked_at(page: Page, rows: Rows | bytes, name: str = "people.csv") -> Page:
    chosen(page, rows, name)
    expect(page.locator(".import-look")).to_have_attribute("aria-busy", "false")
    return page


def counts(page: Page) -> dict[str, int]:
    chips = page.locator(".import-look [data-fate] .tally")
    fates = page.locator(".import-look button[data-fate]").evaluate_all(
        "all => all.map((one) => one.dataset.fate)"
    )
    return dict(zip(fates, (int(text.replace(",", "")) for text in chips.all_inner_texts()), strict=True))


def taken_in(page: Page) -> Page:
    page.locator(".import-go .is-primary").click()
    expect(page.locator(".import-past li").first).to_be_visible()
    expect(page.locator(".import-run")).to_have_count(0)
    return page


@SCREENS
def test_a_list_is_looked_at_then_taken_in_and_is_told_of_past_a_reload(
    organised: Organised, open_page: Opener, locale: str, viewport: dict[str, int]
) -> None:
    page = opened(organised, open_page, "imports", locale=locale, viewport=viewport)
    looked_at(page, as_xlsx([TITLES, ADA, ZOE, BAD]), "people.xlsx")
    assert counts(page) == {"all": 3, "new": 2, "refused": 1}
    # what is left out is seen first
    expect(page.locator(".import-line")).to_have_count(1)
    expect(page.locator(".import-line .import-number")).to_have_text("4")
    page.locator("[data-fate=all]").click()
    expect(page.locator(".import-line")).to_have_count(3)
    taken_in(page)
    # how they get their links is the next thing
    page.locator(".import-past [data-act=next]").click()
    expect(page.locator(".person", has_text="Zoë Żak")).to_be_visible()
    to(page, "imports")
    page.reload()
    expect(page.locator(".import-past li").first).to_contain_text("people.xlsx")
    looked_at(page, [TITLES, ADA, ZOE])
    assert counts(page) == {"all": 2, "equal": 2}
    expect(page.locator(".import-go .is-primary")).to_have_attribute("aria-disabled", "true")


UNHURRIED = (
    "const every = setInterval; window.setInterval = (run, ms) => (ms === 10_000 ? 0 : every(run, ms));"
)
"""Without what the guide asks for now and then."""


def test_the_guide_knows_of_them_as_soon_as_they_are_taken_in(
    organised: Organised, open_page: Opener
) -> None:
    page = opened(organised, open_page, "imports", before=lambda page: page.add_init_script(UNHURRIED))
    taken_in(looked_at(page, [TITLES, ADA, ZOE]))
    to(page, "guide")
    expect(page.locator("[data-step=people]")).to_have_class(re.compile("is-done"))


@SCREENS
def test_a_word_that_is_not_known_is_shown_before_and_after_and_keeps_nobody_out(
    organised: Organised, open_page: Opener, locale: str, viewport: dict[str, int]
) -> None:
    page = opened(organised, open_page, "imports", locale=locale, viewport=viewport)
    looked_at(page, [["Name", "Country", "Languages"], ["Ada Bos", "Atlantis", "Dutch, Klingon"]])
    assert counts(page) == {"all": 1, "new": 1}
    why = page.locator(".import-line .import-why")
    expect(why).to_contain_text("Atlantis")
    expect(why).to_contain_text("Klingon")
    taken_in(page)
    page.locator(".import-past details > summary").click()
    told = page.locator(".import-past .import-strays li")
    expect(told).to_have_text([re.compile("Atlantis"), re.compile("Klingon")])
    check(page, "a word left out")
    [ada] = [one for one in organised.call("people")["people"] if one["name"] == "Ada Bos"]
    assert ada["country"] == ""


def test_what_a_column_is_can_be_said_by_hand(organised: Organised, open_page: Opener) -> None:
    page = opened(organised, open_page, "imports")
    looked_at(
        page, [["Wie", "Waar", "E-mail", "E-mail"], ["Ada Bos", "Voltline", "a@example.org", "b@example.org"]]
    )
    expect(page.locator(".notice")).to_be_visible()
    expect(page.locator(".import-go .is-primary")).to_have_count(0)
    page.locator("[name=column-0]").select_option("name")
    expect(page.locator("[data-fate=new]").first).to_be_visible()
    page.locator("[name=column-1]").select_option("organisation")
    expect(page.locator(".import-who .soft")).to_have_text("Voltline")
    # a field is one column's: the other leaves it
    page.locator("[name=column-3]").select_option("email")
    expect(page.locator("[name=column-2]")).to_have_value("")
    taken_in(page)
    [ada] = [one for one in organised.call("people")["people"] if one["name"] == "Ada Bos"]
    assert (ada["organisation"], ada["email"]) == ("Voltline", "b@example.org")


def test_a_large_list_goes_on_whatever_becomes_of_the_page(organised: Organised, open_page: Opener) -> None:
    page = opened(organised, open_page, "imports")
    rows = [TITLES, *([f"Person {n}", "House", f"p{n}@example.org", "NL", "", ""] for n in range(4_000))]
    looked_at(page, rows)
    page.locator(".import-go .is-primary").click()
    expect(page.locator(".import-run, .import-past li").first).to_be_visible()
    page.reload()
    expect(page.locator(".import-run, .import-past li").first).to_be_visible()
    expect(page.locator(".import-past li").first).to_contain_text("4,000")
    assert organised.call("people")["total"] == 4_001


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7", "people.pdf"),
        (b"Name\n" + b"x" * 5_000_000, "people.csv"),
        (b'Name\n"Ada\nBob\n', "q.csv"),
    ],
    ids=["no list", "too large", "a quote without end"],
)
def test_what_is_no_list_is_said_to_be_none_and_another_can_be_chosen(
    organised: Organised, open_page: Opener, data: bytes, name: str
) -> None:
    page = opened(organised, open_page, "imports")
    chosen(page, data, name)
    expect(page.locator("#place-imports [role=alert]")).to_be_visible()
    looked_at(page, [TITLES, ADA])
    expect(page.locator("#place-imports [role=alert]")).to_have_count(0)
    assert counts(page)["new"] == 1


def test_by_keyboard_alone(organised: Organised, open_page: Opener, tmp_path: Path) -> None:
    page = opened(organised, open_page, "imports")
    path = tmp_path / "people.csv"
    path.write_bytes(as_csv([TITLES, ADA]))
    page.locator("#place-imports").focus()
    page.keyboard.press("Tab")
    with page.expect_file_chooser() as waiting:
        page.keyboard.press("Space")
    waiting.value.set_files(path)
    expect(page.locator(".import-look h3")).to_be_focused()
    _tab_to(page, "button.is-primary")
    page.keyboard.press("Enter")
    expect(page.locator(".import-past li").first).to_contain_text("people.csv")


def _tab_to(page: Page, what: str) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"{what} is not within reach")


@SCREENS
def test_axe_finds_nothing_and_all_is_within_reach(
    organised: Organised, open_page: Opener, locale: str, viewport: dict[str, int]
) -> None:
    page = opened(organised, open_page, "imports", locale=locale, viewport=viewport)
    check(page, "no file yet")
    chosen(page, b"%PDF")
    expect(page.locator("#place-imports [role=alert]")).to_be_visible()
    check(page, "no list")
    looked_at(page, [["Wie", "E-mail", "E-mail"], ["Ada", "x", "y"]])
    check(page, "columns that nobody knows")
    page.locator(".tab-head .is-small").click()
    rows: list[list[Any]] = [
        TITLES,
        ADA,
        ZOE,
        BAD,
        *(["P", "", f"p{n}@example.org", "NL", "", ""] for n in range(70)),
    ]
    looked_at(page, rows)
    page.locator("[data-fate=all]").click()
    check(page, "what happens to each line")
    _reached(page)
    taken_in(page)
    page.locator(".import-past summary").click()
    check(page, "what was left out")
    _reached(page)


def _reached(page: Page) -> None:
    stops = around(page)
    assert len(stops) <= MOST, [stop["what"] for stop in stops]
    assert [stop for stop in stops if not (stop["clear"] and stop["inView"])] == []
