"""Delimited: rows of a text whose cells stand between commas, semicolons or tabs, and perhaps in quotes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from webinar_server.errors import Refusal

SEPARATORS = (";", ",", "\t")
CELL_MAX = 8_192
"""Characters of a cell; whatever is longer began with a quote that does not end."""

_TOLD = re.compile('"?sep=([;,\t])"?', re.IGNORECASE)
"""A first line by which Excel is told the separator."""


class Row(NamedTuple):
    """Cells, and the line of the file on which they begin (from 1)."""

    line: int
    cells: list[str]


class Delimited(NamedTuple):
    """The rows of a text that have something in them, and what separates their cells."""

    separator: str
    rows: Iterator[Row]


def read_delimited(text: str) -> Delimited:
    """The rows raise Refusal `import.quote` for a quote that does not end, with its line."""
    first, _, rest = text.partition("\n")
    said = _TOLD.fullmatch(first.rstrip("\r"))
    if said is not None:
        return Delimited(said[1], _rows(rest, said[1], 1))
    separator = _separator(text)
    return Delimited(separator, _rows(text, separator, 0))


def _separator(text: str) -> str:
    """The one that parts the titles; of a text with a single column a comma."""
    head = next((line for line in io.StringIO(text, newline=None) if line.strip()), "")
    bare = "".join(part for at, part in enumerate(head.split('"')) if at % 2 == 0)
    most = max(SEPARATORS, key=bare.count)
    return most if most in bare else ","


def _rows(text: str, separator: str, before: int) -> Iterator[Row]:
    csv.field_size_limit(CELL_MAX)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begun = before + 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield Row(begun, cells)
            begun = before + reader.line_num + 1
    except csv.Error:
        message = f"The cells of line {begun} cannot be told apart: a quote there has no end."
        raise Refusal("import.quote", message, reason=str(begun)) from None
