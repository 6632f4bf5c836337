"""`python -m loadtests.bench.document`: what was kept of runs goes into docs/figures.md, with a picture.

Only what stands between the two marks is renewed; the prose around it quotes no figure.
"""

from __future__ import annotations

import argparse
import html
import json
import math
import pathlib
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from loadtests.bench import tables
from loadtests.bench.__main__ import RESULTS
from loadtests.bench.loads import GOALS, LOADS, TALKS, Load
from loadtests.bench.run import LABELS

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


DOCUMENT = pathlib.Path("docs/figures.md")
PICTURE = "pictures/performance.svg"
MEASURED = "measured"

Run = dict[str, Any]


def kept(folder: pathlib.Path) -> list[Run]:
    """All runs in a folder, in the order of the loads; each with the words for its load."""
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]
    known = [run for run in runs if "load" in run and run["load"]["name"] in LOADS]
    known.sort(key=lambda run: [*LOADS].index(run["load"]["name"]))
    return [run | {"words": Load(**run["load"]).words} for run in known]


def renew(document: pathlib.Path, runs: list[Run]) -> None:
    """Write the figures into a document, and the picture beside it."""
    tables.write(document, MEASURED, _told(runs))
    talks = [run for run in runs if _is_talk(run)]
    if talks:
        picture = document.parent / PICTURE
        picture.parent.mkdir(exist_ok=True)
        picture.write_text(draw(talks, LABELS), encoding="utf-8")


def _is_talk(run: Run) -> bool:
    return run["load"]["name"] in {load.name for load in TALKS}


def _told(runs: list[Run]) -> Iterator[str]:
    if any(map(_is_talk, runs)):
        yield f"\n![CPU per delivery of each server under each load]({PICTURE})"
    yield "\n### Asked and seen\n\n| load | | asked | seen |\n|---|---|---|---|"
    for run in runs:
        yield from _goals(run)
    for run in runs:
        yield f"\n### {run['words']}\n\nMeasured on {run['date']}: {run['machine']}.\n"
        yield from _table(run)


def _goals(run: Run) -> Iterator[str]:
    for goal in GOALS:
        seen = goal.seen(run["rows"])
        if goal.load == run["load"]["name"] and seen is not None:
            bound = "≥" if goal.key == "delivered" else "≤"
            told = _figure(seen, goal.unit)
            told = told if goal.reached(seen) else f"**{told}**, not reached"
            yield f"| {goal.load} | {goal.what} | {bound} {_figure(goal.limit, goal.unit)} | {told} |"


def _figure(value: float, unit: str, digits: int = 3) -> str:
    return f"{float(f'{value:.{digits}g}'):,g} {unit}".strip()


def _table(run: Run) -> Iterator[str]:
    columns = [column for column in COLUMNS if any(column[1](row, run) for row in run["rows"].values())]
    yield "| | " + " | ".join(title for title, _ in columns) + " |"
    yield "|---" * (len(columns) + 1) + "|"
    ordered = sorted(
        run["rows"].items(), key=lambda item: (not item[0].startswith("ours"), item[1].get("us", 0))
    )
    for name, row in ordered:
        label = f"**{LABELS[name]}**" if name.startswith("ours") else LABELS[name]
        yield f"| {label} | " + " | ".join(tell(row, run) for _, tell in columns) + " |"


def _number(key: str, unit: str, digits: int = 3, factor: float = 1.0) -> Any:
    """A cell of so many significant digits; empty where it was not measured or is nothing."""

    def tell(row: dict[str, float], run: Run) -> str:
        value = row.get(key, 0) * factor
        return _figure(value, unit, digits) if value else ""

    return tell


def _share(key: str) -> Any:
    return lambda row, run: f"{row[key]:.1%}".replace("100.0%", "100%") if key in row else ""


def _ratio(row: dict[str, float], run: Run) -> str:
    ours = run["rows"].get("ours", {}).get("us")
    is_ours = row is run["rows"].get("ours")
    return f"{ours / row['us']:.2f}" if ours and row.get("us") and not is_ours else ""


COLUMNS = (
    ("CPU per delivery", _number("us", "µs")),
    ("ours ÷ it", _ratio),
    ("its Redis", _number("redis_us", "µs", 2)),
    ("delivered", _share("delivered")),
    ("p50", _number("p50_ms", "ms", 2)),
    ("p99", _number("p99_ms", "ms", 2)),
    ("usable, p50", _number("usable_p50_ms", "ms", 2)),
    ("usable, p99", _number("usable_p99_ms", "ms", 2)),
    ("CPU per join", _number("join_ms", "ms", 2)),
    ("bytes per delivery", _number("bytes", "")),
    ("compressed", _number("zipped", "")),
    ("memory per connection", _number("kb", "kB", 2)),
    ("of a core", _share("core")),
    ("audience's core", _share("audience")),
)


def main() -> None:
    cli = argparse.ArgumentParser(prog="python -m loadtests.bench.document", description=__doc__)
    cli.add_argument("--results", type=pathlib.Path, default=RESULTS)
    cli.add_argument("--document", type=pathlib.Path, default=DOCUMENT)
    given = cli.parse_args()
    runs = kept(given.results)
    if not runs:
        sys.exit(f"bench: nothing was measured yet in {given.results}; `make bench` does")
    renew(given.document, runs)
    told = [run["load"]["name"] for run in runs] + [*tables.renew(given.document, given.results)]
    print(f"{given.document}: {', '.join(told)}")


if __name__ == "__main__":
    main()
