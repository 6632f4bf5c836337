"""The directory finds who is meant, as they were written and as people type, and says why somebody fits."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.mission.people import many, participant, put, state_of
from webinar_server.mission.attending import Attending
from webinar_server.mission.consent import Consent, Turned
from webinar_server.mission.directory import ALL_FACETS, PAGE, WORDS_MAX, Directory, Found, Wanted
from webinar_server.mission.history import History, Part
from webinar_server.mission.listing import SLICE
from webinar_server.mission.matching import same_as
from webinar_server.mission.participants import Participant
from webinar_server.mission.programme import Slot
from webinar_server.state import Change, State, replace

ADA = Participant(
    id="ada",
    name="Zoë van der Meulen-O’Brien",
    organisation="Voltline B.V.",
    kind="sme",
    country="NL",
    place="Utrecht",
    offers=("Depot charging",),
    seeks=("Pilot cities",),
)
BOB = Participant(
    id="bob",
    name="Łukasz Søndergård",
    organisation="City of Oakland",
    kind="local",
    country="US",
    offers=("Pilot cities",),
    seeks=("Charging depot", "Grid software"),
    email="bob@example.org",
    phone="+1 510 555 0100",
)
CEM = Participant(
    id="cem", name="Cem Yılmaz", organisation="Voltline USA", kind="sme", country="US", here=True
)


def found(people: State, asker: str = "cem", words: str = "", match: bool = False, **facets: Any) -> Found:
    sets = {name: frozenset(values) for name, values in facets.items()}
    return Directory(people).find(Wanted(words=words, facets=sets, match=match), asker)


def ids(result: Found) -> list[str]:
    return [card["id"] for card in result.cards]


@pytest.fixture
def people() -> State:
    return state_of([ADA, BOB, CEM])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("zoe", ["ada"]),
        ("obrien meulen", ["ada"]),
        ("O'Brien", ["ada"]),
        ("lukasz", ["bob"]),
        ("sondergard", ["bob"]),
        ("sondergaard", ["bob"]),
        ("oaklnad", ["bob"]),
        ("yilmaz", ["cem"]),
        ("voltline", ["cem", "ada"]),
        ("VOLT", ["cem", "ada"]),
        ("depot charging", ["ada", "bob"]),
        ("voltline oakland", []),
        ("xyzzy", []),
        ("  ", ["cem", "bob", "ada"]),
    ],
)
def test_people_are_found_as_others_type_them(people: State, words: str, expected: list[str]) -> None:
    assert ids(found(people, words=words)) == expected


def test_the_first_words_count_however_many_there_are_and_each_once(people: State) -> None:
    known = "zoe van der meulen obrien voltline utrecht depot".split()
    assert len(known) == WORDS_MAX and ids(found(people, words=" ".join([*known, "xyzzy"]))) == ["ada"]
    assert ids(found(people, words=" ".join([*known[:-1] * 3, "xyzzy"]))) == []


def test_filters_leave_those_that_all_of_them_leave(people: State) -> None:
    assert ids(found(people, kind=["sme"])) == ["cem", "ada"]
    assert ids(found(people, kind=["sme"], country=["US"])) == ["cem"]
    assert ids(found(people, country=["US", "NL"])) == ["cem", "bob", "ada"]
    assert ids(found(people, here=["true"])) == ["cem"]
    assert ids(found(people, offers=["Depot charging"], words="zoe")) == ["ada"]


def test_each_value_says_how_many_it_would_leave_beside_the_other_filters(people: State) -> None:
    facets = found(people, kind=["sme"], country=["NL"]).facets
    assert facets["country"] == {"NL": 1, "US": 1} and facets["kind"] == {"sme": 1}
    for value, count in found(people, country=["US"]).facets["kind"].items():
        assert len(ids(found(people, country=["US"], kind=[value]))) == count


def test_who_is_called_so_comes_first_then_who_offers_it() -> None:
    said = [
        Participant(id="a", name="Abel", pitch="We like depots"),
        Participant(id="b", name="Bea", seeks=("Depots",)),
        Participant(id="c", name="Cas", offers=("Bus depots",)),
        Participant(id="d", name="Dot", organisation="Depot Works"),
    ]
    assert ids(found(state_of(said), words="depot")) == ["d", "c", "a", "b"]


def test_nothing_found_says_which_filter_to_drop(people: State) -> None:
    assert found(people, kind=["local"], country=["NL"]).drop == ["kind", "country"]
    assert found(people, kind=["local"], words="xyzzy").drop == ["words"]
    assert found(people, kind=["local"], country=["NL"], words="xyzzy").drop == []
    assert found(people, kind=["sme"]).drop == []


def test_who_fits_comes_first_and_the_card_says_why(people: State) -> None:
    result = found(people, asker="ada", match=True)
    first, *_ = result.cards
    assert (result.fitting, result.total) == (1, 3) and found(people, asker="ada").fitting == 0
    assert first["id"] == "bob" and first["reasons"] == [
        {"what": "offers", "tag": "Pilot cities"},
        {"what": "seeks", "tag": "Charging depot"},
    ]
    # nobody fits themselves, and without a card of one's own nobody does
    assert found(people, asker="ada", match=True, words="zoe").cards[0]["reasons"] == []
    assert all(card["reasons"] == [] for card in found(people, asker="nobody", match=True).cards)


def test_first_comes_who_fits_both_ways_then_who_offers_most_then_who_seeks_and_then_the_others() -> None:
    me = Participant(id="me", name="Me", offers=("Pilots", "Fleets"), seeks=("Depots", "Grid", "Ports"))
    others = {
        "Ann": {},
        "Bea": {"seeks": ("Pilots", "Fleets")},
        "Cas": {"seeks": ("Pilots",)},
        "Dia": {"offers": ("Grid",)},
        "Eva": {"offers": ("Depots", "Grid", "Ports")},
        "Fay": {"offers": ("Depots",), "seeks": ("Fleets",)},
        "Gus": {"offers": ("Depots", "Ports"), "seeks": ("Fleets",)},
    }
    people = [Participant(id=name.casefold(), name=name, **tags) for name, tags in others.items()]
    result = found(state_of([me, *people]), asker="me", match=True)
    assert ids(result) == ["gus", "fay", "eva", "dia", "bea", "cas", "ann", "me"]
    assert (
        result.fitting == 6 and [bool(card["reasons"]) for card in result.cards] == [True] * 6 + [False] * 2
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Depot charging", "charging depots", True),
        ("Grid software", "Grid softwear", True),
        ("Grid", "grid", True),
        ("Grid software", "Grid hardware", False),
        ("Ports", "Buses", False),
    ],
)
def test_tags_mean_the_same_in_any_order_and_with_a_typo(one: str, other: str, same: bool) -> None:
    assert same_as([one], ["Yachts", other]) == ([other] if same else [])
    assert same_as(["Yachts", other], [one]) == ([one] if same else [])


def test_a_card_shows_no_address_and_only_who_agreed_to_be_listed(people: State) -> None:
    (card,) = found(people, words="lukasz").cards
    assert card["organisation"] == "City of Oakland" and not {"email", "phone", "here"} & card.keys()
    assert ids(found(people, words="example")) == [] and ids(found(people, words="510")) == []
    off = Turned(on=False, at=1)
    put(people, (Change("consent", "bob", Consent(id="bob", listed=off)),))
    put(people, (Change("consent", "cem", Consent(id="cem", present=off)),))
    result = found(people)
    assert ids(result) == ["cem", "ada"] and result.facets["here"] == {} and "here" not in result.cards[0]


@pytest.mark.parametrize("state", ["applied", "declined", "left"])
def test_who_does_not_take_part_is_not_there(people: State, state: Any) -> None:
    put(people, (Change("participant", "bob", replace(BOB, state=state)),))
    assert ids(found(people)) == ["cem", "ada"]


def test_a_directory_that_was_asked_before_knows_what_changed() -> None:
    """As one that is new: whatever changes, in whatever order."""
    people, dice = many(60), Random(4)
    kept = Directory(people)
    wanted = [Wanted(), Wanted(words="voltl"), Wanted(facets={"sectors": frozenset({"grid"})}, match=True)]
    for _ in range(40):
        one = dice.choice(list(people.all(Participant)))
        new = replace(participant(dice.randrange(60), dice), id=one.id)
        change = dice.choice(
            [
                Change("participant", one.id, new),
                Change("participant", one.id, replace(one, state="left")),
                Change("consent", one.id, Consent(id=one.id, listed=Turned(on=dice.random() < 0.5, at=0))),
                Change("participant", one.id, None),
            ]
        )
        put(people, (change,))
        for each in wanted:
            assert kept.find(each, "p1") == Directory(people).find(each, "p1")


def test_what_takes_long_is_done_in_slices_and_is_right_whatever_changes_between_them() -> None:
    people = many(3 * SLICE)
    kept, steps = Directory(people), 0
    for _ in kept.preparing(Wanted(match=True), "p1"):
        steps += 1
        one = next(each for each in people.all(Participant) if each.state == "admitted")
        put(people, (Change("participant", one.id, replace(one, state="left")),))
    assert steps > 3
    assert kept.find(Wanted(match=True), "p1") == Directory(people).find(Wanted(match=True), "p1")
    # what was done is not done again
    assert [None for _ in kept.preparing(Wanted(match=True), "p1")] == []


def test_who_means_to_be_in_my_next_session_is_a_filter(people: State) -> None:
    slots = [
        Slot(id=id, title=id, starts_at=at, ends_at=at + 1, hosts=("bob",)) for at, id in enumerate("xy")
    ]
    put(people, tuple(Change("slot", slot.id, slot) for slot in slots))
    mine = [Attending(id=id, slots=("y",)) for id in ("ada", "cem")]
    put(people, tuple(Change("attending", each.id, each) for each in mine))
    directory, wanted = Directory(people), Wanted(facets={"next": frozenset({"true"})})
    assert ids(directory.find(wanted, "ada", 0)) == ["cem", "bob"]
    assert directory.find(Wanted(), "ada", 0).facets["next"] == {"true": 2}
    # of what is over nobody is told, and who means to be nowhere is with nobody
    assert ids(directory.find(wanted, "ada", 5)) == []
    assert directory.find(Wanted(), "nobody", 0).facets["next"] == {}
    put(people, (Change("consent", "cem", Consent(id="cem", present=Turned(on=False, at=1))),))
    assert ids(directory.find(wanted, "ada", 0)) == ["bob"]


def test_who_is_new_to_the_week_is_a_filter_where_they_let_it_be_seen(people: State) -> None:
    parts = tuple(Part(session=id, came=0) for id in "xy")
    put(people, (Change("history", "ada", History(id="ada", parts=parts)),))
    put(people, (Change("history", "bob", History(id="bob", parts=parts[:1])),))
    assert ids(found(people, first=["true"])) == ["cem", "bob"]
    put(people, (Change("consent", "cem", Consent(id="cem", present=Turned(on=False, at=1))),))
    assert ids(found(people, first=["true"])) == ["bob"]


def test_pages_follow_each_other_without_a_gap() -> None:
    people = many(3 * PAGE + 5)
    pages = [Directory(people).find(Wanted(page=page), "p1") for page in range(5)]
    seen = [id for page in pages for id in ids(page)]
    assert len(seen) == len(set(seen)) == pages[0].total == 3 * PAGE + 5
    assert [len(page.cards) for page in pages] == [PAGE, PAGE, PAGE, 5, 0]


def test_every_facet_is_told() -> None:
    assert set(found(many(50)).facets) == {*ALL_FACETS}
