"""Feedback: what people thought of the hour, in three taps and a line; hosts are told totals, never whose.

       nothing told ──5 people──▶ the totals of them ──5 more, or who changed theirs──▶ of all by then …

Between two totals that are told the answers of `MOVED` people differ, at least, as between two counts of a
poll (`polls/ballots.py`): so nobody who watches them sees what one person said. Lines are told with them,
without names and not in the order in which they came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from operator import attrgetter
from typing import Annotated, Any, ClassVar, Literal, get_args

import msgspec
from msgspec import UNSET, UnsetType

from webinar_server.errors import Refusal
from webinar_server.session.people import Person
from webinar_server.session.polls.ballots import MOVED
from webinar_server.session.programme import the_session
from webinar_server.state import Actor, Audience, Command, Draft, Private, Record, Role, View, replace
from webinar_server.words.sizes import up_to
from webinar_server.words.text import clean_or_empty

LINE_MAX = 200
LINES_TOLD = 100
"""Of a session, the newest."""

Worth = Literal["yes", "partly", "no"]
Length = Literal["short", "right", "long"]
Again = Literal["yes", "maybe", "no"]

ANSWERS: dict[str, tuple[str, ...]] = {
    "worth": get_args(Worth),
    "length": get_args(Length),
    "again": get_args(Again),
}
"""What is asked (was it worth it, how was its length, would you come again), and what can be answered."""

_THE_TOTALS = "now"


class Feedback(Private, frozen=True, kw_only=True):
    """One person's, whose id it has; what they did not answer is `None`. `at` is when it last changed (Unix
    ms)."""

    KIND: ClassVar[str] = "feedback"

    worth: Worth | None = None
    length: Length | None = None
    again: Again | None = None
    line: str = ""
    at: int = 0

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.id,)

    def own(self, person: str, audience: Audience) -> View:
        return {"worth": self.worth, "length": self.length, "again": self.again, "line": self.line}

    @property
    def says_nothing(self) -> bool:
        return (self.worth, self.length, self.again, self.line) == (None, None, None, "")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Totals as they are told: of how many `people`, of each question how often each answer was given."""

    people: int
    answers: dict[str, dict[str, int]]
    lines: tuple[str, ...] = ()


class Totals(Record, frozen=True, kw_only=True):
    """What came of it: how many gave theirs, and what is told of that. `since` are those whose answers differ
    from it."""

    KIND: ClassVar[str] = "totals"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("host",)

    given: int = 0
    told: Told | None = None
    since: tuple[str, ...] = ()

    def view(self, audience: Audience) -> View | None:
        if audience != "host":
            return None
        told = self.told and msgspec.to_builtins(self.told) | {"lines": list(self.told.lines)}
        return {"given": self.given, "told": told}


class GiveFeedback(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What I think of it; what is left out stays, `null` or an empty line takes it back."""

    NAME: ClassVar[str] = "give_feedback"
    ROLES: ClassVar[frozenset[Role]] = frozenset(("attendee", "speaker"))

    worth: Worth | UnsetType | None = UNSET
    length: Length | UnsetType | None = UNSET
    again: Again | UnsetType | None = UNSET
    line: Annotated[str, up_to(LINE_MAX)] | UnsetType = UNSET

    def run(self, draft: Draft, actor: Actor) -> None:
        if the_session(draft).state == "waiting":
            raise Refusal("feedback.early", "This session has not begun yet.")
        me = draft.need(Person, actor.id)
        before = draft.get(Feedback, me.id)
        given: dict[str, Any] = {name: getattr(self, name) for name in self.__struct_fields__}
        given = {name: value for name, value in given.items() if value is not UNSET}
        if self.line is not UNSET:
            given["line"] = clean_or_empty(self.line, "feedback", LINE_MAX, field="line")
        known = before or Feedback(id=me.id)
        after = replace(known, **given)
        if after == known:
            return
        if not after.says_nothing:
            draft.put(replace(after, at=actor.at))
        elif before is not None:
            draft.drop(before)
        _count(draft, me.id)


def _count(draft: Draft, person: str) -> None:
    """Somebody's answers are others now."""
    totals = draft.get(Totals, _THE_TOTALS) or Totals(id=_THE_TOTALS)
    given = draft.count(Feedback)
    since = tuple(dict.fromkeys((*totals.since, person)))
    if len(since) >= MOVED and given >= MOVED:
        draft.put(replace(totals, given=given, told=_told(list(draft.all(Feedback))), since=()))
    else:
        draft.put(replace(totals, given=given, since=since))


def _told(all: list[Feedback]) -> Told:
    newest = sorted((one for one in all if one.line), key=attrgetter("at"))[-LINES_TOLD:]
    return Told(
        people=len(all),
        answers={name: _counts(name, all) for name in ANSWERS},
        lines=tuple(sorted(one.line for one in newest)),
    )


def _counts(name: str, all: Iterable[Feedback]) -> dict[str, int]:
    counts = Counter(getattr(one, name) for one in all)
    return {answer: counts[answer] for answer in ANSWERS[name]}


def erase(draft: Draft, person: str, stump: str) -> None:
    """What they thought stays as a number; their line goes, also from among those that hosts were told."""
    totals, mine = draft.get(Totals, _THE_TOTALS), draft.get(Feedback, person)
    if mine is not None:
        draft.drop(mine)
        draft.put(replace(mine, id=stump, line=""))
    if totals is not None:
        since = tuple(stump if one == person else one for one in totals.since)
        draft.put(replace(totals, since=since, told=_without_line(totals.told, mine.line if mine else "")))


def _without_line(told: Told | None, line: str) -> Told | None:
    if told is None or line not in told.lines:
        return told
    at = told.lines.index(line)
    return replace(told, lines=(*told.lines[:at], *told.lines[at + 1 :]))


RECORDS: list[type[Record]] = [Feedback, Totals]
_SOME = Told(people=5, answers={name: dict.fromkeys(of, 1) for name, of in ANSWERS.items()}, lines=("More!",))
EXAMPLES = [Feedback(id="ada", line="More!"), Totals(id=_THE_TOTALS, given=6, told=_SOME)]
COMMANDS: list[type[Command]] = [GiveFeedback]
