"""Claims: words by which somebody says that they lead this session, or are of those who do. Pure, cached.

Said of this session, or of none: "Host", "your moderator today", "organising this webinar". Who says whom
else they host or moderate tells what they do: "We host charging sites", "Moderator of forums for cities".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from webinar_server.errors import Refusal
from webinar_server.session.roles import LEADING
from webinar_server.state import Role
from webinar_server.words import house_words
from webinar_server.words.house import FILLERS, LEADERS, MEETINGS, is_house
from webinar_server.words.kept import kept_by_words
from webinar_server.words.names import holds
from webinar_server.words.readings import CACHED, readings, shapes, upright

_ENDS = re.compile(
    r"[][(){}<>«»|¦·•‧∙⋅・【】「」『』.!?:;。！？：；…\n]+|\s[-–—/~*=+_]+(?=\s|$)|^[-–—/~*=+_]+\s"
)
_COMMAS = re.compile("[,،、，]+")

_HERE = shapes(house_words.HERE)
_YOURS = _HERE | shapes(house_words.YOURS)
_SPOKEN = FILLERS | _YOURS | shapes(house_words.SPOKEN)
_DEFINITE = _HERE | shapes(house_words.DEFINITE)
_BEING = shapes(house_words.BEING)
_HOTES = shapes("hote hotes")
"""No word of names (words/house.py), but of sentences."""

_CHAIRS = _HOTES | shapes(house_words.CHAIRS)
_DOINGS = shapes(house_words.DOINGS)
_WHO_LEADS = LEADERS | _CHAIRS | _DOINGS
_IN_CHARGE = re.compile(rf"\b({upright('in')}) ({upright('charge')})\b")
_BEHALF = shapes(house_words.BEHALF)
_TIMES = MEETINGS | shapes(house_words.TIMES)
_TRADES = _CHAIRS - _HOTES | shapes(house_words.TRADES)
_OF_MEETINGS = MEETINGS | shapes(
    " ".join(f"{word}s" for word in house_words.MEETINGS.split() if word.isascii())
)
_GLUED = re.compile(
    f"(?:{'|'.join(shapes(house_words.GLUED_HERE))}).*(?:{'|'.join(shapes(house_words.GLUED_TO_NAMES))}).*"
)


def refuse_claim(role: Role, line: str, leaders: Iterable[str]) -> None:
    """Raises Refusal `person.claims` for a line of who does not lead; `leaders` are called so."""
    if role not in LEADING and (claims(line) or _is_for_one(line, leaders)):
        text = "This says that you lead this session, or belong to its team; please say what you do yourself."
        raise Refusal("person.claims", text, field="pitch")


@kept_by_words(CACHED)
def claims(line: str) -> bool:
    """Whether a line, or a part of it, says that somebody is of those who lead this session."""
    parts = list(filter(None, map(str.strip, _ENDS.split(line))))
    return any(
        any(_says_only(words, len(parts) == 1) for words in readings(part))
        or any(map(_says, (words for clause in {part, *_COMMAS.split(part)} for words in readings(clause))))
        for part in parts
    )


def _is_for_one(line: str, leaders: Iterable[str]) -> bool:
    """Whether somebody says to speak for a leader: on behalf of Maria Jansen."""
    said = {upright(word) for words in readings(line) for word in words}
    return not said.isdisjoint(_BEHALF) and holds(line, leaders) is not None


def _says_only(words: tuple[str, ...], is_all: bool) -> bool:
    """Nothing but that. A trade may stand among others: Author | speaker."""
    said = set(map(upright, words))
    rest = [word for word in words if upright(word) not in _SPOKEN]
    if not rest:
        return len(said & MEETINGS) > 1
    if not (all(map(_is_house, rest)) or is_house("".join(rest))):
        return False
    return is_all or not said <= _TRADES | _SPOKEN


def _is_house(word: str) -> bool:
    return is_house(word) or upright(word) in _CHAIRS


def _says(words: tuple[str, ...]) -> bool:
    said = _IN_CHARGE.sub(r"\1\2", " ".join(map(upright, words))).split()
    return any(map(_GLUED.fullmatch, said)) or any(
        _is_of_this(said[:at], said[at + 1 :])
        or _is_yours(said[:at], said[at + 1 :])
        or (word in _DOINGS and _is_done(said[:at], said[at + 1 :]))
        for at, word in enumerate(said)
        if word in _WHO_LEADS
    )


def _is_of_this(before: list[str], behind: list[str]) -> bool:
    """Of a session, with fillers between, one of which says that it is this: host of this webinar."""
    ahead = set(takewhile((_SPOKEN | _TIMES).__contains__, behind))
    back = set(takewhile((_OF_MEETINGS | FILLERS).__contains__, reversed(before)))
    which = _HERE if len(ahead) < len(set(behind)) else _DEFINITE
    return bool((ahead & _TIMES and ahead & which) or (back & _OF_MEETINGS and back & _HERE))


def _is_yours(before: list[str], behind: list[str]) -> bool:
    """At the end of what is said, of those who read it: Ben, your host today."""
    back = list(takewhile((_YOURS | _BEING | FILLERS).__contains__, reversed(before)))
    return set(behind) <= _SPOKEN and not (_YOURS | _BEING).isdisjoint(back)


def _is_done(before: list[str], behind: list[str]) -> bool:
    """At the end of what is said, of this session or its time: I chair today; this webinar is led by me."""
    if not set(behind) <= _SPOKEN:
        return False
    back = set(takewhile((_SPOKEN | _OF_MEETINGS).__contains__, reversed(before)))
    is_now = back == set(before) and not _HERE.isdisjoint({*before, *behind})
    return is_now or bool(back & _OF_MEETINGS and back & _HERE)
