"""Reading: from the bytes of a file to lines of cards, each cleaned as what people say of themselves, or why
it cannot be one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any, Literal

import msgspec

from webinar_server.errors import Refusal
from webinar_server.mission.participants import PARTICIPANTS_MAX
from webinar_server.sheets.cells import OPEN, cell_value, is_dash, without_unknown
from webinar_server.sheets.columns import (
    NAMES,
    SAMPLES,
    TITLE_MAX,
    Column,
    as_said,
    has_name,
    is_somebody,
    recognised,
)
from webinar_server.sheets.decoding import decode, no_text
from webinar_server.sheets.delimited import Row, read_delimited
from webinar_server.sheets.workbook import COLUMNS_MAX, is_archive, is_old, no_xlsx, read_workbook

LINES_MAX = PARTICIPANTS_MAX
"""Lines of a file below its titles: as many as a mission has people."""

SAID_MAX = 8 * 1024 * 1024
"""Bytes of what all lines say."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What a line of a file says of somebody; `number` is the line's, `unknown` by field what stands there
    and is no kind of organisation, country or language that we know, so that it is left out."""

    number: int
    said: dict[str, str | tuple[str, ...]]
    unknown: dict[str, str] = {}


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """Why a line is none, and of which field; `called` are the words by which somebody finds it."""

    number: int
    code: str
    text: str
    field: str = ""
    called: str = ""


class Sheet(msgspec.Struct, frozen=True, kw_only=True, tag="sheet"):
    """A file as it was read. `missing` says that no column is a name yet, so that there are no lines."""

    kind: Literal["csv", "xlsx"]
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    formulas: bool = False
    missing: bool = False
    columns: Sequence[Column] = ()
    lines: Sequence[Line] = ()
    refused: Sequence[Refused] = ()


class Unread(msgspec.Struct, frozen=True, kw_only=True, tag="unread"):
    """Why a file could not be read, as a Refusal says it."""

    code: str
    text: str
    reason: str = ""


def read(data: bytes, fields: Sequence[str] | None) -> Sheet:
    """A file; `fields` are what its columns hold, in their order, where somebody said. Raises Refusal
    `import.…`."""
    sheet, rows = _opened(data)
    titles = next(rows, None)
    if titles is None or len(titles.cells) > COLUMNS_MAX:
        raise Refusal("import.empty", "There is nothing in this file, or more columns than can be read.")
    names = [title.strip() for title in titles.cells]
    if is_somebody(names):
        # no titles: its first line is of a person already
        names, rows = [""] * len(names), chain([titles], rows)
    first = list(islice(rows, SAMPLES))
    found = recognised(names, first[0].cells if first else ()) if fields is None else as_said(names, fields)
    columns = _sampled(found, first)
    if not any(column.field for column in columns) and (len(names) == 1 or not first):
        text = (
            "Line 1 is no titles that are known, and there is no e-mail address: this is no list of people."
        )
        raise Refusal("import.titles", text, reason=str(titles.line))
    sheet = msgspec.structs.replace(sheet, columns=columns)
    if not has_name(columns):
        return msgspec.structs.replace(sheet, missing=True)
    lines, refused = _lines([*first, *_counted(rows, len(first))], columns)
    if not lines and not refused:
        raise Refusal("import.empty", "There is nobody below the titles.")
    return msgspec.structs.replace(sheet, lines=lines, refused=refused)


def _opened(data: bytes) -> tuple[Sheet, Iterator[Row]]:
    if is_old(data):
        raise no_xlsx()
    if is_archive(data):
        book = read_workbook(data)
        return Sheet(kind="xlsx", sheet=book.sheet[:TITLE_MAX], formulas=book.formulas), book.rows
    if data.startswith(b"%PDF") or not data.strip():
        raise no_text()
    text, encoding = decode(data)
    separator, rows = read_delimited(text)
    return Sheet(kind="csv", encoding=encoding, separator=separator), rows


def _counted(rows: Iterator[Row], before: int) -> list[Row]:
    kept = list(islice(rows, LINES_MAX - before))
    more = sum(1 for _ in rows)
    if more:
        text = f"A file has at most {LINES_MAX} lines, and this has {before + len(kept) + more}."
        raise Refusal("import.lines", text, reason=str(before + len(kept) + more))
    return kept


def _sampled(columns: Sequence[Column], rows: Sequence[Row]) -> list[Column]:
    return [
        msgspec.structs.replace(
            column, samples=[row.cells[at][:TITLE_MAX] for row in rows if at < len(row.cells)]
        )
        for at, column in enumerate(columns)
    ]


def _lines(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[list[Line], list[Refused]]:
    lines: list[Line] = []
    refused: list[Refused] = []
    seen, size = Seen(), 0
    for row in rows:
        cells = _cells(row, columns)
        try:
            unknown = _without_unknown(cells)
            said = _said(cells)
            seen.once(row.line, said)
        except Refusal as refusal:
            refused.append(_refused(row, refusal, cells))
        else:
            lines.append(Line(number=row.line, said=said, unknown=unknown))
            size += sum(map(len, row.cells))
    if size > SAID_MAX:
        text = f"All lines together say more than {SAID_MAX // 2**20} MB; please share them out on two files."
        raise Refusal("import.size", text)
    return lines, refused


def _cells(row: Row, columns: Sequence[Column]) -> dict[str, str]:
    """What stands in a line, by field; a dash is nothing, as people write it."""
    stands = zip(columns, row.cells, strict=False)
    return {column.field: "" if is_dash(cell) else cell for column, cell in stands if column.field}


def _without_unknown(cells: dict[str, str]) -> dict[str, str]:
    """By field the words that we do not know, which are taken out."""
    told = {}
    for field in OPEN:
        cells[field], unknown = without_unknown(field, cells.get(field, ""))
        if unknown:
            told[field] = unknown[:TITLE_MAX]
    return told


def _said(cells: dict[str, str]) -> dict[str, Any]:
    whole = dict(cells)
    parts = [whole.pop(part, "").strip() for part in NAMES]
    if not whole.get("name", "").strip():
        whole["name"] = " ".join(filter(None, parts))
    if not whole["name"]:
        raise Refusal("import.name", "There is no name in this line.", field="name")
    values = {field: cell_value(field, cell) for field, cell in whole.items()}
    return {field: value for field, value in values.items() if value not in (None, "", ())}


class Seen:
    """Who stood in the lines above."""

    def __init__(self) -> None:
        self._by_mailbox: dict[str, int] = {}
        self._by_name: dict[tuple[str, str], int] = {}
        self._nameless: dict[tuple[str, str], int] = {}

    def once(self, line: int, said: dict[str, Any]) -> None:
        """Raises Refusal `import.twice` where a line above is of the same person."""
        mailbox = said.get("email", "").casefold()
        called = (said["name"].casefold(), said.get("organisation", "").casefold())
        # without an address somebody is who is called so; with one, who has it
        same = self._by_mailbox.get(mailbox) if mailbox else self._by_name.get(called)
        above = same or self._nameless.get(called)
        if above is not None:
            raise Refusal("import.twice", f"Line {above} is of the same person.", reason=str(above))
        self._by_name.setdefault(called, line)
        if mailbox:
            self._by_mailbox[mailbox] = line
        else:
            self._nameless[called] = line


def _refused(row: Row, refusal: Refusal, cells: dict[str, str]) -> Refused:
    whole = " ".join(filter(None, (cells.get(part, "").strip() for part in NAMES)))
    named = (
        cells.get("name", "").strip(),
        whole,
        cells.get("email", "").strip(),
        cells.get("organisation", "").strip(),
    )
    return Refused(
        number=row.line,
        code=refusal.code,
        text=refusal.text,
        field=refusal.field,
        called=next(filter(None, named), "")[:TITLE_MAX],
    )
