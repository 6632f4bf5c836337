"""Answering: questions get their answer in writing, during the hour or when it is over (`answers.py`)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from webinar_server.errors import Refusal
from webinar_server.session.answers import WrittenAnswer
from webinar_server.session.moderation import leaving, take_back
from webinar_server.session.people import Person
from webinar_server.session.questions import Question, waiting_question
from webinar_server.session.roles import HOSTS
from webinar_server.state import Actor, Command, Draft, Role, need_seen, replace
from webinar_server.words.sizes import up_to
from webinar_server.words.text import clean

TEXT_MAX = 2_000
ANSWERERS: frozenset[Role] = HOSTS | {"speaker"}


class AnswerInWriting(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Answer a question that waits, or was answered, in writing; said again, with other words."""

    NAME: ClassVar[str] = "answer_in_writing"
    ROLES: ClassVar[frozenset[Role]] = ANSWERERS

    question: str
    text: Annotated[str, up_to(TEXT_MAX)]

    def run(self, draft: Draft, actor: Actor) -> None:
        question = _answerable(draft, actor, self.question)
        text = clean(self.text, "answer", TEXT_MAX, lines=True)
        me = draft.get(Person, actor.id)
        name = me.name if me else actor.name
        draft.put(
            WrittenAnswer(id=question.id, by=actor.id, name=name, role=actor.role, text=text, at=actor.at)
        )
        if question.state != "answered":
            draft.put(replace(leaving(draft, question), state="answered", answered_at=actor.at))


class TakeAnswerBack(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """It was a mistake: what was written goes, and a question that nobody answered aloud waits again."""

    NAME: ClassVar[str] = "take_answer_back"
    ROLES: ClassVar[frozenset[Role]] = ANSWERERS

    question: str

    def run(self, draft: Draft, actor: Actor) -> None:
        answer = draft.need(WrittenAnswer, self.question)
        if actor.role not in HOSTS and answer.by != actor.id:
            raise Refusal("answer.not_yours", "Only a host takes back what somebody else wrote.")
        question = draft.get(Question, answer.id)
        if question is not None and question.state == "answered" and question.live_at is None:
            take_back(draft, question)
        else:
            draft.drop(answer)


def _answerable(draft: Draft, actor: Actor, id: str) -> Question:
    """One that was answered, aloud or in writing, or waits. Raises Refusal, also of what a speaker does not
    see."""
    question = need_seen(draft, actor, Question, id)
    return question if question.state == "answered" else waiting_question(draft, question.id)


COMMANDS: list[type[Command]] = [AnswerInWriting, TakeAnswerBack]
