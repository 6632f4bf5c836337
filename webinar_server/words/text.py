"""What people may write: taken as they meant it, or refused with the place and words that would be taken.

1. White space of any kind is a space, or a line break where lines are meant; what is invisible and does
   nothing goes: soft hyphens, zero-width spaces, control characters, selectors and joiners that join nothing.
   That comes along when people paste, and nobody misses it.
2. What deceives is refused, and so is what cannot be shown: characters that reverse the direction of reading,
   invisible letters, towers of marks, private characters (UTR 36, UTS 55; Trojan Source, Boucher & Anderson
   2021), and on somebody's card what could be taken for a mark of the organisers (seals.py). The refusal
   names it and its place, and suggests the text without it.
3. What is taken is NFC (UAX #15) and trimmed, and cleaning it again changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from webinar_server.errors import Refusal
from webinar_server.words import invisible
from webinar_server.words.seals import SEALS

MAX_MARKS = 5
"""Combining marks in a row; more is drawing, not writing (Burmese needs five, Thai and Vietnamese fewer)."""

ORDERED_MAX = 30
"""Marks in a row that are put in order; no writing needs more (UAX #15, Stream-Safe Text Format)."""

PLACES_MAX = 10
"""Places told of one text; the suggestion is without all of them."""

RAW_TIMES = 4
"""How many times its limit a text may be long before what goes silently has gone."""

_SPACES = re.compile(r" {2,}")
LINES_MAX = 20
"""Lines of a text: on everybody's screen they take room that others' words have."""

_LINES = re.compile(r"\n{3,}")

_REVERSING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSHOWN = re.compile("[\ud800-\uf8ff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\U000f0000-\U0010ffff]")
_HIDING = re.compile("[\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]")
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e007a]{2,8}\U000e007f")
"""The flags of England, Scotland and Wales are a black flag and invisible letters."""


class Fault(NamedTuple):
    """A kind of characters that is refused, in words, and where in the text they stand."""

    code: str
    does: str
    places: list[int]


class Manner(NamedTuple):
    """How a text is meant: with line breaks, on somebody's card."""

    lines: bool
    card: bool


def clean(
    text: str, noun: str, limit: int, *, lines: bool = False, card: bool = False, field: str = "text"
) -> str:
    """The text as it is kept; `lines` keeps line breaks. `limit` is in code points of what is kept.

    Raises Refusal `NOUN.too_long`, `.too_many_lines`, `.empty`, or with a suggestion `.bidi`, `.invisible`,
    `.control` (what cannot be shown), `.zalgo`, and for a `card` `.seal`; `field` is the argument the text
    came in, for the asker. On a card nothing steers the direction of reading.
    """
    manner = Manner(lines, card)
    _refuse_long(text, noun, limit, limit * RAW_TIMES, field)
    plain = _plain(text, manner)
    fault = None if plain.isascii() else _fault(plain, manner)
    if fault is not None:
        raise _refusal(text, plain, fault, manner, noun, limit, field)
    _refuse_long(plain, noun, limit, limit, field)
    if plain.count("\n") >= LINES_MAX:
        raise Refusal(f"{noun}.too_many_lines", f"At most {LINES_MAX} lines, please.", field=field)
    if not _is_readable(plain):
        raise Refusal(f"{noun}.empty", "Nothing to read in it: please write something.", field=field)
    return plain


def clean_or_empty(text: str, noun: str, limit: int, *, card: bool = False, field: str = "text") -> str:
    """As `clean`, where leaving it empty is allowed."""
    return clean(text, noun, limit, card=card, field=field) if is_filled(text) else ""


def _plain(text: str, manner: Manner) -> str:
    """Without what nobody sees or misses, white space folded, NFC."""
    spaced = invisible.spaced(text, manner.lines)
    if not spaced.isascii():
        # each may bring about something for the other
        before = None
        while spaced != before:
            before, spaced = spaced, invisible.without_idle(composed(spaced), manner.card)
    if "  " in spaced or "\n" in spaced:
        spaced = _LINES.sub("\n\n", _SPACES.sub(" ", spaced))
    return spaced.strip()


def composed(text: str) -> str:
    """NFC; a high tower stays as it is, to be refused: to order its marks takes the square of its height."""
    is_tower = invisible.longest_to_order(text) > ORDERED_MAX
    return text if is_tower else unicodedata.normalize("NFC", text)


def is_filled(text: str) -> bool:
    """Whether anything is left of it once what nobody sees has gone."""
    return bool(invisible.spaced(text, lines=False).strip())


def _is_readable(text: str) -> bool:
    """Whether there is a letter, digit or sign in it, of those to come as well (unassigned as yet)."""
    if text[:1].isalnum():
        return True
    kinds = map(unicodedata.category, text)
    return any(kind[0] in "LNPS" or kind == "Cn" for kind in kinds)


def _fault(text: str, manner: Manner) -> Fault | None:
    """The first kind of characters that are not taken, if there are any."""
    faults = (
        Fault("bidi", "reverses the direction of reading", _reversing(text)),
        Fault("invisible", "is an invisible letter", _at(_HIDING, _FLAG.sub(_blank, text))),
        Fault("control", "cannot be shown", _at(_UNSHOWN, text)),
        Fault("zalgo", "stands in a tower of marks on one letter", _stacked(text)),
        Fault("seal", "could be taken for a mark of the organisers", _at(SEALS, text) if manner.card else []),
    )
    return next((fault for fault in faults if fault.places), None)


def _refusal(
    text: str, plain: str, fault: Fault, manner: Manner, noun: str, limit: int, field: str
) -> Refusal:
    typed, suggestion = _fault(text, manner), _without_faults(plain, manner)
    if typed is not None and typed.code == fault.code:
        # where it stands in what was typed, which the asker sees
        fault = typed
    place = fault.places[0]
    name = _name(text[place])
    return Refusal(
        f"{noun}.{fault.code}",
        f"Character {place + 1} ({name}) {fault.does}; leave it out, or take the suggestion.",
        field=field,
        places=tuple(fault.places[:PLACES_MAX]),
        suggestion=suggestion if _is_readable(suggestion) and len(suggestion) <= limit else "",
    )


def _without_faults(text: str, manner: Manner) -> str:
    fault = _fault(text, manner)
    while fault is not None:
        gone = set(fault.places)
        text = _plain("".join(c for place, c in enumerate(text) if place not in gone), manner)
        fault = _fault(text, manner)
    return text


def _name(character: str) -> str:
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "").lower()
    return f"{name}, {code}" if name else code


def _at(pattern: re.Pattern[str], text: str) -> list[int]:
    return [match.start() for match in pattern.finditer(text)]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _reversing(text: str) -> list[int]:
    """Overrides, embeddings, and isolates that are not closed on their line."""
    found = _at(_REVERSING, text)
    closed = invisible.isolates(text) if found else set()
    return [place for place in found if place not in closed]


def _stacked(text: str) -> list[int]:
    """The marks of every letter that has too many, counted as NFD has them."""
    rows = [range(*row) for row in invisible.rows_of_marks(text)]
    return [place for row in rows if _is_tower(text[max(0, row[0] - 1) : row[-1] + 1], row) for place in row]


def _is_tower(letter: str, row: range) -> bool:
    return len(row) > MAX_MARKS or _marks(letter) > MAX_MARKS


def _marks(text: str) -> int:
    return sum(map(invisible.is_mark, unicodedata.normalize("NFD", text)))


def _refuse_long(text: str, noun: str, limit: int, most: int, field: str) -> None:
    if len(text) > most:
        raise Refusal(f"{noun}.too_long", f"At most {limit} characters; this is {len(text)}.", field=field)
