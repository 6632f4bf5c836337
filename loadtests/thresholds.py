"""Thresholds: what a scene must hold, and whether an outcome does. Pure.

A figure that was not measured at all breaks its threshold: a scene in which nobody voted proves nothing.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from loadtests.outcome import Outcome

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
