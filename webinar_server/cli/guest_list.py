"""Guest list: a file of people (CSV), and the same with everybody's link or token beside them.

The first row names the columns: `name`, and if there are any `organisation`, `kind`, `country`, `role`.
Others stay as they are, for whoever merges the list into letters. Nothing is written unless all is right.
"""

from __future__ import annotations

import csv
import io
import pathlib
from collections.abc import Callable, Sequence
from typing import TypeAlias

from webinar_server.errors import Refusal, StorageError

Row: TypeAlias = dict[str, str]

KNOWN = ("name", "organisation", "kind", "country", "role")
PEOPLE_MAX = 100_000
BYTES_MAX = 50_000_000
FORMULAS, LINES = frozenset("=+-@＝＋－＠"), frozenset("\t\r\n")
"""How a cell begins that a spreadsheet would reckon with: after spaces or not, and at the very beginning."""


def with_links(file: pathlib.Path, column: str, make: Callable[[Row], str]) -> str:
    """The list with one more column, which `make` fills from the known columns of a row.

    Raises StorageError that names the file and the line, also for what `make` refuses.
    """
    text = _text(file)
    delimiter = _delimiter(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise StorageError(f"{file} is no CSV file ({error}); save it again as CSV") from None
    names = _columns(file, rows[0] if rows else [], column)
    people = [(line, row) for line, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row)]
    if not 0 < len(people) <= PEOPLE_MAX:
        raise StorageError(f"{file} has {len(people)} people; a list has 1 to {PEOPLE_MAX}")
    made = [_made(file, line, names, row, make) for line, row in people]
    return _written([[*rows[0], column], *made], delimiter)


def _made(
    file: pathlib.Path, line: int, names: Sequence[str], row: list[str], make: Callable[[Row], str]
) -> list[str]:
    if len(row) > len(names):
        raise StorageError(f"{file}, row {line}: there are more cells than columns; put such words in quotes")
    row += [""] * (len(names) - len(row))
    known = {name: cell.strip() for name, cell in zip(names, row, strict=True) if name in KNOWN}
    try:
        return [*row, make(known)]
    except Refusal as error:
        raise StorageError(f"{file}, row {line}: {error.text}") from None


def _text(file: pathlib.Path) -> str:
    """UTF-8, or what Excel calls Unicode text. Raises StorageError."""
    try:
        with file.open("rb") as opened:
            data = opened.read(BYTES_MAX + 1)
    except OSError as error:
        raise StorageError(f"{file} cannot be read ({error.strerror})") from None
    if len(data) > BYTES_MAX:
        raise StorageError(f"{file} is larger than {BYTES_MAX} bytes; is it a list of people?")
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise StorageError(f"{file} is not in UTF-8; save it as “CSV UTF-8”") from None


def _delimiter(text: str) -> str:
    """Of commas, semicolons (Excel where a comma is in numbers) and tabs, what the first row has most of."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _columns(file: pathlib.Path, first: list[str], column: str) -> list[str]:
    names = [name.strip().casefold() for name in first]
    wrong = [name for name in (*KNOWN, column) if names.count(name) > (name != column)]
    if "name" not in names:
        raise StorageError(
            f"{file} has no column `name`; its first row names the columns: {', '.join(KNOWN)}"
        )
    if wrong:
        raise StorageError(f"{file} has a column `{wrong[0]}` too many; take it out")
    return names


def _written(rows: list[list[str]], delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    for row in rows:
        writer.writerow(["'" + cell if _is_formula(cell) else cell for cell in row])
    return out.getvalue()


def _is_formula(cell: str) -> bool:
    return cell.lstrip()[:1] in FORMULAS or cell[:1] in LINES
