"""The demo's people: distinct, well-formed by the session's own rules, the same for the same seed."""

import pytest

from webinar_server.demo.cast import CAST_MAX, cast
from webinar_server.demo.organisations import ORGANISATIONS
from webinar_server.state.card import ORGANISATION_KINDS
from webinar_server.words.addresses import clean_link
from webinar_server.words.cards import NAME_MAX, PITCH_MAX, clean_name, clean_organisation
from webinar_server.words.text import clean, clean_or_empty

GUESTS = cast(2020, 300)


def test_three_hundred_people_are_distinct() -> None:
    assert len(GUESTS) == 300
    assert len({guest.id for guest in GUESTS}) == 300
    assert len({guest.name for guest in GUESTS}) == 300


@pytest.mark.parametrize("seed", [1, 2020])
def test_the_largest_cast_is_distinct_too(seed: int) -> None:
    assert len({guest.name for guest in cast(seed, CAST_MAX)}) == CAST_MAX


def test_the_same_seed_brings_the_same_people_and_another_seed_others() -> None:
    assert cast(2020, 300) == GUESTS
    assert cast(2020, 12) == GUESTS[:12]
    assert cast(7, 300) != GUESTS


def test_everything_about_a_guest_passes_the_rules_unchanged() -> None:
    for guest in cast(2020, CAST_MAX):
        assert clean_name(guest.name) == guest.name
        assert clean_or_empty(guest.say_as, "person", NAME_MAX) == guest.say_as
        assert clean_organisation(guest.organisation.name) == guest.organisation.name
        assert clean(guest.organisation.pitch, "person", PITCH_MAX) == guest.organisation.pitch
        assert clean_link(guest.link, "person", named=True) == guest.link


def test_a_hard_name_has_a_hint_and_an_easy_one_has_none() -> None:
    hints = {guest.name.split(" ", 1)[0]: guest.say_as for guest in cast(2020, CAST_MAX)}
    assert hints["Sjoerd"].startswith("shoort ")
    assert any(not guest.say_as for guest in GUESTS)


def test_the_mission_is_mixed() -> None:
    assert {guest.organisation.kind for guest in GUESTS} == set(ORGANISATION_KINDS)
    assert {guest.organisation.country for guest in GUESTS} == {"NL", "US", "DE", "BE"}
    assert {guest.language for guest in GUESTS} == {"nl", "en"}
    first_timers = sum(not guest.seen_before for guest in GUESTS)
    assert 90 <= first_timers <= 150


def test_organisations_are_distinct_and_lead_nowhere() -> None:
    assert len({organisation.name for organisation in ORGANISATIONS}) == len(ORGANISATIONS)
    assert all(guest.link.endswith(".example") for guest in GUESTS)
