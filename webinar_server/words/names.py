"""Names: which of them look alike, and which hold another. Pure, and cached by name.

Two names are alike where one form of the one is a form of the other: a reading (readings.py) with the words
in any order and written together, titles left off. "Vries, Anna de", "Dr. Anna de Vries" and "АnnаdeVries"
with Cyrillic letters are Anna de Vries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate, permutations, product

from webinar_server.errors import Refusal
from webinar_server.words.house import set_apart
from webinar_server.words.kept import kept_by_words
from webinar_server.words.readings import (
    ANY,
    CACHED,
    is_letter,
    is_unassigned,
    pattern,
    readings,
    shapes,
    upright,
)
from webinar_server.words.spellings import in_one_way

WORDS_MAX = 5
"""Up to so many words of a name are tried in every order; of more only as they stand and turned round."""

LEADERS_CACHED = 256
"""Names of hosts and speakers, spelled in up to two ways, of which the orders are kept: each has hundreds."""


def alike(name: str, others: Iterable[str]) -> str | None:
    """The first of the other names that somebody could take this one for."""
    mine, patterns = _forms(name), _patterns(name)
    return next((other for other in others if _is_alike(mine, patterns, _orders(other))), None)


def holds(name: str, others: Iterable[str]) -> str | None:
    """The first of the other names that this one is like, as a whole or in a part that a sign sets apart,
    or has among its words where the other is of several: many a company is called like one Hanna; however
    it is spelled."""
    others = tuple(others)
    return _holds(name, others) or next((other for other in others if _holds_spelled(name, other)), None)


def _holds_spelled(name: str, other: str) -> bool:
    spelled = in_one_way(name), in_one_way(other)
    # most are spelled so already, and were compared
    return spelled != (name.casefold(), other.casefold()) and _holds(spelled[0], spelled[1:]) is not None


def _holds(name: str, others: Sequence[str]) -> str | None:
    parts = {name, *set_apart(name)}
    return next((found for part in parts if (found := alike(part, others))), None) or next(
        (other for other in others if _has_within(name, other)), None
    )


def has_letter(name: str) -> bool:
    """Whether somebody can be called so: a letter of any script, of those to come as well (unassigned)."""
    return any(is_letter(character) or is_unassigned(character) for character in name)


@contextmanager
def suggesting_names() -> Iterator[None]:
    """A refusal within suggests only what can be a name."""
    try:
        yield
    except Refusal as refusal:
        if not has_letter(refusal.suggestion):
            refusal.suggestion = ""
        raise


def _is_alike(mine: frozenset[str], patterns: tuple[re.Pattern[str], ...], orders: frozenset[str]) -> bool:
    return not mine.isdisjoint(orders) or any(
        likeness.fullmatch(order) for likeness in patterns for order in orders
    )


@kept_by_words(CACHED)
def _forms(name: str) -> frozenset[str]:
    return frozenset("".join(words) for words in _untitled(name))


def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """Of the forms in which a letter could be any."""
    return tuple(map(pattern, filter(_has_any, _forms(name))))


def _has_any(form: str) -> bool:
    return ANY in form


@kept_by_words(LEADERS_CACHED)
def _orders(name: str) -> frozenset[str]:
    return frozenset("".join(order) for words in _untitled(name) for order in _turned(words))


def _turned(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    if len(words) <= WORDS_MAX:
        return permutations(words)
    return [words[turn:] + words[:turn] for turn in range(len(words))]


def _untitled(name: str) -> Iterator[tuple[str, ...]]:
    """The readings of a name, with and without titles; of nothing but titles one is the name."""
    for words in readings(name):
        yield words
        without = _without_titles(words)
        if without and without != words:
            yield without


def _without_titles(words: tuple[str, ...]) -> tuple[str, ...]:
    kept: list[str] = []
    at = 0
    while at < len(words):
        # Ph.D. is two words
        size = next((size for size in (2, 1) if upright("".join(words[at : at + size])) in _TITLES), 0)
        kept += words[at : at + (not size)]
        at += size or 1
    return tuple(kept)


def _has_within(name: str, other: str) -> bool:
    if all(len(words) == 1 for words in _untitled(other)):
        return False
    orders, forms = _orders(other), _forms(other)
    lengths = frozenset(map(len, orders))
    return any(
        # what is one word here is the other written together as it stands, and by no chance
        _could_be(piece, orders if count > 1 else forms)
        for words in readings(name)
        for count, piece in _pieces(words, lengths)
    )


def _pieces(words: tuple[str, ...], lengths: frozenset[int]) -> Iterator[tuple[int, str]]:
    """Neighbouring words written together, of these lengths in letters, and how many they are."""
    ends = tuple(accumulate(map(len, words), initial=0))
    place, text = {end: at for at, end in enumerate(ends)}, "".join(words)
    for start, length in product(ends, lengths):
        if length and start + length in place:
            yield place[start + length] - place[start], text[start : start + length]


def _could_be(piece: str, orders: frozenset[str]) -> bool:
    if ANY not in piece:
        return piece in orders
    return any(
        len(order) == len(piece) and all(a in (ANY, b) for a, b in zip(piece, order, strict=True))
        for order in orders
    )


_TITLES = shapes(
    "dr drs ir ing mr mrs ms miss sir prof professor mw mevr mevrouw dhr heer meneer "
    "herr frau mme madame monsieur mlle sra senor senora dott dottssa dipl habil "
    "phd dphil msc bsc mba mphil llm llb meng beng mbbs pmp cpa mpa mph"
)
"""What somebody may be called by before or behind their name, and still be who they are."""
