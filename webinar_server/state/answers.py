"""Answers: what committed commands were answered, kept for some minutes, so that a repeated ref acts once.

Time is that of the entries, which clocks wrote that may be wrong: so the newest are kept whatever they say,
and however few minutes it took, no more than so many.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, repeat
from typing import Any, NamedTuple

from webinar_server.errors import Refusal
from webinar_server.state.entry import Entry
from webinar_server.state.erased import Erased

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
    """An answer, by whom it was asked for, under which ref, when (Unix ms), and by which command; that is
    empty where an older snapshot did not say it.
    """

    by: str
    ref: str
    at: int
    answer: Answer
    command: str = ""

    def again(self, command: str) -> Answer:
        """To the same command, sent once more. Raises Refusal for another: its answer would be a lie."""
        if command != self.command and self.command:
            raise Refusal("command.ref_used", "This ref was another command's; give each its own.")
        return self.answer


class Answers:
    """Of one topic, oldest first."""

    def __init__(self) -> None:
        # ordered: of a dict whose first are let go of one by one, to find the first takes ever longer
        self._kept: OrderedDict[tuple[str, str], Answered] = OrderedDict()

    def get(self, by: str, ref: str) -> Answered | None:
        return self._kept.get((by, ref))

    def add(self, entry: Entry, tag: str) -> None:
        """Keep what an entry was answered, and let go of what is old by then, or of whom it erased."""
        for change in entry.changes:
            if change.kind == Erased.KIND:
                self._forget(change.id)
        if entry.ref:
            by, answer = sys.intern(entry.by), Answer(entry.seq, tag, entry.result)
            self._kept[by, entry.ref] = Answered(by, entry.ref, entry.at, answer, sys.intern(entry.command))
        while self._kept:
            oldest = next(iter(self._kept.values()))
            old = entry.at - oldest.at > ANSWERS_MS and entry.seq - oldest.answer.seq >= ANSWERS_SURE
            if not old and len(self._kept) <= ANSWERS_KEPT:
                break
            self._kept.popitem(last=False)

    def _forget(self, by: str) -> None:
        for key in [key for key in self._kept if key[0] == by]:
            del self._kept[key]

    def load(self, kept: Iterable[Answered], commands: Iterable[str]) -> None:
        """What a snapshot has; an older one has no commands."""
        for each, command in zip(kept, chain(commands, repeat("")), strict=False):
            # one string for all that a person asked, and for all that asked the same
            by = sys.intern(each.by)
            self._kept[by, each.ref] = each._replace(by=by, command=sys.intern(command))

    def __iter__(self) -> Iterator[Answered]:
        return iter(self._kept.values())


def without_times(answers: Mapping[str, Mapping[str, Answer]]) -> list[Answered]:
    """Those of a snapshot that did not say when: old, so kept for a number of entries only."""
    kept = [Answered(by, ref, 0, answer) for by, refs in answers.items() for ref, answer in refs.items()]
    return sorted(kept, key=_seq)


def _seq(answered: Answered) -> int:
    return answered.answer.seq
