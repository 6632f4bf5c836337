"""Draws the floors and rooms of the package from its own folders: `make architecture`.

Each box is a room with its modules. A floor imports those below it, never above; which of those beside it a
room may know stands in `tests/floors.py`.
"""

from __future__ import annotations

import html
import pathlib
import sys
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

ROOT = pathlib.Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.floors import FLOORS, PACKAGE, ROOMS  # noqa: E402

PICTURE = ROOT / "docs" / "pictures" / "architecture.svg"
TITLES = (
    "0 · ground: records, entries, drafts",
    "1 · nouns and their rules",
    "2 · the log",
    "3 · live rooms",
    "4 · sockets, pages, who is who",
    "5 · processes",
    "6 · terminal, demo, a client for other programs",
)
WIDTH, MARGIN, GAP, LINE, HEAD = 1_000, 14, 10, 15, 20
LETTER = 6.8
"""Pixels of a letter of 11 px, monospaced."""

STYLE = """
text { font: 11px ui-monospace, monospace; fill: #1f2933 } 
.floor { fill: #eef2f6 } .room { fill: #fff; stroke: #9fb3c8 }
.title { font: 600 12px system-ui, sans-serif } .name { font-weight: 700 }
@media (prefers-color-scheme: dark) {
  text { fill: #e4ebf2 } .floor { fill: #1d2630 } .room { fill: #11171d; stroke: #486581 }
}
"""


class Room(NamedTuple):
    """A folder, or the modules that lie on a floor in none."""

    name: str
    modules: list[str]

    def lines(self, width: int) -> list[str]:
        wrapped = textwrap.wrap(" ".join(self.modules), int((width - 16) / LETTER)) or [""]
        known = sorted(ROOMS.get(self.name, ()))
        return [*wrapped, f"knows {', '.join(known)}"] if known else wrapped


def rooms(level: int) -> Iterator[Room]:
    """Those of one floor, the floor's own modules first."""
    parts = sorted(name for name, at in FLOORS.items() if at == level and name not in ("", "__main__"))
    alone = [part for part in parts if (PACKAGE / f"{part}.py").exists()]
    if alone:
        yield Room("·", alone)
    for part in parts:
        folder = PACKAGE / part
        if folder.is_dir():
            yield Room(part, _modules(folder))
            inner = sorted(child for child in folder.iterdir() if (child / "__init__.py").exists())
            yield from (Room(f"{part}/{child.name}", _modules(child)) for child in inner)


def _modules(folder: pathlib.Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("__"))


def draw() -> str:
    """The picture, as SVG; the same for the same code."""
    parts, y = [], MARGIN
    for level in sorted(set(FLOORS.values()), reverse=True):
        floor, height = _floor(level, y)
        parts += floor
        y += height + GAP
    size = f'viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}"'
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><title>Floors and rooms</title>'
        f"<style>{STYLE}</style>\n{body}\n</svg>\n"
    )


def _floor(level: int, y: int) -> tuple[list[str], int]:
    found = list(rooms(level))
    width = (WIDTH - 2 * MARGIN - GAP * (len(found) + 1)) // max(1, len(found))
    tallest = max((len(room.lines(width)) for room in found), default=1)
    height = HEAD * 2 + (tallest + 1) * LINE + GAP
    parts = [
        f'<rect class="floor" x="{MARGIN}" y="{y}" width="{WIDTH - 2 * MARGIN}" height="{height}" rx="8"/>',
        _text(MARGIN + GAP, y + HEAD - 4, TITLES[level], "title"),
    ]
    for number, room in enumerate(found):
        x = MARGIN + GAP + number * (width + GAP)
        parts += _room(room, x, y + HEAD + 8, width, (tallest + 1) * LINE + 12)
    return parts, height


def _room(room: Room, x: int, y: int, width: int, height: int) -> list[str]:
    lines = [_text(x + 8, y + 16 + LINE * (n + 1), line, "") for n, line in enumerate(room.lines(width))]
    box = f'<rect class="room" x="{x}" y="{y}" width="{width}" height="{height}" rx="5"/>'
    return [box, _text(x + 8, y + 16, room.name, "name"), *lines]


def _text(x: int, y: int, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{html.escape(text)}</text>'


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
