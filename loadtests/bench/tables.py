"""Tables: figures that are no race, kept until `document.py` writes them on the page of figures."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Iterable, Iterator, Sequence

from loadtests.bench.run import machine, today

TABLES = {
    "webinar": ("", "measured", "asked"),
    "join": ("", "measured"),
    "painting": ("", "measured"),
    "mission": ("", "measured", "asked"),
    "contacts": ("", "measured", "asked"),
    "taps": ("", "measured", "asked"),
    "phone": ("", "measured", "asked"),
}
"""By name, what stands above the columns."""


def keep(folder: pathlib.Path, name: str, rows: Iterable[Sequence[str]]) -> None:
    """Rows of a table, as they are told; nothing in it says whose machine it was."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = {"date": today(), "machine": machine(), "rows": [*rows]}
    (folder / f"{name}.table.json").write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def renew(document: pathlib.Path, folder: pathlib.Path) -> Iterator[str]:
    """Write those that were kept into a document, between their marks; which these are."""
    for name in TABLES:
        path = folder / f"{name}.table.json"
        if path.exists():
            write(document, name, _told(name, path))
            yield name


def write(document: pathlib.Path, name: str, lines: Iterable[str]) -> None:
    """Put lines between the marks of a name. Raises ValueError where a document has none."""
    begin, end = marks(name)
    text = document.read_text(encoding="utf-8")
    before, _, rest = text.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"{document} has no place for figures: {begin} … {end}")
    document.write_text("\n".join((before + begin, *lines, end + after)), encoding="utf-8")


def marks(name: str) -> tuple[str, str]:
    return f"<!-- {name}: begin -->", f"<!-- {name}: end -->"


def _told(name: str, path: pathlib.Path) -> Iterator[str]:
    kept, columns = json.loads(path.read_text(encoding="utf-8")), TABLES[name]
    yield f"\nMeasured on {kept['date']}: {kept['machine']}.\n"
    yield f"| {' | '.join(columns)} |"
    yield "|---" * len(columns) + "|"
    for row in kept["rows"]:
        yield f"| {' | '.join(cell.strip() for cell in row)} |"
