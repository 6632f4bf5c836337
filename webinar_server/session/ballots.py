"""Ballots: how much of a poll's count is told, so that no two counts in a row tell one person's choice.

       nothing told ──10 ballots──▶ the count of the first 5 ──5 more──▶ of the first 10 … ─close─▶ of all

From a count that is told the ballots of `MOVED` people differ in the next one, and by now those of `MOVED`
people differ from it, too: so the last ballots, which a closing tells, are no fewer. The first count differs
from nothing: of fewer than `MOVED` people none is told, to nobody, whoever closes or reveals. Where a poll is
opened again for one who was late, one ballot is not told, for it would tell whose it was.

Hosts know their own ballots, so theirs count as any other, but hide nobody's.
"""

from __future__ import annotations

import msgspec

from webinar_server.state import replace

MOVED = 5
"""People whose ballots change between two counts that are told, at least."""

Chosen = tuple[str, ...]


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a poll at one moment: people, and choices in the order of its options."""

    voters: int
    votes: tuple[int, ...]


class Ballot(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's choice at the moment of a count; empty if they had none."""

    by: str
    chosen: Chosen


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """What is told, what will be next, and whose ballots differ from each now, with what they were then."""

    told: Count | None = None
    next: Count | None = None
    since_told: tuple[Ballot, ...] = ()
    since_next: tuple[Ballot, ...] = ()

    def cast(self, by: str, before: Chosen, after: Chosen, now: Count) -> Telling:
        """A ballot was cast, changed or taken back; `now` is the count with it."""
        since_told, since_next = (
            _differing(since, by, before, after) for since in (self.since_told, self.since_next)
        )
        if len(since_next) < MOVED or now.voters < MOVED:
            return replace(self, since_told=since_told, since_next=since_next)
        # before the first count is told everything differs from nothing
        since = since_told if self.next is None else since_next
        return Telling(told=self.next, next=now, since_told=since)

    def close(self, now: Count) -> Telling:
        """The end of voting: all is told, unless those are the ballots of too few since the last time."""
        return Telling(told=now, next=now) if len(self.since_told) >= MOVED else self

    def without(self, person: str, stump: str) -> Telling:
        """Their ballots are nobody's."""
        since_told, since_next = (
            tuple(replace(one, by=stump) if one.by == person else one for one in since)
            for since in (self.since_told, self.since_next)
        )
        return replace(self, since_told=since_told, since_next=since_next)


def _differing(since: tuple[Ballot, ...], by: str, before: Chosen, after: Chosen) -> tuple[Ballot, ...]:
    """Whose ballots differ, once somebody's went from `before` to `after`."""
    then = next((ballot.chosen for ballot in since if ballot.by == by), before)
    others = tuple(ballot for ballot in since if ballot.by != by)
    return others if then == after else (*others, Ballot(by=by, chosen=then))
