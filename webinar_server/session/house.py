"""The house: which words say that somebody leads the session, or belongs to those who do. Pure.

A person's name has none of them in it. An organisation may be about them (a Host Bank, Red Hat Hosting), but
is not called nothing else, nor sets one apart by a sign, as what somebody is: "Smart Ports (host)".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain, product

from webinar_server.session.readings import ANY, is_letter, pattern, readings, shapes, upright


def is_reserved(name: str) -> bool:
    """Whether a person's name says that they are of the house: by a word of it, or written together."""
    return bool(_ACCENTED.search(name)) or any(
        _is_team(words) or any(map(_is_house, (*words, "".join(words)))) for words in readings(name)
    )


def is_reserved_organisation(name: str) -> bool:
    """Whether an organisation's name, or a part of it that a sign sets apart, says nothing but that."""
    return any(_is_reserved_part(part) for part in (name, *set_apart(name)))


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


def _is_sign(character: str) -> bool:
    kind = unicodedata.category(character)[0]
    return (kind in "PS" and character not in _JOINING) or (kind == "L" and not is_letter(character))


def _says_only(words: tuple[str, ...]) -> bool:
    said = [word for word in words if upright(word) not in _FILLERS]
    return _is_team(words) or (bool(said) and (all(map(_is_house, said)) or _is_house("".join(said))))


def _is_team(words: tuple[str, ...]) -> bool:
    """Nothing but words like these, and two of what a session is: the Webinar Team."""
    said = set(map(upright, words))
    return said <= _FILLERS and len(said & _MEETINGS) > 1


def _is_house(word: str) -> bool:
    shape = upright(word)
    return (
        shape in _RESERVED
        or shape in _GLUED
        or (ANY in shape and any(map(pattern(shape).fullmatch, _RESERVED)))
    )


_SIGN = "\0"
_DIVIDERS = re.compile(r"[][(){}<>«»‹›“”„\"（）［］｛｝【】〔〕「」『』〈〉《》,،、，;；:：|｜¦·•‧∙⋅・]+")
_BESIDE_SPACE = re.compile(f"(?:^|(?<= )){_SIGN}+|{_SIGN}+(?= |$)")
_JOINING = "&+.'\u2019@"
"""Signs within a name of one organisation: Beheer & Advies B.V."""

_ACCENTED = re.compile(r"\bh[ôÔ]tes?\b", re.IGNORECASE)
"""A host in French; without the accent it is a family name of India."""

_MEETING_WORDS = "event evenement mission missie session sessie team webinar"
_RESERVED_WORDS = (
    "host hosts cohost cohosts hostess hostesses moderator moderators organiser organisers organizer "
    "organizers organisation organization system admin admins administrator administrators sysadmin "
    "webmaster support helpdesk staff presenter presenters speaker speakers facilitator chairman chairwoman "
    "chairperson "
    "gastheer gastheren gastvrouw gastvrouwen moderatrice organisator organisatoren organisatie systeem "
    "systeembeheer beheer beheerder beheerders ondersteuning spreker presentator presentatoren "
    "presentatrice gespreksleider dagvoorzitter voorzitter voorzitters voorzitster "
    "gastgeber gastgeberin gastgeberinnen moderatorin moderatoren veranstalter veranstalterin "
    "organisatorin vorsitzender vorsitzende "
    "hotesse hotesses animateur animatrice moderateur organisateur organisateurs organisatrice presentateur"
)

_MEETINGS = shapes(_MEETING_WORDS)
_RESERVED = shapes(_RESERVED_WORDS)
"""The house, in the languages of its pages and of its neighbours."""

_GLUED = shapes(
    " ".join(
        f"{meeting}{word} {word}{meeting}"
        for meeting, word in product(["the", *_MEETING_WORDS.split()], _RESERVED_WORDS.split())
    )
)
"""Its words written together with what they are of: a webinarhost."""

_FILLERS = _MEETINGS | shapes(
    "a an and at co de deze den der des desk dit en for het jullie mijn my of official officieel our ons "
    "onze that the this today uw van vandaag voor your"
)
"""Words that make no organisation of a reserved one."""
