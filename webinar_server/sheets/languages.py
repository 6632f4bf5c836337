"""Languages by their names in Dutch and English, and by those that people use (ISO 639-1)."""

from __future__ import annotations

from collections.abc import Mapping

from webinar_server.words.folding import folded

# the Dutch name, the English one, and others between bars
_NAMES = {
    "nl": "nederlands|dutch|ned|vlaams|flemish",
    "en": "engels|english|eng",
    "de": "duits|german|deutsch",
    "fr": "frans|french|français",
    "es": "spaans|spanish|español",
    "it": "italiaans|italian|italiano",
    "pt": "portugees|portuguese",
    "pl": "pools|polish",
    "tr": "turks|turkish",
    "ar": "arabisch|arabic",
    "zh": "chinees|chinese|mandarin|mandarijn",
    "ja": "japans|japanese",
    "ko": "koreaans|korean",
    "hi": "hindi",
    "id": "indonesisch|indonesian|bahasa indonesia",
    "vi": "vietnamees|vietnamese",
    "ru": "russisch|russian",
    "uk": "oekraïens|ukrainian",
    "sv": "zweeds|swedish",
    "da": "deens|danish",
    "no": "noors|norwegian",
    "fi": "fins|finnish",
    "el": "grieks|greek",
    "cs": "tsjechisch|czech",
    "hu": "hongaars|hungarian",
    "ro": "roemeens|romanian",
    "he": "hebreeuws|hebrew",
    "fa": "perzisch|persian|farsi",
    "th": "thais|thai",
}
_CALLED: Mapping[str, tuple[str, ...]] = {code: tuple(names.split("|")) for code, names in _NAMES.items()}

LANGUAGES: Mapping[str, str] = {folded(name): code for code, names in _CALLED.items() for name in names}
"""The two letters of a language, by its folded names."""


def language_name(code: str, lang: str) -> str:
    """How a language is called in English or Dutch; its letters where nobody knows it."""
    names = _CALLED.get(code)
    return names[lang != "nl" and len(names) > 1].capitalize() if names else code
