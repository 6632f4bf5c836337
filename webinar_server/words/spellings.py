"""Spellings: one person's name as people of the Low Countries, Germany and the North write it. Pure.

"Piet v.d. Meijden" is Piet van der Meyden, and Joerg Muesken is Jörg Müsken. Some of them are two people, so
whoever is called so is marked, and comes in.
"""

import re
import unicodedata

from webinar_server.words.kept import kept_by_words
from webinar_server.words.readings import CACHED

_IN_TWO = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "œ": "oe", "ÿ": "y"}
)
_OF = (
    (re.compile(r"\bv(?:an)?[ ./]{0,2}d(?:e[nr]?)?\b\.?"), " van de "),
    (re.compile(r"\bv(?:an)?[ ./]{0,2}(?:['\u2018\u2019`]t|t|het|h)\b\.?"), " van het "),
    (re.compile(r"(?<=\w[ .])v\b\.? ?(?=\w{2})"), " van "),
)
"""What stands before many a Dutch family's name, with its short forms."""


@kept_by_words(CACHED)
def in_one_way(name: str) -> str:
    """The name, spelled as all are that may be the same."""
    spelled = unicodedata.normalize("NFC", name).casefold().replace("\u0133", "ij").translate(_IN_TWO)
    for written, whole in _OF:
        spelled = written.sub(whole, spelled)
    return " ".join(spelled.replace("ij", "y").split())
