"""The picture of the results: CPU per delivery of every server under every load, as an SVG of our own.

A dot a server, on one logarithmic scale: the same distance is the same ratio, wherever it is. Hollow dots
lost messages. It follows the reader's light or dark setting.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

WIDTH, LEFT, RIGHT = 760, 210, 120
ROW, HEAD, TOP, BOTTOM = 21, 40, 12, 44
NAMES = LEFT - 14
WHOLE = 0.995
"""Share of messages that must have arrived for a dot to be full."""

STYLE = """
  svg { --back: #fff; --ink: #1f2328; --soft: #59636e; --line: #d9dee3; --ours: #0a7d55; --peer: #59636e }
  @media (prefers-color-scheme: dark) {
    svg { --back: #0d1117; --ink: #e6edf3; --soft: #9aa4af; --line: #2b323b }
    svg { --ours: #3fc890; --peer: #9aa4af }
  }
  text { font: 12.5px system-ui, sans-serif; fill: var(--ink) }
  .head { font-weight: 600; font-size: 13.5px }
  .soft { fill: var(--soft) }
  .grid { stroke: var(--line) }
  .dot { fill: var(--peer); stroke: var(--peer); stroke-width: 2 }
  .ours { fill: var(--ours); stroke: var(--ours) }
  .lossy { fill: var(--back) }
  text.ours { stroke: none; font-weight: 600 }
"""


class Scale(NamedTuple):
    """µs to pixels, logarithmically, between two powers of ten."""

    low: int
    high: int

    def x(self, us: float) -> float:
        return LEFT + (math.log10(us) - self.low) / (self.high - self.low) * (WIDTH - LEFT - RIGHT)


def draw(runs: list[dict[str, Any]], labels: dict[str, str]) -> str:
    """The picture of some runs, each as `report` made it; their servers named by `labels`."""
    values = [row["us"] for run in runs for row in run["rows"].values()]
    scale = Scale(math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))))
    parts, y = [], float(TOP)
    for run in runs:
        parts += _panel(run, labels, scale, y)
        y += HEAD + ROW * len(run["rows"])
    parts += _axis(scale, y)
    height = round(y + BOTTOM)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'role="img" aria-label="CPU per delivery of each server under each load">\n<style>{STYLE}</style>\n'
        f'<rect width="{WIDTH}" height="{height}" fill="var(--back)"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _panel(run: dict[str, Any], labels: dict[str, str], scale: Scale, top: float) -> Iterator[str]:
    yield f'<text class="head" x="16" y="{top + 24:g}">{html.escape(run["words"])}</text>'
    bottom = top + HEAD + ROW * len(run["rows"]) - 6
    for power in range(scale.low, scale.high + 1):
        x = scale.x(10**power)
        yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{top + HEAD - 6:g}" y2="{bottom:g}"/>'
    ordered = sorted(run["rows"].items(), key=lambda item: item[1]["us"])
    for number, (name, row) in enumerate(ordered):
        yield from _server(labels[name], row, name.startswith("ours"), scale, top + HEAD + ROW * number + 6)


def _server(label: str, row: dict[str, float], ours: bool, scale: Scale, y: float) -> Iterator[str]:
    lossy = row["delivered"] < WHOLE
    x, mine = scale.x(row["us"]), " ours" if ours else ""
    told = f"{row['us']:.3g} µs" + (f", {row['delivered']:.0%} arrived" if lossy else "")
    yield f'<text class="soft{mine}" x="{NAMES}" y="{y + 4:g}" text-anchor="end">{html.escape(label)}</text>'
    yield f'<circle class="dot{mine}{" lossy" if lossy else ""}" cx="{x:.1f}" cy="{y:g}" r="4.5"/>'
    yield f'<text class="soft{mine}" x="{x + 11:.1f}" y="{y + 4:g}">{told}</text>'


def _axis(scale: Scale, y: float) -> Iterator[str]:
    for power in range(scale.low, scale.high + 1):
        yield (
            f'<text class="soft" x="{scale.x(10**power):.1f}" y="{y + 12:g}" text-anchor="middle">'
            f"{10.0**power:,g}</text>"
        )
    yield (
        f'<text class="soft" x="{(LEFT + WIDTH - RIGHT) / 2:g}" y="{y + 32:g}" text-anchor="middle">'
        "server CPU per delivery, µs, each step ten times the one before; less is better</text>"
    )
