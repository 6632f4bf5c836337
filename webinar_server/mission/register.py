"""The register: all participants as organisers see them, found by words and by where they stand.

Everybody is in it, whatever they agreed to be seen of elsewhere (`consent.py`, output `organisers`). Pure but
for its folded copy, which is renewed as the directory's is: the records of before are the same objects.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, get_args

import msgspec

from webinar_server.mission.consent import may_see
from webinar_server.mission.participants import Participant, ParticipantState, card_of, takes_part
from webinar_server.mission.roles import MissionRole
from webinar_server.state import Records
from webinar_server.words.folding import folded

ROWS = 50
"""People of a page."""

STATES: tuple[ParticipantState, ...] = get_args(ParticipantState)
ROLES: tuple[MissionRole, ...] = get_args(MissionRole)
CAME = ("yes", "no")

Came = Literal["", "yes", "no"]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an organiser looks for: by words, by state, by role, whether they have been in; or by ids."""

    words: str = ""
    state: str = ""
    role: str = ""
    came: Came = ""
    ids: tuple[str, ...] = ()
    page: int = 0


class Stands(NamedTuple):
    """How somebody stands: what can be filtered by."""

    state: str
    role: str
    came: str


class Row(NamedTuple):
    """Somebody, as their record was when it was folded: by what they are found and put in order, and how they
    stand."""

    participant: Participant
    text: str
    stands: Stands


class Listed(NamedTuple):
    """The `total`, a page of people, and how many each state, role, and having been in or not would leave
    beside the other filters."""

    total: int
    people: list[dict[str, Any]]
    states: dict[str, int]
    roles: dict[str, int]
    came: dict[str, int]


class Register:
    """That of one mission, over the records of its state."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._rows: dict[str, Row] = {}
        self._order: list[Row] = []

    def find(self, asked: Asked) -> Listed:
        self._renew()
        words = folded(asked.words).split()
        known = [self._rows[id] for id in asked.ids if id in self._rows] if asked.ids else self._order
        found = [row for row in known if all(word in row.text for word in words)]
        # of thousands there are few ways to stand
        ways = Counter(row.stands for row in found)
        wanted = Stands(asked.state, asked.role, asked.came)
        fitting = {stands for stands in ways if _fits(stands, wanted)}
        left = [row for row in found if row.stands in fitting]
        return Listed(
            len(left),
            [self._seen(row.participant) for row in left[asked.page * ROWS : (asked.page + 1) * ROWS]],
            *(
                {value: _count(ways, wanted, name, value) for value in values}
                for name, values in (("state", STATES), ("role", ROLES), ("came", CAME))
            ),
        )

    def _seen(self, participant: Participant) -> dict[str, Any]:
        """All that organisers may see of somebody."""
        one = participant
        said = card_of(one) | {"email": one.email, "phone": one.phone}
        seen = {name: said[name] for name in said if may_see(self._records, one.id, name, "organisers")}
        held = {
            "role": one.role,
            "state": one.state,
            "reason": one.reason,
            "came": one.came,
            "here": one.here,
        }
        return {"id": one.id} | seen | held

    def _renew(self) -> None:
        """Fold anew whose records are not those of before."""
        before, changed = self._rows, False
        rows = {}
        for one in self._records.all(Participant):
            row = before.get(one.id)
            if row is None or row.participant is not one:
                row, changed = Row(one, _text(one), Stands(one.state, one.role, came(one))), True
            rows[one.id] = row
        if changed or len(rows) != len(before):
            self._rows = rows
            self._order = sorted(rows.values(), key=lambda row: (row.text, row.participant.id))


def came(participant: Participant) -> Came:
    """Whether somebody who takes part has been in; nothing of others."""
    if not takes_part(participant):
        return ""
    return "yes" if participant.has_come else "no"


def _fits(stands: Stands, wanted: Stands) -> bool:
    """Whether the filters leave somebody."""
    return all(value in ("", held) for value, held in zip(wanted, stands, strict=True))


def _count(ways: Mapping[Stands, int], wanted: Stands, name: str, value: str) -> int:
    """How many that value would leave beside the other filters."""
    wanted = wanted._replace(**{name: value})
    return sum(count for stands, count in ways.items() if _fits(stands, wanted))


def _text(one: Participant) -> str:
    return folded(" ".join((one.name, one.organisation, one.place, one.email, one.phone, *one.sectors)))
