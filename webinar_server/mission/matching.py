"""Matching: who offers what somebody seeks, or seeks what they offer, and in which words of theirs."""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

from webinar_server.mission.listing import Listing, in_order
from webinar_server.mission.participants import Participant
from webinar_server.state import Records

SAME_TAG = 88
"""How near two tags are that mean the same, in whatever order their words stand (0 to 100)."""

REMEMBERED = 2_000
"""Tags of askers of which is kept what they are like: those of a hundred people who look at once."""

WAYS = (("offers", "seeks"), ("seeks", "offers"))
"""What of others fits what of oneself."""


class Reason(NamedTuple):
    """Why somebody fits: they offer or seek what the asker seeks or offers, in the words of their card."""

    what: Literal["offers", "seeks"]
    tag: str


def nearness(reasons: Iterable[Reason]) -> tuple[bool, int, int]:
    """Where somebody stands among those who fit, the least first: before others where it goes both ways, then
    by how much they offer of what is sought, then by how much they seek of what is offered."""
    ways = Counter(reason.what for reason in reasons)
    return not (ways["offers"] and ways["seeks"]), -ways["offers"], -ways["seeks"]


FAR = (True, 0, 0)
"""That of who does not fit."""


class Matching:
    """Reasons, over who is listed."""

    def __init__(self, records: Records, listing: Listing) -> None:
        self._records = records
        self._listing = listing
        # what of others a tag is like, and of which version of theirs
        self._like: OrderedDict[tuple[str, str], tuple[int, list[str]]] = OrderedDict()

    def preparing(self, asker: str) -> Iterator[None]:
        """Compare what an asker has with what others have, a tag at a time."""
        for what, mine in self._mine(asker):
            for own in mine:
                if self._known(what, own) is None:
                    self._alike(what, own)
                    yield

    def reasons(self, asker: str) -> dict[str, list[Reason]]:
        """Whom the asker's offers and needs fit, and why."""
        found: dict[str, list[Reason]] = defaultdict(list)
        for what, mine in self._mine(asker):
            tags = dict.fromkeys(tag for own in mine for tag in self._alike(what, own))
            for tag in tags:
                for id in self._listing.values[what][tag] - {asker}:
                    found[id].append(Reason(what, tag))  # type: ignore[arg-type]
        return found

    def _mine(self, asker: str) -> list[tuple[str, tuple[str, ...]]]:
        me = self._records.get(Participant, asker)
        return [] if me is None else [(what, getattr(me, own)) for what, own in WAYS]

    def _known(self, what: str, own: str) -> list[str] | None:
        version, found = self._like.get((what, own), (-1, []))
        return found if version == self._listing.version[what] else None

    def _alike(self, what: str, own: str) -> list[str]:
        found = self._known(what, own)
        if found is None:
            found = alike(own, self._listing.ordered[what])
            self._like[what, own] = (self._listing.version[what], found)
            self._like.move_to_end((what, own))
            if len(self._like) > REMEMBERED:
                self._like.popitem(last=False)
        return found


def same_as(mine: Iterable[str], tags: Iterable[str]) -> list[str]:
    """Those of some tags that mean the same as one of mine: its words in any order, with a typo."""
    others = {tag: in_order(tag) for tag in tags}
    same = {tag for own in mine for tag in alike(own, others)}
    return [tag for tag in others if tag in same]


def alike(own: str, others: Mapping[str, str]) -> list[str]:
    """The same of one, among tags with their words in order: the nearest first."""
    # all of them at once and not pair by pair: a hundredth of the time where a mission has thousands
    near = process.extract(in_order(own), others, scorer=fuzz.ratio, score_cutoff=SAME_TAG, limit=None)
    return [tag for _, _, tag in near]
