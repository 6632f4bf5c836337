"""Answers: what committed commands were answered, kept for some minutes, so that a repeated ref acts once.

Time is that of the entries, which clocks wrote that may be wrong: so the newest are kept whatever they say,
and however few minutes it took, no more than so many.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from webinar_server.state.entry import Entry

ANSWERS_MS = 10 * 60_000
"""Unix ms for which an answer is kept: longer than somebody with a bad line tries the same again."""

ANSWERS_SURE = 1_000
"""Entries since, up to which an answer is kept whatever its age."""

ANSWERS_KEPT = 10_000


class Answer(NamedTuple):
    """What a committed command was answered."""

    seq: int
    tag: str
    result: dict[str, Any]


class Answered(NamedTuple):
    """An answer as a snapshot has it: by whom it was asked for, under which ref, and when (Unix ms)."""

    by: str
    ref: str
    at: int
    answer: Answer


class Answers:
    """Of one topic, oldest first."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Answered] = {}

    def get(self, by: str, ref: str) -> Answer | None:
        kept = self._kept.get((by, ref))
        return None if kept is None else kept.answer

    def add(self, entry: Entry, tag: str) -> None:
        """Keep what an entry was answered, and let go of what is old by then."""
        if entry.ref:
            by, answer = sys.intern(entry.by), Answer(entry.seq, tag, entry.result)
            self._kept[by, entry.ref] = Answered(by, entry.ref, entry.at, answer)
        while self._kept:
            key, oldest = next(iter(self._kept.items()))
            old = entry.at - oldest.at > ANSWERS_MS and entry.seq - oldest.answer.seq >= ANSWERS_SURE
            if not old and len(self._kept) <= ANSWERS_KEPT:
                break
            del self._kept[key]

    def load(self, kept: Iterable[Answered]) -> None:
        for each in kept:
            # one string for all that a person asked
            by = sys.intern(each.by)
            self._kept[by, each.ref] = each._replace(by=by)

    def __iter__(self) -> Iterator[Answered]:
        return iter(self._kept.values())


def without_times(answers: Mapping[str, Mapping[str, Answer]]) -> list[Answered]:
    """Those of a snapshot that did not say when: old, so kept for a number of entries only."""
    kept = [Answered(by, ref, 0, answer) for by, refs in answers.items() for ref, answer in refs.items()]
    return sorted(kept, key=_seq)


def _seq(answered: Answered) -> int:
    return answered.answer.seq
