"""Outcomes: what came of a poll as lines with numbers, whatever its form, as far as hosts are told."""

from __future__ import annotations

from typing import Any

from webinar_server.session.polls.poll import Poll
from webinar_server.session.polls.said import Said
from webinar_server.session.polls.scale import steps
from webinar_server.state import Records

Line = dict[str, Any]


def lines_of(records: Records, poll: Poll) -> list[Line]:
    """Each a `text` and its `votes`, of a ranking in its order; none where nothing is told yet. Of words that
    people wrote those that all may see."""
    view = poll.view("host") or {}
    if "counted" not in view:
        return []
    tally = view.get("tally") or {}
    if poll.form == "text":
        said = (one for one in records.of(Said, "poll", poll.id) if one.state == "shown")
        return [{"text": one.text, "votes": one.votes} for one in sorted(said, key=_most_first)]
    if poll.form == "cloud":
        return [{"text": word["text"], "votes": word["votes"]} for word in tally["words"]]
    if poll.form == "scale":
        return [{"text": str(step), "votes": n} for step, n in zip(steps(poll), tally["votes"], strict=True)]
    if poll.form == "number":
        unit = poll.number.unit if poll.number else ""
        return [{"text": _span(one, unit), "votes": one["votes"]} for one in tally.get("bins", ())]
    options = view["options"]
    if poll.form == "ranking":
        options = sorted(options, key=lambda option: -option["score"])
    return [{"text": option["text"], "votes": option["votes"]} for option in options]


def middle_of(poll: Poll) -> dict[str, float]:
    """The `mean` of a scale, the `median` of numbers, as far as it is told; of other forms nothing."""
    tally = (poll.view("host") or {}).get("tally") or {}
    name = {"scale": "mean", "number": "median"}.get(poll.form, "")
    return {name: tally[name]} if name in tally else {}


def _most_first(one: Said) -> tuple[int, str]:
    return -one.votes, one.text


def _span(one: Line, unit: str) -> str:
    begin, end = f"{one['from']:g}", f"{one['to']:g}"
    return " ".join(filter(None, (begin if begin == end else f"{begin}–{end}", unit)))
