"""Ballots: how much of a poll's count is told, so that no two counts in a row tell one person's choice.

       nothing told ──10 ballots──▶ the count of the first 5 ──5 more──▶ of the first 10 … ─close─▶ of all

From a count that is told the ballots of `MOVED` people differ in the next one, and by now those of `MOVED`
people differ from it, too: so the last ballots, which a closing tells, are no fewer. The first count differs
from nothing: of fewer than `MOVED` people none is told, to nobody, whoever closes or reveals. Where a poll is
opened again for one who was late, one ballot is not told, for it would tell whose it was.

Hosts know their own ballots, so theirs count as any other, but hide nobody's. Once a poll is anonymous for
good, those that differ are nobody's: how many they are is all that stays of them.
"""

from __future__ import annotations

import msgspec

from webinar_server.state import replace

MOVED = 5
"""People whose ballots change between two counts that are told, at least."""

SHARE = 40
"""Of a poll that is counted anew each time, a step is this part of those who voted, if that is more."""

Chosen = tuple[str, ...]


class Bin(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Numbers from one up to another, and how many were said."""

    from_: float
    to: float
    votes: int


class Numbers(msgspec.Struct, frozen=True, kw_only=True):
    """What came of the numbers that people said."""

    median: float
    mean: float
    low: float
    high: float
    bins: tuple[Bin, ...]


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a poll at one moment: people, and what its form counts, in the order it has that in."""

    voters: int
    votes: tuple[int, ...]
    numbers: Numbers | None = None


class Ballot(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's choice at the moment of a count; empty if they had none."""

    by: str
    chosen: Chosen


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """What is told, what will be next, and whose ballots differ from each now, with what they were then; of
    how many more it is not known whose."""

    told: Count | None = None
    next: Count | None = None
    since_told: tuple[Ballot, ...] = ()
    since_next: tuple[Ballot, ...] = ()
    unknown_told: int = 0
    unknown_next: int = 0

    def cast(self, by: str, before: Chosen, after: Chosen) -> Telling:
        """A ballot was cast, changed or taken back."""
        since_told, since_next = (
            _differing(since, by, before, after) for since in (self.since_told, self.since_next)
        )
        return replace(self, since_told=since_told, since_next=since_next)

    def is_due(self, voters: int, step: int = MOVED) -> bool:
        """Whether so many ballots differ from the next count that there is another."""
        return len(self.since_next) + self.unknown_next >= step and voters >= MOVED

    def advance(self, now: Count) -> Telling:
        """The next count is told, and this one is the next."""
        if self.next is None:
            # before the first count is told everything differs from nothing
            return Telling(next=now, since_told=self.since_told, unknown_told=self.unknown_told)
        return Telling(told=self.next, next=now, since_told=self.since_next, unknown_told=self.unknown_next)

    @property
    def may_close(self) -> bool:
        """Whether an end of voting may tell all, or those are the ballots of too few since the last time."""
        return len(self.since_told) + self.unknown_told >= MOVED

    def close(self, now: Count) -> Telling:
        """The end of voting: all is told that may be."""
        return Telling(told=now, next=now) if self.may_close else self

    def sealed(self) -> Telling:
        """All ballots are nobody's, and stay as they are."""
        return Telling(
            told=self.told,
            next=self.next,
            unknown_told=self.unknown_told + len(self.since_told),
            unknown_next=self.unknown_next + len(self.since_next),
        )

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
