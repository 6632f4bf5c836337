"""Supports: who would like a question answered too (`supporting.py`). Told to nobody else; it counts them."""

from __future__ import annotations

from typing import ClassVar

from webinar_server.state import (
    Audience,
    Command,
    Draft,
    Private,
    Record,
    View,
    drop_all,
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


def erase(draft: Draft, person: str, stump: str) -> None:
    """The questions go on counting them."""
    drop_all(draft, Support, ("by",), person)


RECORDS: list[type[Record]] = [Support]
EXAMPLES = [Support(id="q1/bob", question="q1", by="bob")]
COMMANDS: list[type[Command]] = []
