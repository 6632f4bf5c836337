"""The verdict of a run, in words: each threshold beside what was seen, and what both sides cost. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from loadtests.outcome import OWN_DELAY, Outcome
from loadtests.thresholds import Checked, door_never_busy, nobody_refused
from loadtests.usage import Cost

LATE = 50.0
"""Locust's own delay (p99, ms) from which on the times are not the server's alone."""

BUSY = 0.9
"""Share of a core at which one locust process is full."""


def lines(
    outcome: Outcome, checked: list[Checked], own: Cost, server: Cost | None, processes: int
) -> Iterator[str]:
    """What is printed, a line each."""
    for item in checked:
        yield _line(item)
    yield from _informative(outcome, {item.limit.what for item in checked})
    yield from _attack(outcome)
    yield from _troubles(outcome)
    if server is not None:
        yield f"  server  {_cost(server)}, {server.memory:.0f} MB"
    yield from _figures(outcome)
    yield f"  locust  {_cost(own)}, its own delay {delay(outcome):.0f} ms (p99)"
    if saturated(outcome, own, processes):
        own_share = f"up to {delay(outcome):.0f} ms of these times may be locust's own waiting"
        yield f"  WARNING: {own_share}; see docs/load.md"


def broken(checked: list[Checked]) -> list[Checked]:
    return [item for item in checked if not item.holds]


def delay(outcome: Outcome) -> float:
    """How late locust was with what it wanted to do, p99, ms."""
    row = outcome.requests.get(OWN_DELAY)
    return row.p99 if row else 0.0


def saturated(outcome: Outcome, own: Cost, processes: int) -> bool:
    """Whether the generator was its own bottleneck."""
    return delay(outcome) > LATE or own.share > BUSY * processes


def _line(item: Checked) -> str:
    side, seen = item.limit.side, _value(item.seen, item.limit.unit)
    word = "holds" if item.holds else "BROKEN"
    return f"  {item.limit.what:34} {seen:>12}   {side:8} {_value(item.bound, item.limit.unit):<9} {word}"


def _value(value: float | None, unit: str) -> str:
    if value is None:
        return "not measured"
    if unit == "times":
        return f"{value:.0f} times"
    if unit == "%":  # one of 2,000 is to be seen
        return f"{value:.2f}".rstrip("0").rstrip(".") + " %"
    return f"{value:.{1 if value < 10 else 0}f} {unit}".strip()


def _informative(outcome: Outcome, told: set[str]) -> Iterator[str]:
    """Every other time that was measured, without a judgement."""
    for request, row in sorted(outcome.requests.items()):
        if f"{request}, p99" not in told and request != OWN_DELAY and row.count > row.failures:
            seen = _value(row.p99, "ms")
            yield f"  {request + ', p99':34} {seen:>12}   {row.count} times, p50 {row.p50:.0f} ms"


def _troubles(outcome: Outcome) -> Iterator[str]:
    for trouble in outcome.troubles[:8]:
        yield f"  failed: {trouble.request}: {trouble.error} ({trouble.times} times)"
    waited = outcome.counts.get("told to come again", 0)
    if waited:
        yield f"  told to come again in a moment, and did: {waited} times"


def _figures(outcome: Outcome) -> Iterator[str]:
    """What is quoted of an attack, in one line."""
    if outcome.growth is not None:
        times = [(name, outcome.requests[name]) for name in ("DO say", "SEE say") if name in outcome.requests]
        p99 = ", ".join(f"{name} {_value(row.p99, 'ms')}" for name, row in times)
        refused, busy = nobody_refused().figure(outcome), door_never_busy().figure(outcome)
        doors = f"refused {refused or 0:.0f}, by a busy door {busy or 0:.0f}"
        yield f"  figures  p99 {p99}; {doors}; memory +{outcome.growth:.1f} MB"


def _attack(outcome: Outcome) -> Iterator[str]:
    """What the attacker did, and how the server answered it."""
    deeds = [
        f"{what.removeprefix('attack ')} {count:,}"
        for what, count in outcome.counts.items()
        if what.startswith("attack ")
    ]
    if deeds:
        yield f"  attacker: {', '.join(sorted(deeds))}"


def _cost(cost: Cost) -> str:
    share = f"{cost.share:.0%} of a core, busiest second {cost.busiest:.0%}"
    return f"{cost.cpu:.1f} s CPU in {cost.seconds:.0f} s ({share})"
