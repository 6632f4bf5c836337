"""Sheets of an hour: read by real readers, with all that people may write, and nothing worked out."""

from __future__ import annotations

import csv
import io
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from tests.session.scene import Scene, scene
from webinar_server.sheets.hour import Reader, lines_of, rows_of, workbook_of
from webinar_server.sheets.hour_words import COLUMNS, SHEETS, WORDS
from webinar_server.sheets.listing import FORMULAS, plain
from webinar_server.sheets.written import as_csv, as_workbook

ZONE = ZoneInfo("Asia/Tokyo")
HOSTILE = (
    '=HYPERLINK("https://evil.example";"free")',
    "+31 6 1234",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "'=1+1",
    'a "quoted"; name, with\nlines',
    "مرحبا ‏بالعالم",
    "<b>&amp;</b> ]]>",
    "👩‍👩‍👧 Zoë",
)


def hour() -> Scene:
    story = scene()
    for n, text in enumerate(HOSTILE):
        who = f"p{n}"
        story.given(who, "arrive", name=text[:80], organisation=text[:80], kind="sme", country="NL")
        story.given(who, "say", text=text).given(who, "ask", id=f"q{n}", text=text)
        story.given("host", "answer_in_writing", question=f"q{n}", text=text)
    story.given("host", "draft_poll", id="p", question=HOSTILE[0], options=list(HOSTILE[1:4]))
    story.given("host", "open_poll", poll="p")
    for n in range(6):
        story.given(f"p{n}", "vote", poll="p", options=["1"]).given(
            f"p{n}", "give_feedback", worth="yes", line=HOSTILE[n]
        )
    return story.given("host", "close_poll", poll="p")


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_workbook_has_every_sheet_as_text_and_no_formula(lang: str) -> None:
    story = hour()
    sheets = workbook_of(story.state, story.at, Reader(lang, ZONE))
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(sheets)))
    assert book.sheetnames == [*SHEETS[lang].values()]
    for title, rows in sheets.items():
        found = [[cell.value or "" for cell in row] for row in book[title].iter_rows()]
        assert found == rows
        assert {cell.data_type for row in book[title].iter_rows() for cell in row if cell.value} <= {
            "s",
            "inlineStr",
        }


@pytest.mark.parametrize("separator", [",", ";"])
def test_each_sheet_is_a_table_in_which_no_cell_is_worked_out(separator: str) -> None:
    story = hour()
    for sheet in SHEETS["en"]:
        rows = rows_of(story.state, sheet, story.at, Reader("en", ZONE))
        body = as_csv(rows, separator)
        assert body.startswith(b"\xef\xbb\xbf")
        found = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=separator))
        assert found == [[plain(cell) for cell in row] for row in rows]
        assert not [cell for row in found for cell in row if cell and cell.lstrip()[:1] in FORMULAS]


def test_every_column_and_word_is_there_in_both_languages() -> None:
    assert SHEETS["en"].keys() == SHEETS["nl"].keys() and WORDS["en"].keys() == WORDS["nl"].keys()
    assert {name: [*of] for name, of in COLUMNS["en"].items()} == {
        name: [*of] for name, of in COLUMNS["nl"].items()
    }
    story = hour()
    for sheet, columns in COLUMNS["en"].items():
        lines = lines_of(story.state, sheet, story.at)
        assert lines and all(set(line) == set(columns) for line in lines), sheet


def test_who_asked_otherwise_than_by_name_and_what_was_taken_back_is_not_in_it() -> None:
    story = scene().given("ada", "ask", id="q", text="Anonymous?", shown="anonymous")
    story.given("bob", "ask", id="r", text="Withdrawn?").given("bob", "withdraw", question="r")
    (line,) = lines_of(story.state, "questions", story.at)
    assert (line["text"], line["name"], line["organisation"], line["kind"]) == ("Anonymous?", "", "", "")


def test_of_a_poll_with_few_votes_there_are_no_choices() -> None:
    story = scene().given("host", "draft_poll", id="p", question="Which?", options=["a", "b"])
    story.given("host", "open_poll", poll="p").given("ada", "vote", poll="p", options=["1"])
    story.given("host", "close_poll", poll="p")
    assert [line["votes"] for line in lines_of(story.state, "polls", story.at)] == [None, None]


def test_times_are_by_the_clocks_of_who_reads_them_and_codes_are_words() -> None:
    story = scene().given("ada", "arrive", name="Ada", kind="sme", country="CN", organisation="A")
    titles, ada = rows_of(story.state, "people", story.at, Reader("nl", ZONE))
    assert titles[titles.index("Gekomen om (Asia/Tokyo)")]
    assert ada[:5] == ["Ada", "A", "Bedrijf", "China", "Deelnemer"]
    assert ada[titles.index("Gekomen om (Asia/Tokyo)")].startswith("1970-01-01 09:16")
