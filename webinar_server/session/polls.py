"""Polls: prepared by a host, opened, closed, and revealed when the moment is right.

      draft_poll        open_poll        close_poll         reveal_poll
    ───────────▶ DRAFT ──────────▶ OPEN ──────────▶ CLOSED ───────────▶ REVEALED
                  │                 ▲                 │ ▲                  │
            discard_poll            └── open_poll ────┘ └─── close_poll ───┘   (each mis-click has a way back)

Attendees see results when revealed, so nobody votes with the crowd; hosts see how many voted while it runs,
and choices in steps of several people, of too few never (`ballots.py`). One vote per person however many
tabs (`votes.py`), changed until the poll is closed. Nobody, hosts included, is shown who voted what. A richer
kind of poll is another value of `form`; its answers stay in `Vote`.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

from webinar_server.errors import Refusal
from webinar_server.session.ballots import MOVED, Count, Telling
from webinar_server.session.roles import AUDIENCES, HOSTS
from webinar_server.state import Actor, Audience, Command, Draft, Record, Role, View, replace
from webinar_server.words.sizes import so_many, up_to
from webinar_server.words.text import clean

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
    SEEN_BY: ClassVar[tuple[Audience, ...]] = AUDIENCES

    question: str
    options: tuple[Option, ...]
    choose: Choose = "one"
    form: Literal["choice"] = "choice"
    state: PollState = "draft"
    voters: int = 0
    at: int = 0
    opened_at: int | None = None
    revealed_at: int | None = None
    telling: Telling = Telling()

    @property
    def count(self) -> Count:
        return Count(voters=self.voters, votes=tuple(option.votes for option in self.options))

    def _told(self, audience: Audience) -> Count | None:
        """The count an audience is shown."""
        if self.state == "draft" or not (audience == "host" or self.state == "revealed"):
            return None
        # one that was closed before counts were told in steps is told whole, if it is of several people
        is_old = self.state != "open" and self.telling == Telling() and self.voters >= MOVED
        return self.count if is_old else self.telling.told

    def view(self, audience: Audience) -> View | None:
        if self.state == "draft" and audience != "host":
            return None
        told = self._told(audience)
        view: View = {
            "question": self.question,
            "choose": self.choose,
            "form": self.form,
            "state": self.state,
            "options": _options_view(self.options, told),
            "voters": self.voters,
            "at": self.at,
            "opened_at": self.opened_at,
            "revealed_at": self.revealed_at,
        }
        return view if told is None else view | {"counted": told.voters}


class DraftPoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Prepare a poll, or with `poll` rewrite one that is still a draft."""

    NAME: ClassVar[str] = "draft_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    question: Annotated[str, up_to(QUESTION_MAX)]
    options: Annotated[list[Annotated[str, up_to(OPTION_MAX)]], so_many(OPTIONS_MIN, OPTIONS_MAX)]
    choose: Choose = "one"
    poll: str | None = None

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        if self.poll is None:
            _refuse_too_many(draft)
        else:
            in_state(draft, self.poll, "draft")
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
        draft.drop(in_state(draft, self.poll, "draft"))


class OpenPoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Let people vote; also takes a closing back."""

    NAME: ClassVar[str] = "open_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    poll: str

    def run(self, draft: Draft, actor: Actor) -> None:
        poll = in_state(draft, self.poll, "draft", "closed", "open")
        draft.put(replace(poll, state="open", opened_at=poll.opened_at or actor.at))


class ClosePoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """No more votes; also hides results that were revealed by mistake."""

    NAME: ClassVar[str] = "close_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    poll: str

    def run(self, draft: Draft, actor: Actor) -> None:
        poll = in_state(draft, self.poll, "open", "revealed", "closed")
        telling = poll.telling.close(poll.count) if poll.state == "open" else poll.telling
        draft.put(replace(poll, state="closed", telling=telling))


class RevealPoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Show everybody the results."""

    NAME: ClassVar[str] = "reveal_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    poll: str

    def run(self, draft: Draft, actor: Actor) -> None:
        poll = in_state(draft, self.poll, "closed", "revealed")
        if poll.state != "revealed":
            draft.put(replace(poll, state="revealed", revealed_at=actor.at))


def _options_view(options: tuple[Option, ...], told: Count | None) -> list[View]:
    seen: list[View] = [{"id": option.id, "text": option.text} for option in options]
    if told is None:
        return seen
    return [option | {"votes": votes} for option, votes in zip(seen, told.votes, strict=True)]


def _options(texts: list[str]) -> tuple[Option, ...]:
    if not OPTIONS_MIN <= len(texts) <= OPTIONS_MAX:
        raise Refusal("poll.options", f"A poll has {OPTIONS_MIN} to {OPTIONS_MAX} options.")
    cleaned = [clean(text, "poll", OPTION_MAX, field=f"options.{n}") for n, text in enumerate(texts)]
    if len({text.casefold() for text in cleaned}) < len(cleaned):
        raise Refusal("poll.same_options", "Two options are the same.")
    return tuple(Option(id=str(number), text=text) for number, text in enumerate(cleaned, 1))


def in_state(draft: Draft, id: str, *states: PollState) -> Poll:
    """Raises Refusal, by the state it is in where that is another."""
    poll = draft.need(Poll, id)
    if poll.state not in states:
        raise Refusal(f"poll.{poll.state}", f"This poll is {poll.state}.")
    return poll


def _refuse_too_many(draft: Draft) -> None:
    if draft.count(Poll) >= POLLS_MAX:
        raise Refusal("poll.full", f"A session holds {POLLS_MAX} polls; discard a draft first.")


NAMES_NOBODY = True
RECORDS: list[type[Record]] = [Poll]
_SMALL = Poll(id="p1", question="How?", options=(Option(id="1", text="So"),), state="revealed")
EXAMPLES = [_SMALL, replace(_SMALL, id="p2", telling=Telling(told=Count(voters=10, votes=(10,))))]
COMMANDS: list[type[Command]] = [DraftPoll, DiscardPoll, OpenPoll, ClosePoll, RevealPoll]
