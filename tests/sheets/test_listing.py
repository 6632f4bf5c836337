"""A list of people says words, not codes, and an import takes each of them again."""

from __future__ import annotations

import csv
import io
import json
import pathlib

import pytest

from webinar_server.mission.participants import Participant
from webinar_server.sheets.cells import cell_value
from webinar_server.sheets.countries import COUNTRIES
from webinar_server.sheets.languages import LANGUAGES
from webinar_server.sheets.listing import KINDS, in_words, listed
from webinar_server.state.card import ORGANISATION_KINDS

BOTH = pytest.mark.parametrize("lang", ["en", "nl"])
WORDS = pathlib.Path(__file__).parents[2] / "static/mission"


@BOTH
def test_each_country_kind_and_language_is_a_word_that_an_import_knows(lang: str) -> None:
    for code in set(COUNTRIES.values()):
        name = in_words("country", code, lang)
        assert name != code and cell_value("country", name) == code
    for kind in ORGANISATION_KINDS:
        assert cell_value("kind", in_words("kind", kind, lang)) == kind
    for code in set(LANGUAGES.values()):
        name = in_words("languages", (code, "en"), lang)
        assert name.startswith(name[0].upper())
        assert cell_value("languages", name) == tuple(dict.fromkeys((code, "en")))


@BOTH
def test_kinds_are_called_as_on_the_pages(lang: str) -> None:
    words = json.loads((WORDS / f"{lang}.json").read_text())
    assert {kind: words[f"kind.{kind}"] for kind in ORGANISATION_KINDS} == KINDS[lang]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["Company", "Netherlands", "Dutch; English"]),
        ("nl", ["Bedrijf", "Nederland", "Nederlands; Engels"]),
    ],
)
def test_a_list_is_read_by_people(lang: str, said: list[str]) -> None:
    ada = Participant(
        id="ada", name="Ada", kind="sme", country="NL", languages=("nl", "en"), seeks=("Depots",)
    )
    separator = ";" if lang == "nl" else ","
    titles, row = csv.reader(io.StringIO(listed([ada], lang).decode("utf-8-sig")), delimiter=separator)
    assert [row[titles.index(title)] for title in titles if row[titles.index(title)]] == [
        "Ada",
        said[0],
        said[1],
        "Depots",
        said[2],
    ]


def test_what_nobody_knows_stands_as_it_is() -> None:
    assert in_words("country", "QQ", "nl") == "QQ" and in_words("country", "", "nl") == ""
    assert in_words("kind", "", "nl") == "" and in_words("languages", ("qq",), "en") == "qq"
