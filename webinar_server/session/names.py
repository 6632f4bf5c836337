"""Names: which of them look alike, and which words in them are the house's own. Pure, and cached by name.

Two names are alike where one form of the one is a form of the other: a reading (readings.py) with the words
in any order and written together. "Vries, Anna de" and "АnnаdeVries" with Cyrillic letters are Anna de Vries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import permutations

from webinar_server.errors import Refusal
from webinar_server.session.readings import ANY, CACHED, EITHER, is_letter, is_unassigned, readings, skeleton

WORDS_MAX = 5
"""Up to so many words of a name are tried in every order; of more only as they stand and turned round."""

LEADERS_CACHED = 256
"""Names of hosts and speakers of which the orders are kept: each has hundreds."""


def alike(name: str, others: Iterable[str]) -> str | None:
    """The first of the other names that somebody could take this one for."""
    mine, patterns = _forms(name), _patterns(name)
    return next((other for other in others if _is_alike(mine, patterns, _orders(other))), None)


def is_reserved(name: str) -> bool:
    """Whether a person's name says that they are of the house: by a word of it, or written together."""
    return any(_is_house(word) for words in readings(name) for word in (*words, "".join(words)))


def is_reserved_organisation(name: str) -> bool:
    """Whether an organisation's name says nothing but that; a Support Network or a Host Bank is fine."""
    return any(_says_only(words) for words in readings(name))


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
        pattern.fullmatch(order) for pattern in patterns for order in orders
    )


@lru_cache(CACHED)
def _forms(name: str) -> frozenset[str]:
    return frozenset("".join(words) for words in readings(name))


def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """Of the forms in which a letter could be any."""
    return tuple(map(_pattern, filter(_has_any, _forms(name))))


def _has_any(form: str) -> bool:
    return ANY in form


def _pattern(form: str) -> re.Pattern[str]:
    # r and n beside a letter that is read as the other are drawn as one letter in the other name
    either = form.replace(f"{ANY}n", "(?:.n|m)").replace(f"r{ANY}", "(?:r.|m)")
    return re.compile(either.replace(ANY, "."))


@lru_cache(LEADERS_CACHED)
def _orders(name: str) -> frozenset[str]:
    return frozenset("".join(order) for words in readings(name) for order in _turned(words))


def _turned(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    if len(words) <= WORDS_MAX:
        return permutations(words)
    return [words[turn:] + words[:turn] for turn in range(len(words))]


def _says_only(words: tuple[str, ...]) -> bool:
    said = [word for word in words if _shape(word) not in _FILLERS]
    return bool(said) and (all(map(_is_house, said)) or _is_house("".join(said)))


def _is_house(word: str) -> bool:
    shape = _shape(word)
    return shape in _RESERVED or (ANY in shape and any(map(_pattern(shape).fullmatch, _RESERVED)))


def _shape(word: str) -> str:
    """For the house's own words, which no honest name is one letter away from, i is l wherever it stands."""
    return word.replace("i", "l").replace(EITHER, "l")


def _shapes(words: str) -> frozenset[str]:
    return frozenset(_shape(skeleton(word)) for word in words.split())


_RESERVED = _shapes(
    "host hosts cohost moderator moderators organiser organisers organizer organizers organisation "
    "organization system admin admins administrator administrators sysadmin webmaster support helpdesk staff "
    "presenter presenters speaker speakers facilitator "
    "gastheer gastheren gastvrouw gastvrouwen moderatrice organisator organisatoren organisatie systeem "
    "systeembeheer beheer beheerder beheerders ondersteuning spreker presentator presentatoren "
    "presentatrice gespreksleider dagvoorzitter"
)
"""The house, in the languages of its pages."""

_FILLERS = _shapes(
    "a an and co de den der des en event evenement het mission missie of official officieel our ons onze "
    "session sessie team the van voor webinar your"
)
"""Words that make no organisation of a reserved one."""
