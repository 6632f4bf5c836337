"""Any file at all is a sheet or a refusal, and what its lines say is as cards keep it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as some

from tests.mission.files import ADA, TITLES, as_csv, as_xlsx
from webinar_server.errors import Refusal
from webinar_server.mission.cards import CLEAN
from webinar_server.sheets.columns import FIELDS
from webinar_server.sheets.reading import Sheet, read

CELLS = some.text(some.sampled_from("aZé\u202e\u200b \"';,\t\n\r=+-@|<>.0xﬁ中😀\ufeff"), max_size=12)
ROWS = some.lists(some.lists(CELLS, max_size=5), max_size=6)
XLSX = as_xlsx([TITLES, ADA])


def held(data: bytes, fields: list[str] | None = None) -> None:
    try:
        sheet = read(data, fields)
    except Refusal as refusal:
        assert refusal.code.startswith("import.") and refusal.text
        return
    assert isinstance(sheet, Sheet)
    for line in sheet.lines:
        assert {field: CLEAN[field](value, field) for field, value in line.said.items()} == line.said
        assert line.said["name"] and line.number > 1


@settings(max_examples=300, deadline=None)
@given(some.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    held(data)
    held(b"Name;E-mail\n" + data)


@settings(max_examples=400, deadline=None)
@given(ROWS, some.sampled_from(";,\t"), some.permutations(FIELDS))
def test_any_cells_under_any_titles(rows: list[list[str]], separator: str, fields: list[str]) -> None:
    titles = [f"column {number}" for number in range(5)]
    held(as_csv([titles, *rows], separator), fields[:5])


@settings(max_examples=200, deadline=None)
@given(
    some.lists(some.tuples(some.integers(0, len(XLSX) - 1), some.integers(0, 255)), min_size=1, max_size=4)
)
def test_any_damage_to_a_workbook(places: list[tuple[int, int]]) -> None:
    data = bytearray(XLSX)
    for place, byte in places:
        data[place] = byte
    held(bytes(data))
