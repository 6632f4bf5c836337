"""Heads: how many people did what in the week and in each session of it, told in fives.

        count_in
    ──────────────▶ waiting, seen by nobody ──────────────────▶ told
                                               five of a session, or of a kind of organisation;
                                               ten of all kinds that wait, as `OTHERS`

Each is counted once in a session and once in the week, there under the kind of organisation that was theirs
in that moment, and for good: a card that is changed, a part that is told otherwise, somebody who leaves or is
erased move no number. So every number is a multiple of five; those of the week are sums of groups of which
none is told twice, and of no two numbers, at whatever two moments, the difference is one to four people.
No name and no id is kept for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, Protocol

from webinar_server.mission.tallies import FEWEST
from webinar_server.state import Draft, Record, Records, Unseen, replace
from webinar_server.state.card import ORGANISATION_KINDS


class Deeds(Protocol):
    """What somebody did in a session."""

    @property
    def greeted(self) -> object | None: ...
    @property
    def asked(self) -> object | None: ...
    @property
    def spoke(self) -> object | None: ...


DID: Mapping[str, Callable[[Deeds], bool]] = {
    "came": lambda part: True,
    "greeted": lambda part: part.greeted is not None,
    "asked": lambda part: part.asked is not None,
    "spoke": lambda part: part.spoke is not None,
}
"""What is counted, each by its bit in `counted`."""

KINDS = ("", *ORGANISATION_KINDS)
OTHERS = "others"
POOLED = 2 * FEWEST
"""So many wait of all kinds before they are told in one: fewer, and no kind would ever be told by itself."""

WEEK = ""
"""Where `counted` keeps the week itself, which is no session's id."""


class Heads(Unseen, frozen=True, kw_only=True):
    """How many are `told` of a cell, and wait to be."""

    KIND: ClassVar[str] = "heads"

    told: int = 0
    waiting: int = 0


def of_session(did: str, session: str) -> str:
    """The id of a session's cell."""
    return f"{did}/session/{session}"


def of_kind(did: str, kind: str) -> str:
    """That of a kind of organisation, or of `OTHERS`."""
    return f"{did}/kind/{kind}"


def count_in(
    draft: Draft, counted: Mapping[str, int], kind: str, session: str, part: Deeds
) -> dict[str, int]:
    """Count of what somebody of that kind did in a session what was not; answers what is counted now."""
    now = dict(counted)
    for bit, (did, done) in enumerate(DID.items()):
        if not done(part):
            continue
        if not now.get(session, 0) >> bit & 1:
            _count(draft, of_session(did, session))
            now[session] = now.get(session, 0) | 1 << bit
        if not now.get(WEEK, 0) >> bit & 1:
            _count(draft, of_kind(did, kind))
            _pool(draft, did)
            now[WEEK] = now.get(WEEK, 0) | 1 << bit
    return now


def _count(draft: Draft, id: str) -> None:
    heads = draft.get(Heads, id) or Heads(id=id)
    if heads.waiting + 1 < FEWEST:
        draft.put(replace(heads, waiting=heads.waiting + 1))
    else:
        draft.put(replace(heads, told=heads.told + FEWEST, waiting=0))


def _pool(draft: Draft, did: str) -> None:
    """Those of all kinds who wait are told in one, once they are enough."""
    waiting = [one for kind in KINDS if (one := draft.get(Heads, of_kind(did, kind))) and one.waiting]
    if sum(one.waiting for one in waiting) < POOLED:
        return
    others = draft.get(Heads, of_kind(did, OTHERS)) or Heads(id=of_kind(did, OTHERS))
    draft.put(replace(others, told=others.told + sum(one.waiting for one in waiting)))
    for one in waiting:
        draft.put(replace(one, waiting=0))


def in_session(records: Records, session: str) -> dict[str, int]:
    """How many are told to have done what there."""
    return {did: _told(records, of_session(did, session)) for did in DID}


def in_week(records: Records, kind: str) -> dict[str, int]:
    """The same of a kind, or of `OTHERS`, in the whole week."""
    return {did: _told(records, of_kind(did, kind)) for did in DID}


def _told(records: Records, id: str) -> int:
    heads = records.get(Heads, id)
    return heads.told if heads else 0


NAMES_NOBODY = True

RECORDS: list[type[Record]] = [Heads]
