"""`python -m loadtests.bench.compare FILE…`: what `bench.scale` measured, beside what the model says.

For the CPU the model is given what happened: how many were told how often, in how many appends. How often
they are told it has to foresee itself, from the rate of messages alone; the line "flushes" compares that.
"""

from __future__ import annotations

import argparse
import json
import pathlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from loadtests.bench import scale
from loadtests.bench.model import COSTS, Load, idle, redis_idle_calls, rhythm

Row = dict[str, Any]
SIZES = {(size.each, size.sessions): (size.slow, size.fast) for size in scale.SIZES.values()}
"""Messages a second, slow and fast: a phase's row has "slow" and "fast" for its results instead."""


class Pair(NamedTuple):
    """One figure, twice."""

    what: str
    measured: float
    modelled: float
    unit: str

    @property
    def off(self) -> float:
        """Part of what was measured by which the model is above it."""
        return self.modelled / self.measured - 1 if self.measured else 0.0


def compared(row: Row) -> Iterator[Pair]:
    """Everything of one size that the model says something about."""
    workers, sessions = row["workers"], row["sessions"]
    load = Load(sessions, row["viewers"] / sessions / workers, holders=workers)
    yield Pair("idle", row["idle_core"] * 100, idle(load).cores * workers * 100, "% of a core")
    kb = COSTS.viewer_kb + workers * COSTS.person_kb
    yield Pair("memory of a viewer", row["kb"], kb, "kB")
    calls = redis_idle_calls(sessions) * workers
    yield Pair("Redis, idle", row["idle_redis_calls"], calls, "calls/s")
    for name in ("slow", "fast"):
        told = row[name]
        yield Pair(f"{name}: server", told["server_s"] * 1e3, spent(told, workers) * 1e3, "ms")
        yield Pair(f"{name}: flushes", told["flushes"], flushes(row, name), "")
        yield Pair(f"{name}: Redis", told["redis_s"] * 1e3, redis_spent(told, workers) * 1e3, "ms")


def spent(told: Row, workers: int) -> float:
    """CPU seconds of all workers for what was told."""
    foreign = workers - 1
    return float(
        told["messages"] * COSTS.message
        + told["appends"] * (COSTS.append + foreign * COSTS.foreign_append)
        + told["tellings"] * COSTS.telling
    )


def redis_spent(told: Row, workers: int) -> float:
    each = COSTS.redis_append + workers * COSTS.redis_delivery
    return float(told["appends"] * each + told["entries"] * COSTS.redis_entry)


def flushes(row: Row, name: str) -> float:
    """How often all rooms of all workers tell while so many messages are said."""
    rate = SIZES[row["each"], row["sessions"]][name == "fast"]
    # people talk in the order in which they came, one session after the other
    rates = rhythm(row["each"] / row["workers"], rate)
    return rates.flushes * row["workers"] * row[name]["messages"] / rate


def table(rows: list[Row]) -> Iterator[str]:
    yield "| viewers | workers | what | measured | modelled | off |\n|---|---|---|---|---|---|"
    for row in rows:
        for what, measured, modelled, unit in compared(row):
            off = Pair(what, measured, modelled, unit).off
            size = f"{row['viewers']:,} | {row['workers']}"
            yield f"| {size} | {what} | {measured:,.3g} {unit} | {modelled:,.3g} {unit} | {off:+.0%} |"


def main() -> None:
    cli = argparse.ArgumentParser(prog="python -m loadtests.bench.compare", description=__doc__)
    cli.add_argument("files", nargs="+", type=pathlib.Path)
    rows = [row for path in cli.parse_args().files for row in json.loads(path.read_text())["rows"]]
    print("\n".join(table(rows)))


if __name__ == "__main__":
    main()
