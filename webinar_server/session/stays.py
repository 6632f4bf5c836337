"""Stays: what visits come to. How many were there at each moment, where they left, how long one was there.

Two devices at once, and a line that was lost and came back, are one stay: what overlaps counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from webinar_server.session.people import Person
from webinar_server.session.programme import Session
from webinar_server.session.roles import LEADING
from webinar_server.session.visits import Visit
from webinar_server.state import Records

MINUTE_MS = 60_000
POINTS_MAX = 240
"""Of a curve: of an hour each minute, of what lasts longer fewer."""

EARLY_MS = 15 * MINUTE_MS
"""So long before the beginning who waits is of the curve, too."""

LATE_MS = 2 * MINUTE_MS
"""Who leaves within it before the end stayed until the end."""

WINDOW_MS = 5 * MINUTE_MS
LOSSES_MAX = 3
LOSS_MIN, LOSS_SHARE = 3, 25
"""People who left within one window, of whom a report speaks at all: so many, and one in so many who came."""

Span = tuple[int, int]
"""From and until, in Unix ms."""


class Hour(NamedTuple):
    """When a session began and ended, or is now, in Unix ms."""

    begins: int
    ends: int


def hour_of(records: Records, session: Session, now: int) -> Hour:
    """From its doors on; as planned, or from who came first, where they were never opened. One that nobody
    closed ended when the last one left."""
    visits = list(records.all(Visit))
    first = min((visit.since for visit in visits), default=now)
    begins = session.opened_at or session.starts_at or first
    open_ends = [visit.until for visit in visits]
    last = now if None in open_ends else max((end for end in open_ends if end is not None), default=begins)
    ends = session.closed_at if session.closed_at is not None else min(now, last)
    return Hour(begins, max(begins, ends))


def stays_of(records: Records, now: int, leading: bool = False) -> dict[str, list[Span]]:
    """Of each who was there, oldest first and none overlapping; of who leads only where wanted."""
    found: dict[str, list[Span]] = {}
    for visit in records.all(Visit):
        person = records.get(Person, visit.person)
        if leading or person is None or person.role not in LEADING:
            until = now if visit.until is None else visit.until
            found.setdefault(visit.person, []).append((visit.since, max(visit.since, until)))
    return {id: joined(spans) for id, spans in found.items()}


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same time, each moment of it once."""
    whole: list[Span] = []
    for since, until in sorted(spans):
        if whole and since <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], until))
        else:
            whole.append((since, until))
    return whole


def minutes_in(spans: Iterable[Span], hour: Hour) -> int:
    """Whole minutes of them between its beginning and its end."""
    ms = sum(max(0, min(until, hour.ends) - max(since, hour.begins)) for since, until in spans)
    return ms // MINUTE_MS


def curve_of(stays: Iterable[Sequence[Span]], hour: Hour) -> dict[str, Any]:
    """How many were there at each of `there`, `step` ms apart `from` a moment (Unix ms); the `most` at once,
    and `at` when."""
    spans = [span for each in stays for span in each]
    first = min((since for since, _ in spans), default=hour.begins)
    start = max(min(first, hour.begins), hour.begins - EARLY_MS)
    minutes = -(-(hour.ends - start) // MINUTE_MS)
    step = MINUTE_MS * max(1, -(-minutes // POINTS_MAX))
    count = (hour.ends - start) // step + 1
    changes = [0] * (count + 1)
    for since, until in spans:
        # who was there at a point of it, from the first to the last one
        begin, end = max(0, -(-(since - start) // step)), min(count, (until - start) // step + 1)
        if begin < end:
            changes[begin] += 1
            changes[end] -= 1
    there = list(accumulate(changes))[:count]
    most = max(there)
    return {"from": start, "step": step, "there": there, "most": most, "at": start + there.index(most) * step}


def losses_of(stays: Iterable[Sequence[Span]], hour: Hour) -> list[dict[str, int]]:
    """Where most left for good long before the end: at most so many windows, in order of time, each with its
    `from` (Unix ms) and how many `left`."""
    left: dict[int, int] = {}
    all = list(stays)
    few = max(LOSS_MIN, -(-len(all) // LOSS_SHARE))
    for spans in all:
        until = spans[-1][1]
        if hour.begins <= until < hour.ends - LATE_MS:
            window = (until - hour.begins) // WINDOW_MS
            left[window] = left.get(window, 0) + 1
    many = sorted((w for w, n in left.items() if n >= few), key=lambda w: (-left[w], w))
    return [
        {
            "from": hour.begins + window * WINDOW_MS,
            "until": hour.begins + (window + 1) * WINDOW_MS,
            "left": left[window],
        }
        for window in sorted(many[:LOSSES_MAX])
    ]


def stayed_of(stays: Iterable[Sequence[Span]], hour: Hour) -> dict[str, Any]:
    """How many came at all, stayed `to_the_end`, and the minutes of who is in the `middle` of all by them."""
    each = [spans for spans in stays if spans[0][0] < hour.ends or hour.begins == hour.ends]
    minutes = sorted(minutes_in(spans, hour) for spans in each)
    to_the_end = sum(spans[-1][1] >= hour.ends - LATE_MS for spans in each)
    return {
        "came": len(each),
        "to_the_end": to_the_end,
        "middle": minutes[len(minutes) // 2] if minutes else 0,
    }
