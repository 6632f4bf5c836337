"""Reading: whatever program wrote a list, it says the same; what cannot be read is refused with its line."""

from __future__ import annotations

import codecs
import datetime
import json
import re
from math import prod
from typing import Any

import pytest

from tests.floors import ROOT
from tests.mission.files import ADA, TITLES, ZOE, as_csv, as_xlsx
from webinar_server.errors import Refusal
from webinar_server.limits import LIST_MAX
from webinar_server.mission.participants import Participant
from webinar_server.sheets.cells import cell_value
from webinar_server.sheets.columns import FIELDS, TITLE_MAX
from webinar_server.sheets.listing import FORMULAS, listed
from webinar_server.sheets.reading import LINES_MAX, Sheet, read
from webinar_server.state.card import ORGANISATION_KINDS

SAID = [
    {
        "name": "Ada Bos",
        "organisation": "Voltline B.V.",
        "email": "ada@example.org",
        "country": "NL",
        "offers": ("Laadpleinen", "Depots"),
        "seeks": ("Accu's",),
    },
    {
        "name": "Zoë Żak",
        "organisation": "Gemeente Súdwest",
        "email": "zoe@example.org",
        "country": "PL",
        "seeks": ("Depots",),
    },
]
ROWS = [TITLES, ADA, ZOE]
LATIN = [TITLES, ADA, [cell.replace("Ż", "Z") for cell in ZOE]]


def said(sheet: Sheet) -> list[dict[str, Any]]:
    return [line.said for line in sheet.lines]


def one(*row: str, titles: str = "Name,E-mail") -> Sheet:
    return read(as_csv([titles.split(","), row], ","), None)


def code(data: bytes, fields: list[str] | None = None) -> tuple[str, str]:
    with pytest.raises(Refusal) as caught:
        read(data, fields)
    return caught.value.code, caught.value.reason


def test_a_list_without_titles_loses_nobody() -> None:
    data = as_csv([["Ada Bos", "ada@example.org"], ["Bob Stone", "bob@example.org"]])
    sheet = read(data, None)
    assert sheet.missing and [column.field for column in sheet.columns] == ["", "email"]
    assert [*sheet.columns[0].samples] == ["Ada Bos", "Bob Stone"]
    lines = read(data, ["name", "email"]).lines
    assert [(line.number, line.said["name"]) for line in lines] == [(1, "Ada Bos"), (2, "Bob Stone")]


@pytest.mark.parametrize("words", ["hello", "hello\nworld\n", "hello, how are you\n"])
def test_words_are_no_list_of_people(words: str) -> None:
    assert code(words.encode()) == ("import.titles", "1")


def test_a_column_of_addresses_is_one_whatever_it_is_called() -> None:
    sheet = read(as_csv([["Wie", "Waarheen"], ["Ada", "ada@example.org"]]), None)
    assert [column.field for column in sheet.columns] == ["", "email"] and sheet.missing


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "mark", "called"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", codecs.BOM_UTF8, "utf-8"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16"),
        ("utf-16-le", b"", "utf-16"),
        ("utf-16-be", b"", "utf-16"),
    ],
)
def test_a_text_is_read_however_it_is_written(
    separator: str, end: str, encoding: str, mark: bytes, called: str
) -> None:
    sheet = read(mark + as_csv(ROWS, separator, encoding, end), None)
    assert said(sheet) == SAID
    assert (sheet.encoding, sheet.separator) == (called, separator)


def test_windows_1252_is_seen_where_it_is_no_utf_8() -> None:
    sheet = read(as_csv(LATIN, ";", "cp1252"), None)
    assert sheet.encoding == "windows-1252" and said(sheet)[1]["name"] == "Zoë Zak"
    assert said(sheet)[1]["organisation"] == "Gemeente Súdwest"


def test_excel_says_the_separator_in_a_line_of_its_own() -> None:
    sheet = read(b"sep=;\r\nName;E-mail\r\nAda, of Voltline;ada@example.org\r\n", None)
    assert said(sheet) == [{"name": "Ada, of Voltline", "email": "ada@example.org"}]
    assert sheet.lines[0].number == 3


@pytest.mark.parametrize(("first", "above"), [("", 0), ("Blad1", 0), ("", 3)])
def test_a_workbook_says_the_same_and_its_lines_are_those_it_shows(first: str, above: int) -> None:
    sheet = read(as_xlsx(ROWS, first=first, above=above), None)
    assert said(sheet) == SAID and sheet.kind == "xlsx"
    assert [line.number for line in sheet.lines] == [above + 2, above + 3]
    assert sheet.sheet == ("Deelnemers" if first else "Sheet")


def test_numbers_and_days_of_a_workbook_are_as_one_reads_them() -> None:
    rows = [["Name", "Phone", "Place", "Pitch"], ["Ada", 31612345678, 7.5, datetime.datetime(2027, 3, 1)]]
    [ada] = said(read(as_xlsx(rows), None))
    assert (ada["phone"], ada["place"], ada["pitch"]) == ("31612345678", "7.5", "2027-03-01")


def test_what_is_worked_out_in_a_workbook_is_told() -> None:
    assert not read(as_xlsx(ROWS), None).formulas
    assert read(as_xlsx([["Name", "Place"], ["Ada", "=1+1"]]), None).formulas


def test_a_formula_in_a_text_is_refused_with_its_line_and_field() -> None:
    [refused] = one('=HYPERLINK("http://evil.example";"Ada")', "ada@example.org").refused
    assert (refused.number, refused.code, refused.field) == (2, "import.formula", "name")
    [ada] = said(one("Ada", "+31 6 12345678", titles="Name,Phone"))
    assert ada["phone"] == "+31 6 12345678"


def test_lines_are_counted_as_the_file_has_them() -> None:
    sheet = read(b'Name;Pitch\nAda;"two\nlines"\n\nBob;x\n;;\nEve\n', None)
    assert [(line.number, line.said["name"]) for line in sheet.lines] == [(2, "Ada"), (5, "Bob"), (7, "Eve")]


def test_quotes_that_never_end_are_refused_with_their_line() -> None:
    assert code(b'Name;Place\nAda;Delft\nBob;"Leiden\nEve;Breda\n') == ("import.quote", "3")
    assert code(b'Name;Place\nAda;Delft\nBob;"Leiden\n' + b"Eve;Breda\n" * 5_000) == ("import.quote", "3")
    assert code(b'Name;Place\nAda;"Delft" x\n') == ("import.quote", "2")
    assert said(read(b'Name;Place\nAda "the Boss" Bos;Delft\n', None))[0]["name"] == 'Ada "the Boss" Bos'


def test_two_columns_of_one_name_and_two_of_one_field_are_told() -> None:
    sheet = read(b"Naam;E-mail;e-mail;Bedrijf;Organisatie\nAda;a@example.org;b@example.org;Volt;Line\n", None)
    assert [(column.field, column.note) for column in sheet.columns] == [
        ("name", ""),
        ("email", ""),
        ("", "twice"),
        ("organisation", ""),
        ("", "taken"),
    ]
    assert said(sheet) == [{"name": "Ada", "email": "a@example.org", "organisation": "Volt"}]


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("NAAM", "name"),
        ("Bedrijf*", "organisation"),
        ("e-mailadres", "email"),
        ("E-mail address", "email"),
        ("Sector(en)", "sectors"),
        ("Zoekt", "seeks"),
        ("Looking for", "seeks"),
        ("Aanbod", "offers"),
        ("Land", "country"),
        ("Telefoonnummer (mobiel)", "phone"),
        ("last_name", "last_name"),
        ("Opmerkingen", ""),
        ("", ""),
    ],
)
def test_columns_are_known_by_their_titles_in_both_languages(title: str, field: str) -> None:
    sheet = read(as_csv([["Iets", title], ["x", "y"]]), None)
    assert sheet.columns[1].field == field


def test_a_name_in_parts_is_one_name() -> None:
    titles = "Voornaam,Tussenvoegsel,Achternaam"
    assert said(one("Ada", "van der", "Bos", titles=titles)) == [{"name": "Ada van der Bos"}]
    assert said(one("Ada", "", "Bos", titles=titles)) == [{"name": "Ada Bos"}]
    [refused] = one("Ada", "van der", "Bos", "x", titles=f"{titles},E-mail").refused
    assert refused.called == "Ada van der Bos"


@pytest.mark.parametrize(("lang", "said_by"), [("en", "Please write "), ("nl", "Schrijf ")])
def test_kinds_that_a_refusal_names_are_taken_and_are_all_there_are(lang: str, said_by: str) -> None:
    words = json.loads((ROOT / "static/mission/imports" / f"{lang}.json").read_text())["refused.import.kind"]
    named = re.split(", | or | of ", words.partition(said_by)[2].rstrip("."))
    assert {cell_value("kind", name) for name in named} == set(ORGANISATION_KINDS)


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("country", "the Netherlands", "NL"),
        ("country", "Verenigde Staten", "US"),
        ("country", "U.S.A.", "US"),
        ("country", "BELGIË", "BE"),
        ("country", "de", "DE"),
        ("kind", "Kennisinstelling", "knowledge"),
        ("kind", "MKB", "sme"),
        ("kind", "Groot bedrijf", "sme"),
        ("kind", "local", "local"),
        ("kind", "Midden- en kleinbedrijf", "sme"),
        ("kind", "Provincie", "local"),
        ("kind", "Ministry", "federal"),
        ("kind", "University of Applied Sciences", "knowledge"),
        ("kind", "Ingenieursbureau", "consultancy"),
        ("languages", "Nederlands, English", ("nl", "en")),
        ("languages", "nl/en", ("nl", "en")),
        ("sectors", "Smart grids, Batteries", ("Smart grids", "Batteries")),
        ("sectors", "Ports, inland; Rail", ("Ports, inland", "Rail")),
        ("link", "www.voltline.example", "https://www.voltline.example"),
        ("email", "Ada Bos <ada@example.org>", "ada@example.org"),
        ("place", "'-Delft", "-Delft"),
        ("place", "'s-Hertogenbosch", "'s-Hertogenbosch"),
    ],
)
def test_cells_are_taken_as_people_write_them(field: str, cell: str, value: Any) -> None:
    data = as_csv([["Name", "X"], ["Ada", cell]], "\t")
    [ada] = said(read(data, ["name", field]))
    assert ada[field] == value


@pytest.mark.parametrize(
    ("field", "cell", "refused"),
    [
        ("email", "ada at example", "participant.email"),
        ("link", "javascript:alert(1)", "participant.link"),
        ("organisation", "A\u202eB", "organisation.bidi"),
        ("sectors", ";".join(map(str, range(13))), "participant.tags"),
        ("pitch", "x" * 161, "participant.too_long"),
    ],
)
def test_a_line_is_refused_with_the_field(field: str, cell: str, refused: str) -> None:
    sheet = read(as_csv([["Name", "X"], ["Ada", cell], ["Bob", ""]], "\t"), ["name", field])
    [line] = sheet.refused
    assert (line.number, line.code, line.field, line.called) == (2, refused, field, "Ada")
    assert said(sheet) == [{"name": "Bob"}]


@pytest.mark.parametrize(
    ("field", "cell", "kept", "unknown"),
    [
        ("kind", "guild", None, "guild"),
        ("kind", " Overheid ", None, "Overheid"),
        ("country", "Atlantis", None, "Atlantis"),
        ("languages", "Klingon", None, "Klingon"),
        ("languages", "Dutch, Klingon en Engels; Elvish", ("nl", "en"), "Klingon, Elvish"),
        ("languages", "x" * 200, None, "x" * TITLE_MAX),
    ],
)
def test_words_of_no_kind_country_or_language_that_is_known_are_left_out_and_told(
    field: str, cell: str, kept: Any, unknown: str
) -> None:
    sheet = read(as_csv([["Name", "X"], ["Ada", cell], ["Bob", ""]], "\t"), ["name", field])
    assert not sheet.refused
    assert said(sheet) == [{"name": "Ada"} | ({field: kept} if kept else {}), {"name": "Bob"}]
    assert [line.unknown for line in sheet.lines] == [{field: unknown}, {}]


@pytest.mark.parametrize(
    "field", ["country", "kind", "languages", "email", "link", "organisation", "sectors"]
)
@pytest.mark.parametrize("dash", ["-", " – ", "--", "'-"])
def test_a_dash_says_as_little_as_an_empty_cell(field: str, dash: str) -> None:
    sheet = read(as_csv([["Name", "X"], ["Ada", dash]], "\t"), ["name", field])
    assert said(sheet) == [{"name": "Ada"}]
    [nobody] = read(as_csv([["Name", "X"], [dash, "ada@example.org"]], "\t"), ["name", "email"]).refused
    assert nobody.code == "import.name"


def test_who_stands_there_twice_is_told_of_the_line_above() -> None:
    data = b"""Name,Organisation,E-mail
Ada,Voltline,ada@example.org
Ada Bos,,ADA@example.org
Bob,Voltline,
bob,VOLTLINE,
Bob,Gridworks,
Bob,Voltline,bob@example.org
Ada,Voltline,another@example.org
Ada,Voltline,
"""
    sheet = read(data, None)
    assert [line.number for line in sheet.lines] == [2, 4, 6, 8]
    assert [(line.number, line.code) for line in sheet.refused] == [
        (number, "import.twice") for number in (3, 5, 7, 9)
    ]


def test_a_list_has_so_many_lines_and_the_refusal_says_how_many_this_has() -> None:
    line = b"Ada %d;\n"
    data = b"Name;Place\n" + b"".join(line % number for number in range(LINES_MAX))
    assert len(read(data, None).lines) == LINES_MAX
    assert code(data + line % LINES_MAX) == ("import.lines", str(LINES_MAX + 1))
    assert code(b"Name;Place\n" + line * 100_000) == ("import.lines", "100000")


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", b"%PDF-1.7 ...", b"\x00" * 100, b"Na\x00me\nA\x00da", b"\xff\xfeN", b"Name;\x81\nAda;x"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    assert code(data)[0] == "import.encoding"


def test_the_page_knows_the_fields_and_how_large_a_list_may_be() -> None:
    scripts = ROOT / "static" / "mission" / "imports"
    named = re.search(r'\.\.\."([a-z_ ]+)"', (scripts / "columns.js").read_text())
    assert named and set(named[1].split()) == set(FIELDS)
    most = re.search(r"BYTES_MAX = ([\d *]+);", (scripts / "upload.js").read_text())
    assert most and prod(map(int, most[1].split("*"))) == LIST_MAX
    for lang in ("en", "nl"):
        words = json.loads((scripts / f"{lang}.json").read_text())
        assert {f"imports.field.{field}" for field in FIELDS} <= set(words)


def test_a_file_without_people_is_refused() -> None:
    assert code(b"Name;E-mail\n")[0] == "import.empty"
    assert code(as_xlsx([]))[0] == "import.empty"


@pytest.mark.parametrize("place", ["=1+1", "+1", "-1", "@x", "＝1+1", "'-Delft", "'s-Hertogenbosch", "Delft"])
def test_what_goes_out_is_never_worked_out_and_comes_in_as_it_was(place: str) -> None:
    data = listed([Participant(id="ada", name="Ada", place=place)], "nl")
    cell = data.decode("utf-8-sig").splitlines()[1].split(";")[4]
    assert cell[0] not in FORMULAS
    assert said(read(data, None)) == [{"name": "Ada", "place": place}]
