"""Spotlight: a question's way through the line to being fully in the picture, and off again.

    OPEN ──queue──▶ QUEUED ──deck──▶ ON_DECK ──spotlight──▶ LIVE ──answer──▶ ANSWERED
                      ▲                 │                     │                  │
                      └──── queue ──────┘◀─── clear_stage ────┘◀── spotlight ────┘

`deck` tells the asker privately; how they are shown is theirs to set until `spotlight`, which freezes the
card but for a name that is corrected. One question is live at a time: a second `spotlight` is refused,
unless it names the live one in `instead_of`, which then has had its answer.
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.session.moderation import leaving
from webinar_server.session.people import Person
from webinar_server.session.questions import Asker, Question, waiting_question
from webinar_server.session.roles import HOSTS
from webinar_server.session.stage import JustAsked, Stage, leave_line, line_up, recent, the_stage
from webinar_server.state import Actor, Command, Draft, Role, replace


class Queue(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Put a question into the line, before another one or at the end; also takes it off the deck."""

    NAME: ClassVar[str] = "queue"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    question: str
    before: str | None = None

    def run(self, draft: Draft, actor: Actor) -> None:
        question = _approved(draft, self.question)
        line_up(draft, question.id, self.before)
        draft.put(replace(question, state="queued"))


class Deck(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """You're next: told to the asker alone. Whoever was next before steps back to the head of the line."""

    NAME: ClassVar[str] = "deck"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    question: str

    def run(self, draft: Draft, actor: Actor) -> None:
        question = _approved(draft, self.question)
        _step_back(draft, the_stage(draft), question.id)
        leave_line(draft, question.id)
        stage = the_stage(draft)
        draft.put(replace(stage, on_deck=question.id, on_deck_asker=question.by))
        draft.put(replace(question, state="on_deck"))


class Unqueue(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Out of the line, or off the deck, and open again as before it was queued."""

    NAME: ClassVar[str] = "unqueue"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    question: str

    def run(self, draft: Draft, actor: Actor) -> None:
        question = _approved(draft, self.question)
        leave_line(draft, question.id)
        draft.put(replace(question, state="open"))


class Spotlight(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Fully in the picture, on every screen. Freezes how the asker is shown.

    `instead_of` is the live question it takes the place of; that one is answered by it. Any other that is
    live is a colleague's of this instant, and stays.
    """

    NAME: ClassVar[str] = "spotlight"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    question: str
    instead_of: str | None = None

    def run(self, draft: Draft, actor: Actor) -> None:
        stage = the_stage(draft)
        if stage.live == self.question:
            return
        if stage.live not in (None, self.instead_of):
            raise Refusal(
                "stage.taken", "Another question is live: answer or clear it, or name it in instead_of."
            )
        question = _showable(draft, self.question)
        if stage.live is not None:
            _answered(draft, draft.need(Question, stage.live), actor.at)
            stage = the_stage(draft)
        leave_line(draft, question.id)
        just_asked = tuple(a for a in recent(stage, actor.at) if a.question != question.id)
        draft.put(replace(the_stage(draft), live=question.id, just_asked=just_asked))
        draft.put(_gone_live(draft, question, actor.at))


class Answer(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The live question has had its answer; its asker stays in the "just asked" rail for five minutes.

    A question answered in writing or in passing may be marked so without having been live, once approved:
    everybody sees what was answered. `approve` takes that back.
    """

    NAME: ClassVar[str] = "answer"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    question: str

    def run(self, draft: Draft, actor: Actor) -> None:
        question = draft.need(Question, self.question)
        if question.state == "answered":
            return
        if question.state != "live":
            question = leaving(draft, _approved(draft, question.id))
        _answered(draft, question, actor.at)


class ClearStage(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Off the screens at once, unanswered: the question goes back to the head of the line."""

    NAME: ClassVar[str] = "clear_stage"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    def run(self, draft: Draft, actor: Actor) -> None:
        stage = the_stage(draft)
        if stage.live is None:
            return
        question = draft.need(Question, stage.live)
        draft.put(replace(stage, live=None, line=(question.id, *stage.line)))
        draft.put(replace(question, state="queued", live_at=None))


def _approved(draft: Draft, id: str) -> Question:
    question = waiting_question(draft, id)
    if question.state == "held":
        raise Refusal("question.held", "Approve this question first.")
    return question


def _showable(draft: Draft, id: str) -> Question:
    question = draft.need(Question, id)
    return question if question.state == "answered" else _approved(draft, id)


def _gone_live(draft: Draft, question: Question, now: int) -> Question:
    """The card is frozen here; one that was live before keeps the card it had then."""
    asker = question.asker
    person = draft.get(Person, question.by)
    if person is not None and question.live_at is None:
        asker = Asker.of(person)
    return replace(question, state="live", asker=asker, live_at=now, answered_at=None)


def _step_back(draft: Draft, stage: Stage, new: str) -> None:
    if stage.on_deck is None or stage.on_deck == new:
        return
    before = draft.need(Question, stage.on_deck)
    line_up(draft, before.id, stage.line[0] if stage.line else None)
    draft.put(replace(before, state="queued"))


def _answered(draft: Draft, question: Question, now: int) -> None:
    if question.state == "live":
        draft.put(_after(the_stage(draft), question.id, now))
    draft.put(replace(question, state="answered", answered_at=now))


def _after(stage: Stage, question: str, now: int) -> Stage:
    return replace(stage, live=None, just_asked=(*recent(stage, now), JustAsked(question, now)))


COMMANDS: list[type[Command]] = [Queue, Deck, Unqueue, Spotlight, Answer, ClearStage]
