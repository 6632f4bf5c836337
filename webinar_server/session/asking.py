"""Asking: what attendees do with questions of their own (`questions.py`)."""

from __future__ import annotations

from operator import attrgetter
from typing import Annotated, ClassVar

from webinar_server.errors import Refusal
from webinar_server.session.merged import stand_by_themselves
from webinar_server.session.pacing import pacing_of
from webinar_server.session.people import Person
from webinar_server.session.questions import (
    OVER,
    TEXT_MAX,
    WAITING,
    Asker,
    Question,
    Shown,
    my_waiting_question,
)
from webinar_server.session.roles import HOSTS
from webinar_server.session.stage import leave_line
from webinar_server.session.timeouts import refuse_unheard
from webinar_server.state import Actor, Command, Draft, replace
from webinar_server.words.sizes import up_to
from webinar_server.words.text import clean

OPEN_EACH = 20  # questions one person may have waiting at a time
ASKED_EACH = 60  # questions of one person in a session, whatever became of them
QUESTIONS_MAX = 1_000  # of a session; where more are asked, the oldest goes that is over


class Ask(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hand in a question."""

    NAME: ClassVar[str] = "ask"

    text: Annotated[str, up_to(TEXT_MAX)]
    shown: Shown = "named"

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        session = refuse_unheard(draft, actor)
        text = clean(self.text, "question", TEXT_MAX, lines=True)
        waits = session.premoderated or pacing_of(draft).has_word(text)
        _refuse_too_many(draft, actor)
        _make_room(draft)
        question = Question(
            id=actor.fresh,
            by=actor.id,
            text=text,
            shown=self.shown,
            asker=Asker.of(draft.need(Person, actor.id)),
            at=actor.at,
            state="held" if waits and actor.role not in HOSTS else "open",
        )
        draft.put(question)
        return {"id": question.id}


class Withdraw(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The asker takes it back, at any time before it is live."""

    NAME: ClassVar[str] = "withdraw"

    question: str

    def run(self, draft: Draft, actor: Actor) -> None:
        question = my_waiting_question(draft, actor, self.question)
        leave_line(draft, question.id)
        stand_by_themselves(draft, question.id)
        supporters = draft.need(Question, question.id).supporters
        draft.put(replace(question, state="withdrawn", supporters=supporters))


class ShowAs(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The asker sets how they are shown, until the instant of going live."""

    NAME: ClassVar[str] = "show_as"

    question: str
    shown: Shown

    def run(self, draft: Draft, actor: Actor) -> None:
        question = my_waiting_question(draft, actor, self.question)
        asker = Asker.of(draft.need(Person, actor.id)) if self.shown == "named" else question.asker
        draft.put(replace(question, shown=self.shown, asker=asker))


def _refuse_too_many(draft: Draft, actor: Actor) -> None:
    asked = list(draft.of(Question, "by", actor.id))
    waiting = sum(1 for question in asked if question.state in WAITING)
    if waiting >= OPEN_EACH:
        raise Refusal("question.too_many", f"You have {waiting} questions waiting; withdraw one first.")
    if len(asked) >= ASKED_EACH and actor.role not in HOSTS:
        raise Refusal("question.asked_enough", f"You have asked {ASKED_EACH} questions; let others ask, too.")


def _make_room(draft: Draft) -> None:
    """Raises Refusal `question.full` where none is over that could go."""
    if draft.count(Question) < QUESTIONS_MAX:
        return
    over = min((one for one in draft.all(Question) if one.state in OVER), key=attrgetter("at"), default=None)
    if over is None:
        raise Refusal("question.full", f"This session has {QUESTIONS_MAX} questions and takes no more.")
    draft.drop(over)


COMMANDS: list[type[Command]] = [Ask, Withdraw, ShowAs]
