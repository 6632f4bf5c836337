"""Cells: what people write in a list, as a card has it: a country by its name, tags between semicolons."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from webinar_server.errors import Refusal
from webinar_server.mission.cards import CLEAN
from webinar_server.sheets.countries import COUNTRIES
from webinar_server.sheets.languages import LANGUAGES
from webinar_server.sheets.listing import FORMULAS
from webinar_server.state.card import ORGANISATION_KINDS
from webinar_server.words.folding import folded
from webinar_server.words.kept import kept_by_words

_KINDS = {
    "sme": "mkb|sme|bedrijf|company|business|startup|start up|scaleup|scale up|small business|klein bedrijf"
    "|midden en kleinbedrijf|midden en klein bedrijf|mkb bedrijf|private company|onderneming|groot bedrijf"
    "|smb|grootbedrijf|large company|large|bedrijfsleven|kleinbedrijf|middenbedrijf|zzp|zzper|multinational"
    "|corporate|enterprise|large enterprise|mkb onderneming|small and medium sized enterprise"
    "|small and medium enterprise|smes|familiebedrijf",
    "consultancy": "consultancy|adviesbureau|advies|consultant|consulting|adviseur|consultancybureau"
    "|ingenieursbureau|engineering consultancy|consulting firm|advisory|ingenieursadviesbureau",
    "knowledge": "kennisinstelling|knowledge institution|knowledge institute|universiteit|university"
    "|onderzoeksinstelling|research institute|hogeschool|kennisinstituut|research|onderzoek"
    "|onderzoeksinstituut|kennis|onderwijs|onderwijsinstelling|education|university of applied sciences"
    "|college|academia|academic|school|mbo|hbo|wo|research institution|kennis en onderzoek|umc",
    "local": "gemeente|municipality|lokale overheid|local government|city|local authority|stad|provincie"
    "|regionale overheid|regional government|waterschap|county|state government|decentrale overheid"
    "|province|regionale of lokale overheid|regional or local government"
    "|regio|region|municipal government|gemeentelijke overheid|provinciale overheid|water board"
    "|water authority|regional authority|city government|veiligheidsregio|omgevingsdienst",
    "federal": "rijksoverheid|federal government|national government|rijk|ministerie|ministry"
    "|centrale overheid|ambassade|embassy|consulate|consulaat|nationale overheid|federale overheid"
    "|central government|rijksdienst|federal agency|federal|landelijke overheid|consulaat generaal"
    "|consulate general",
    "other": "anders|other|overig|overige|ngo|stichting|foundation|vereniging|association|branchevereniging"
    "|brancheorganisatie|trade association|non profit|nonprofit|not for profit|netwerk|network|cooperatie"
    "|cluster|media|pers|press",
}
"""Without words that say two of these, like government: such a cell leaves the kind open."""

KINDS = {name: kind for kind, names in _KINDS.items() for name in names.split("|")}
KINDS |= {kind: kind for kind in ORGANISATION_KINDS}

_SPOKEN = dict(LANGUAGES) | {code: code for code in LANGUAGES.values()}

CELLS_KEPT = 10_000
"""Cells whose values are kept while a file is read: a list says the same words in many lines."""

OPEN = ("kind", "country", "languages")
"""Fields of words that we know: of others there they are left open, and nobody stays away because of it."""

_UNKNOWN = frozenset(("import.kind", "import.country", "import.language"))
_LISTED = re.compile(r"[;|,/\n]|\s+(?:en|and|&)\s+")
_APART = re.compile(r"[;|\n]")
_ADDRESS = re.compile(r".*<([^<>]+)>\s*")
_SITE = re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?")
_ESCAPED = re.compile(rf"'(?=[' ]*[{re.escape(FORMULAS)}])")
"""What an export writes before a cell, so that no spreadsheet works it out (`listing.py`)."""

_DASH = re.compile(r"\s*'?[-‐‑‒–—−]+\s*")


def is_dash(cell: str) -> bool:
    """Whether nothing but dashes stand there, by which people say that they have nothing to say."""
    return _DASH.fullmatch(cell) is not None


@kept_by_words(CELLS_KEPT)
def cell_value(field: str, cell: str) -> Any:
    """What a cell says of a field, cleaned; `None` for nothing. Raises Refusal `import.…` or as cards do."""
    cell = cell.strip()
    if not cell:
        return None
    if cell.startswith(("=", "＝")):
        raise Refusal("import.formula", "A formula stands here; please put what it gives.", field=field)
    cell = _ESCAPED.sub("", cell, count=1) if _ESCAPED.match(cell) else cell
    read = _READ.get(field)
    return CLEAN[field](read(cell, field) if read else cell, field)


@kept_by_words(CELLS_KEPT)
def without_unknown(field: str, cell: str) -> tuple[str, str]:
    """A cell of a field that holds words we know, without those that we do not, and these. Raises Refusal as
    `cell_value` does of anything else."""
    known, unknown = [], []
    for part in _LISTED.split(cell) if field == "languages" else [cell]:
        try:
            cell_value(field, part)
        except Refusal as refusal:
            if refusal.code not in _UNKNOWN:
                raise
            unknown.append(part.strip())
        else:
            known.append(part)
    return ";".join(known), ", ".join(unknown)


def _kind(cell: str, field: str) -> str:
    return _one_of(KINDS, cell, "import.kind", field)


def _country(cell: str, field: str) -> str:
    return _one_of(COUNTRIES, cell, "import.country", field)


def _languages(cell: str, field: str) -> tuple[str, ...]:
    return tuple(
        _one_of(_SPOKEN, each, "import.language", field) for each in _LISTED.split(cell) if each.strip()
    )


def _one_of(known: Mapping[str, str], cell: str, code: str, field: str) -> str:
    found = known.get(folded(cell.strip(" .").replace(".", "")))
    if found is None:
        raise Refusal(code, "This is none that we know; please write it otherwise.", field=field)
    return found


def _tags(cell: str, field: str) -> tuple[str, ...]:
    """Between semicolons, bars or lines; between commas where there are none of these."""
    parts = _APART.split(cell) if _APART.search(cell) else cell.split(",")
    return tuple(filter(None, map(str.strip, parts)))


def _link(cell: str, field: str) -> str:
    return f"https://{cell}" if _SITE.fullmatch(cell) else cell


def _email(cell: str, field: str) -> str:
    named = _ADDRESS.fullmatch(cell)
    return (named[1] if named else cell).removeprefix("mailto:").strip()


_READ: Mapping[str, Callable[[str, str], Any]] = {
    "kind": _kind,
    "country": _country,
    "languages": _languages,
    "sectors": _tags,
    "offers": _tags,
    "seeks": _tags,
    "link": _link,
    "email": _email,
}
