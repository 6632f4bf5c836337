"""Written: rows as files that spreadsheets open, CSV and XLSX. Every cell is text: nothing is worked out.

XLSX is here as little as Excel, LibreOffice and Numbers open (ECMA-376): sheets of inline strings, the first
row of each bold and standing. What is not asked for cannot go wrong, and a text in such a cell is no formula.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from webinar_server.sheets.listing import plain

Row = Sequence[str]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_MAX = 32_767
"""Characters that Excel takes in a cell."""

SHEET_MAX = 31
"""The same of a sheet's name."""

WIDE, NARROW = 48, 10
"""Characters that a column is wide at most and at least."""

_UNWRITTEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""

_UNNAMED = re.compile(r"[\[\]:*?/\\]|^'|'$")
"""What no sheet is called."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PARTS = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SAID = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WRITTEN_AT = (1980, 1, 1, 0, 0, 0)
"""The same rows are the same bytes, whenever they are written."""


def as_csv(rows: Iterable[Row], separator: str) -> bytes:
    """With the mark by which Excel knows UTF-8; what it would work out has an apostrophe before it."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[Row], title: str) -> bytes:
    """A workbook of one sheet, called so."""
    return as_workbook({title: rows})


def as_workbook(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """A workbook of several sheets by their titles, each of one row at least."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _files(sheets).items():
            package.writestr(zipfile.ZipInfo(name, _WRITTEN_AT), _HEAD + text, zipfile.ZIP_DEFLATED)
    return body.getvalue()


def _files(sheets: Mapping[str, Sequence[Row]]) -> dict[str, str]:
    sheet_of = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>%s</sheets></workbook>'
    named = "".join(
        f'<sheet name="{_name(title)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, title in enumerate(sheets, 1)
    )
    parts = {f"worksheets/sheet{number}": rows for number, rows in enumerate(sheets.values(), 1)}
    related = [word for part in parts for word in ("worksheet", f"{part}.xml")]
    return {
        "[Content_Types].xml": _types(parts),
        "_rels/.rels": _relations("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": sheet_of % named,
        "xl/_rels/workbook.xml.rels": _relations(*related, "styles", "styles.xml"),
        "xl/styles.xml": _styles(),
        **{f"xl/{part}.xml": _sheet(rows) for part, rows in parts.items()},
    }


def _name(title: str) -> str:
    return _text(_UNNAMED.sub(" ", title)[:SHEET_MAX].strip() or "1").replace('"', "&quot;")


def _types(sheets: Iterable[str]) -> str:
    parts = {"workbook": "sheet.main", **dict.fromkeys(sheets, "worksheet"), "styles": "styles"}
    told = [
        f'<Override PartName="/xl/{part}.xml" ContentType="{_SAID}.{kind}+xml"/>'
        for part, kind in parts.items()
    ]
    relations = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{_PARTS}/content-types">{relations}{xml}{"".join(told)}</Types>'


def _relations(*named: str) -> str:
    """Of kinds and the files that are such, in turn."""
    pairs = zip(named[::2], named[1::2], strict=True)
    told = [
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs, 1)
    ]
    return f'<Relationships xmlns="{_PARTS}/relationships">{"".join(told)}</Relationships>'


def _styles() -> str:
    """Two: as it is, with its lines; and bold."""
    fonts = '<fonts count="2"><font/><font><b/></font></fonts>'
    fills = '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    fills += '<fill><patternFill patternType="gray125"/></fill></fills>'
    borders = '<borders count="1"><border/></borders>'
    base = '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    lines = '<xf numFmtId="49" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    bold = '<xf numFmtId="49" fontId="1" applyFont="1"/>'
    named = '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    return (
        f'<styleSheet xmlns="{_MAIN}">{fonts}{fills}{borders}{base}'
        f'<cellXfs count="2">{lines}{bold}</cellXfs>{named}</styleSheet>'
    )


def _sheet(rows: Sequence[Row]) -> str:
    standing = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    view = f'<sheetViews><sheetView workbookViewId="0">{standing}</sheetView></sheetViews>'
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(_widths(rows), 1)
    )
    told = "".join(_row(at, row) for at, row in enumerate(rows, 1))
    return f'<worksheet xmlns="{_MAIN}">{view}<cols>{columns}</cols><sheetData>{told}</sheetData></worksheet>'


def _widths(rows: Sequence[Row]) -> list[int]:
    longest = [
        max(len(line) for cell in column for line in (cell.splitlines() or [""]))
        for column in zip(*rows, strict=True)
    ]
    return [min(max(length + 2, NARROW), WIDE) for length in longest]


def _row(at: int, row: Row) -> str:
    style = 1 if at == 1 else 0
    cells = (
        f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{_text(cell)}</t></is></c>'
        if cell
        else "<c/>"
        for cell in row
    )
    return f'<row r="{at}">{"".join(cells)}</row>'


def _text(cell: str) -> str:
    return escape(_UNWRITTEN.sub("", cell)[:CELL_MAX])
