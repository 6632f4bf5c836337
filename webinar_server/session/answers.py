"""Answers: what was written to a question for which there was no time, or which is better written.

                answer_in_writing                  approve, take_answer_back
    WAITING ────────────────────────▶ ANSWERED, with ───────────────────────────▶ as it was before
                                      what is written

So no question ends in silence: each was answered aloud, or in writing, or its asker was told why not. It goes
on when a session is over, by whoever leads or speaks in it (`answering.py`).
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.session.questions import Question
from webinar_server.state import Audience, Command, Draft, Record, Role, View, drop_all, drop_own


class WrittenAnswer(Record, frozen=True, kw_only=True):
    """What was written to the question whose id it has, by whom, called so then; `at` is when it was last
    changed (Unix ms)."""

    KIND: ClassVar[str] = "answer"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("host", "attendee")
    INDEXES: ClassVar[tuple[str, ...]] = ("by",)

    by: str
    name: str
    role: Role
    text: str
    at: int

    def view(self, audience: Audience) -> View | None:
        if audience not in self.SEEN_BY:
            return None
        return {"by": self.by, "name": self.name, "role": self.role, "text": self.text, "at": self.at}


def erase(draft: Draft, person: str, stump: str) -> None:
    """What they wrote goes, and what was written to them."""
    drop_all(draft, WrittenAnswer, ("by",), person)
    for question in list(draft.of(Question, "by", person)):
        drop_own(draft, WrittenAnswer, question.id)


RECORDS: list[type[Record]] = [WrittenAnswer]
EXAMPLES = [WrittenAnswer(id="q1", by="hal", name="Hal", role="host", text="By ship, from May on.", at=0)]
COMMANDS: list[type[Command]] = []
