"""Polls: prepared by a host, opened, closed, and revealed when the moment is right.

      draft_poll        open_poll        close_poll         reveal_poll
    ───────────▶ DRAFT ──────────▶ OPEN ──────────▶ CLOSED ───────────▶ REVEALED
                  │                 ▲                 │ ▲                  │
            discard_poll            └── open_poll ────┘ └─── close_poll ───┘   (each mis-click has a way back)

Hosts see the count while it runs; attendees see results when revealed, so nobody votes with the crowd.
One vote per person however many tabs; it can be changed until the poll is closed. Nobody, hosts included,
is shown who voted what. A richer kind of poll is another value of `form`; its answers stay in `Vote`.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from webinar_server.errors import Refusal
from webinar_server.session.programme import refuse_when_closed
from webinar_server.session.text import clean
from webinar_server.state import (
    HOSTS,
    Actor,
    Audience,
    Command,
    Draft,
    Record,
    Role,
    View,
    need_seen,
    replace,
)

QUESTION_MAX = 200
OPTION_MAX = 100
OPTIONS_MIN, OPTIONS_MAX = 2, 20
POLLS_MAX = 100

PollState = Literal["draft", "open", "closed", "revealed"]
Choose = Literal["one", "many"]


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to choose, and how many chose it."""

    id: str
    text: str
    votes: int = 0


class Poll(Record, frozen=True, kw_only=True):
    """A question with options. `voters` counts people, the options' `votes` count choices."""

    KIND: ClassVar[str] = "poll"

    question: str
    options: tuple[Option, ...]
    choose: Choose = "one"
    form: Literal["choice"] = "choice"
    state: PollState = "draft"
    voters: int = 0
    at: int = 0
    opened_at: int | None = None
    revealed_at: int | None = None

    def view(self, audience: Audience) -> View | None:
        if self.state == "draft" and audience != "host":
            return None
        counted = audience == "host" or self.state == "revealed"
        return {
            "question": self.question,
            "choose": self.choose,
            "form": self.form,
            "state": self.state,
            "options": [_option_view(option, counted) for option in self.options],
            "voters": self.voters,
            "at": self.at,
            "opened_at": self.opened_at,
            "revealed_at": self.revealed_at,
        }


class Vote(Record, frozen=True, kw_only=True):
    """One person's choice in one poll; told to them alone, and counted in the poll."""

    KIND: ClassVar[str] = "vote"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ()

    poll: str
    by: str
    options: tuple[str, ...]

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.by,)

    def view(self, audience: Audience) -> None:
        return None

    def own(self, person: str, audience: Audience) -> View:
        return {"poll": self.poll, "options": list(self.options)}


class DraftPoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Prepare a poll, or with `poll` rewrite one that is still a draft."""

    NAME: ClassVar[str] = "draft_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    question: str
    options: list[str]
    choose: Choose = "one"
    poll: str | None = None

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        if self.poll is None:
            _refuse_too_many(draft)
        else:
            _in_state(draft, self.poll, "draft")
        poll = Poll(
            id=self.poll or actor.fresh,
            question=clean(self.question, "poll", QUESTION_MAX, field="question"),
            options=_options(self.options),
            choose=self.choose,
            at=actor.at,
        )
        draft.put(poll)
        return {"id": poll.id}


class DiscardPoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Throw a draft away."""

    NAME: ClassVar[str] = "discard_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    poll: str

    def run(self, draft: Draft, actor: Actor) -> None:
        draft.drop(_in_state(draft, self.poll, "draft"))


class OpenPoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Let people vote; also takes a closing back."""

    NAME: ClassVar[str] = "open_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    poll: str

    def run(self, draft: Draft, actor: Actor) -> None:
        poll = _in_state(draft, self.poll, "draft", "closed", "open")
        draft.put(replace(poll, state="open", opened_at=poll.opened_at or actor.at))


class ClosePoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """No more votes; also hides results that were revealed by mistake."""

    NAME: ClassVar[str] = "close_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    poll: str

    def run(self, draft: Draft, actor: Actor) -> None:
        draft.put(replace(_in_state(draft, self.poll, "open", "revealed", "closed"), state="closed"))


class RevealPoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Show everybody the results."""

    NAME: ClassVar[str] = "reveal_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    poll: str

    def run(self, draft: Draft, actor: Actor) -> None:
        poll = _in_state(draft, self.poll, "closed", "revealed")
        if poll.state != "revealed":
            draft.put(replace(poll, state="revealed", revealed_at=actor.at))


class CastVote(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Choose; sent again it replaces the earlier choice, and an empty one takes it back."""

    NAME: ClassVar[str] = "vote"

    poll: str
    options: list[str]

    def run(self, draft: Draft, actor: Actor) -> None:
        refuse_when_closed(draft, actor)
        need_seen(draft, actor, Poll, self.poll)
        poll = _in_state(draft, self.poll, "open")
        chosen = _chosen(poll, self.options)
        before = draft.get(Vote, f"{poll.id}/{actor.id}")
        if chosen:
            draft.put(Vote(id=f"{poll.id}/{actor.id}", poll=poll.id, by=actor.id, options=chosen))
        elif before is not None:
            draft.drop(before)
        draft.put(_recounted(poll, before.options if before else (), chosen))


def _option_view(option: Option, counted: bool) -> View:
    seen: View = {"id": option.id, "text": option.text}
    return seen | {"votes": option.votes} if counted else seen


def _options(texts: list[str]) -> tuple[Option, ...]:
    if not OPTIONS_MIN <= len(texts) <= OPTIONS_MAX:
        raise Refusal("poll.options", f"A poll has {OPTIONS_MIN} to {OPTIONS_MAX} options.")
    cleaned = [clean(text, "poll", OPTION_MAX, field=f"options.{n}") for n, text in enumerate(texts)]
    if len({text.casefold() for text in cleaned}) < len(cleaned):
        raise Refusal("poll.same_options", "Two options are the same.")
    return tuple(Option(id=str(number), text=text) for number, text in enumerate(cleaned, 1))


def _in_state(draft: Draft, id: str, *states: PollState) -> Poll:
    poll = draft.need(Poll, id)
    if poll.state not in states:
        raise Refusal(f"poll.{poll.state}", f"This poll is {poll.state}.")
    return poll


def _chosen(poll: Poll, ids: list[str]) -> tuple[str, ...]:
    wanted = set(ids)
    if len(wanted) != len(ids) or not wanted <= {option.id for option in poll.options}:
        raise Refusal("poll.no_such_option", "Choose among the options of this poll, each at most once.")
    if poll.choose == "one" and len(ids) > 1:
        raise Refusal("poll.one_option", "Choose one option.")
    return tuple(option.id for option in poll.options if option.id in wanted)


def _recounted(poll: Poll, before: tuple[str, ...], after: tuple[str, ...]) -> Poll:
    options = tuple(
        replace(option, votes=option.votes - (option.id in before) + (option.id in after))
        for option in poll.options
    )
    return replace(poll, options=options, voters=poll.voters - bool(before) + bool(after))


def _refuse_too_many(draft: Draft) -> None:
    if draft.count(Poll) >= POLLS_MAX:
        raise Refusal("poll.full", f"A session holds {POLLS_MAX} polls; discard a draft first.")


RECORDS: list[type[Record]] = [Poll, Vote]
COMMANDS: list[type[Command]] = [DraftPoll, DiscardPoll, OpenPoll, ClosePoll, RevealPoll, CastVote]
