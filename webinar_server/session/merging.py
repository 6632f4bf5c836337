"""Merging: hosts put questions that ask the same under one (`merged.py`), and take them apart again."""

from __future__ import annotations

from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.session.merged import Merged, askers_of, recredit
from webinar_server.session.moderation import leaving, take_back
from webinar_server.session.questions import Question, waiting_question
from webinar_server.session.roles import HOSTS
from webinar_server.session.supports import Support
from webinar_server.state import Actor, Command, Draft, Role, replace


class Merge(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """It stands under another that waits, with all that stand under it; the way back is `take_apart`."""

    NAME: ClassVar[str] = "merge"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    question: str
    into: str

    def run(self, draft: Draft, actor: Actor) -> None:
        question, into = waiting_question(draft, self.question), waiting_question(draft, self.into)
        if question.id == into.id:
            raise Refusal("question.same", "This is one and the same question.")
        supports = [one.by for one in draft.all(Support) if one.question == question.id]
        askers, coming = askers_of(draft, into), askers_of(draft, question)
        added = [who for who in supports if who not in askers | coming and _support(draft, into, who) is None]
        for who in added:
            draft.put(Support(id=f"{into.id}/{who}", question=into.id, by=who))
        own = [support for who in sorted(coming) if (support := _support(draft, into, who)) is not None]
        for support in own:
            draft.drop(support)
        merged = Merged(
            id=question.id,
            into=into.id,
            by=question.by,
            added=tuple(added),
            supported=tuple(support.by for support in own),
        )
        draft.put(merged)
        draft.put(replace(into, supporters=into.supporters + len(added) - len(own)))
        draft.put(replace(leaving(draft, question), state="dismissed", reason=""))
        recredit(draft, into.id)


class TakeApart(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """It is a question of its own again, in its state and its place of before."""

    NAME: ClassVar[str] = "take_apart"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    question: str

    def run(self, draft: Draft, actor: Actor) -> None:
        question = draft.need(Question, self.question)
        if draft.get(Merged, question.id) is None:
            raise Refusal("merged.unknown", "It stands by itself already.")
        take_back(draft, question)


def _support(draft: Draft, question: Question, who: str) -> Support | None:
    return draft.get(Support, f"{question.id}/{who}")


COMMANDS: list[type[Command]] = [Merge, TakeApart]
