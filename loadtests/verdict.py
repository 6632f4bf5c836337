"""The verdict: what a scene must hold, whether an outcome does, and what both sides cost, in words. Pure.

A figure that was not measured at all breaks its threshold: a scene in which nobody voted proves nothing.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple

from loadtests.outcome import OWN_DELAY, Outcome
from loadtests.server import Cost

_SEEN = "said", "seen", "viewers", "late"
_SIDES = {"at most": operator.le, "at least": operator.ge, "exactly": operator.eq}


class Limit(NamedTuple):
    """One promise. `figure` is `None` where nothing was measured; only times (`ms`) and what comes
    of a busy machine are given slack."""

    what: str
    figure: Callable[[Outcome], float | None]
    bound: float
    unit: Literal["ms", "%", "MB", "times", ""]
    side: Literal["at most", "at least", "exactly"] = "at most"
    lenient: float = 0.0
    """So many more for each part of slack beyond the first."""


class Checked(NamedTuple):
    """A limit beside what was seen. `bound` is the limit's with the slack of this run."""

    limit: Limit
    seen: float | None
    bound: float
    holds: bool


def check(limits: tuple[Limit, ...], outcome: Outcome, slack: float = 1.0) -> list[Checked]:
    """`slack` multiplies times, for a machine that does something else as well."""
    return [_checked(limit, limit.figure(outcome), slack) for limit in limits]


def _checked(limit: Limit, seen: float | None, slack: float) -> Checked:
    bound = limit.bound * slack if limit.unit == "ms" else limit.bound + limit.lenient * (slack - 1)
    return Checked(limit, seen, bound, seen is not None and _SIDES[limit.side](seen, bound))


# what limits are made of


def p99(request: str, ms: float) -> Limit:
    """The 99th percentile of a request, like `DO say`."""

    def figure(outcome: Outcome) -> float | None:
        row = outcome.requests.get(request)
        return row.p99 if row else None

    return Limit(f"{request}, p99", figure, ms, "ms")


def no_failures(most: float = 0.0) -> Limit:
    """Failed requests of all, in per cent."""
    return Limit("requests that failed", lambda outcome: outcome.failed_share, most, "%")


def everybody_came() -> Limit:
    """Of all seats, who held the full state at some time."""
    return _share("people who came in", lambda o: (o.sum_of("viewers"), o.people), 100)


def nobody_refused() -> Limit:
    """Of the audience: told to come again, refused a command, or closed for good, but not by a busy door."""

    def figure(outcome: Outcome) -> float | None:
        told = ("told to come again", "closed for good", "refused ")
        times = sum(count for what, count in outcome.counts.items() if what.startswith(told))
        return times - outcome.counts.get("door too busy", 0) if outcome.requests else None

    return Limit("somebody was refused", figure, 0, "times")


def door_never_busy() -> Limit:
    """Handshakes of the audience that were answered 503."""

    def figure(outcome: Outcome) -> float | None:
        return outcome.counts.get("door too busy", 0) if outcome.requests else None

    return Limit("the door was too busy", figure, 0, "times", lenient=1)


def grew(mb: float) -> Limit:
    """The server's memory while it was attacked."""
    return Limit("memory under attack, more by", lambda outcome: outcome.growth, mb, "MB")


def attacked(what: str, least: int) -> Limit:
    """How often the attacker did this; an attack that did not happen proves nothing."""
    return Limit(f"attacker: {what}", lambda o: o.counts.get(f"attack {what}"), least, "", "at least")


def delivered() -> Limit:
    """Messages seen, of messages said times viewers who were there in time, the worst session of all."""
    return Limit("messages on every screen", lambda o: on_screens(o.counts, o.sessions), 100, "%", "exactly")


def on_screens(counts: Mapping[str, int], sessions: int) -> float | None:
    """Of what was said, in per cent; `None` where nobody said anything."""
    shares = []
    for session in range(sessions):
        said, seen, viewers, late = (counts.get(f"{what} {session}", 0) for what in _SEEN)
        if said:
            shares.append(100 * seen / (said * (viewers - late)) if viewers > late else 0.0)
    return min(shares, default=None)


def did(command: str, share: float, but: int = 0) -> Limit:
    """Of the audience, `but` so many who have another part, how many had a command answered with `done`."""
    what = f"{command}, done by"
    return _share(what, lambda o: (o.counts.get(f"done {command}", 0), o.attendees - but), share)


def saw(what: str, share: float = 100) -> Limit:
    """Of the audience, how many saw what a host did."""
    return _share(f"{what}, seen by", lambda o: (o.counts.get(f"saw {what}", 0), o.attendees), share)


def of_dropped(what: str, share: float) -> Limit:
    """Of those whose connection was cut."""
    return _share(
        f"of the dropped: {what}", lambda o: (o.counts.get(what, 0), o.counts.get("dropped", 0)), share
    )


def _share(what: str, parts: Callable[[Outcome], tuple[int, int]], least: float) -> Limit:
    def figure(outcome: Outcome) -> float | None:
        some, whole = parts(outcome)
        return 100 * some / whole if whole else None

    return Limit(what, figure, least, "%", "at least")


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
