"""Addresses of the web that people give: taken where they tell the reader where they lead, else refused.

A site by a number, or this machine's own, says not whose it is, and is another one for every reader; a name
in letters that look like others (apple.com with a Cyrillic a) says that it is somebody else's. Pages show
such names as browsers know them, in ASCII; on a card, and on a stage, they are not taken. Where an organiser
shows a video from is theirs to say. A personal link of ours is nobody's to show, whatever the site is called.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from webinar_server.errors import Refusal
from webinar_server.words.readings import script_of, skeleton
from webinar_server.words.text import clean, is_filled

LINK_MAX = 300

_WEB = re.compile(r"https?://[^\s<>\"'`\\]{3,}", re.IGNORECASE)

_SITE = re.compile(r"[\w.-]+(:\d+)?|\[[0-9a-f:.]+\](:\d+)?", re.IGNORECASE)
"""A site: letters, digits and dots, and a port. A name before an @, or what looks like a slash, deceives."""

_NUMBER = re.compile(r"\[.*|(.*\.)?(0x[0-9a-f]*|\d+)\.?", re.IGNORECASE)
"""A site that browsers read as a number: in brackets, or its last word is one (WHATWG URL)."""

_OWN = re.compile(
    r"(.*\.)?(localhost|local|localdomain|internal|intranet|private|corp|home|lan|home\.arpa)\.?|[^.]*\.?",
    re.IGNORECASE,
)
"""Names that each network answers as it likes (RFC 6762, appendix G), and those of a single word."""

_NUMBERED = re.compile(
    r"(.*[.-])?\d{1,3}([.-]\d{1,3}){3}\..*"
    r"|(.*\.)?(nip\.io|sslip\.io|xip\.io|localtest\.me|lvh\.me)\.?",
    re.IGNORECASE,
)
"""Names made of a number; sites that lead to whatever number a name holds, or to the reader's machine."""

PAGES = ("host", "mission", "organise", "session", "stage")
"""The first words of the paths of pages that personal links open."""

_PERSONAL = re.compile(rf"[^?#]*/({'|'.join(PAGES)})/[^/?#]+/?(\?[^#]*)?#.+")
"""A page of ours with a token behind it."""

_WORD_MAX = 63
"""Letters of one word of a site's name (RFC 1035)."""

_LATIN_OF_THEIR_OWN = "æœøłđðþŋħə"
"""Latin letters that are no plain one with a mark, and that nobody reads as one; ı, ɡ and ß they do."""

_TOGETHER = frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO"})
"""Scripts that are written in one word: Latin beside those of Chinese, Japanese and Korean."""


def clean_link(link: str, noun: str, *, field: str = "link", named: bool = False) -> str:
    """A web address (http or https) or the empty string; `named` where its site is to have a name that is no
    disguise.

    Raises Refusal `NOUN.link`, `NOUN.link_personal`, and where it is to be named `NOUN.link_hides`.
    """
    if not is_filled(link):
        return ""
    try:
        link = clean(link, noun, LINK_MAX, field=field)
    except Refusal as refusal:
        if not _is_web(refusal.suggestion) or (named and hides(refusal.suggestion)):
            refusal.suggestion = ""
        raise
    if not _is_web(link):
        text = "A link starts with https:// or http:// and has no spaces or quotes."
        raise Refusal(f"{noun}.link", text, field=field)
    if _PERSONAL.fullmatch(link):
        raise personal(noun, field)
    if named and hides(link):
        text = (
            "This address hides where it leads; please give a site by its name, in plain letters of a script."
        )
        raise Refusal(f"{noun}.link_hides", text, field=field)
    return link


def personal(noun: str, field: str) -> Refusal:
    """Of an address that would let everybody in as somebody."""
    text = "This is somebody's personal link; please give the address without the # and what follows it."
    return Refusal(f"{noun}.link_personal", text, field=field)


def hides(link: str) -> bool:
    """Whether a web address leads to a number, to each reader's own network, or by look-alike letters."""
    # what browsers read as plain letters and dots is that
    name = re.sub(r":\d*$", "", unicodedata.normalize("NFKC", _site(link)))
    is_own = any(kind.fullmatch(name) for kind in (_NUMBER, _OWN, _NUMBERED))
    words = map(_in_letters, name.lower().removesuffix(".").split("."))
    return is_own or any(map(_is_disguised, words))


def _in_letters(word: str) -> str:
    """A word of a site's name as it was before browsers wrote it in ASCII; empty if it never was."""
    try:
        return word[4:].encode().decode("punycode") if word.startswith("xn--") else word
    except UnicodeError:
        return ""


def _is_disguised(word: str) -> bool:
    if word.isascii():
        return not word
    if any(map(_is_odd_latin, word)):
        return True
    scripts = set(map(script_of, filter(str.isalpha, word)))
    if len(scripts) > 1 and not scripts <= _TOGETHER:
        return True
    return bool(scripts) and scripts.isdisjoint(_TOGETHER) and skeleton(word).isascii()


def _is_odd_latin(letter: str) -> bool:
    if letter.isascii() or script_of(letter) != "LATIN" or letter in _LATIN_OF_THEIR_OWN:
        return False
    return not unicodedata.normalize("NFD", letter)[0].isascii()


def _is_web(link: str) -> bool:
    site = _site(link)
    words = re.sub(r":\d*$", "", site).removesuffix(".").split(".")
    if not all(0 < len(word) <= _WORD_MAX for word in words):
        return False
    letters = "".join(character for character in site if unicodedata.category(character)[0] != "M")
    return bool(_SITE.fullmatch(letters)) and any(map(str.isalnum, site))


def _site(link: str) -> str:
    try:
        parts = urlsplit(link)
        # a port that there is none of is an error
        return parts.netloc if _WEB.fullmatch(link) and parts.port != 0 else ""
    except ValueError:
        return ""
