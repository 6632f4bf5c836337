"""Merged: questions that ask the same stand as one, and each asker keeps their credit.

              merge                    take_apart, approve, or the other is withdrawn
    WAITING ─────────▶ under another ────────────────────────────────────────────▶ as it was before

A question under another is put aside; its supporters support that one, each once. Who asked it is named
beside that one's asker as they chose to be shown. Hosts do it in `merging.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import msgspec

from webinar_server.session.questions import Asker, Question, Shown
from webinar_server.session.roles import AUDIENCES
from webinar_server.session.supports import Support
from webinar_server.state import Audience, Draft, Record, Records, View, drop_own, replace


class Merged(Record, frozen=True, kw_only=True):
    """The question with this id stands under another. `by` asked it; `added` supported it and not that one;
    `supported`: who asks it, or what stands under it, and had supported that one."""

    KIND: ClassVar[str] = "merged"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("host",)
    INDEXES: ClassVar[tuple[str, ...]] = ("by", "into")

    into: str
    by: str
    added: tuple[str, ...] = ()
    supported: tuple[str, ...] = ()

    def view(self, audience: Audience) -> View | None:
        return {"into": self.into} if audience == "host" else None

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.by,)

    def own(self, person: str, audience: Audience) -> View:
        return {"into": self.into}


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """Who asked one of them, and how they chose to be shown."""

    asker: Asker
    shown: Shown


class Together(Record, frozen=True, kw_only=True):
    """Who asks the question with this id, too; in the order of their questions' ids."""

    KIND: ClassVar[str] = "together"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = AUDIENCES

    credits: tuple[Credit, ...]

    def view(self, audience: Audience) -> View:
        """To who may see a picture of it nobody is named who did not agree to that."""
        return {"askers": [one.asker.seen_as(_shown(one, audience)) for one in self.credits]}


def _shown(credit: Credit, audience: Audience) -> Shown:
    unnamed = credit.shown == "named" and not credit.asker.named and audience != "host"
    return "anonymous" if unnamed else credit.shown


def root_of(records: Records, id: str) -> str:
    """The question that stands for it: itself, if it stands under none."""
    while (merged := records.get(Merged, id)) is not None:
        id = merged.into
    return id


def asks_too(draft: Draft, id: str, person: str) -> bool:
    """Whether somebody asked this one under another, or another way round."""
    return any(root_of(draft, one.id) == id for one in draft.of(Merged, "by", person))


def askers_of(draft: Draft, question: Question) -> set[str]:
    """Who asked it, or one that stands under it."""
    return {question.by}.union(*(askers_of(draft, one) for one in under(draft, question.id)))


def recredit(draft: Draft, id: str) -> None:
    """Who asks a question together is told anew."""
    root = root_of(draft, id)
    credits = tuple(_credits(draft, root))
    if credits:
        draft.put(Together(id=root, credits=credits))
    else:
        drop_own(draft, Together, root)


def recredit_all_of(draft: Draft, person: str) -> None:
    """The same of all that somebody asked, who is known otherwise by now."""
    for merged in list(draft.of(Merged, "by", person)):
        recredit(draft, merged.id)


def unmerge(draft: Draft, id: str) -> None:
    """The question with this id stands by itself again; what it is then is for its caller to say."""
    merged = draft.get(Merged, id)
    if merged is None:
        return
    draft.drop(merged)
    _give_back(draft, merged)
    recredit(draft, merged.into)
    recredit(draft, id)


def under(draft: Draft, id: str) -> list[Question]:
    """Those that stand right under a question."""
    found = (draft.get(Question, one.id) for one in draft.of(Merged, "into", id))
    return [one for one in found if one is not None]


def _credits(draft: Draft, id: str) -> Iterator[Credit]:
    for question in under(draft, id):
        yield Credit(asker=question.asker, shown=question.shown)
        yield from _credits(draft, question.id)


def _give_back(draft: Draft, merged: Merged) -> None:
    """Whose support came with it does not support the other any more."""
    question = draft.get(Question, merged.into)
    if question is None:
        return
    came = [one for who in merged.added if (one := draft.get(Support, f"{question.id}/{who}")) is not None]
    for support in came:
        draft.drop(support)
    again = [who for who in merged.supported if draft.get(Support, f"{question.id}/{who}") is None]
    for who in again:
        draft.put(Support(id=f"{question.id}/{who}", question=question.id, by=who))
    draft.put(replace(question, supporters=question.supporters - len(came) + len(again)))


def erase(draft: Draft, person: str, stump: str) -> None:
    """What they asked stands under nothing; what stood under that stands by itself, and waits."""
    for question in list(draft.of(Question, "by", person)):
        unmerge(draft, question.id)
        stand_by_themselves(draft, question.id)
    for merged in list(draft.all(Merged)):
        if person in (*merged.added, *merged.supported):
            added, supported = (
                tuple(who for who in whose if who != person) for whose in (merged.added, merged.supported)
            )
            draft.put(replace(merged, added=added, supported=supported))


def stand_by_themselves(draft: Draft, id: str) -> None:
    """Nobody's question goes with another's: those under this one are open again."""
    for question in under(draft, id):
        unmerge(draft, question.id)
        draft.put(replace(question, state="open", was="open", was_before=None))


RECORDS: list[type[Record]] = [Merged, Together]
_CREDITS = tuple(
    Credit(asker=Asker(id="bob", name="Bob"), shown=shown) for shown in ("named", "organisation", "anonymous")
)
EXAMPLES: list[Record] = [Merged(id="q2", into="q1", by="bob"), Together(id="q1", credits=_CREDITS)]
