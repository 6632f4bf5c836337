"""The house: which words say that somebody leads the session, or belongs to those who do. Pure.

A person's name has none of them in it. An organisation may be about them (a Host Bank, Red Hat Hosting), but
is not called nothing else, nor sets one apart by a sign, as what somebody is: "Smart Ports (host)".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain, pairwise
from string import ascii_lowercase

from webinar_server.words import house_words
from webinar_server.words.readings import ANY, is_letter, is_spaced, pattern, readings, shapes, upright
from webinar_server.words.slips import Slips


def is_doubtful(name: str) -> bool:
    """Whether a word of the house is half of a double name behind another name, and may be the family's, or
    is written with a slip, or a word that pages say of people is set apart in it."""
    return _is_double(name) or _is_misspelled(name) or any(map(_is_alone, set_apart(name)))


def _is_misspelled(name: str) -> bool:
    return any(_SLIPS.holds(upright(word)) for words in readings(name) for word in words)


def _is_double(name: str) -> bool:
    without = _DOUBLE.sub(_unless_reserved, name)
    return without != name and _is_reserved_name(name) and not _is_reserved_name(without)


def is_reserved(name: str) -> bool:
    """Whether a person's name says that they are of the house: by a word of it, by words written together,
    or in a part that says nothing else."""
    return _is_alone(name, _EXACT) or (_is_reserved_name(name) and not _is_double(name))


def _unless_reserved(double: re.Match[str]) -> str:
    return double[0] if _is_reserved_part(double[0]) else ""


def _is_reserved_name(name: str) -> bool:
    return (
        bool(_ACCENTED.search(name))
        or is_reserved_organisation(name)
        or any(any(map(_begins_or_ends, (*words, "".join(words)))) for words in readings(name))
    )


def is_reserved_organisation(name: str) -> bool:
    """Whether an organisation's name, or a part of it that a sign sets apart, says nothing but that."""
    return _is_alone(name, _EXACT) or any(map(_is_reserved_part, (name, *set_apart(name))))


def is_doubtful_organisation(name: str) -> bool:
    """Whether it has the leaders' team in it, as a part of a company may be called: Smart Ports host team."""
    if any(map(_is_alone, set_apart(name))):
        return True
    pairs = (set(map(upright, pair)) for words in readings(name) for pair in pairwise(words))
    return any(pair & TEAMS and pair & LEADERS for pair in pairs)


def is_house(word: str) -> bool:
    """Whether a word of a reading is one of the house's, alone or written together with what it is of."""
    shape = upright(word)
    return (
        shape in _RESERVED
        or bool(_GLUED.fullmatch(shape))
        or (ANY in shape and any(map(pattern(shape).fullmatch, _RESERVED)))
    )


def set_apart(name: str) -> Iterator[str]:
    """Its parts, divided by brackets, commas and the like, and by any sign with a space beside it."""
    signs = "".join(_SIGN if _is_sign(character) else character for character in name)
    for dividing, text in ((_DIVIDERS, name), (_BESIDE_SPACE, signs)):
        cuts = [0, *chain.from_iterable(cut.span() for cut in dividing.finditer(text)), len(name)]
        if len(cuts) > 2:
            parts = (name[start:end].strip() for start, end in zip(cuts[::2], cuts[1::2], strict=True))
            yield from filter(None, parts)


def _is_reserved_part(part: str) -> bool:
    return bool(_ACCENTED.fullmatch(part)) or any(map(_says_only, readings(part)))


def _begins_or_ends(word: str) -> bool:
    return is_house(word) or bool(_AT_AN_END.fullmatch(upright(word)))


def _is_sign(character: str) -> bool:
    kind = unicodedata.category(character)[0]
    return (kind in "PS" and character not in _JOINING) or (kind == "L" and not is_letter(character))


def _is_alone(part: str, alone: frozenset[str] | None = None) -> bool:
    """Whether it says nothing but what pages say of people, or where these write from."""
    alone = alone or _ALONE
    said = [[word for word in map(upright, words) if word not in _ARTICLES] for words in readings(part)]
    return any(
        "".join(words) in alone or (not alone.isdisjoint(words) and alone | LEADERS | MEETINGS >= set(words))
        for words in said
    )


def _says_only(words: tuple[str, ...]) -> bool:
    # a letter by itself says nothing: x Host
    said = [word for word in words if upright(word) not in FILLERS and word not in ascii_lowercase]
    if not said:
        return not MEETINGS.isdisjoint(map(upright, words))
    return all(map(is_house, said)) or is_house("".join(said))


_SIGN = "\0"
_DIVIDERS = re.compile(r"[][(){}<>«»‹›“”„\"（）［］｛｝【】〔〕「」『』〈〉《》,،、，;；:：|｜¦·•‧∙⋅・]+")
_BESIDE_SPACE = re.compile(f"(?:^|(?<= )){_SIGN}+|{_SIGN}+(?= |$)")
_JOINING = "&+.'\u2019@"
"""Signs within a name of one organisation: Beheer & Advies B.V."""

_DOUBLE = re.compile(r"(?<=\w )\b[^\W\d_]{2,}-[^\W\d_]{2,}$")

_ACCENTED = re.compile(r"\bh[ôÔ]tes?\b", re.IGNORECASE)
"""A host in French; without the accent it is a family name of India."""

TEAMS = shapes(house_words.TEAMS)
MEETINGS = TEAMS | shapes(house_words.MEETINGS)
FILLERS = MEETINGS | shapes(house_words.FILLERS)
LEADERS = shapes(house_words.LEADERS)
_RESERVED = LEADERS | shapes(house_words.OTHERS)
_ALONE = shapes(house_words.ALONE)
_EXACT = _ALONE | shapes(house_words.EXACT)
MAKERS = TEAMS | _EXACT
_SLIPS = Slips(_RESERVED)
_ARTICLES = shapes(house_words.ARTICLES)


def _one_of(words: str, spaced: bool) -> str:
    """A pattern of such words, of scripts with spaces or without."""
    kept = shapes(" ".join(word for word in words.split() if is_spaced(word) == spaced))
    return f"(?:{'|'.join(map(re.escape, sorted(kept, key=len, reverse=True)))})"


_OF = _one_of(f"the {house_words.TEAMS} {house_words.MEETINGS}", True)
_WHO = _one_of(f"{house_words.LEADERS} {house_words.OTHERS}", True)
_AROUND = _one_of(f"{house_words.TEAMS} {house_words.MEETINGS} {house_words.FILLERS}", False)
_WITHIN = _one_of(f"{house_words.LEADERS} {house_words.OTHERS}", False)
_AT_ENDS = _one_of(house_words.GLUED_TO_NAMES, False)

_GLUED = re.compile(f"{_OF}{_WHO}|{_WHO}{_OF}|{_AROUND}*(?:{_WITHIN}{_AROUND}*)+")
"""Its words written together with what they are of: a webinarhost, 本次会议的主持人."""

_AT_AN_END = re.compile(f"{_AT_ENDS}.+|.+{_AT_ENDS}")
"""Beginning or ending what somebody is called, where there are no spaces."""
