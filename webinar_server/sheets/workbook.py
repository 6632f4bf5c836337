"""Workbook: the rows of an XLSX file, once it is known to be one that is no larger than it says.

Such a file is a zip archive. What each part becomes is found by unpacking it into nothing, for what it claims
to become is its writer's word; after that the reader has bounds of memory and time of its own (`aside.py`).
"""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import python_calamine

from webinar_server.errors import Refusal
from webinar_server.sheets.delimited import CELL_MAX, Row

UNPACKED_MAX = 64 * 1024 * 1024
"""Bytes that a file may become, twenty times a list of 6,000 people."""

PARTS_MAX = 1_000
COLUMNS_MAX = 100
PIECE = 1024 * 1024
NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}

_HEADER = struct.Struct("<4s5H3L2H")
"""The header of a part of an archive; the last two are the lengths of its name and of what else it says."""

_FORMULAS = (b"<f>", b"<f ")


class Workbook(NamedTuple):
    """The first sheet that has something in it; `formulas` whether some cells were worked out."""

    sheet: str
    formulas: bool
    rows: Iterator[Row]


def is_archive(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def is_old(data: bytes) -> bool:
    """Whether it is a workbook of before 2007, or one with a password."""
    return data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def read_workbook(data: bytes) -> Workbook:
    """Raises Refusal `import.no_xlsx`, `import.too_large` or `import.empty`."""
    formulas = _look_through(data)
    try:
        book = python_calamine.CalamineWorkbook.from_object(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height:
                return Workbook(name, formulas, _rows(sheet))
    except (python_calamine.CalamineError, ValueError, OSError):
        raise no_xlsx() from None
    raise Refusal("import.empty", "There is nothing in this file.")


def no_xlsx() -> Refusal:
    text = "This is no XLSX file that can be read: save it as XLSX without a password, or as CSV."
    return Refusal("import.no_xlsx", text)


def too_large() -> Refusal:
    text = f"Unpacked this file has more than {UNPACKED_MAX // 2**20} MB: copy the list into a new one."
    return Refusal("import.too_large", text)


def _look_through(data: bytes) -> bool:
    """Whether there are formulas in it, once all of it was unpacked into nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError):
        raise no_xlsx() from None
    if not {part.filename for part in parts} >= NEEDED:
        raise no_xlsx()
    if len(parts) > PARTS_MAX or sum(part.file_size for part in parts) > UNPACKED_MAX:
        raise too_large()
    left, formulas = UNPACKED_MAX, False
    for part in parts:
        for piece in _unpacked(data, part):
            left -= len(piece)
            if left < 0:
                raise too_large()
            formulas = formulas or any(mark in piece for mark in _FORMULAS)
    return formulas


def _unpacked(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a part really becomes, a piece at a time, whatever its header says. Raises Refusal."""
    packed = _packed(data, part)
    if part.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise no_xlsx()
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while packed and not unpacker.eof:
            yield unpacker.decompress(packed, PIECE)
            packed = unpacker.unconsumed_tail
    except zlib.error:
        raise no_xlsx() from None


def _packed(data: bytes, part: zipfile.ZipInfo) -> bytes:
    try:
        *_, name, more = _HEADER.unpack_from(data, part.header_offset)
    except struct.error:
        raise no_xlsx() from None
    begin = part.header_offset + _HEADER.size + name + more
    return data[begin : begin + part.compress_size]


def _rows(sheet: python_calamine.CalamineSheet) -> Iterator[Row]:
    for line, cells in enumerate(sheet.iter_rows(), 1):
        told = [_told(cell) for cell in cells[:COLUMNS_MAX]]
        if any(told):
            yield Row(line, told)


def _told(cell: Any) -> str:
    """A cell as one reads it: no decimals where there are none, and days as YYYY-MM-DD."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and not (cell.hour or cell.minute or cell.second):
        cell = cell.date()
    return str(cell).strip()[:CELL_MAX]
