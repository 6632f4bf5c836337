"""Votes: who chose what. Told to their voter alone; the poll counts them, and tells counts (`ballots.py`)."""

from __future__ import annotations

from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.session.ballots import Chosen
from webinar_server.session.polls import Poll, in_state
from webinar_server.session.programme import refuse_when_closed
from webinar_server.session.roles import HOSTS
from webinar_server.state import (
    Actor,
    Audience,
    Command,
    Draft,
    Private,
    Record,
    View,
    drop_all,
    need_seen,
    replace,
)


class Vote(Private, frozen=True, kw_only=True):
    """One person's choice in one poll, counted in the poll."""

    KIND: ClassVar[str] = "vote"
    INDEXES: ClassVar[tuple[str, ...]] = ("by",)

    poll: str
    by: str
    options: tuple[str, ...]

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.by,)

    def own(self, person: str, audience: Audience) -> View:
        return {"poll": self.poll, "options": list(self.options)}


class CastVote(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Choose; sent again it replaces the earlier choice, and an empty one takes it back."""

    NAME: ClassVar[str] = "vote"

    poll: str
    options: list[str]

    def run(self, draft: Draft, actor: Actor) -> None:
        refuse_when_closed(draft, actor)
        need_seen(draft, actor, Poll, self.poll)
        poll = in_state(draft, self.poll, "open")
        chosen = _chosen(poll, self.options)
        before = draft.get(Vote, f"{poll.id}/{actor.id}")
        if chosen:
            draft.put(Vote(id=f"{poll.id}/{actor.id}", poll=poll.id, by=actor.id, options=chosen))
        elif before is not None:
            draft.drop(before)
        draft.put(_recounted(poll, actor, before.options if before else (), chosen))


def _chosen(poll: Poll, ids: list[str]) -> tuple[str, ...]:
    wanted = set(ids)
    if len(wanted) != len(ids) or not wanted <= {option.id for option in poll.options}:
        raise Refusal("poll.no_such_option", "Choose among the options of this poll, each at most once.")
    if poll.choose == "one" and len(ids) > 1:
        raise Refusal("poll.one_option", "Choose one option.")
    return tuple(option.id for option in poll.options if option.id in wanted)


def _recounted(poll: Poll, actor: Actor, before: Chosen, after: Chosen) -> Poll:
    options = tuple(
        replace(option, votes=option.votes - (option.id in before) + (option.id in after))
        for option in poll.options
    )
    counted = replace(poll, options=options, voters=poll.voters - bool(before) + bool(after))
    if actor.role in HOSTS:
        return counted
    return replace(counted, telling=poll.telling.cast(actor.id, before, after, counted.count))


def erase(draft: Draft, person: str, stump: str) -> None:
    """The polls go on counting them, and what is told in steps goes on hiding theirs among others'."""
    drop_all(draft, Vote, ("by",), person)
    for poll in list(draft.all(Poll)):
        telling = poll.telling.without(person, stump)
        if telling != poll.telling:
            draft.put(replace(poll, telling=telling))


RECORDS: list[type[Record]] = [Vote]
EXAMPLES = [Vote(id="p1/ada", poll="p1", by="ada", options=("1",))]
COMMANDS: list[type[Command]] = [CastVote]
