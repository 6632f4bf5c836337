"""Supporting: whoever would like a question answered too says so, and takes it back (`supports.py`)."""

from __future__ import annotations

from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.session.merged import asks_too
from webinar_server.session.programme import refuse_when_closed
from webinar_server.session.questions import Question
from webinar_server.session.supports import Support
from webinar_server.state import Actor, Command, Draft, need_seen, replace


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
    if question.by == actor.id or asks_too(draft, question.id, actor.id):
        raise Refusal("question.yours", "Your own question counts already.")
    if question.state not in ("open", "queued", "on_deck"):
        raise Refusal("question.not_open", "This question cannot be supported now.")
    return question


COMMANDS: list[type[Command]] = [SupportQuestion, UnsupportQuestion]
