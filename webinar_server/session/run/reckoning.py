"""Reckoning: what the plan and what ran mean in time. All of it is derived, none is kept.

    drift = when it will be over by all that is known − when it was to be over

A segment that is on ends when its minutes are over, or now where they are; those to come follow each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from webinar_server.session.run.records import MINUTE_MS, Run, Segment


class Line(NamedTuple):
    """One segment in Unix ms: as planned, and as it was or will be; `None` where it was dropped."""

    segment: str
    planned_at: int
    begins_at: int | None
    ends_at: int | None


class Reckoned(NamedTuple):
    """The whole, in Unix ms; `drift` and `left` in ms. `left` of the segment that is on is below nothing
    where it overruns, and `None` where none is on."""

    lines: tuple[Line, ...]
    planned_end: int
    expected_end: int
    drift: int
    left: int | None


def reckon(segments: Sequence[Segment], run: Run, now: int, starts_at: int | None = None) -> Reckoned:
    """Before it began it is thought to begin at `starts_at`, or now where that is over or not known."""
    begin = run.ran[0].began_at if run.ran else max(now, starts_at or now)
    planned_at = _planned(segments, begin)
    whole = begin + sum(one.minutes for one in segments) * MINUTE_MS
    planned_end = whole if run.planned_end is None else run.planned_end
    ran = {one.segment: one for one in run.ran}
    at, left = run.ran[-1].began_at if run.ran else begin, None
    lines = []
    for segment in segments:
        one = ran.get(segment.id)
        if one is not None:
            until = one.began_at + segment.length * MINUTE_MS
            left = until - now if run.current == segment.id else left
            ends = one.ended_at if one.ended_at is not None else max(now, until)
            at = max(at, ends)
            lines.append(Line(segment.id, planned_at[segment.id], one.began_at, ends))
        elif run.ended_at is not None or not segment.length:
            lines.append(Line(segment.id, planned_at[segment.id], None, None))
        else:
            lines.append(Line(segment.id, planned_at[segment.id], at, at + segment.length * MINUTE_MS))
            at += segment.length * MINUTE_MS
    expected = run.ended_at if run.ended_at is not None else at
    return Reckoned(tuple(lines), planned_end, expected, expected - planned_end, left)


def _planned(segments: Sequence[Segment], begin: int) -> dict[str, int]:
    found, at = {}, begin
    for segment in segments:
        found[segment.id] = at
        at += segment.minutes * MINUTE_MS
    return found
