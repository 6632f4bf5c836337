"""Votes: what somebody answered. Told to them alone, and to hosts where the poll says so beforehand.

    vote ──▶ theirs, and changed until the poll is closed ──▶ SEALED: that they voted, and nothing more

A poll that is anonymous is sealed as it is closed (`sealing.py`): who opens it again does not let anybody
change what nobody knows any more, but lets others vote.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import field

from webinar_server.errors import Refusal
from webinar_server.session.polls import counting
from webinar_server.session.polls.form import Given, answered
from webinar_server.session.polls.poll import Poll, in_state
from webinar_server.session.polls.vote import Vote
from webinar_server.session.programme import refuse_when_closed
from webinar_server.state import Actor, Command, Draft, Record, drop_all, need_seen, replace


class CastVote(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Answer; sent again it replaces the earlier answer, and an empty one takes it back.

    By `options` (a choice, a quiz, a ranking in its order), a `number` (a scale, an estimate) or `texts` (a
    cloud, a text). With `team` it counts for one's organisation, where a quiz has points.
    """

    NAME: ClassVar[str] = "vote"

    poll: str
    options: list[str] = field(default_factory=list)
    number: float | None = None
    texts: list[str] = field(default_factory=list)
    team: bool = False

    def run(self, draft: Draft, actor: Actor) -> None:
        refuse_when_closed(draft, actor)
        need_seen(draft, actor, Poll, self.poll)
        poll = in_state(draft, self.poll, "open")
        before = draft.get(Vote, f"{poll.id}/{actor.id}")
        if before is not None and before.sealed:
            raise Refusal("poll.voted", "You voted, and nobody knows any more for what: so it stays.")
        given = answered(
            poll.how,
            poll,
            Given(options=tuple(self.options), number=self.number, texts=tuple(self.texts)),
        )
        if not given.is_empty:
            draft.put(_vote(poll, actor, given, self.team))
        elif before is not None:
            draft.drop(before)
        counting.cast(draft, actor, poll, before.given if before else Given(), given)


def _vote(poll: Poll, actor: Actor, given: Given, team: bool) -> Vote:
    return Vote(
        id=f"{poll.id}/{actor.id}",
        poll=poll.id,
        by=actor.id,
        options=given.options,
        number=given.number,
        texts=given.texts,
        named=poll.names == "hosts",
        team=team and poll.points,
    )


def erase(draft: Draft, person: str, stump: str) -> None:
    """The polls go on counting them, and what is told in steps goes on hiding theirs among others'; words
    that are known to be theirs go."""
    for vote in list(draft.of(Vote, "by", person)):
        counting.disown(draft, draft.need(Poll, vote.poll), vote)
    drop_all(draft, Vote, ("by",), person)
    for poll in list(draft.all(Poll)):
        telling = poll.telling.without(person, stump)
        if telling != poll.telling:
            draft.put(replace(poll, telling=telling))


RECORDS: list[type[Record]] = [Vote]
EXAMPLES = [
    Vote(id="p1/ada", poll="p1", by="ada", options=("1",), named=True),
    Vote(id="p2/ada", poll="p2", by="ada", number=7.0, named=True),
    Vote(id="p3/ada", poll="p3", by="ada", texts=("sun",), named=True),
    Vote(id="p4/ada", poll="p4", by="ada", sealed=True),
]
COMMANDS: list[type[Command]] = [CastVote]
