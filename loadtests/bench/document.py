"""`python -m loadtests.bench.document`: what the kept runs say goes into docs/performance.md, with a picture.

Only what stands between the two marks is renewed; the prose around it quotes no figure.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import sys
from collections.abc import Iterator
from typing import Any

from loadtests.bench.__main__ import RESULTS
from loadtests.bench.goals import GOALS
from loadtests.bench.loads import LOADS, TALKS, Load
from loadtests.bench.picture import draw
from loadtests.bench.run import LABELS

DOCUMENT = pathlib.Path("docs/performance.md")
PICTURE = "pictures/performance.svg"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"

Run = dict[str, Any]


def kept(folder: pathlib.Path) -> list[Run]:
    """All runs in a folder, in the order of the loads; each with the words for its load."""
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]
    known = [run for run in runs if "load" in run and run["load"]["name"] in LOADS]
    known.sort(key=lambda run: [*LOADS].index(run["load"]["name"]))
    return [run | {"words": Load(**run["load"]).words} for run in known]


def renew(document: pathlib.Path, runs: list[Run]) -> None:
    """Write the figures into a document, and the picture beside it."""
    text = document.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{document} has no place for figures: {BEGIN} … {END}")
    document.write_text(before + BEGIN + "\n" + "\n".join(_told(runs)) + "\n" + END + after, encoding="utf-8")
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
    print(f"{given.document}: {', '.join(run['load']['name'] for run in runs)}")


if __name__ == "__main__":
    main()
