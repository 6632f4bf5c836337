"""Sight: since when each looker has seen of a record what they see.

A record may change without anybody in an audience seeing a difference: a raised hand is the hosts', being
next the asker's and the hosts', a held question nobody else's. So beside the seq of a record's last change
the state keeps the seq at which each looker's own sight of it last changed. It follows from the log alone,
entry by entry, and so is the same on every worker and after every restart: whoever is told by it is told the
same live, at a join and on return, and never that something happened which they cannot see.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TypeAlias

from webinar_server.state.record import Record, sees
from webinar_server.state.roles import Audience

Looker: TypeAlias = tuple[Audience, str]
"""A whole audience, with an empty name; or one person in it who sees, or saw, more."""

Sight: TypeAlias = Mapping[Looker, int]
"""Looker → the seq at which what they see last changed. An audience that is missing never saw anything; a
person who is missing sees a difference only when their audience does."""

Owning: TypeAlias = tuple[Audience, ...]
"""The audiences of people, who may own records."""


@cache
def whole(audience: Audience) -> Looker:
    """One object for all records: of thousands that went, nothing else is kept."""
    return (audience, "")


def sight_after(before: Record | None, after: Record | None, sight: Sight, seq: int, owning: Owning) -> Sight:
    """Everybody's sight of a record once `after` has taken the place of `before`, at `seq`."""
    new = {
        looker: seq if sees(before, *looker) != sees(after, *looker) else _since(sight, looker)
        for looker in _lookers(before, after, sight, owning)
    }
    return {looker: at for looker, at in new.items() if at > _told_anyway(new, looker)}


def sight_of_all(record: Record, seq: int, owning: Owning) -> Sight:
    """That of a record which looked new to everybody who may see it."""
    audiences: dict[Looker, int] = {whole(audience): seq for audience in record.SEEN_BY}
    return audiences | {
        (audience, owner): seq
        for owner in record.owners
        for audience in owning
        if audience not in record.SEEN_BY
    }


def _lookers(before: Record | None, after: Record | None, sight: Sight, owning: Owning) -> Iterator[Looker]:
    yield from sight
    for record in (before, after):
        if record is not None:
            yield from (whole(audience) for audience in record.SEEN_BY)
            yield from ((audience, owner) for owner in record.owners for audience in owning)


def _since(sight: Sight, looker: Looker) -> int:
    audience, _ = looker
    return sight.get(looker) or sight.get((audience, ""), 0)


def _told_anyway(sight: Sight, looker: Looker) -> int:
    """Up to when a looker needs no mention: a person is told whatever their audience is."""
    audience, person = looker
    return sight.get((audience, ""), 0) if person else 0
