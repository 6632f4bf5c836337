"""Characters that nobody sees: which are white space, which do something where they stand, which are idle."""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# two fillers and the Braille blank have the width of a letter, and nothing in it
_BLANKS = re.compile("[^\\S\n]|[\u3164\uffa0\u2800]")
_IDLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065"
    "\u206a-\u206f\ufeff\ufff0-\ufff8\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
_JOINERS = re.compile("[\u200c\u200d]+")
_SELECTORS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_OF_MONGOLIAN = "\u180b\u180c\u180d\u180f"
# all characters of class 0 of which NFD makes marks that are put in order
_SPLIT_IN_MARKS = "\u0f73\u0f75\u0f81"
_MARKS_OF_DIRECTION = re.compile("[\u061c\u200e\u200f]")
_DIRECTING = re.compile("[\u061c\u200e\u200f\u2066-\u2069]")
_OPENS, _CLOSES = "\u2066\u2067\u2068", "\u2069"

_TAGS = frozenset(map(chr, range(0xE0020, 0xE0080)))

_PLAIN = re.compile("[A-Za-z0-9\u00c0-\u058f\u1e00-\u1fff]")
"""Letters that are never joined by a sign: Latin, Greek, Cyrillic, Armenian."""


def spaced(text: str, lines: bool) -> str:
    """With every kind of white space as a space, or a line break where lines are meant, and the idle gone."""
    if text.isascii() and text.isprintable():
        # most of what people write, and nothing of it is to go
        return text
    return _IDLE.sub("", _BLANKS.sub(" ", _BREAKS.sub("\n" if lines else " ", text)))


def without_idle(text: str, card: bool) -> str:
    """Without joiners, selectors, marks of direction and closed isolates where they do nothing; on a card,
    which is written in one direction, the latter never do."""
    text = _SELECTORS.sub(_selector, text)
    text = _JOINERS.sub(_joiner, text)
    if _DIRECTING.search(text) and (card or not _has_right_to_left(text)):
        closed = isolates(text)
        text = "".join(character for place, character in enumerate(text) if place not in closed)
        text = _MARKS_OF_DIRECTION.sub("", text)
    return text


def isolates(text: str) -> set[int]:
    """Where isolates open and close that are closed on their line, each by its own end."""
    found: set[int] = set()
    open_at: list[int] = []
    for place, character in enumerate(text):
        if character == "\n":
            open_at = []
        elif character in _OPENS:
            open_at.append(place)
        elif character == _CLOSES and open_at:
            found |= {open_at.pop(), place}
    return found


def longest_to_order(text: str) -> int:
    """How many marks in a row are the most that normalising would put in order, in time with their square."""
    longest = row = 0
    for character in text:
        is_ordered = unicodedata.combining(character) or character in _SPLIT_IN_MARKS
        row = row + 1 if is_ordered else 0
        longest = max(longest, row)
    return longest


def rows_of_marks(text: str) -> list[tuple[int, int]]:
    """From and to of each row of marks."""
    found: list[tuple[int, int]] = []
    for place, character in enumerate(text):
        if is_mark(character):
            begins = place if not found or found[-1][1] != place else found.pop()[0]
            found.append((begins, place + 1))
    return found


def is_mark(character: str) -> bool:
    """By category and not by combining class, which is 0 for towers of Thai marks and of selectors."""
    return unicodedata.category(character) in ("Mn", "Me") or unicodedata.combining(character) > 0


def is_selector(character: str) -> bool:
    """Whether it chooses among the forms of what stands before it, and is nothing itself."""
    return bool(_SELECTORS.fullmatch(character))


def _has_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def _selector(match: re.Match[str]) -> str:
    """One is kept, behind a character that has a form to select."""
    selector, before = match[0][0], match.string[max(0, match.start() - 1) : match.start()]
    return selector if before and _has_forms(before, selector) else ""


def _has_forms(character: str, selector: str) -> bool:
    """Signs have one for text and one as emoji; ideographs and letters of a few scripts have variants."""
    if selector in "\ufe0e\ufe0f":
        return _is_sign(character) or character in "#*0123456789\u203c\u2049\u2139\u3030"
    if selector in _OF_MONGOLIAN:
        return unicodedata.name(character, "").startswith("MONGOLIAN")
    return unicodedata.category(character) in ("Lo", "Sm")


def _is_sign(character: str) -> bool:
    # emoji of a newer Unicode are unassigned here
    return unicodedata.category(character) in ("So", "Sm", "Cn")


def _joiner(match: re.Match[str]) -> str:
    """One is kept between emoji, and in scripts that need it."""
    before, behind = _letter_before(match.string, match.start()), match.string[match.end() : match.end() + 1]
    if not before or _PLAIN.match(before) or _PLAIN.match(behind):
        return ""
    between_signs = unicodedata.category(before) in ("So", "Sk", "Cn") and behind and _is_sign(behind)
    return match[0][0] if before.isalpha() or between_signs else ""


def _letter_before(text: str, place: int) -> str:
    """The letter or sign that stands before a place; its marks, selectors and tags are passed over."""
    while place and (unicodedata.category(text[place - 1])[0] == "M" or text[place - 1] in _TAGS):
        place -= 1
    return text[max(0, place - 1) : place]
