"""Taking on: a host says that they see to a question, so that two do not do it at once. Hosts alone see it.

      take_on              let_be, or its question is over
FREE ────────▶ TAKEN ON ──────────────────────────────────▶ FREE
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.session.questions import waiting_question
from webinar_server.session.roles import HOSTS
from webinar_server.state import Actor, Audience, Command, Draft, Record, Role, View, drop_all, drop_own


class TakenOn(Record, frozen=True, kw_only=True):
    """By which host the question with this id is seen to, since when (Unix ms)."""

    KIND: ClassVar[str] = "taken_on"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("host",)
    INDEXES: ClassVar[tuple[str, ...]] = ("by",)

    by: str
    name: str
    at: int

    def view(self, audience: Audience) -> View | None:
        return {"by": self.by, "name": self.name, "at": self.at} if audience == "host" else None


class TakeOn(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """I see to it. Of two at once one has it, and the other is told."""

    NAME: ClassVar[str] = "take_on"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    question: str

    def run(self, draft: Draft, actor: Actor) -> None:
        question = waiting_question(draft, self.question)
        taken = draft.get(TakenOn, question.id)
        if taken is not None and taken.by != actor.id:
            raise Refusal("question.taken_on", "A colleague is on it; they, or you, can let it be first.")
        if taken is None:
            draft.put(TakenOn(id=question.id, by=actor.id, name=actor.name, at=actor.at))


class LetBe(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nobody sees to it any more; also for a colleague who left."""

    NAME: ClassVar[str] = "let_be"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    question: str

    def run(self, draft: Draft, actor: Actor) -> None:
        drop_own(draft, TakenOn, self.question)


def erase(draft: Draft, person: str, stump: str) -> None:
    drop_all(draft, TakenOn, ("by",), person)


RECORDS: list[type[Record]] = [TakenOn]
EXAMPLES = [TakenOn(id="q1", by="hal", name="Hal", at=0)]
COMMANDS: list[type[Command]] = [TakeOn, LetBe]
