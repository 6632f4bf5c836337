"""Listing: who stands in a mission's directory, folded and by what they count under. Pure but for its copy.

It asks each time which records are new: those of before are the same objects. The first time that takes a
fifth of a second for 5,000 people, so it is done in slices between which others have their turn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from webinar_server.mission.consent import Consent, may_see
from webinar_server.mission.history import History
from webinar_server.mission.participants import Participant
from webinar_server.state import Position, State
from webinar_server.words.folding import folded

SLICE = 50
"""People who are folded before others have their turn: some 3 ms, a dozen where each has the most of tags."""

FACETS: Mapping[str, Callable[[Participant], tuple[str, ...]]] = {
    "kind": lambda one: (one.kind,),
    "country": lambda one: (one.country,),
    "place": lambda one: (one.place,),
    "sectors": lambda one: one.sectors,
    "languages": lambda one: one.languages,
    "offers": lambda one: one.offers,
    "seeks": lambda one: one.seeks,
}
"""What somebody counts under."""

SEEN = ("here", "first")
"""Facets of one value, `true`, where consent lets it be seen: who is here, and who has been in one session of
the week at most."""

MATCHED = ("offers", "seeks")
"""Those whose values are compared with each other."""


class Entry(NamedTuple):
    """Somebody who is listed, as their records were when they were folded: all their `text`, and as `parts`
    of it who they are and what they offer."""

    participant: Participant
    consent: Consent | None
    history: History | None
    text: str
    parts: tuple[str, str]
    values: dict[str, tuple[str, ...]]


class Listing:
    """That of one mission. `words` tell who has a word, `values` who counts under a value of a facet,
    `organisations` who is of one, by its key; `ordered` has the words of each tag in order, and `version`
    counts how often the tags of a facet became others."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._seen: Position | None = None
        self.entries: dict[str, Entry] = {}
        self.words: dict[str, set[str]] = defaultdict(set)
        self.values: dict[str, dict[str, set[str]]] = {name: defaultdict(set) for name in (*FACETS, *SEEN)}
        self.organisations: dict[str, set[str]] = defaultdict(set)
        self.ordered: dict[str, dict[str, str]] = {facet: {} for facet in MATCHED}
        self.version = dict.fromkeys(MATCHED, 0)
        self.counts: dict[str, dict[str, int]] = {}
        """What was counted of all, until somebody is another."""

    def renewing(self) -> Iterator[None]:
        """Fold anew whose records are not those of before, and forget who is not listed any more, in slices:
        what is changed meanwhile is so the next time."""
        if self._seen == self._state.position:
            return
        seen, done = self._state.position, 0
        people = {participant.id for participant in self._state.all(Participant)}
        for id in [*people, *(self.entries.keys() - people)]:
            done += self._renew(id)
            if done == SLICE:
                done = 0
                yield
        self._seen = seen

    def renew(self) -> None:
        """All of it at once."""
        for _ in self.renewing():
            pass

    def _renew(self, id: str) -> int:
        """How many were folded."""
        entry, participant = self.entries.get(id), self._state.get(Participant, id)
        consent, history = self._state.get(Consent, id), self._state.get(History, id)
        if entry is not None and entry[:3] == (participant, consent, history):
            return 0
        self._forget(entry)
        if participant is None or not may_see(self._state, id, "name", "directory"):
            return 0
        seen = {"here": participant.here, "first": history is None or len(history.parts) <= 1}
        values: dict[str, tuple[str, ...]] = {name: of(participant) for name, of in FACETS.items()}
        for name in SEEN:
            values[name] = ("true",) if seen[name] and may_see(self._state, id, name, "presence") else ()
        self._list(Entry(participant, consent, history, _text(participant), _parts(participant), values))
        return 1

    def _list(self, entry: Entry) -> None:
        participant, values, id = entry.participant, entry.values, entry.participant.id
        self.entries[id] = entry
        self.counts = {}
        for word in entry.text.split():
            self.words[word].add(id)
        if participant.organisation:
            self.organisations[organisation_key(participant.organisation)].add(id)
        for facet, held in values.items():
            for value in held:
                self.values[facet][value].add(id)
        for facet in MATCHED:
            self._order(facet, values[facet])

    def _order(self, facet: str, tags: tuple[str, ...]) -> None:
        new = [tag for tag in tags if tag not in self.ordered[facet]]
        for tag in new:
            self.ordered[facet][tag] = in_order(tag)
        self.version[facet] += bool(new)

    def _forget(self, entry: Entry | None) -> None:
        if entry is None:
            return
        id = entry.participant.id
        del self.entries[id]
        self.counts = {}
        for word in set(entry.text.split()):
            _without(self.words, word, id)
        if entry.participant.organisation:
            _without(self.organisations, organisation_key(entry.participant.organisation), id)
        for facet, held in entry.values.items():
            for value in set(held):
                gone = _without(self.values[facet], value, id)
                if gone and facet in MATCHED:
                    del self.ordered[facet][value]
                    self.version[facet] += 1


def organisation_key(name: str) -> str:
    """By what an organisation is one, however people write it: "Voltline B.V." and "voltline BV"."""
    return " ".join(folded(name).replace(".", "").replace(",", " ").split())


def in_order(tag: str) -> str:
    """A tag's words, in whatever order they were."""
    return " ".join(sorted(folded(tag).split()))


def _text(participant: Participant) -> str:
    """By what somebody is found, and put in order: their name first."""
    one = participant
    said = (one.name, one.organisation, one.place, *one.sectors, *one.offers, *one.seeks, one.pitch)
    return folded(" ".join(said))


def _parts(participant: Participant) -> tuple[str, str]:
    return folded(f"{participant.name} {participant.organisation}"), folded(" ".join(participant.offers))


def _without(index: dict[str, set[str]], key: str, id: str) -> bool:
    """Whether nobody is left under a key."""
    index[key].discard(id)
    if index[key]:
        return False
    del index[key]
    return True
