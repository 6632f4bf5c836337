"""Curve: how many were there over the hour, as a picture (SVG) with what happened below it. No words of
people's stand in it: what happened has numbers, which a list explains."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

WIDE, HIGH = 720, 200
LEFT, TOP, BELOW = 34, 18, 26
MINUTE_MS = 60_000
TICKS = (5, 10, 15, 30, 60, 120, 240, 480, 1440)
"""Minutes between two of the words below it: the first of which there is room for."""

TICKS_MAX = 13
MARK = 8

Place = Callable[[float], float]
"""Where a moment (Unix ms) stands."""


def curve(attendance: Mapping[str, Any], begins: int, ends: int, label: str) -> str:
    """Of a report's `attendance`; `label` says it to who does not see it (markup, escaped)."""
    start: int = attendance["from"]
    step: int = attendance["step"]
    there: list[int] = attendance["there"]
    last = start + step * max(1, len(there) - 1)
    top = _nice(max(1, attendance["most"]))

    def x(at: float) -> float:
        return round(LEFT + (min(max(at, start), last) - start) / (last - start) * (WIDE - LEFT - 4), 1)

    def y(count: float) -> float:
        return round(TOP + (1 - count / top) * (HIGH - TOP - BELOW), 1)

    points = [f"{x(start + index * step)} {y(count)}" for index, count in enumerate(there)]
    edge = "M" + "L".join(points if len(points) > 1 else [*points, f"{x(last)} {y(there[0])}"])
    parts = [
        *(_loss(loss, x) for loss in attendance["losses"]),
        *(_grid(n, y(n)) for n in ((0, top // 2, top) if top > 1 else (0, top))),
        f'<path class="area" d="{edge}L{x(last)} {y(0)}L{x(start)} {y(0)}Z"/><path class="edge" d="{edge}"/>',
        *_minutes(begins, start, last, x),
        *(_bound(x(at)) for at in (begins, ends)),
        *_marks(attendance["moments"], x),
    ]
    box = f"0 0 {WIDE} {HIGH + 2 * MARK + 8}"
    return f'<svg class="curve" viewBox="{box}" role="img" aria-label="{label}">{"".join(parts)}</svg>'


def _loss(loss: dict[str, int], x: Place) -> str:
    """A window in which many left, and how many."""
    begin, end = x(loss["from"]), x(loss["until"])
    middle, width = round((begin + end) / 2, 1), max(2, round(end - begin, 1))
    return (
        f'<rect class="loss" x="{begin}" y="{TOP}" width="{width}" height="{HIGH - TOP - BELOW}"/>'
        f'<text class="gone" x="{middle}" y="{TOP - 4}" text-anchor="middle">−{loss["left"]}</text>'
    )


def _grid(count: int, y: float) -> str:
    return (
        f'<line class="grid" x1="{LEFT}" x2="{WIDE - 4}" y1="{y}" y2="{y}"/>'
        f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{count}</text>'
    )


def _bound(x: float) -> str:
    return f'<line class="bound" x1="{x}" x2="{x}" y1="{TOP - 6}" y2="{HIGH - BELOW}"/>'


def _minutes(begins: int, start: int, last: int, x: Place) -> list[str]:
    whole = (last - start) / MINUTE_MS
    between = next((tick for tick in TICKS if whole / tick <= TICKS_MAX), TICKS[-1])
    first = -(-(start - begins) // (between * MINUTE_MS)) * between
    found: list[str] = []
    minute = first
    while begins + minute * MINUTE_MS <= last and len(found) <= 4 * TICKS_MAX:
        at = x(begins + minute * MINUTE_MS)
        found.append(f'<text x="{at}" y="{HIGH - 8}" text-anchor="middle">{_said(minute)}</text>')
        minute += between
    return found


def _said(minute: int) -> str:
    return f"−{-minute}′" if minute < 0 else f"{minute}′"


def _marks(moments: list[dict[str, Any]], x: Place) -> list[str]:
    """One below another's place is moved on, so that all numbers can be read."""
    found: list[str] = []
    free = 0.0
    for number, moment in enumerate(moments, 1):
        at = max(x(moment["at"]), free)
        if at > WIDE - MARK:
            break
        free = at + 2 * MARK + 1
        look = "mark poll" if moment["what"] == "poll" else "mark"
        found.append(
            f'<circle class="{look}" cx="{at}" cy="{HIGH + MARK}" r="{MARK}"/>'
            f'<text class="number" x="{at}" y="{HIGH + MARK + 4}" text-anchor="middle">{number}</text>'
        )
    return found


def _nice(most: int) -> int:
    """A round number that is no less."""
    size = 1
    while True:
        for step in (1, 2, 3, 4, 5, 6, 8, 10):
            if step * size >= most:
                return step * size
        size *= 10
