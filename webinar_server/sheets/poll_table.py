"""Polls as a table: a line each, below the titles of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from webinar_server.errors import Refusal
from webinar_server.sheets.delimited import read_delimited
from webinar_server.sheets.listing import plain

COLUMNS = (
    "question",
    "form",
    "choose",
    "options",
    "results",
    "names",
    "from",
    "to",
    "low",
    "high",
    "unit",
    "right",
    "points",
    "moderated",
    "seconds",
)
"""The titles of a table; `low` and `high` are what a scale's ends are called, or between what a number is."""


class Wrong(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong on which line, as a Refusal says it."""

    line: int
    code: str
    text: str
    field: str = ""


class Fault(Exception):
    """Where a file is not what it should be."""

    def __init__(self, line: int, text: str, field: str = "") -> None:
        super().__init__(text)
        self.wrong = Wrong(line=line, code="polls.malformed", text=text, field=field)


def of_table(text: str) -> Iterator[tuple[int, Any]]:
    """Each line below the titles."""
    titles: list[str] | None = None
    try:
        for line, cells in read_delimited(text).rows:
            if titles is None:
                titles = _titles(line, cells)
            else:
                yield line, _line(line, titles, cells)
    except Refusal as refusal:
        raise Fault(int(refusal.reason or 1), refusal.text) from None


def _titles(line: int, cells: Sequence[str]) -> list[str]:
    titles = [cell.strip().casefold() for cell in cells]
    strange = [title for title in titles if title and title not in COLUMNS]
    if "question" not in titles or strange or len({*titles}) < len(titles):
        raise Fault(line, f"The first line has the titles of columns: {', '.join(COLUMNS)}.")
    return titles


def _line(line: int, titles: Sequence[str], cells: Sequence[str]) -> dict[str, Any] | Wrong:
    if len(cells) > len(titles) and any(cells[len(titles) :]):
        return Wrong(
            line=line, code="polls.malformed", text="This line has more cells than there are titles."
        )
    said = {title: _bare(cell) for title, cell in zip(titles, cells, strict=False)}
    try:
        return _asked({title: cell for title, cell in said.items() if cell})
    except Fault as fault:
        return msgspec.structs.replace(fault.wrong, line=line)


def _bare(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from working it out."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and plain(cell[1:]) == cell else cell


def _asked(said: Mapping[str, str]) -> dict[str, Any]:
    asked: dict[str, Any] = {name: said[name] for name in _WORDS if name in said}
    for name in ("options", "right"):
        if name in said:
            asked[name] = [one.strip() for one in said[name].split("\n" if "\n" in said[name] else "|")]
    asked |= {name: _truth(name, said[name]) for name in ("points", "moderated") if name in said}
    if "right" in asked:
        asked["right"] = [_number("right", one, int) for one in asked["right"]]
    if "seconds" in said:
        asked["seconds"] = _number("seconds", said["seconds"], int)
    form = said.get("form", "choice")
    if form == "number":
        ends = {end: _number(end, said[end], float) for end in ("low", "high") if end in said}
        asked["number"] = ends | ({"unit": said["unit"]} if "unit" in said else {})
    elif found := {name: said[name] for name in _ENDS if name in said}:
        asked["scale"] = found | {
            name: _number(name, said[name], int) for name in ("from", "to") if name in said
        }
    return asked


_WORDS = ("question", "form", "choose", "results", "names")
_ENDS = ("from", "to", "low", "high")
_TRUE, _FALSE = ("yes", "true", "1", "ja"), ("no", "false", "0", "nee")


def _truth(name: str, cell: str) -> bool:
    if cell.casefold() not in (*_TRUE, *_FALSE):
        raise Fault(0, f"`{name}` is yes or no.", name)
    return cell.casefold() in _TRUE


def _number(name: str, cell: str, kind: type[int] | type[float]) -> int | float:
    try:
        return kind(cell.replace(",", ".") if kind is float else cell)
    except ValueError:
        raise Fault(0, f"`{name}` is a number.", name) from None


def cells_of(asked: Mapping[str, Any]) -> Iterator[str]:
    ends = {**(asked.get("scale") or {}), **(asked.get("number") or {})}
    for column in COLUMNS:
        value = asked.get(column, ends.get(column))
        if isinstance(value, list):
            yield "\n".join(map(str, value))
        elif isinstance(value, bool):
            yield "yes" if value else "no"
        else:
            yield "" if value is None else f"{value:.12g}" if isinstance(value, float) else str(value)
