"""Listing: people as a file that spreadsheets open and an import takes again, in Dutch or English.

No cell is worked out: what a spreadsheet would take for a formula has an apostrophe before it, which an
import takes away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from webinar_server.mission.participants import Participant
from webinar_server.sheets.countries import country_name
from webinar_server.sheets.languages import language_name

TITLES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "name": "Name",
        "organisation": "Organisation",
        "kind": "Kind",
        "country": "Country",
        "place": "Place",
        "email": "E-mail",
        "phone": "Telephone",
        "sectors": "Sectors",
        "offers": "Offers",
        "seeks": "Seeks",
        "languages": "Languages",
        "pitch": "Pitch",
        "link": "Website",
        "say_as": "Pronunciation",
    },
    "nl": {
        "name": "Naam",
        "organisation": "Organisatie",
        "kind": "Soort",
        "country": "Land",
        "place": "Plaats",
        "email": "E-mail",
        "phone": "Telefoon",
        "sectors": "Sectoren",
        "offers": "Aanbod",
        "seeks": "Zoekt",
        "languages": "Talen",
        "pitch": "Pitch",
        "link": "Website",
        "say_as": "Uitspraak",
    },
}
"""The titles of the columns, by which an import knows them."""

KINDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "sme": "Company",
        "consultancy": "Consultancy",
        "knowledge": "Knowledge institution",
        "local": "Regional or local government",
        "federal": "National government",
        "other": "Other",
    },
    "nl": {
        "sme": "Bedrijf",
        "consultancy": "Adviesbureau",
        "knowledge": "Kennisinstelling",
        "local": "Regionale of lokale overheid",
        "federal": "Rijksoverheid",
        "other": "Anders",
    },
}
"""Kinds of organisations as the pages call them, and as an import takes them."""

SEPARATORS = {"en": ",", "nl": ";"}
"""What Excel expects in a country."""

FORMULAS = "=+-@＝＋－＠\t\r\n"
"""How a cell begins that a spreadsheet would work out, be it behind spaces."""


def listed(people: Iterable[Participant], lang: str) -> bytes:
    """A CSV file with a line for each; `lang` is `en` or `nl`."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=SEPARATORS[lang])
    titles = TITLES[lang]
    writer.writerow(titles.values())
    for one in people:
        writer.writerow(plain(in_words(field, getattr(one, field), lang)) for field in titles)
    # Excel takes it for Windows-1252 without the mark
    return text.getvalue().encode("utf-8-sig")


def in_words(field: str, value: str | tuple[str, ...], lang: str) -> str:
    """What a field of a card holds, for who reads it: words instead of codes, several between semicolons."""
    if not isinstance(value, str):
        return "; ".join(language_name(one, lang) if field == "languages" else one for one in value)
    if field == "country":
        return country_name(value, lang)
    return KINDS[lang].get(value, value) if field == "kind" else value


def plain(cell: str) -> str:
    """A cell that is never worked out, and from which the cell can be told."""
    begin = cell.lstrip(" '")[:1]
    return f"'{cell}" if begin and begin in FORMULAS else cell
