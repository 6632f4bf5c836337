"""Decoding: the text of a file, whatever program wrote it; UTF-8, UTF-16, or Windows-1252 as Excel does."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from webinar_server.errors import Refusal

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
"""What some programs write before a text, and what it says."""

_LOOKED_AT = 2_000
"""Bytes from whose zeros it is seen that a text without a mark is UTF-16."""

_MANY = 0.3
"""The share of characters that have a zero in UTF-16 of European words, at least."""


class Decoded(NamedTuple):
    """A text, and the encoding it was in: `utf-8`, `utf-16` or `windows-1252`."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Raises Refusal `import.encoding` where it is no text."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    encoding = _unmarked(data)
    return _decoded(data, encoding)


def _unmarked(data: bytes) -> str:
    start = data[:_LOOKED_AT]
    pairs = max(1, len(start) // 2)
    if start[1::2].count(0) > pairs * _MANY:
        return "utf-16-le"
    if start[::2].count(0) > pairs * _MANY:
        return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _decoded(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise no_text() from None
    if "\0" in text:
        raise no_text()
    named = "windows-1252" if encoding == "cp1252" else encoding[:6].removesuffix("-")
    return Decoded(text, named)


def no_text() -> Refusal:
    return Refusal("import.encoding", "This is no list: save it as CSV (UTF-8) or XLSX, and choose that.")
