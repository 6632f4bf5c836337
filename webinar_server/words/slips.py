"""Slips: a long word with one letter too many, too few, another or exchanged, any with some doubled. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONG = 9
"""Letters of a word that no family's name is one letter away from."""

DOUBLED = 4
"""Letters of a word of which some may be doubled."""

_TWICE = re.compile(r"(.)\1+")


class Slips:
    """Words, and how one of them may be written with a slip."""

    def __init__(self, words: Iterable[str]) -> None:
        words = [word for word in words if word.isascii()]
        self._words = frozenset(words)
        self._lacking = frozenset(
            lacking for word in words if len(word) >= LONG for lacking in (word, *_lacking_one(word))
        )
        # the longest: who doubles none of its letters is called otherwise, as Staf is not staff
        self._once = {_TWICE.sub(r"\1", word): len(word) for word in words if len(word) >= DOUBLED}

    def holds(self, word: str) -> bool:
        """Whether it is one of them with a slip, and not as it is."""
        if word in self._words or len(word) <= DOUBLED:
            return False
        if len(word) > self._once.get(_TWICE.sub(r"\1", word), len(word)):
            return True
        return len(word) >= LONG - 1 and not self._lacking.isdisjoint((word, *_lacking_one(word)))


def _lacking_one(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]
