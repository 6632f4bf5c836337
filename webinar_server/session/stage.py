"""The stage: whose question is live, who is next, who stands in line, who was just asked.

One record, id `now`. Keeping the line here and not as ranks in the questions means that one compare-and-
append decides every race: two hosts who spotlight at once write the same record, and the second is told.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from webinar_server.session.roles import AUDIENCES
from webinar_server.state import Audience, Draft, Record, View, replace

JUST_ASKED_MS = 5 * 60 * 1000
"""How long somebody stays in the "just asked" rail, so that others find them after their moment."""


class JustAsked(NamedTuple):
    """A question that was live, and when it ended (Unix ms)."""

    question: str
    at: int


class Stage(Record, frozen=True, kw_only=True):
    """What the screens show now. `line` is the queue in order; `on_deck_asker` may see who is next."""

    KIND: ClassVar[str] = "stage"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = AUDIENCES

    id: str = "now"
    live: str | None = None
    on_deck: str | None = None
    on_deck_asker: str | None = None
    line: tuple[str, ...] = ()
    just_asked: tuple[JustAsked, ...] = ()

    def view(self, audience: Audience) -> View:
        seen: View = {
            "live": self.live,
            "just_asked": [{"question": question, "at": at} for question, at in self.just_asked],
        }
        return seen | {"on_deck": self.on_deck, "queue": list(self.line)} if audience == "host" else seen

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.on_deck_asker,) if self.on_deck_asker else ()

    def own(self, person: str, audience: Audience) -> View:
        return self.view(audience) | {"on_deck": self.on_deck}


def the_stage(draft: Draft) -> Stage:
    """The stage, empty before its first use."""
    return draft.get(Stage, "now") or Stage()


def line_up(draft: Draft, question: str, before: str | None) -> None:
    """Put a question into the line: before another one if that is there, else at the end."""
    stage = _without(the_stage(draft), question)
    place = stage.line.index(before) if before in stage.line else len(stage.line)
    draft.put(replace(stage, line=(*stage.line[:place], question, *stage.line[place:])))


def leave_line(draft: Draft, question: str) -> None:
    """Take a question out of the line and off the deck, wherever it is."""
    stage = the_stage(draft)
    if question in stage.line or stage.on_deck == question:
        draft.put(_without(stage, question))


def step_down(draft: Draft, question: str) -> None:
    """Take a question off the stage, wherever on it."""
    leave_line(draft, question)
    stage = the_stage(draft)
    live = None if stage.live == question else stage.live
    just_asked = tuple(asked for asked in stage.just_asked if asked.question != question)
    if (live, just_asked) != (stage.live, stage.just_asked):
        draft.put(replace(stage, live=live, just_asked=just_asked))


def next_in_line(draft: Draft, question: str) -> str | None:
    """Who stands behind a question: the way back for one that left by mistake."""
    stage = the_stage(draft)
    behind = stage.line if question == stage.on_deck else stage.line[_place(stage, question) + 1 :]
    return behind[0] if behind else None


def recent(stage: Stage, now: int) -> tuple[JustAsked, ...]:
    """Who was asked in the last five minutes."""
    return tuple(asked for asked in stage.just_asked if asked.at > now - JUST_ASKED_MS)


def _place(stage: Stage, question: str) -> int:
    return stage.line.index(question) if question in stage.line else len(stage.line)


def _without(stage: Stage, question: str) -> Stage:
    line = tuple(other for other in stage.line if other != question)
    if stage.on_deck == question:
        return replace(stage, line=line, on_deck=None, on_deck_asker=None)
    return replace(stage, line=line)


NAMES_NOBODY = True
"""But by their questions, which leave it (`questions.py`)."""


RECORDS: list[type[Record]] = [Stage]
EXAMPLES = [Stage(on_deck="q1", on_deck_asker="ada", line=("q2",), just_asked=(JustAsked("q3", 0),))]
