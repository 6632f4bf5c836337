"""The directory: who takes part, found by words, filters and what they offer. Pure but for its folded copy.

     participants ──▶ listed, folded, by facet ──▶ those that all filters leave ──▶ in order, with reasons
                                                     └──▶ of each facet: how many its values would leave

A worker keeps one for each mission it holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import nlargest, nsmallest
from typing import Any, NamedTuple

import msgspec
from rapidfuzz import fuzz, process

from webinar_server.errors import Refusal
from webinar_server.mission.attending import next_of, people_of
from webinar_server.mission.consent import Output, may_see
from webinar_server.mission.contacts import blocked_by
from webinar_server.mission.listing import FACETS, SEEN, Listing
from webinar_server.mission.matching import FAR, Matching, Reason, nearness
from webinar_server.mission.participants import SHOWN, Participant, card_of
from webinar_server.state import Records, State
from webinar_server.words.folding import folded

PAGE = 24
"""Cards of a page."""

VALUES_MAX = 40
"""Values told of a facet, the commonest."""

TYPO_FROM, TYPO_NEAR = 4, 80
"""Words of so many letters are looked for with typos, as near as that (0 to 100), where none is so."""

WORDS_MAX = 8
"""Words that count of those looked for: each is looked for among all words of a mission."""

ALL_FACETS = (*FACETS, *SEEN, "next")
"""Those and `next`: who means to be in the asker's next session."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for: words, of each facet values of which one is to hold; whether those come first who
    offer what the asker seeks, or seek what they offer."""

    words: str = ""
    facets: Mapping[str, frozenset[str]] = {}
    match: bool = False
    page: int = 0


class Found(NamedTuple):
    """The `total`, how many of them are `fitting` the asker, if that was asked, a page of their cards, and of
    each facet how many each value would leave.

    `drop` are the filters, `words` among them, without any one of which there would be somebody; empty where
    there is."""

    total: int
    fitting: int
    cards: list[dict[str, Any]]
    facets: dict[str, dict[str, int]]
    drop: list[str]


class Directory:
    """That of one mission, over its state."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.listing = Listing(state)
        self._matching = Matching(state, self.listing)

    def preparing(self, wanted: Wanted, asker: str) -> Iterator[None]:
        """What takes long of an answer, in slices between which others have their turn."""
        yield from self.listing.renewing()
        if wanted.match:
            yield from self._matching.preparing(asker)

    def card(self, participant: str, asker: str) -> dict[str, Any]:
        """One card, with reasons. Raises Refusal `card.unknown` where they are not listed, or where who asks
        blocked them."""
        self.listing.renew()
        if participant not in self.listing.entries or participant in blocked_by(self.state, asker):
            raise Refusal("card.unknown", "This person is not in the directory (any more).")
        return self._card(participant, self._matching.reasons(asker).get(participant, []))

    def find(self, wanted: Wanted, asker: str, now: int = 0) -> Found:
        """A page of those who are looked for, as the asker may see them; `now` is Unix ms."""
        self.listing.renew()
        with_me = self._in_next_of(asker, now)
        passing, blocked = self._passing(wanted, with_me), blocked_by(self.state, asker)
        left = self._left(passing) - blocked
        reasons = self._matching.reasons(asker) if wanted.match else {}
        words, last = _words(wanted), (wanted.page + 1) * PAGE
        near = {id: nearness(why) for id, why in reasons.items()}
        order = nsmallest(last, left, key=lambda id: (near.get(id, FAR), *self._place(id, words)))
        return Found(
            len(left),
            len(left & reasons.keys()),
            [self._card(id, reasons.get(id, [])) for id in order[wanted.page * PAGE :]],
            {
                facet: self._counts(
                    facet, self._left(passing, facet) - blocked if facet in passing else left, with_me
                )
                for facet in ALL_FACETS
            },
            [] if left else [name for name in passing if self._left(passing, name) - blocked],
        )

    # who is looked for

    def _passing(self, wanted: Wanted, with_me: set[str]) -> dict[str, set[str]]:
        """Of each filter that is set those whom it leaves."""
        passing = {facet: self._any_of(facet, values) for facet, values in wanted.facets.items() if values}
        if "next" in passing:
            passing["next"] = with_me
        words = _words(wanted)
        return passing | {"words": set.intersection(*map(self._having, words))} if words else passing

    def _left(self, passing: Mapping[str, set[str]], without: str = "") -> set[str]:
        sets = [ids for name, ids in passing.items() if name != without]
        return set.intersection(*sets) if sets else set(self.listing.entries)

    def _any_of(self, facet: str, values: Iterable[str]) -> set[str]:
        found = self.listing.values.get(facet, {})
        return set().union(*(found.get(value, ()) for value in values))

    def _in_next_of(self, asker: str, now: int) -> set[str]:
        slot = next_of(self.state, asker, now)
        return people_of(self.state, slot) & self.listing.entries.keys() - {asker} if slot else set()

    def _place(self, id: str, words: list[str]) -> tuple[int, str, str]:
        """Where somebody stands: those first who are called so, then those who offer it; by name."""
        entry = self.listing.entries[id]
        parts = enumerate(entry.parts) if words else ()
        found = (at for at, part in parts if all(word in part for word in words))
        return next(found, len(entry.parts)), entry.text, id

    def _having(self, word: str) -> set[str]:
        """Those who have a word, as far as it is written, or one that is nearly so where nobody has it."""
        known = self.listing.words
        found = set().union(*(ids for each, ids in known.items() if word in each))
        if found or len(word) < TYPO_FROM:
            return found
        near = process.extract(word, known.keys(), scorer=fuzz.ratio, score_cutoff=TYPO_NEAR, limit=10)
        return set().union(*(known[each] for each, _, _ in near))

    def _counts(self, facet: str, left: set[str], with_me: set[str]) -> dict[str, int]:
        """How many of those whom all other filters leave each value would leave; the commonest first."""
        if facet == "next":
            return {"true": len(with_me & left)} if with_me & left else {}
        if len(left) < len(self.listing.entries):
            return commonest(self._counted(facet, left))
        if facet not in self.listing.counts:
            self.listing.counts[facet] = commonest(self._counted(facet, left))
        return self.listing.counts[facet]

    def _counted(self, facet: str, left: set[str]) -> Mapping[str, int]:
        values, entries = self.listing.values[facet], self.listing.entries
        # by value where there are few, and by person where they are fewer: a tenth of the time
        if len(left) < len(values):
            return Counter(value for id in left for value in entries[id].values[facet] if value)
        counts = ((value, len(ids & left)) for value, ids in values.items() if value)
        return {value: count for value, count in counts if count}

    # what is shown

    def _card(self, id: str, reasons: list[Reason]) -> dict[str, Any]:
        return shown(self.state, id, "directory") | {"reasons": [reason._asdict() for reason in reasons]}


def _words(wanted: Wanted) -> list[str]:
    return list(dict.fromkeys(folded(wanted.words).split()))[:WORDS_MAX]


def shown(records: Records, participant: str, output: Output) -> dict[str, Any]:
    """Somebody's card as an output may show it: their `id` and what consent allows, nothing more where it
    allows nothing; `here` where they are and may be seen."""
    known = records.get(Participant, participant)
    card = card_of(known) if known else {}
    seen = {field: card[field] for field in SHOWN if may_see(records, participant, field, output)}
    is_here = known is not None and known.here and may_see(records, participant, "here", "presence")
    return {"id": participant} | seen | ({"here": True} if is_here else {})


def commonest(counts: Mapping[str, int]) -> dict[str, int]:
    """The most of these, the commonest first and those as common by their name."""
    # only those that may be among them are put in order: of 50,000 each has its own words
    least = nlargest(VALUES_MAX, counts.values())[-1:] or [0]
    some = ((value, count) for value, count in counts.items() if count >= least[0])
    return dict(nsmallest(VALUES_MAX, some, key=lambda each: (-each[1], each[0])))
