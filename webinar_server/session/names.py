"""Names: which of them look alike, and which words in them are the house's own. Pure, and cached by name.

Two names are alike where one form of the one is a form of the other. A form is a skeleton after UTS #39
(Unicode's confusables), but without marks, signs and numbers, and with the words in any order and written
together: "Vries, Anna de" and "АnnаdeVries" with Cyrillic letters are Anna de Vries.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import permutations

from webinar_server.session.confusables import PROTOTYPES

WORDS_MAX = 5
"""Up to so many words of a name are tried in every order; of more only as they stand and turned round."""

CACHED = 8192
"""Names of which the forms are kept: more than a session holds people."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SPELLED = re.compile(r"\b\w(?: \w\b){2,}")
_BARS = str.maketrans("l1|", "III")
_ONE_SHAPE = str.maketrans({"I": "l", "1": "l", "0": "o"})
# drawn close together they are one letter
_PAIRS = (("rn", "m"), ("vv", "w"))


def alike(name: str, others: Iterable[str]) -> str | None:
    """The first of the other names that somebody could take this one for."""
    mine = _forms(name)
    return next((other for other in others if not mine.isdisjoint(_orders(other))), None)


def is_reserved(name: str) -> bool:
    """Whether a person's name says that they are of the house: by a word of it, or written together."""
    return any(not _RESERVED.isdisjoint(map(_shape, (*words, "".join(words)))) for words in _readings(name))


def is_reserved_organisation(name: str) -> bool:
    """Whether an organisation's name says nothing but that; a Support Network or a Host Bank is fine."""
    return any(_says_only(words) for words in _readings(name))


@lru_cache(CACHED)
def _forms(name: str) -> frozenset[str]:
    return frozenset("".join(words) for words in _readings(name))


@lru_cache(CACHED)
def _orders(name: str) -> frozenset[str]:
    return frozenset("".join(order) for words in _readings(name) for order in _turned(words))


def _turned(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    if len(words) <= WORDS_MAX:
        return permutations(words)
    return [words[turn:] + words[:turn] for turn in range(len(words))]


@lru_cache(CACHED)
def _readings(name: str) -> frozenset[tuple[str, ...]]:
    """The words of a name in each way to read it: as it stands, in small letters, with signs as letters."""
    whole = unicodedata.normalize("NFKD", name)
    plain = _bare(whole)
    ways = [plain, plain.casefold(), _bare(whole.translate(PROTOTYPES))]
    if (capitals := plain.translate(_BARS)).isupper():
        # among capitals an l or a 1 is an I
        ways.append(capitals.casefold())
    return frozenset(words for way in ways if (words := _words(way)))


def _words(text: str) -> tuple[str, ...]:
    """Skeletons of the words of a text that has only letters, digits and spaces."""
    apart = _SPELLED.sub(lambda letters: letters[0].replace(" ", ""), _CAMEL.sub(" ", text))
    return tuple(_skeleton(word) for word in apart.split() if not word.isdecimal())


def _skeleton(word: str) -> str:
    # mapped, what was capital may be a capital still; a letter folded may be one that looks like another
    shape = word.translate(PROTOTYPES).translate(_ONE_SHAPE).casefold()
    for pair, one in _PAIRS:
        shape = shape.replace(pair, one)
    return shape


def _bare(text: str) -> str:
    """Letters and digits, all else as spaces; marks only where letters are incomplete without them."""
    if text.isascii():
        return re.sub("[^A-Za-z0-9']+", " ", text).replace("'", "")
    kept: list[str] = []
    for character in text:
        kind = unicodedata.category(character)
        if kind[0] in "LN":
            kept.append(character)
        elif kind[0] == "M":
            kept += _vowel(character, kept)
        elif kind != "Cf" and character not in "'\u2019\u02bc":
            kept.append(" ")
    return "".join(kept)


def _vowel(mark: str, before: list[str]) -> str:
    """A vowel of an Indic script, Thai or the like; accents, points and selectors are decoration."""
    is_vowel = not unicodedata.combining(mark) and unicodedata.category(mark) != "Me"
    return mark if is_vowel and before and unicodedata.category(before[-1]) in ("Lo", "Mc", "Mn") else ""


def _says_only(words: tuple[str, ...]) -> bool:
    said = [shape for word in words if (shape := _shape(word)) not in _FILLERS]
    return bool(said) and (_RESERVED.issuperset(said) or "".join(said) in _RESERVED)


def _shape(word: str) -> str:
    """For the house's own words, which no honest name is one letter away from, i is l as well."""
    return word.replace("i", "l")


def _shapes(words: str) -> frozenset[str]:
    return frozenset(_shape(_skeleton(word)) for word in words.split())


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
