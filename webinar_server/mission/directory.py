"""The directory: who takes part, found by words, filters and what they offer. Pure but for its folded copy.

     participants ──▶ listed, folded, by facet ──▶ those that all filters leave ──▶ in order, with reasons
                                                     └──▶ of each facet: how many its values would leave

A worker keeps one for each mission it holds. It asks each time which records are new: those of before are the
same objects, so that takes some milliseconds for 5,000.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from heapq import nsmallest
from typing import Any, Literal, NamedTuple

import msgspec
from rapidfuzz import fuzz, process

from webinar_server.mission.cards import TAGS_MAX
from webinar_server.mission.consent import Consent, may_see
from webinar_server.mission.participants import PARTICIPANTS_MAX, SHOWN, Participant, card_of
from webinar_server.state import Records
from webinar_server.words.folding import folded

PAGE = 24
"""Cards of a page."""

VALUES_MAX = 40
"""Values told of a facet, the commonest."""

TYPO_FROM, TYPO_NEAR = 4, 80
"""Words of so many letters are looked for with typos, as near as that (0 to 100), where none is so."""

WORDS_MAX = 8
"""Words that count of those looked for: each is looked for among all words of a mission."""

SAME_TAG = 88
"""How near two tags are that mean the same, in whatever order their words stand (0 to 100)."""

FACETS: Mapping[str, Callable[[Participant], tuple[str, ...]]] = {
    "kind": lambda one: (one.kind,),
    "country": lambda one: (one.country,),
    "place": lambda one: (one.place,),
    "sectors": lambda one: one.sectors,
    "languages": lambda one: one.languages,
    "offers": lambda one: one.offers,
    "seeks": lambda one: one.seeks,
}
"""What somebody counts under; `here` is asked of consent."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for: words, of each facet values of which one is to hold; whether those come first who
    offer what the asker seeks, or seek what they offer."""

    words: str = ""
    facets: Mapping[str, frozenset[str]] = {}
    match: bool = False
    page: int = 0


class Reason(NamedTuple):
    """Why somebody fits: they offer or seek what the asker seeks or offers, in the words of their card."""

    what: Literal["offers", "seeks"]
    tag: str


class Found(NamedTuple):
    """The `total`, a page of their cards, and of each facet how many each value would leave.

    `drop` are the filters, `words` among them, without any one of which there would be somebody; empty where
    there is."""

    total: int
    cards: list[dict[str, Any]]
    facets: dict[str, dict[str, int]]
    drop: list[str]


class Entry(NamedTuple):
    """Somebody who is listed, as their records were when they were folded."""

    participant: Participant
    consent: Consent | None
    text: str
    values: dict[str, tuple[str, ...]]


class Directory:
    """That of one mission, over the records of its state."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._entries: dict[str, Entry] = {}
        # who has a word, and who counts under a value of a facet
        self._words: dict[str, set[str]] = defaultdict(set)
        self._values: dict[str, dict[str, set[str]]] = {name: defaultdict(set) for name in (*FACETS, "here")}

    def find(self, wanted: Wanted, asker: str) -> Found:
        """A page of those who are looked for, as the asker may see them."""
        self._renew()
        passing = self._passing(wanted)
        left = self._left(passing)
        reasons = self._reasons(asker) if wanted.match else {}
        order = sorted(left, key=lambda id: (-len(reasons.get(id, ())), self._entries[id].text, id))
        shown = order[wanted.page * PAGE : (wanted.page + 1) * PAGE]
        return Found(
            len(order),
            [self._card(id, reasons.get(id, [])) for id in shown],
            {
                facet: self._counts(facet, self._left(passing, without=facet) if facet in passing else left)
                for facet in (*FACETS, "here")
            },
            [] if order else [name for name in passing if self._left(passing, without=name)],
        )

    # who is looked for

    def _passing(self, wanted: Wanted) -> dict[str, set[str]]:
        """Of each filter that is set those whom it leaves."""
        passing = {facet: self._any_of(facet, values) for facet, values in wanted.facets.items() if values}
        words = list(dict.fromkeys(folded(wanted.words).split()))[:WORDS_MAX]
        return passing | {"words": set.intersection(*map(self._having, words))} if words else passing

    def _left(self, passing: Mapping[str, set[str]], without: str = "") -> set[str]:
        sets = [ids for name, ids in passing.items() if name != without]
        return set.intersection(*sets) if sets else set(self._entries)

    def _any_of(self, facet: str, values: Iterable[str]) -> set[str]:
        found = self._values.get(facet, {})
        return set().union(*(found.get(value, ()) for value in values))

    def _having(self, word: str) -> set[str]:
        """Those who have a word, as far as it is written, or one that is nearly so where nobody has it."""
        found = set().union(*(ids for known, ids in self._words.items() if word in known))
        if found or len(word) < TYPO_FROM:
            return found
        near = process.extract(word, self._words.keys(), scorer=fuzz.ratio, score_cutoff=TYPO_NEAR, limit=10)
        return set().union(*(self._words[known] for known, _, _ in near))

    def _counts(self, facet: str, left: set[str]) -> dict[str, int]:
        """How many of those whom all other filters leave each value would leave; the commonest first."""
        # by value and not by person: a tenth of the time where many are left
        counts = ((value, len(ids & left)) for value, ids in self._values[facet].items() if value)
        some = ((value, count) for value, count in counts if count)
        return dict(nsmallest(VALUES_MAX, some, key=lambda each: (-each[1], each[0])))

    # why, and what is shown

    def _reasons(self, asker: str) -> dict[str, list[Reason]]:
        """Whom the asker's offers and needs fit, and why."""
        me = self._records.get(Participant, asker)
        found: dict[str, list[Reason]] = defaultdict(list)
        if me is not None:
            for what, mine in (("offers", me.seeks), ("seeks", me.offers)):
                for tag in same_as(mine, self._values[what]):
                    for id in self._values[what][tag] - {asker}:
                        found[id].append(Reason(what, tag))  # type: ignore[arg-type]
        return found

    def _card(self, id: str, reasons: list[Reason]) -> dict[str, Any]:
        entry = self._entries[id]
        card = card_of(entry.participant)
        seen = {field: card[field] for field in SHOWN if may_see(self._records, id, field, "directory")}
        here = {"here": True} if entry.values["here"] else {}
        return {"id": id} | seen | here | {"reasons": [reason._asdict() for reason in reasons]}

    # who is listed

    def _renew(self) -> None:
        """Fold anew whose records are not those of before, and forget who is not listed any more."""
        gone = dict(self._entries)
        for participant in self._records.all(Participant):
            entry = gone.pop(participant.id, None)
            consent = self._records.get(Consent, participant.id)
            if entry is None or entry.participant is not participant or entry.consent is not consent:
                self._forget(entry)
                self._list(participant, consent)
        for entry in gone.values():
            self._forget(entry)

    def _list(self, participant: Participant, consent: Consent | None) -> None:
        id = participant.id
        if not may_see(self._records, id, "name", "directory"):
            return
        here = participant.here and may_see(self._records, id, "here", "presence")
        values: dict[str, tuple[str, ...]] = {name: of(participant) for name, of in FACETS.items()}
        values["here"] = ("true",) if here else ()
        entry = Entry(participant, consent, _text(participant), values)
        self._entries[id] = entry
        for word in entry.text.split():
            self._words[word].add(id)
        for facet, held in values.items():
            for value in held:
                self._values[facet][value].add(id)

    def _forget(self, entry: Entry | None) -> None:
        if entry is None:
            return
        id = entry.participant.id
        del self._entries[id]
        for word in set(entry.text.split()):
            _without(self._words, word, id)
        for facet, held in entry.values.items():
            for value in set(held):
                _without(self._values[facet], value, id)


def same_as(mine: Iterable[str], tags: Iterable[str]) -> list[str]:
    """Those of some tags that mean the same as one of mine: its words in any order, with a typo."""
    # all of them at once and not pair by pair: a hundredth of the time where a mission has thousands
    others = {tag: _in_order(tag) for tag in tags}
    same = {
        tag
        for own in mine
        for _, _, tag in process.extract(
            _in_order(own), others, scorer=fuzz.ratio, score_cutoff=SAME_TAG, limit=None
        )
    }
    return [tag for tag in others if tag in same]


@lru_cache(maxsize=2 * TAGS_MAX * PARTICIPANTS_MAX)
def _in_order(tag: str) -> str:
    return " ".join(sorted(folded(tag).split()))


def _text(participant: Participant) -> str:
    """By what somebody is found, and put in order: their name first."""
    one = participant
    said = (one.name, one.organisation, one.place, *one.sectors, *one.offers, *one.seeks, one.pitch)
    return folded(" ".join(said))


def _without(index: dict[str, set[str]], key: str, id: str) -> None:
    index[key].discard(id)
    if not index[key]:
        del index[key]
