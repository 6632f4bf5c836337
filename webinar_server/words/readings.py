"""Readings: the words of a name in each way that somebody may read it. Pure, and cached by name.

A word is read as a skeleton after UTS #39 (Unicode's confusables), without marks, signs and numbers: as it
stands, in small letters, with signs or digits as letters, with digits glued on left off. Where i, l, I, 1
and | could be each other, each of them is `EITHER`; where a letter of another script stands in a word of
Latin, Greek or Cyrillic letters, it is `ANY` letter, or none.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from string import ascii_lowercase

from webinar_server.words.confusables import PROTOTYPES
from webinar_server.words.invisible import is_selector
from webinar_server.words.kept import kept_by_words

CACHED = 1024
"""Names of which the readings are kept: of those who come in together, and of who leads the sessions."""

ANY = "\ue000"
"""A letter that could be any; a private character, which no name has (text.py)."""

EITHER = "\u0131"
"""A small i or l within a word. The skeleton of a dotless i is i, so it is free for this."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SPELLED = re.compile(r"\b\w(?: \w\b){2,}")
_GLUED_ON = re.compile(r"\b\d+|\d+\b")
_DIGITS = re.compile(r"\d+")
_WITHIN = re.compile(
    r"(?<=\w)[-_.,:;*+~=/\\^`#%&\u00b7\u2010-\u2015\u2022\u2027]+(?=\w)|(?<=[^\W_])_+(?=[^\W_])"
)
"""Signs between letters; those that are drawn like one are none."""

_STRETCHING = re.compile("[\u0640\u07fa\u0883-\u0885\u1807\u180a\u1843]")
"""What only makes a word longer: Unicode's letters that join and are none themselves (Joining_Type=C), and
the Mongolian signs of a syllable's end and of a long vowel. Katakana's is left: ローラ is not ロラ."""

_UPRIGHT = re.compile(r"\b[l1](?=\w)")
_BARS = str.maketrans("l1|", "III")
_ONE_SHAPE = str.maketrans({"I": "l", "1": "l", "0": "o"})
_AS_LETTERS = str.maketrans("034578", "oeastb")
_OF_FLAGS = {0x1F1E6 + place: letter for place, letter in enumerate(ascii_lowercase)}
# drawn close together they are one letter
_PAIRS = (("rn", "m"), ("vv", "w"))
_CASED = ("LATIN", "GREEK", "CYRILLIC")


@kept_by_words(CACHED)
def readings(name: str) -> frozenset[tuple[str, ...]]:
    """The words of a name, as skeletons, in every way to read it."""
    texts = set(_ways(name))
    texts |= {_GLUED_ON.sub(" ", text) for text in texts}
    return frozenset(words for text in texts for words in _shapes(text) if words)


def skeleton(word: str) -> str:
    """What a word of letters and digits looks like, whatever its case and script."""
    # mapped, what was capital may be a capital still; a letter folded may be one that looks like another
    return _drawn(word.translate(PROTOTYPES).translate(_ONE_SHAPE).casefold())


def upright(word: str) -> str:
    """For words that no honest name is one letter away from, i is l wherever it stands."""
    return word.replace("i", "l").replace(EITHER, "l")


def shapes(words: str) -> frozenset[str]:
    """Such words, as they are compared."""
    plain = [_bare(unicodedata.normalize("NFKD", word)) for word in words.split()]
    # a Greek s ends a word in a shape of its own, and not where it is written in capitals
    return frozenset(upright(skeleton(each)) for word in plain for each in (word, word.casefold()))


def pattern(form: str) -> re.Pattern[str]:
    """What a form could be in which a letter could be any."""
    # r and n beside a letter that is read as the other are drawn as one letter in the other name
    either = form.replace(f"{ANY}n", "(?:.n|m)").replace(f"r{ANY}", "(?:r.|m)")
    return re.compile(either.replace(ANY, "."))


def is_letter(character: str) -> bool:
    """Whether it is one to write names with; a click, a raised letter or a modifier passes for a sign."""
    kind = unicodedata.category(character)
    signs = {"Lm": ("MODIFIER", "LATIN"), "Lo": ("LATIN", "FEMININE", "MASCULINE")}.get(kind, ())
    return kind[0] == "L" and script_of(character) not in signs and not _STRETCHING.match(character)


def is_spaced(word: str) -> bool:
    """Whether it is of a script that has spaces between words, as Chinese, Japanese and Korean may not."""
    return script_of(word[0]) not in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")


def is_unassigned(character: str) -> bool:
    """Whether a newer Unicode may have a letter here; among the emoji it has none."""
    return unicodedata.category(character) == "Cn" and not "\U0001f000" <= character <= "\U0001fbff"


def _drawn(shape: str) -> str:
    for pair, one in _PAIRS:
        shape = shape.replace(pair, one)
    return shape


def _ways(name: str) -> Iterator[str]:
    """Texts of letters, digits and spaces that a name may stand for."""
    whole = _unstretched(unicodedata.normalize("NFKD", name))
    plain = _bare(whole)
    yield plain
    yield _bare(_drawn(whole.translate(PROTOTYPES)))
    if (together := _WITHIN.sub("", whole)) != whole:
        yield _bare(together)
    if _DIGITS.search(plain):
        yield plain.translate(_AS_LETTERS)
        yield _DIGITS.sub(" ", plain)
    if not name.isascii():
        words = plain.split()
        name = _unstretched(name)
        yield _bare(unicodedata.normalize("NFKD", _raised_apart(name)))
        yield _bare(unicodedata.normalize("NFKD", "".join(map(_or_space, name))))
        yield " ".join(_without_foreign(word, ANY) for word in words)
        yield " ".join(_without_foreign(word, "") for word in words)
    if (capitals := plain.translate(_BARS)).isupper():
        # among capitals an l or a 1 is an I
        yield capitals.casefold()


def _unstretched(text: str) -> str:
    return _STRETCHING.sub("", text)


def _raised_apart(name: str) -> str:
    """With raised letters, and those of flags, as words of their own: Pietᴴᴼˢᵀ."""
    runs = ((raised, "".join(run)) for raised, run in groupby(name, _is_raised))
    return "".join(f" {_lowered(run)} " if raised else run for raised, run in runs)


def _is_raised(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff" or unicodedata.decomposition(character)[:4] in (
        "<sup",
        "<sub",
    )


def _lowered(run: str) -> str:
    return unicodedata.normalize("NFKD", run.translate(_OF_FLAGS)).casefold()


def _shapes(text: str) -> Iterator[tuple[str, ...]]:
    """Skeletons of the words of a text: each as it stands, in small letters, and with i and l as one."""
    words = _split(text)
    small = tuple(skeleton(word.casefold()) for word in words)
    yield tuple(map(skeleton, words))
    yield small
    yield tuple(map(_leaned, small))
    if _CAMEL.search(text):
        yield tuple(_leaned(skeleton(word)) for word in _split(text.casefold()))
    if (upright := _UPRIGHT.sub("i", text)) != text:
        yield tuple(_leaned(skeleton(word.casefold())) for word in _split(upright))


def _split(text: str) -> list[str]:
    apart = _SPELLED.sub(lambda letters: letters[0].replace(" ", ""), _CAMEL.sub(" ", text))
    return [word for word in apart.split() if not word.isdecimal()]


def _leaned(shape: str) -> str:
    """With i and l as one; but not where a word begins, where they are capitals: Lise is not Ilse."""
    return shape[:1] + shape[1:].replace("i", EITHER).replace("l", EITHER)


def _or_space(character: str) -> str:
    """Letters and marks as they are; a number, a trademark or a click beside them is a sign, and goes."""
    kept = unicodedata.category(character)[0] == "M" or character in "'\u2019\u02bc" or is_letter(character)
    return character if kept else " "


def _without_foreign(word: str, instead: str) -> str:
    """With something else for the letters of other scripts than the one the word is written in."""
    scripts = Counter(map(script_of, filter(str.isalpha, word)))
    own = max(_CASED, key=lambda script: scripts[script])
    if scripts[own] * 2 < scripts.total():
        return word
    return "".join(instead if c.isalpha() and script_of(c) != own else c for c in word)


def script_of(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


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
    is_vowel = not (unicodedata.combining(mark) or unicodedata.category(mark) == "Me" or is_selector(mark))
    return mark if is_vowel and before and unicodedata.category(before[-1]) in ("Lo", "Mc", "Mn") else ""
