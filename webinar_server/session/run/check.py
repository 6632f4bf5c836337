"""The programme check: named rules for an hour that holds an audience, each with its reason and a way to mend
it in one press. A pure function of the plan; hosts ask it as they prepare, and so does the terminal.

People listen well for some ten minutes at a stretch, and an hour is what they planned for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from math import ceil
from typing import Any, ClassVar, NamedTuple

from webinar_server.session.roles import HOSTS
from webinar_server.session.run.records import Segment, SegmentKind, in_order, the_run
from webinar_server.state import Actor, Command, Draft, Record, Result, Role

HOUR_MAX = 60
MONOLOGUE_MAX = 10
QUIET_MAX = 15
"""Minutes in a row in which the audience has nothing to do."""

ROW_MAX = 2
"""Segments of one kind in a row."""

SPOKEN: frozenset[SegmentKind] = frozenset(("talk", "video"))
QUIET: frozenset[SegmentKind] = SPOKEN | {"break", "closing", "other"}
ASKED: frozenset[SegmentKind] = frozenset(("questions", "spotlight"))
HELD: frozenset[SegmentKind] = frozenset(("greeting", "spotlight", "closing"))
LEAST: Mapping[SegmentKind, int] = {"spotlight": 5, "greeting": 2, "poll": 2, "closing": 1}
"""Minutes below which none is shortened; of all others three."""

RULES: Mapping[str, str] = {
    "no_greeting": "Nobody is greeted: who is welcomed by name stays, and speaks.",
    "no_spotlight": "Nobody of the audience comes live with a question: it stays a broadcast.",
    "monologue": f"One voice for more than {MONOLOGUE_MAX} minutes: that is when people leave.",
    "quiet": f"More than {QUIET_MAX} minutes in which the audience has nothing to do.",
    "same": f"More than {ROW_MAX} segments of one kind in a row: variety keeps people awake.",
    "abrupt": "No time between the last question and the end: it overruns, and nobody is thanked.",
    "too_long": f"Longer than {HOUR_MAX} minutes: people planned for an hour, and have left by then.",
}
"""Why, by rule, in the order in which they are best mended: what mends one may make it longer, what makes it
shorter comes last."""

Step = tuple[str, dict[str, Any]]
"""A command by its name, with its arguments."""


class Finding(NamedTuple):
    """A rule that a plan breaks, by which segments, with how many minutes (or segments); `fix` mends it."""

    rule: str
    segments: tuple[str, ...]
    minutes: int
    fix: tuple[Step, ...]

    @property
    def reason(self) -> str:
        return RULES[self.rule]


def check(plan: Sequence[Segment]) -> list[Finding]:
    """What a plan breaks, in the order of the rules; nothing where there is no plan."""
    there = [segment for segment in plan if segment.length]
    return [finding for rule in RULES for finding in _FOUND[rule](there)] if there else []


def minutes_of(plan: Sequence[Segment]) -> int:
    return sum(segment.length for segment in plan)


def _no_greeting(plan: Sequence[Segment]) -> Iterator[Finding]:
    if not any(one.kind == "greeting" for one in plan):
        yield Finding("no_greeting", (), 0, (_added("greeting", 3, plan[0].id),))


def _no_spotlight(plan: Sequence[Segment]) -> Iterator[Finding]:
    if not any(one.kind == "spotlight" for one in plan):
        last = plan[-1].id if plan[-1].kind in QUIET | {"borrel"} else None
        yield Finding("no_spotlight", (), 0, (_added("spotlight", 6, last),))


def _monologue(plan: Sequence[Segment]) -> Iterator[Finding]:
    for at, one in enumerate(plan):
        if one.kind in SPOKEN and one.length > MONOLOGUE_MAX:
            yield Finding("monologue", (one.id,), one.length, _in_pieces(one, _after(plan, at)))


def _in_pieces(one: Segment, after: str | None) -> tuple[Step, ...]:
    """As long as before, with questions between pieces that one can listen to."""
    pause = 2
    pieces = ceil((one.length + pause) / (MONOLOGUE_MAX + pause))
    spoken = one.length - pause * (pieces - 1)
    lengths = [spoken // pieces + (at < spoken % pieces) for at in range(pieces)]
    steps: list[Step] = [("change_segment", {"segment": one.id, "minutes": lengths[0]})]
    for minutes in lengths[1:]:
        steps.append(_added("questions", pause, after))
        steps.append(_added(one.kind, minutes, after, title=one.title, who=one.who))
    return tuple(steps)


def _quiet(plan: Sequence[Segment]) -> Iterator[Finding]:
    at = 0
    for quiet, stretch in groupby(plan, lambda one: one.kind in QUIET):
        row = list(stretch)
        at += len(row)
        minutes = minutes_of(row)
        alone = row[0] if len(row) == 1 else None
        # one who speaks alone for long is a monologue
        if not quiet or minutes <= QUIET_MAX or (alone and alone.kind in SPOKEN):
            continue
        fix: Step
        if alone:
            fix = ("change_segment", {"segment": alone.id, "minutes": QUIET_MAX})
        else:
            halves = [minutes_of(row[:place]) for place in range(1, len(row))]
            middle = min(range(len(halves)), key=lambda place: abs(halves[place] - minutes / 2)) + 1
            fix = _added("questions", 3, row[middle].id)
        yield Finding("quiet", tuple(one.id for one in row), minutes, (fix,))


def _same(plan: Sequence[Segment]) -> Iterator[Finding]:
    for kind, stretch in groupby(plan, lambda one: one.kind):
        row = [one.id for one in stretch]
        if len(row) > ROW_MAX:
            between: SegmentKind = "questions" if kind == "poll" else "poll"
            yield Finding("same", tuple(row), len(row), (_added(between, 2, row[ROW_MAX]),))


def _abrupt(plan: Sequence[Segment]) -> Iterator[Finding]:
    if plan[-1].kind in ASKED:
        yield Finding("abrupt", (plan[-1].id,), 0, (_added("closing", 3, None),))


def _too_long(plan: Sequence[Segment]) -> Iterator[Finding]:
    minutes = minutes_of(plan)
    if minutes > HOUR_MAX:
        yield Finding("too_long", (), minutes, tuple(_shortened(plan, minutes - HOUR_MAX)))


def _shortened(plan: Sequence[Segment], over: int) -> Iterator[Step]:
    """The longest gives first, as far as each can; then what stands last is left out, so that what is before
    it stays as varied as it was; greetings, live rounds and the end only if nothing else is left."""
    lengths = {one.id: one.length for one in plan}
    least = {one.id: least_of(one) for one in plan}
    while over > 0 and (longer := [id for id in lengths if lengths[id] > least[id]]):
        longest = max(longer, key=lengths.__getitem__)
        lengths[longest] -= 1
        over -= 1
    out = []
    for one in sorted(reversed(plan), key=lambda one: one.kind in HELD):
        if over > 0:
            out.append(one.id)
            over -= lengths[one.id]
    yield from (
        ("change_segment", {"segment": one.id, "minutes": lengths[one.id]})
        for one in plan
        if one.id not in out and lengths[one.id] != one.length
    )
    yield from (("remove_segment", {"segment": id}) for id in out)


def least_of(segment: Segment) -> int:
    """Minutes that it needs to be worth having."""
    return min(segment.length, LEAST.get(segment.kind, 3))


def _added(kind: SegmentKind, minutes: int, before: str | None, **words: str) -> Step:
    given = {name: text for name, text in words.items() if text}
    return "add_segment", {"kind": kind, "minutes": minutes, "before": before} | given


def _after(plan: Sequence[Segment], at: int) -> str | None:
    return plan[at + 1].id if at + 1 < len(plan) else None


_FOUND: Mapping[str, Callable[[Sequence[Segment]], Iterator[Finding]]] = {
    "no_greeting": _no_greeting,
    "no_spotlight": _no_spotlight,
    "monologue": _monologue,
    "quiet": _quiet,
    "same": _same,
    "abrupt": _abrupt,
    "too_long": _too_long,
}


class CheckRun(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Look at the plan as it is. Changes nothing."""

    NAME: ClassVar[str] = "check_run"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    def run(self, draft: Draft, actor: Actor) -> Result:
        segments = in_order(draft)
        # what began is no plan any more
        found = [] if the_run(draft).ran else check(segments)
        return {"minutes": minutes_of(segments), "findings": [_told(finding) for finding in found]}


def _told(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "segments": list(finding.segments),
        "minutes": finding.minutes,
        "fix": [{"command": command, "args": args} for command, args in finding.fix],
    }


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [CheckRun]
