"""Supports: who would like a question answered too. Told to nobody else; the question counts them."""

from __future__ import annotations

from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.session.programme import refuse_when_closed
from webinar_server.session.questions import Question
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


class Support(Private, frozen=True, kw_only=True):
    """One person's mark under a question, counted in the question."""

    KIND: ClassVar[str] = "support"
    INDEXES: ClassVar[tuple[str, ...]] = ("by",)

    question: str
    by: str

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.by,)

    def own(self, person: str, audience: Audience) -> View:
        return {"question": self.question}


class SupportQuestion(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """I would like this answered too."""

    NAME: ClassVar[str] = "support"

    question: str

    def run(self, draft: Draft, actor: Actor) -> None:
        question = _supportable(draft, actor, self.question)
        id = f"{question.id}/{actor.id}"
        if draft.get(Support, id) is None:
            draft.put(Support(id=id, question=question.id, by=actor.id))
            draft.put(replace(question, supporters=question.supporters + 1))


class UnsupportQuestion(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Not any more."""

    NAME: ClassVar[str] = "unsupport"

    question: str

    def run(self, draft: Draft, actor: Actor) -> None:
        question = _supportable(draft, actor, self.question)
        support = draft.get(Support, f"{question.id}/{actor.id}")
        if support is not None:
            draft.drop(support)
            draft.put(replace(question, supporters=question.supporters - 1))


def _supportable(draft: Draft, actor: Actor, id: str) -> Question:
    refuse_when_closed(draft, actor)
    question = need_seen(draft, actor, Question, id)
    if question.by == actor.id:
        raise Refusal("question.yours", "Your own question counts already.")
    if question.state not in ("open", "queued", "on_deck"):
        raise Refusal("question.not_open", "This question cannot be supported now.")
    return question


def erase(draft: Draft, person: str, stump: str) -> None:
    """The questions go on counting them."""
    drop_all(draft, Support, ("by",), person)


RECORDS: list[type[Record]] = [Support]
EXAMPLES = [Support(id="q1/bob", question="q1", by="bob")]
COMMANDS: list[type[Command]] = [SupportQuestion, UnsupportQuestion]
