"""Leads as files: what others read of them is what stands in them, and nothing is worked out."""

from __future__ import annotations

import csv
import io
from typing import Any, get_args

import openpyxl
import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from python_calamine import load_workbook

from tests.mission.scene import scene
from tests.session.scene import Scene
from webinar_server.mission.contacts import Where
from webinar_server.mission.leads import Lead, leads_of
from webinar_server.mission.programme import HOUR_MS
from webinar_server.sheets.leads import COLUMNS, WORDS, objects_of, rows_of
from webinar_server.sheets.written import CELL_MAX, as_csv, as_xlsx
from webinar_server.vcard import LINE_MAX, Version, vcards

BOB: dict[str, Any] = {
    "name": "Bob de Vries-Łuć",
    "organisation": "Volt; Line, B.V.",
    "phone": "+31 6 1234567",
    "kind": "sme",
    "country": "NL",
    "place": "Rotterdam",
    "link": "https://voltline.example/a?b=1&c=2",
}
NOTES = "Wants: depots, ports; \\n is no line\nSecond line with é and 漢字 " + "and much more " * 9
REASON = '=HYPERLINK("x")'


def connected() -> Scene:
    story = scene("ada", "bob").given("bob", "change_card", **BOB)
    slot = {"session": "s1", "title": "Depots", "starts_at": story.at, "ends_at": story.at + HOUR_MS}
    story.given("ori", "plan_slot", **slot).later(120_000)
    story.given("ada", "ask_contact", id="c1", whom="bob", where="chat", session="s1", reason=REASON)
    story.given("bob", "accept_contacts", requests=["c1"])
    written = {"notes": NOTES, "tags": ["ev, depots", "+plus"], "next_step": "Call", "due": "2027-03-15"}
    return story.given("ada", "change_lead", lead="ada/bob", **written, done=True)


def expected(lang: str = "en") -> dict[str, str]:
    return {
        **{field: BOB[field] for field in ("name", "organisation", "phone", "place", "link")},
        "country": {"en": "Netherlands", "nl": "Nederland"}[lang],
        "kind": {"en": "Company", "nl": "Bedrijf"}[lang],
        "since": "1970-01-01 01:18",
        "email": "bob@example.org",
        "where": WORDS[lang]["chat"],
        "session": "Depots",
        "minute": "3",
        "reason": REASON,
        "notes": NOTES.strip(),
        "tags": "ev, depots; +plus",
        "next_step": "Call",
        "due": "2027-03-15",
        "done": WORDS[lang]["done"],
        "asked": WORDS[lang]["I"],
    }


def by_column(rows: list[list[str]], lang: str) -> dict[str, str]:
    titles, told = rows
    since = f"{COLUMNS[lang]['since']} (The Hague)"
    assert titles == [*(COLUMNS[lang] | {"since": since}).values()]
    return dict(zip(COLUMNS[lang], told, strict=True))


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_a_table_holds_it_all_and_no_formula(lang: str, separator: str) -> None:
    body = as_csv(rows_of(connected().state, "ada", lang), separator)
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=separator))
    told = by_column(rows, lang)
    assert told["reason"] == f"'{REASON}" and told["phone"] == "'+31 6 1234567"
    plainly = {field: value.removeprefix("'") for field, value in told.items()}
    assert {field: plainly[field] for field in expected(lang)} == expected(lang)


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_workbook_holds_it_as_text(lang: str) -> None:
    body = as_xlsx(rows_of(connected().state, "ada", lang), "Electric [mobility]: a week of it, and more")
    book = openpyxl.load_workbook(io.BytesIO(body))
    sheet = book.active
    cells = [[cell for cell in row] for row in sheet.iter_rows()]
    assert all(cell.data_type in ("s", "inlineStr", "n") for row in cells for cell in row)
    assert not [cell for row in cells for cell in row if cell.data_type == "n" and cell.value is not None]
    told = by_column([[cell.value or "" for cell in row] for row in cells], lang)
    assert {field: told[field] for field in expected(lang)} == expected(lang)
    assert sheet.freeze_panes == "A2" and sheet["A1"].font.bold and not sheet["A2"].font.bold


def test_a_workbook_is_read_by_what_reads_lists_too() -> None:
    rows = rows_of(connected().state, "ada", "en")
    read = load_workbook(io.BytesIO(as_xlsx(rows, "x"))).get_sheet_by_index(0).to_python()
    assert [[str(cell) for cell in row] for row in read] == rows


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(some.lists(some.lists(some.text(), min_size=3, max_size=3), min_size=1, max_size=4), some.text())
def test_whatever_stands_in_a_cell_a_workbook_opens(rows: list[list[str]], title: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows, title)))
    assert len(book.sheetnames) == 1
    read = [[cell.value or "" for cell in row] for row in book.active.iter_rows()]
    kept = [[_kept(cell) for cell in row] for row in rows]
    if any(cell for row in kept for cell in row):
        assert [[_kept(cell) for cell in row] for row in read] == kept[: len(read)]


def _kept(cell: str) -> str:
    """What XML keeps of a text: its line ends are one, and what it cannot hold is gone."""
    told = "".join(sign for sign in cell if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff"))
    told = "".join(sign for sign in told if not "\ud800" <= sign <= "\udfff")
    return told.replace("\r\n", "\n").replace("\r", "\n")[:CELL_MAX]


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_an_address_book_holds_it_all(version: Version) -> None:
    body = vcards(leads_of(connected().state, "ada"), "ev-2027", version)
    [card] = list(vobject.readComponents(body.decode()))
    assert card.version.value == version
    assert card.fn.value == BOB["name"]
    assert card.org.value == [BOB["organisation"]]
    assert (card.email.value, card.tel.value) == ("bob@example.org", BOB["phone"])
    assert card.url.value == BOB["link"]
    assert (card.adr.value.city, card.adr.value.country) == ("Rotterdam", "NL")
    assert card.categories.value == ["ev, depots", "+plus"]
    assert card.note.value == "\n".join((REASON, NOTES.strip(), "Call (2027-03-15)"))


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_lines_of_an_address_book_are_short_and_whole(version: Version) -> None:
    body = vcards(leads_of(connected().state, "ada"), "ev-2027", version)
    assert body.endswith(b"END:VCARD\r\n")
    for line in body.split(b"\r\n"):
        assert len(line) <= LINE_MAX and b"\n" not in line
        line.decode()


def test_a_lead_keeps_its_uid_and_others_have_another() -> None:
    story = connected()

    def uids(person: str, mission: str, version: Version) -> list[str]:
        lines = vcards(leads_of(story.state, person), mission, version).decode().split("\r\n")
        return [line for line in lines if line.startswith("UID:")]

    first = uids("ada", "ev-2027", "4.0")
    story.given("ada", "change_lead", lead="ada/bob", notes="")
    assert first == uids("ada", "ev-2027", "3.0")
    assert first != uids("bob", "ev-2027", "4.0") and first != uids("ada", "other", "4.0")


def test_for_programs_it_is_as_its_owner_sees_it_with_the_sessions() -> None:
    story = connected()
    [lead] = objects_of(story.state, "ada")
    own = story.sees("ada", Lead, "ada/bob")
    assert own is not None
    rest = {name: value for name, value in own.items() if name != "began"}
    assert {name: lead[name] for name in rest} == rest
    [began] = lead["began"]
    assert began == own["began"][0] | {"title": "Depots", "minute": 3}


def test_who_has_none_has_titles_alone() -> None:
    state = scene("ada").state
    assert rows_of(state, "ada", "nl") == [[*(COLUMNS["nl"] | {"since": "Sinds (The Hague)"}).values()]]
    assert objects_of(state, "ada") == [] and vcards([], "ev-2027", "4.0") == b""


def test_whom_one_blocked_is_in_none() -> None:
    story = connected().given("ada", "block", person="bob")
    assert len(rows_of(story.state, "ada", "en")) == 1 and objects_of(story.state, "ada") == []


def test_each_way_it_may_begin_has_words() -> None:
    for lang in ("en", "nl"):
        assert set(get_args(Where)) <= set(WORDS[lang]) and set(COLUMNS["en"]) == set(COLUMNS[lang])
