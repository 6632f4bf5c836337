"""Organisations: those that people of a directory are of, one however it is written, and who is of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
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


def organisations(directory: Directory, words: str, page: int, asker: str = "") -> Organisations:
    """Those whose names have all of some words, as far as written, without whom the asker blocked."""
    listing, blocked = directory.listing, blocked_by(directory.state, asker)
    wanted = folded(words).split()
    named = (key for key in listing.organisations if all(word in key for word in wanted))
    found = sorted(key for key in named if listing.organisations[key] - blocked)
    there = found[page * PAGE : (page + 1) * PAGE]
    return Organisations(len(found), [_told(key, _people(directory, key, blocked)) for key in there])


def organisation(directory: Directory, key: str, asker: str = "") -> dict[str, Any]:
    """One, with its people's cards and what they say between them, without whom the asker blocked. Raises
    Refusal `organisation.unknown`."""
    entries = _people(directory, key, blocked_by(directory.state, asker))
    if not entries:
        raise Refusal("organisation.unknown", "Nobody of this organisation is in the directory (any more).")
    facets = {facet: _counted(entries, facet) for facet in TOLD}
    cards = [shown(directory.state, entry.participant.id, "directory") for entry in entries[:PEOPLE_MAX]]
    return _told(key, entries) | {"facets": facets, "cards": cards}


def _told(key: str, entries: list[Entry]) -> dict[str, Any]:
    spelled = Counter(entry.participant.organisation for entry in entries)
    return {
        "key": key,
        "name": next(iter(commonest(spelled))),
        "people": len(entries),
        "here": sum(bool(entry.values["here"]) for entry in entries),
        "kinds": list(_counted(entries, "kind")),
        "countries": list(_counted(entries, "country")),
    }


def _people(directory: Directory, key: str, without: Set[str]) -> list[Entry]:
    """By name."""
    listing = directory.listing
    people = [listing.entries[id] for id in listing.organisations.get(key, set()) - without]
    return sorted(people, key=lambda entry: (entry.text, entry.participant.id))


def _counted(entries: Iterable[Entry], facet: str) -> dict[str, int]:
    return commonest(Counter(value for entry in entries for value in entry.values[facet] if value))
