"""Organisations of a directory: one however people write it, with what its people say between them."""

from __future__ import annotations

import pytest

from tests.mission.people import put, state_of
from webinar_server.errors import Refusal
from webinar_server.mission.consent import Consent, Turned
from webinar_server.mission.contacts import Block, Shown, block_id
from webinar_server.mission.directory import Directory
from webinar_server.mission.listing import organisation_key
from webinar_server.mission.organisations import organisation, organisations
from webinar_server.mission.participants import Participant
from webinar_server.state import Change


def directory() -> Directory:
    said = [
        ("ada", "Voltline B.V."),
        ("bob", "voltline BV"),
        ("cem", "Voltline B.V."),
        ("dia", "Ørsted"),
        ("eve", ""),
    ]
    people = [Participant(id=id, name=id, organisation=name, offers=("Depots",)) for id, name in said]
    found = Directory(state_of(people))
    found.listing.renew()
    return found


@pytest.mark.parametrize(
    ("name", "key"),
    [("Voltline B.V.", "voltline bv"), ("VOLTLINE  BV", "voltline bv"), ("Ørsted", "orsted"), ("A,B", "a b")],
)
def test_an_organisation_is_one_however_it_is_written(name: str, key: str) -> None:
    assert organisation_key(name) == key


def test_they_are_listed_by_name_as_most_write_it() -> None:
    found = organisations(directory(), "", 0)
    assert [(one["name"], one["people"]) for one in found.organisations] == [
        ("Ørsted", 1),
        ("Voltline B.V.", 3),
    ]
    assert organisations(directory(), "volt", 0).total == 1 and organisations(directory(), "", 1) == (2, [])


def test_one_has_its_people_and_what_they_offer_between_them() -> None:
    page = organisation(directory(), "voltline bv")
    assert [card["id"] for card in page["cards"]] == ["ada", "bob", "cem"]
    assert page["facets"]["offers"] == {"Depots": 3}


def test_who_is_off_the_list_is_off_their_organisations_page_and_the_last_takes_it_along() -> None:
    found = directory()
    off = Turned(on=False, at=1)
    put(found.state, tuple(Change("consent", id, Consent(id=id, listed=off)) for id in ("ada", "dia")))
    found.listing.renew()
    assert [card["id"] for card in organisation(found, "voltline bv")["cards"]] == ["bob", "cem"]
    with pytest.raises(Refusal, match="Nobody"):
        organisation(found, "orsted")


def block(found: Directory, whom: str) -> None:
    """Dia blocks somebody."""
    one = Block(id=block_id("dia", whom), by="dia", whom=whom, shown=Shown(), at=1)
    put(found.state, (Change("block", one.id, one),))


def test_whom_one_blocked_is_in_no_list_nor_count_of_theirs_and_all_others_see_what_they_saw() -> None:
    found = directory()
    before = organisation(found, "voltline bv", "bob"), organisations(found, "", 0, "bob")
    block(found, "bob")
    page = organisation(found, "voltline bv", "dia")
    assert [card["id"] for card in page["cards"]] == ["ada", "cem"]
    assert (page["people"], page["facets"]["offers"]) == (2, {"Depots": 2})
    assert [one["people"] for one in organisations(found, "", 0, "dia").organisations] == [1, 2]
    assert (organisation(found, "voltline bv", "bob"), organisations(found, "", 0, "bob")) == before


def test_an_organisation_of_people_whom_one_blocked_is_not_there_for_them() -> None:
    found = directory()
    for whom in ("ada", "bob", "cem"):
        block(found, whom)
    assert organisations(found, "volt", 0, "dia") == (0, [])
    assert organisations(found, "volt", 0, "ada").total == 1
    with pytest.raises(Refusal, match="Nobody"):
        organisation(found, "voltline bv", "dia")
