"""Disguises by chance: no name that is taken reads as a word of the house, whatever it is made of."""

from __future__ import annotations

import unicodedata
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webinar_server.errors import Refusal
from webinar_server.session.imitation import refuse_reserved
from webinar_server.words import house_words
from webinar_server.words.cards import clean_name
from webinar_server.words.confusables import PROTOTYPES

WORDS = sorted({*house_words.LEADERS.split(), *house_words.OTHERS.split()})
PLAIN = [word for word in WORDS if word.isascii()]

LIKE: dict[str, list[str]] = defaultdict(list)
for _code, _letter in PROTOTYPES.items():
    if len(_letter) == 1 and _letter.isascii() and _letter.isalpha():
        LIKE[_letter.casefold()].append(chr(_code))
for _code in range(0x10FFFF):
    _plain = unicodedata.normalize("NFKD", chr(_code)).casefold()
    if len(_plain) == 1 and _plain.isascii() and _plain.isalpha():
        LIKE[_plain].append(chr(_code))

MARKS = [
    "",
    "\u0332",
    "\u0333",
    "\u0336",
    "\u0338",
    "\u035f",
    "\u0301",
    "\u0323",
    "\u20dd",
    "\u0489",
    "\u180b",
    "\ufe0f",
]
NOTHINGS = [
    "",
    "\u200b",
    "\u061c",
    "\u200e",
    "\u00ad",
    "\u2060",
    "\u034f",
    "\u180e",
    "\U0001bca0",
    "_",
    ".",
    "-",
    " ",
]
AROUND = [
    "{}",
    "{} 1",
    "({})",
    "Anna ({})",
    "Anna – {}",
    "{} | Anna",
    "~{}~",
    "Dr. {}",
    "{} PhD",
    "Anna {}",
    "{}²",
    "_{}_",
]


def skeleton(name: str) -> str:
    """By other means than the package's: only what is drawn alike, joined."""
    letters = (c for c in unicodedata.normalize("NFKD", name) if c.isalpha())
    return "".join(PROTOTYPES.get(ord(c), c) for c in letters).casefold().replace("l", "i")


HOUSE = {skeleton(word) for word in WORDS}


def is_taken(name: str) -> bool:
    try:
        refuse_reserved("attendee", clean_name(name), "")
    except Refusal:
        return False
    return True


@st.composite
def disguised(draw: st.DrawFn) -> str:
    """A word of the house, each letter as it is, or like it; marks on them and nothings between."""
    word = draw(st.sampled_from(PLAIN))
    nothing, mark = draw(st.sampled_from(NOTHINGS)), draw(st.sampled_from(MARKS))
    letters = [draw(st.sampled_from([letter, letter.upper(), *LIKE[letter]])) + mark for letter in word]
    return draw(st.sampled_from(AROUND)).format(nothing.join(letters))


@given(disguised())
@settings(max_examples=400)
def test_no_disguise_of_a_word_of_the_house_is_taken(name: str) -> None:
    assert not is_taken(name), ascii(name)


@given(st.text(max_size=12) | st.text(alphabet="hostHOST0$ħøşţнοѕтʜᴏsᴛ_. \u0332\u061c", max_size=9))
@settings(max_examples=400)
def test_no_name_that_is_taken_reads_as_a_word_of_the_house(name: str) -> None:
    assert not is_taken(name) or skeleton(clean_name(name)) not in HOUSE, ascii(name)


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_house_is_refused_as_it_is(word: str) -> None:
    for name in (word, word.upper(), word.title(), f"Anna ({word})", f"{word} 1"):
        assert not is_taken(name)
