"""Columns: what a column holds, by its title in Dutch or English, or as somebody says by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest

import msgspec

from webinar_server.errors import Refusal
from webinar_server.mission.cards import CLEAN
from webinar_server.words.folding import folded

NAMES = ("first_name", "infix", "last_name")
"""Parts of a name, where it has several columns."""

FIELDS = (*CLEAN, *NAMES)
"""What a column may hold."""

SAMPLES = 3
TITLE_MAX = 60
"""Characters of a title, or of what stands below it, that are shown."""

_TITLES: Mapping[str, str] = {
    "name": "naam|name|volledige naam|full name|deelnemer|participant|contactpersoon|contact|contact person"
    "|persoon|person|naam deelnemer|contact name",
    "first_name": "voornaam|first name|given name|roepnaam|firstname|forename",
    "infix": "tussenvoegsel|tussenvoegsels|tussenv|infix|prefix|middle name|name prefix",
    "last_name": "achternaam|last name|surname|family name|lastname|familienaam",
    "organisation": "organisatie|organisation|organization|bedrijf|company|bedrijfsnaam|company name"
    "|organisatienaam|naam organisatie|naam bedrijf|instelling|institution|werkgever|employer|firma|account",
    "kind": "soort|type|kind|soort organisatie|type organisatie|kind of organisation|organisation type"
    "|organization type|organisatietype|categorie|category",
    "country": "land|country|landcode|country code|land van vestiging|nation",
    "place": "plaats|stad|place|city|town|woonplaats|vestigingsplaats|regio|region|location|locatie",
    "sectors": "sector|sectoren|sectors|branche|branches|industry|industries|thema|theme|themas|themes"
    "|bedrijfstak|topsector",
    "offers": "aanbod|biedt|biedt aan|offer|offers|offering|offerings|wij bieden|we offer|aangeboden"
    "|wat bieden jullie|expertise|products|producten|diensten|services",
    "seeks": "zoekt|vraag|seek|seeks|seeking|looking for|op zoek naar|gezocht|wij zoeken|we seek|zoekvraag"
    "|wensen|needs|interests|interesses|wat zoeken jullie|partnering interest",
    "languages": "taal|talen|language|languages|spreekt|speaks",
    "email": "email|mail|email adres|mailadres|email address|e mail|e mailadres|e mail address|e mail adres",
    "phone": "telefoon|telefoonnummer|phone|phone number|telephone|mobiel|mobile|tel|mobiele telefoon|gsm"
    "|mobile phone|cell",
    "link": "website|link|url|web|site|webadres|webpagina|homepage|web address|linkedin",
    "pitch": "pitch|omschrijving|beschrijving|description|over|about|profiel|profile|toelichting|bio|intro"
    "|introductie|introduction|samenvatting|summary",
    "say_as": "uitspraak|pronunciation|say as|zeg als|hoe zeg je het|how it is said|name pronunciation",
}

_KNOWN = {title: field for field, titles in _TITLES.items() for title in titles.split("|")}
_KNOWN |= {field.replace("_", " "): field for field in _TITLES}

_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
_MARKS = re.compile(r"[^\w]+|_")
_ASIDE = re.compile(r"\(.*\)|\[.*\]")


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One of a file: its title, the field it is taken for (empty for none) and the first that stands in it.

    `note` says why it is taken for none though its title says something: `twice` where another has the same
    title, `taken` where another is the same field.
    """

    title: str
    field: str = ""
    note: str = ""
    samples: Sequence[str] = ()


def is_somebody(cells: Sequence[str]) -> bool:
    """Whether a line is no titles but of a person: an address stands in it."""
    return any(map(_ADDRESS.fullmatch, cells))


def recognised(titles: Sequence[str], first: Sequence[str] = ()) -> list[Column]:
    """What each column is by its title, or by an address in the first line."""
    found: list[Column] = []
    for title, cell in zip_longest(titles, first[: len(titles)], fillvalue=""):
        field = field_of(title) or ("email" if _ADDRESS.fullmatch(cell.strip()) else "")
        note = _note(title, field, found)
        found.append(Column(title=title[:TITLE_MAX], field="" if note else field, note=note))
    return found


def as_said(titles: Sequence[str], fields: Sequence[str]) -> list[Column]:
    """What each column is as somebody says. Raises Refusal `import.columns`."""
    given = [field for field in fields if field]
    if len(fields) != len(titles) or len(set(given)) < len(given) or not set(given) <= set(FIELDS):
        text = "Each column is one field, or is left out, and no two are the same."
        raise Refusal("import.columns", text)
    return [Column(title=title[:TITLE_MAX], field=field) for title, field in zip(titles, fields, strict=True)]


def field_of(title: str) -> str:
    """The field a title names, or the empty string."""
    plain = " ".join(_MARKS.sub(" ", folded(_ASIDE.sub("", title))).split())
    return _KNOWN.get(plain, "")


def has_name(columns: Sequence[Column]) -> bool:
    """Whether anybody has a name by these columns."""
    return any(column.field in ("name", "first_name", "last_name") for column in columns)


def _note(title: str, field: str, before: Sequence[Column]) -> str:
    if title and any(column.title.casefold() == title[:TITLE_MAX].casefold() for column in before):
        return "twice"
    return "taken" if field and any(column.field == field for column in before) else ""
