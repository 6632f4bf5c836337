"""Results: what came of a poll, to those alone who voted in it.

A poll that shows results after voting has a record of them whose owners are its voters. It is told anew
when what is told changes, and so that nobody who voted waits for long to be among them: of many, not with
each.
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.session.polls import poll
from webinar_server.session.polls.poll import Poll, result
from webinar_server.session.polls.vote import Vote
from webinar_server.state import Audience, Command, Draft, Private, Record, View, replace

WAITING = 20
"""Of those who voted this part waits for results, or for newer ones, until more have voted."""


class Result(Private, frozen=True, kw_only=True):
    """Of the poll whose id it has; `told` are the fields of the poll that tell it, or nothing so far."""

    KIND: ClassVar[str] = "result"

    voters: tuple[str, ...] = ()
    told: View | None = None

    @property
    def owners(self) -> tuple[str, ...]:
        return self.voters

    def own(self, person: str, audience: Audience) -> View | None:
        return self.told


def tell(draft: Draft, of: Poll, voter: str | None = None, last: bool = False) -> None:
    """As a poll tells now; `voter` is who voted just now, or took that back, `last` where nobody may vote
    any more."""
    if of.results != "voted" or of.told is None:
        return
    known, told = draft.get(Result, of.id), result(of, of.told)
    voters = known.voters if known else ()
    if known is not None and known.told is not None and not last:
        was, votes = voter in voters, draft.get(Vote, f"{of.id}/{voter}") is not None
        late = of.voters - len(voters) if votes and not was else 0
        later = told["counted"] - known.told["counted"]
        if (votes or not was) and max(late, later) <= of.voters // WAITING:
            return
    by = sorted(vote.by for vote in draft.of(Vote, "poll", of.id))
    new = Result(id=of.id, voters=tuple(by), told=told)
    if new != known:
        draft.put(new)


def erase(draft: Draft, person: str, stump: str) -> None:
    """They are none of its voters any more."""
    for one in list(draft.all(Result)):
        if person in one.voters:
            draft.put(replace(one, voters=tuple(voter for voter in one.voters if voter != person)))


RECORDS: list[type[Record]] = [Result]
EXAMPLES = [
    Result(id=one.id, voters=("ada",), told=result(one, one.told)) for one in poll.EXAMPLES if one.told
]
COMMANDS: list[type[Command]] = []
