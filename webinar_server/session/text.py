"""What people may write. Refused with the reason before anything is normalised; nothing is changed silently.

Order of the checks: size, then characters that hide or reorder text, then stacked marks, and only then
NFC and trimming (Unicode TR36 and UAX #15; Trojan Source, Boucher & Anderson 2021, for the bidi controls).
"""

import re
import unicodedata
from urllib.parse import urlsplit

from webinar_server.errors import Refusal

MAX_MARKS = 5
"""Combining marks in a row; more is drawing, not writing (Burmese needs five, Thai and Vietnamese fewer)."""

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# the fillers among them are letters to Unicode and nothing on screen: a name of them would look empty
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BRAILLE_BLANK = "\u2800"
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")
_WEB = re.compile(r"https?://[^\s<>\"'`\\]{3,}", re.IGNORECASE)
# a zero-width joiner belongs between emoji or in scripts that need it, not beside Latin, Greek or Cyrillic
_PLAIN = "[A-Za-z0-9\u00c0-\u058f]"
_JOINED_PLAIN = re.compile(f"{_PLAIN}[\u200c\u200d]|[\u200c\u200d]{_PLAIN}")


_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e007a]{2,8}\U000e007f")
"""The flags of England, Scotland and Wales are a black flag and invisible letters."""

_DIRECTION = re.compile("[\u061c\u200e\u200f]")
"""Marks that a text of right-to-left letters may need, and no other."""


def clean(text: str, noun: str, limit: int, *, lines: bool = False) -> str:
    """The text as it is kept: NFC, trimmed, runs of spaces folded; `lines` keeps line breaks.

    Raises Refusal `NOUN.too_long`, `.control`, `.bidi`, `.invisible`, `.zalgo` or `.empty`. `limit` is in
    code points.
    """
    _refuse_long(text, noun, limit)
    _refuse_control(text, noun, lines)
    if not text.isascii():
        # nothing in ASCII hides, reverses or stacks, and all of it is NFC
        _refuse_hidden(text, noun)
        _refuse_stacked(text, noun)
    kept = unicodedata.normalize("NFC", text)
    kept = _LINES.sub("\n\n", _SPACES.sub(" ", kept)).strip()
    _refuse_long(kept, noun, limit)  # NFC makes a few letters longer
    if not any(unicodedata.category(c)[0] in "LNPS" and c != _BRAILLE_BLANK for c in kept):
        raise Refusal(f"{noun}.empty", "Nothing to read in it: please write something.")
    return kept


def clean_or_empty(text: str, noun: str, limit: int) -> str:
    """As `clean`, where leaving it empty is allowed."""
    return clean(text, noun, limit) if text.strip() else ""


def clean_link(link: str, noun: str) -> str:
    """A web address (http or https) or the empty string. Raises Refusal `NOUN.link`."""
    if not link.strip():
        return ""
    link = clean(link, noun, 300)
    host = _host(link)
    # a name before an @ is there to look like another site
    if "@" in host or not any(character.isalnum() for character in host):
        raise Refusal(f"{noun}.link", "A link starts with https:// or http:// and has no spaces or quotes.")
    return link


def _host(link: str) -> str:
    try:
        return urlsplit(link).netloc if _WEB.fullmatch(link) else ""
    except ValueError:
        return ""


def _refuse_long(text: str, noun: str, limit: int) -> None:
    if len(text) > limit:
        raise Refusal(f"{noun}.too_long", f"At most {limit} characters; this is {len(text)}.")


def _refuse_control(text: str, noun: str, lines: bool) -> None:
    if _CONTROL.search(text) or (not lines and "\n" in text):
        raise Refusal(f"{noun}.control", "It holds control characters; please type it again.")


def _refuse_hidden(text: str, noun: str) -> None:
    if _BIDI.search(text):
        raise Refusal(f"{noun}.bidi", "It holds characters that reverse the reading direction.")
    text = _FLAG.sub("", text)
    letters = _DIRECTION.sub("", text)
    lost = letters != text and not any(unicodedata.bidirectional(c) in ("R", "AL") for c in letters)
    if lost or _INVISIBLE.search(text) or _JOINED_PLAIN.search(text):
        raise Refusal(f"{noun}.invisible", "It holds invisible characters; please type it again.")


def _refuse_stacked(text: str, noun: str) -> None:
    row = 0
    for character in unicodedata.normalize("NFD", text):
        # by category and not by combining class, which is 0 for the towers built of Thai marks and selectors
        row = row + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if row > MAX_MARKS:
            raise Refusal(f"{noun}.zalgo", "It stacks too many marks on one letter.")
