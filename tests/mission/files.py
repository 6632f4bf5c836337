"""Lists of people as other programs write them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl

TITLES = ["Naam", "Organisatie", "E-mail", "Land", "Aanbod", "Zoekt"]
ADA = ["Ada Bos", "Voltline B.V.", "ada@example.org", "Nederland", "Laadpleinen; Depots", "Accu's"]
ZOE = ["Zoë Żak", "Gemeente Súdwest", "zoe@example.org", "Polen", "", "Depots"]

Rows = Sequence[Sequence[object]]


def as_csv(rows: Rows, separator: str = ";", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    """As LibreOffice and Excel save it: quotes where they are needed."""
    return "".join(separator.join(_quoted(cell, separator) for cell in row) + end for row in rows).encode(
        encoding
    )


def _quoted(cell: object, separator: str) -> str:
    text = str(cell)
    needed = any(mark in text for mark in (separator, '"', "\n"))
    return '"' + text.replace('"', '""') + '"' if needed else text


def as_xlsx(rows: Rows, *, first: str = "", above: int = 0) -> bytes:
    """A workbook; `first` is an empty sheet before it, `above` empty rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if first:
        sheet.title = first
        sheet = book.create_sheet("Deelnemers")
    for at, row in enumerate(rows, above + 1):
        for column, cell in enumerate(row, 1):
            sheet.cell(at, column, cell)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
