"""Visits: when somebody was here, from and until; what a report says of attendance.

      first worker (Arrive)            last worker (Depart, Bereave)
    ────────────────────────▶ HERE ─────────────────────────────────▶ OVER
                                ▲                                       │
                                └──────── back within a minute ─────────┘

Somebody is gone once nobody has seen them for the grace of a lost connection, so `until` is some ten seconds
late. However often they come and go, there are no more than so many: of more the two that lie closest become
one, so that the first and the last moment stay true.
"""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar

from webinar_server.session.people import Person
from webinar_server.state import Audience, Command, Draft, Private, Record, View, replace

SAME_MS = 60_000
"""Somebody who is back within it was not away: a phone that slept, another device."""

VISITS_EACH = 10


class Visit(Private, frozen=True, kw_only=True):
    """One stay of one person, in Unix ms; `until` is missing while they are here."""

    KIND: ClassVar[str] = "visit"
    INDEXES: ClassVar[tuple[str, ...]] = ("person",)

    person: str
    since: int
    until: int | None = None

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.person,)

    def own(self, person: str, audience: Audience) -> View:
        return {"since": self.since, "until": self.until}


def begin(draft: Draft, person: str, at: int) -> None:
    """Somebody is here now."""
    visits = _of(draft, person)
    last = visits[-1] if visits else None
    if last is not None and (last.until is None or at - last.until <= SAME_MS):
        draft.put(replace(last, until=None))
        return
    if len(visits) >= VISITS_EACH:
        _join_closest(draft, visits)
    draft.put(Visit(id=f"{person}/{at}", person=person, since=at))


def end(draft: Draft, person: Person, at: int) -> None:
    """Somebody is not here any more; where they came before there were visits, their record says when."""
    visits = _of(draft, person.id)
    current = next((visit for visit in visits if visit.until is None), None)
    if current is None:
        id = f"{person.id}/{person.since}"
        current = draft.get(Visit, id) or Visit(id=id, person=person.id, since=person.since)
    draft.put(replace(current, until=max(at, current.since)))


def _of(draft: Draft, person: str) -> list[Visit]:
    """Oldest first."""
    return sorted(draft.of(Visit, "person", person), key=lambda visit: (visit.since, visit.id))


def _join_closest(draft: Draft, visits: list[Visit]) -> None:
    first, second = min(pairwise(visits), key=lambda two: two[1].since - (two[0].until or 0))
    draft.drop(second)
    draft.put(replace(first, until=second.until))


def erase(draft: Draft, person: str, stump: str) -> None:
    """That somebody was here stays, and nobody knows who."""
    for visit in list(draft.of(Visit, "person", person)):
        draft.drop(visit)
        draft.put(replace(visit, id=f"{stump}/{visit.since}", person=stump))


RECORDS: list[type[Record]] = [Visit]
EXAMPLES = [Visit(id="ada/0", person="ada", since=0, until=3_600_000)]
COMMANDS: list[type[Command]] = []
