"""Organisations: those that people of a directory are of, one however it is written, and who is of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from webinar_server.errors import Refusal
from webinar_server.mission.contacts import blocked_by
from webinar_server.mission.directory import PAGE, Directory, commonest, shown
from webinar_server.mission.listing import Entry
from webinar_server.words.folding import folded

PEOPLE_MAX = 200
"""People of an organisation that its page shows; of more it says how many there are."""

TOLD = ("kind", "country", "place", "sectors", "offers", "seeks")
"""Facets of its people that an organisation's page adds up."""


class Organisations(NamedTuple):
    """How many there are in all, and a page of them, by name."""

    total: int
    organisations: list[dict[str, Any]]


def organisations(directory: Directory, words: str, page: int) -> Organisations:
    """Those whose names have all of some words, as far as written."""
    listing = directory.listing
    wanted = folded(words).split()
    found = sorted(key for key in listing.organisations if all(word in key for word in wanted))
    there = found[page * PAGE : (page + 1) * PAGE]
    return Organisations(len(found), [_told(directory, key) for key in there])


def organisation(directory: Directory, key: str, asker: str = "") -> dict[str, Any]:
    """One, with its people's cards, but of whom who asks blocked, and what they say between them. Raises
    Refusal `organisation.unknown`."""
    if not directory.listing.organisations.get(key):
        raise Refusal("organisation.unknown", "Nobody of this organisation is in the directory (any more).")
    entries = _people(directory, key)
    facets = {facet: _counted(entries, facet) for facet in TOLD}
    ids = [entry.participant.id for entry in entries[:PEOPLE_MAX]]
    blocked = blocked_by(directory.state, asker)
    cards = [shown(directory.state, id, "directory") for id in ids if id not in blocked]
    return _told(directory, key) | {"facets": facets, "cards": cards}


def _told(directory: Directory, key: str) -> dict[str, Any]:
    entries = _people(directory, key)
    spelled = Counter(entry.participant.organisation for entry in entries)
    return {
        "key": key,
        "name": next(iter(commonest(spelled))),
        "people": len(entries),
        "here": sum(bool(entry.values["here"]) for entry in entries),
        "kinds": list(_counted(entries, "kind")),
        "countries": list(_counted(entries, "country")),
    }


def _people(directory: Directory, key: str) -> list[Entry]:
    """By name."""
    listing = directory.listing
    people = [listing.entries[id] for id in listing.organisations[key]]
    return sorted(people, key=lambda entry: (entry.text, entry.participant.id))


def _counted(entries: Iterable[Entry], facet: str) -> dict[str, int]:
    return commonest(Counter(value for entry in entries for value in entry.values[facet] if value))
