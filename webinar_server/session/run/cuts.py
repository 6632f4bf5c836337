"""Cuts: what to leave out when it will be late, so that it still ends on time and somebody still comes live.

Each proposal is a few segments to come with the minutes they would have then (none: dropped). Proposed is
only what ends at or before the planned end; where nothing does, that is said. Pure, but for the two commands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

import msgspec
from msgspec import Meta

from webinar_server.errors import Refusal
from webinar_server.session.roles import HOSTS
from webinar_server.session.run.check import ASKED, SPOKEN, least_of
from webinar_server.session.run.reckoning import reckon
from webinar_server.session.run.records import MINUTE_MS, Run, Segment, in_order, the_run, to_come
from webinar_server.session.run.segments import MINUTES_MAX, SEGMENTS_MAX
from webinar_server.session.run.show import changeable
from webinar_server.state import Actor, Command, Draft, Record, Result, Role, replace
from webinar_server.words.sizes import so_many

PROPOSALS_MAX = 3
Way = Literal["shorten", "drop", "halve", "both"]
Lengths = dict[str, int]
"""Minutes by segment, of those that would be others than they are."""


class Cut(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A segment's minutes as they would be, and as somebody saw them."""

    segment: str
    minutes: Annotated[int, Meta(ge=0, le=MINUTES_MAX)]
    was: int


class Proposal(NamedTuple):
    """A way to be on time: `ends_at` (Unix ms) is when it would be over."""

    way: Way
    cuts: tuple[Cut, ...]
    ends_at: int


def propose(segments: Sequence[Segment], run: Run, now: int) -> list[Proposal]:
    """At most three, each of which ends at or before the planned end; none where it will be on time, or
    cannot be any more."""
    reckoned = reckon(segments, run, now)
    if run.current is None or reckoned.drift <= 0:
        return []
    ahead = list(to_come(run, list(segments)))
    over = -(-reckoned.drift // MINUTE_MS)
    found: list[Proposal] = []
    for way, lengths in _ways(ahead, over):
        cuts = tuple(Cut(one.id, lengths[one.id], one.length) for one in ahead if one.id in lengths)
        ends_at = reckoned.expected_end - sum(cut.was - cut.minutes for cut in cuts) * MINUTE_MS
        known = any(cuts == other.cuts for other in found)
        if ends_at <= reckoned.planned_end and _keeps_spotlight(ahead, lengths) and not known:
            found.append(Proposal(way, cuts, ends_at))
    return found[:PROPOSALS_MAX]


def _ways(ahead: Sequence[Segment], over: int) -> Iterator[tuple[Way, Lengths]]:
    """From what is missed least; each may be too little, which whoever asks sees."""
    spoken = [one for one in ahead if one.kind in SPOKEN]
    asked = [one for one in ahead if one.kind in ASKED]
    yield "shorten", _shorter(spoken, over, least_of)
    yield "drop", _dropped(ahead, over)
    yield "halve", _shorter(asked, over, lambda one: min(one.length, -(-one.length // 2)))
    yield "both", _both(ahead, over)


def _shorter(given: Sequence[Segment], over: int, least: Callable[[Segment], int]) -> Lengths:
    """No more than needed, the longest first."""
    lengths = {one.id: one.length for one in given}
    floors = {one.id: least(one) for one in given}
    while over > 0 and (longer := [id for id in lengths if lengths[id] > floors[id]]):
        longest = max(longer, key=lengths.__getitem__)
        lengths[longest] -= 1
        over -= 1
    return {one.id: lengths[one.id] for one in given if lengths[one.id] != one.length}


def _dropped(ahead: Sequence[Segment], over: int) -> Lengths:
    """One segment that is long enough: the shortest such, and of two alike the later one."""
    may = [one for one in _droppable(ahead) if one.length >= over]
    one = min(reversed(may), key=lambda one: one.length, default=None)
    return {} if one is None else {one.id: 0}


def _both(ahead: Sequence[Segment], over: int) -> Lengths:
    """As many dropped as it takes, the longest first, and the rest shortened."""
    lengths: Lengths = {}
    for one in sorted(_droppable(ahead), key=lambda one: -one.length):
        rest = over - sum(other.length for other in ahead if other.id in lengths)
        left = [other for other in ahead if other.id not in lengths]
        shorter = _shorter(left, rest, least_of)
        if sum(other.length - shorter[other.id] for other in left if other.id in shorter) >= rest:
            return lengths | shorter
        lengths[one.id] = 0
    rest = over - sum(other.length for other in ahead if other.id in lengths)
    return lengths | _shorter([one for one in ahead if one.id not in lengths], rest, least_of)


def _droppable(ahead: Sequence[Segment]) -> list[Segment]:
    """All but live rounds and the end."""
    return [one for one in ahead if one.kind not in ("spotlight", "closing")]


def _keeps_spotlight(ahead: Sequence[Segment], lengths: Lengths) -> bool:
    rounds = [one for one in ahead if one.kind == "spotlight"]
    return not rounds or any(lengths.get(one.id, one.length) for one in rounds)


class ProposeCuts(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What would still end on time. Changes nothing."""

    NAME: ClassVar[str] = "propose_cuts"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    def run(self, draft: Draft, actor: Actor) -> Result:
        segments, run = in_order(draft), the_run(draft)
        found = propose(segments, run, actor.at)
        drift = reckon(segments, run, actor.at).drift
        return {"over": max(0, -(-drift // MINUTE_MS)), "proposals": [_told(one) for one in found]}


class CutSegments(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Give segments that are not over other lengths, all at once: one that has none is dropped. The same with
    what was and what is turned round takes it back."""

    NAME: ClassVar[str] = "cut_segments"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    cuts: Annotated[list[Cut], so_many(1, SEGMENTS_MAX)]

    def run(self, draft: Draft, actor: Actor) -> None:
        for cut in self.cuts:
            segment = changeable(draft, cut.segment, cut.was)
            if not cut.minutes and the_run(draft).current == segment.id:
                raise Refusal("segment.ran", "This segment is on, or over; change what is to come.")
            draft.put(replace(segment, given=None if cut.minutes == segment.minutes else cut.minutes))


def _told(proposal: Proposal) -> dict[str, Any]:
    return {
        "way": proposal.way,
        "cuts": [msgspec.to_builtins(cut) for cut in proposal.cuts],
        "ends_at": proposal.ends_at,
    }


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [ProposeCuts, CutSegments]
