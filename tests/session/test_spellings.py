"""Spellings: everyday ways of writing a host's name are marked, and people of other names are not."""

import itertools

import pytest

from tests.session.scene import PEOPLE, scene
from webinar_server.session.imitation import imitates
from webinar_server.session.people import Person
from webinar_server.words.names import alike, holds
from webinar_server.words.spellings import in_one_way

SPELLED = {
    "Piet van der Meulen": [
        "Piet v.d. Meulen", "Piet v/d Meulen", "Piet vd Meulen", "Piet v.d Meulen", "Piet v. d. Meulen",
        "PIET V.D. MEULEN", "Piet van de Meulen", "Piet van den Meulen", "Piet v. der Meulen",
        "Meulen, Piet v.d.", "Dr. Piet v.d. Meulen", "P1et v.d. Meulen", "Piet v.d. Meulen (laptop)",
    ],
    "Jan van 't Hof": ["Jan v/h Hof", "Jan van het Hof", "Jan van ’t Hof"],
    "Jan van Dijk": ["Jan v. Dijk", "Jan v Dijk", "Jan van Dyk", "Jan van Dĳk", "Jan van Dÿk"],
    "Jörg Müller": ["Joerg Mueller", "Jörg Mueller", "JÖRG MUELLER"],
    "Joerg Mueller": ["Jörg Müller"],
    "Åse Bjørnæs": ["Aase Bjoernaes"],
    "Hans Groß": ["Hans Gross"],
    "Anna Meijer": ["Anna Meyer", "Meyer, Anna"],
}  # fmt: skip

DIFFERENT = [
    "Piet van Meulen", "Piet Meulen", "Pieter van der Meulen", "Piet van der Molen", "Piet de Meulen",
    "Jan van Dam", "Jan Dijk", "Jörg Möller", "Jorg Muler", "Anna Meier", "Anna Meer", "Liv Dahl",
    "Ivan Deman", "Ivan Denman", "Koen Bakker", "Kon Bakker", "Sue Maas", "Su Mas", "V. Jansen", "Van Nguyen",
    "Noe Vega", "No Vega", "Bas Boer", "Baas Bor", "Dev Dijkstra", "De Wit", "Anna V", "Anna van",
]  # fmt: skip


@pytest.mark.parametrize(("host", "guest"), [(host, guest) for host in SPELLED for guest in SPELLED[host]])
def test_another_spelling_of_a_hosts_name_is_marked(host: str, guest: str) -> None:
    assert holds(guest, [host]) == host
    story = scene().with_role("h", "host").given("h", "arrive", **{**PEOPLE, "name": host})
    assert imitates(story.state, "attendee", guest, "")
    late = scene().with_role("g", "attendee").given("g", "arrive", **{**PEOPLE, "name": guest})
    late.with_role("h", "host").given("h", "arrive", **{**PEOPLE, "name": host})
    assert late.the(Person, "g").imitates


def test_somebody_who_is_called_so_themselves_comes_in() -> None:
    for host, guest in (("Piet van der Meulen", "Piet van de Meulen"), ("Anna Meijer", "Anna Meyer")):
        assert alike(guest, [host]) is None


def test_people_of_other_names_are_not_marked() -> None:
    names = [*SPELLED, *DIFFERENT]
    pairs = itertools.permutations(names, 2)
    assert [pair for pair in pairs if holds(pair[0], [pair[1]]) and "Joerg Mueller" not in pair] == []


@pytest.mark.parametrize("name", ["محمد علي", "李伟", "Νίκος", "Anna de Vries", "Nguyễn Văn An", "ⵎⴰⵙⵉⵏ"])
def test_other_names_are_spelled_as_they_are(name: str) -> None:
    assert in_one_way(name) == name.casefold()
