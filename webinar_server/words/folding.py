"""Folding: text as it is searched for, without accents, apostrophes, case and the letters few keyboards have.

"zoe" is Zoë, "lukasz" Łukasz, "o'brien" O’Brien, "jan willem" Jan-Willem. The pages fold alike
(`static/app/lib/words.js`; a test compares them).
"""

from __future__ import annotations

import re
import unicodedata

_GONE = re.compile("['’‘ʼ`´]")
_APART = re.compile(
    "[\\s\\-\u058a\u05be\u1400\u1806\u2010-\u2015\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u301c\u3030\ufe58]+"
)
"""White space, and dashes of every script."""
_TYPED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
    | {"ħ": "h", "ŧ": "t", "ŋ": "n"}
)
"""Letters that are no other letter with a mark, as those type them who have no such key."""


def folded(text: str) -> str:
    """The words of a text as they are looked for, one space between them."""
    plain = text.lower() if text.isascii() else _without_marks(text)
    return _APART.sub(" ", _GONE.sub("", plain).translate(_TYPED)).strip()


def _without_marks(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).lower()
    return "".join(letter for letter in plain if unicodedata.category(letter)[0] != "M")
