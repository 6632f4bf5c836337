"""Drafting: a poll is prepared, rewritten until somebody voted, thrown away, copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar

from msgspec import field

from webinar_server.errors import Refusal
from webinar_server.session.polls.ballots import Telling
from webinar_server.session.polls.forms import FORMS, FormName
from webinar_server.session.polls.number import plain
from webinar_server.session.polls.poll import (
    Choose,
    Limits,
    Names,
    Option,
    Poll,
    Results,
    Scale,
    in_state,
)
from webinar_server.session.roles import HOSTS
from webinar_server.state import Actor, Command, Draft, Record, Role, replace
from webinar_server.words.sizes import so_many, up_to
from webinar_server.words.text import clean, clean_or_empty

QUESTION_MAX = 200
OPTION_MAX = 100
OPTIONS_MIN, OPTIONS_MAX = 2, 20
POLLS_MAX = 100
LABEL_MAX = 40
UNIT_MAX = 20
STEPS_MAX = 11
STEP_MAX = 100
SECONDS_MIN, SECONDS_MAX = 5, 3_600


class DraftPoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Prepare a poll, or with `poll` rewrite one that nobody voted in yet.

    `right` are places among the options, from 1. `moderated` is whether what people write waits for a host:
    of a text it does if nothing is said.
    """

    NAME: ClassVar[str] = "draft_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    question: Annotated[str, up_to(QUESTION_MAX)]
    options: Annotated[list[Annotated[str, up_to(OPTION_MAX)]], so_many(OPTIONS_MIN, OPTIONS_MAX)] = field(
        default_factory=list
    )
    choose: Choose = "one"
    poll: str | None = None
    form: FormName = "choice"
    results: Results = "revealed"
    names: Names = "anonymous"
    scale: Scale | None = None
    number: Limits | None = None
    right: list[int] = field(default_factory=list)
    points: bool = False
    moderated: bool | None = None
    seconds: int | None = None
    first: str | None = None

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        before = None if self.poll is None else _may_rewrite(draft, self.poll)
        if self.first is not None:
            draft.need(Poll, self.first)
        new = drafted(self, actor.fresh, actor.at, _next_option(before))
        if before is None:
            put_new(draft, new)
        else:
            kept = {name: getattr(before, name) for name in ("id", "state", "opened_at", "closes_at")}
            draft.put(replace(new, **kept))
        return {"id": before.id if before else new.id}


class DiscardPoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Throw a draft away."""

    NAME: ClassVar[str] = "discard_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    poll: str

    def run(self, draft: Draft, actor: Actor) -> None:
        draft.drop(in_state(draft, self.poll, "draft"))


class CopyPoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same question as a new draft, or as another round, which is told beside the first."""

    NAME: ClassVar[str] = "copy_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    poll: str
    as_round: bool = False

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        poll = draft.need(Poll, self.poll)
        first = (poll.first or poll.id) if self.as_round else None
        put_new(draft, replace(blank(poll), id=actor.fresh, at=actor.at, first=first))
        return {"id": actor.fresh}


class ImportPolls(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Drafts from a file, or from another session: all of them or none."""

    NAME: ClassVar[str] = "import_polls"
    ROLES: ClassVar[frozenset[Role]] = HOSTS
    INTERNAL: ClassVar[bool] = True

    polls: tuple[DraftPoll, ...]

    def run(self, draft: Draft, actor: Actor) -> dict[str, list[str]]:
        ids = [f"{actor.fresh}.{number}" for number in range(len(self.polls))]
        for id, asked in zip(ids, self.polls, strict=True):
            put_new(draft, drafted(asked, id, actor.at))
        return {"ids": ids}


def put_new(draft: Draft, poll: Poll) -> None:
    """Raises Refusal `poll.full`."""
    if draft.count(Poll) >= POLLS_MAX:
        raise Refusal("poll.full", f"A session holds {POLLS_MAX} polls; discard a draft first.")
    draft.put(poll)


def blank(poll: Poll) -> Poll:
    """What was prepared of a poll, without anything that came of it."""
    kept = "id question choose form results names scale number right points moderated seconds".split()
    options = tuple(replace(option, votes=0) for option in poll.options)
    return Poll(options=options, **{name: getattr(poll, name) for name in kept})


def drafted(asked: DraftPoll, id: str, at: int, first: int = 1) -> Poll:
    """The poll as it is asked for; its options are numbered from `first`. Raises Refusal `poll.…`."""
    form = FORMS[asked.form]
    options = _options(asked.options, first) if form.has_options else _none("options", asked.options)
    return Poll(
        id=id,
        at=at,
        question=clean(asked.question, "poll", QUESTION_MAX, field="question"),
        options=options,
        choose=asked.choose if asked.form in ("choice", "quiz") else "one",
        form=asked.form,
        results=asked.results,
        names=asked.names,
        scale=_scale(asked.scale or Scale()) if asked.form == "scale" else _none("scale", asked.scale),
        number=_limits(asked.number) if asked.form == "number" else _none("number", asked.number),
        right=_right(asked.right, options) if asked.form == "quiz" else _none("right", asked.right),
        points=asked.points and asked.form == "quiz",
        moderated=_moderated(asked),
        seconds=None if asked.seconds is None else checked_seconds(asked.seconds),
        first=asked.first,
    )


def checked_seconds(seconds: int) -> int:
    if not SECONDS_MIN <= seconds <= SECONDS_MAX:
        text = f"A poll is open for {SECONDS_MIN} to {SECONDS_MAX} seconds, or until you close it."
        raise Refusal("poll.seconds", text, field="seconds")
    return seconds


def _may_rewrite(draft: Draft, id: str) -> Poll:
    """What a voter chose stays what it was called."""
    poll = in_state(draft, id, "draft", "open")
    if poll.voters or poll.telling != Telling():
        raise Refusal(
            "poll.locked", "Somebody voted already, so it stays as it is; copy it to ask otherwise."
        )
    return poll


def _next_option(before: Poll | None) -> int:
    """Of one that is open others than before: a vote on its way is for what its voter read."""
    if before is None or before.state == "draft":
        return 1
    return max((int(option.id) for option in before.options), default=0) + 1


def _none(field: str, given: Any) -> Any:
    """Raises Refusal where a form has no such thing."""
    if given:
        raise Refusal("poll.form", f"A poll of this kind has no {field}.", field=field)
    return () if given is not None else None


def _options(texts: Sequence[str], first: int) -> tuple[Option, ...]:
    if not OPTIONS_MIN <= len(texts) <= OPTIONS_MAX:
        raise Refusal("poll.options", f"A poll has {OPTIONS_MIN} to {OPTIONS_MAX} options.")
    cleaned = [clean(text, "poll", OPTION_MAX, field=f"options.{n}") for n, text in enumerate(texts)]
    if len({text.casefold() for text in cleaned}) < len(cleaned):
        raise Refusal("poll.same_options", "Two options are the same.")
    return tuple(Option(id=str(number), text=text) for number, text in enumerate(cleaned, first))


def _scale(scale: Scale) -> Scale:
    few = 0 < scale.to - scale.from_ < STEPS_MAX
    if not few or max(abs(scale.from_), abs(scale.to)) > STEP_MAX:
        raise Refusal("poll.scale", f"A scale has 2 to {STEPS_MAX} steps.", field="scale")
    low, high = (
        clean_or_empty(getattr(scale, end), "poll", LABEL_MAX, field=f"scale.{end}")
        for end in ("low", "high")
    )
    return replace(scale, low=low, high=high)


def _limits(asked: Limits | None) -> Limits:
    asked = asked or Limits()
    low, high = (None if end is None else plain(end) for end in (asked.low, asked.high))
    if (low is None) != (asked.low is None) or (high is None) != (asked.high is None):
        raise Refusal("poll.limits", "A limit is a number.", field="number")
    if low is not None and high is not None and low >= high:
        raise Refusal("poll.limits", "The lower limit is below the upper one.", field="number")
    return Limits(unit=clean_or_empty(asked.unit, "poll", UNIT_MAX, field="number.unit"), low=low, high=high)


def _right(places: Sequence[int], options: Sequence[Option]) -> tuple[str, ...]:
    wanted = set(places)
    if not wanted or len(wanted) < len(places) or not wanted <= set(range(1, len(options) + 1)):
        raise Refusal("poll.right", "A quiz has right options, each by its place from 1.", field="right")
    return tuple(options[place - 1].id for place in sorted(wanted))


def _moderated(asked: DraftPoll) -> bool:
    if FORMS[asked.form].ANSWER != "texts":
        return False
    return asked.form == "text" if asked.moderated is None else asked.moderated


NAMES_NOBODY = True
RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [DraftPoll, DiscardPoll, CopyPoll, ImportPolls]
