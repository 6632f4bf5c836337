"""Groups: which groups of people may be told of apart, so that no sum or difference is of a few of them.

People are divided in several ways (by kind of organisation, by country …), each into the groups that are told
of and a rest. Whoever puts together everything that is told can only tell sets of people apart that are
made of the cells in which all these divisions overlap: so every cell in which there is anybody has `MOVED`
people. Where one has fewer, a group is left out and goes to the rest, and so on until it is so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from webinar_server.session.polls.ballots import MOVED

REST = ""


class Member(NamedTuple):
    """Somebody who voted: in which group they are in each division, and whether others can hide behind
    them."""

    groups: Mapping[str, str]
    hides: bool


def apart(members: Sequence[Member], divisions: Sequence[str]) -> dict[str, frozenset[str]]:
    """Of each division the groups that may be told of, together with all of those before it; no group of one
    that cannot be told of. Who is in no group is in the rest."""
    told: dict[str, frozenset[str]] = {}
    for division in divisions:
        found = _fitting(members, told, division)
        if found:
            told[division] = found
    return told


def _fitting(members: Sequence[Member], told: Mapping[str, frozenset[str]], division: str) -> frozenset[str]:
    people = Counter(member.groups.get(division, REST) for member in members if member.hides)
    groups = {group for group, of in people.items() if of >= MOVED and group != REST}
    while groups:
        few = _few(members, {**told, division: frozenset(groups)})
        if not few:
            break
        inside = few[-1] in groups
        groups.discard(few[-1] if inside else min(groups, key=lambda group: (people[group], group)))
    return frozenset(groups)


def _few(members: Sequence[Member], told: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The first cell with too few people in it, if there is one; its last group is of the last division."""
    cells: Counter[tuple[str, ...]] = Counter()
    for member in members:
        cell = tuple(_within(member.groups.get(of, REST), groups) for of, groups in told.items())
        # one that hides nobody is there all the same
        cells[cell] += int(member.hides)
    return min((cell for cell, people in cells.items() if people < MOVED), default=())


def _within(group: str, told: frozenset[str]) -> str:
    return group if group in told else REST
