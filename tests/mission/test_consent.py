"""Consent: five switches against every output there is; each field is shown where it may be, nowhere else."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from tests.mission.scene import Scene, scene
from webinar_server.mission.consent import (
    DEFAULTS,
    FIELDS,
    NEEDS,
    SWITCHES,
    Consent,
    Output,
    Turned,
    consent_of,
    may_see,
)

OUTPUTS: tuple[Output, ...] = get_args(Output)
EVERY_FIELD = sorted({field for fields in FIELDS.values() for field in fields})


def turned(**switches: bool) -> Scene:
    story = scene("ada")
    for switch, on in switches.items():
        story.given("ada", "turn", switch=switch, on=on)
    return story


def test_every_output_says_what_it_needs_and_what_it_shows() -> None:
    assert set(NEEDS) == set(FIELDS) == set(OUTPUTS)
    assert {switch for needs in NEEDS.values() for switch in needs} == set(SWITCHES) == set(DEFAULTS)


@pytest.mark.parametrize("output", OUTPUTS)
def test_an_output_shows_its_fields_exactly_while_its_switches_are_on(output: Output) -> None:
    for ons in product((True, False), repeat=len(SWITCHES)):
        switches = dict(zip(SWITCHES, ons, strict=True))
        story, allowed = turned(**switches), all(switches[switch] for switch in NEEDS[output])
        for field in EVERY_FIELD:
            expected = allowed and field in FIELDS[output]
            assert may_see(story.state, "ada", field, output) == expected, (switches, field)


@pytest.mark.parametrize("output", OUTPUTS)
def test_of_who_is_out_only_they_and_organisers_see_anything(output: Output) -> None:
    everything = dict.fromkeys(SWITCHES, True)
    for act, by in ((("leave_mission", {}), "ada"), (("decline", {"participant": "ada"}), "ori")):
        story = turned(**everything).given(by, act[0], **act[1])
        seen = {field for field in EVERY_FIELD if may_see(story.state, "ada", field, output)}
        assert seen == (FIELDS[output] if output in ("own", "organisers") else set())


def test_e_mail_and_telephone_are_shown_to_nobody_who_was_not_accepted() -> None:
    for output in ("directory", "presence", "programme", "spotlight", "recording"):
        assert not FIELDS[output] & {"email", "phone"}  # type: ignore[index]


def test_a_switch_remembers_since_when_it_stands_so() -> None:
    story = scene("ada").given("ada", "turn", switch="listed", on=False)
    since = story.at
    story.given("ada", "turn", switch="listed", on=False)
    assert story.the(Consent, "ada").listed == Turned(on=False, at=since)
    # one that agrees with what holds anyway is an answer, too
    story.given("ada", "turn", switch="present", on=True)
    assert story.the(Consent, "ada").present == Turned(on=True, at=story.at)


def test_who_turned_nothing_is_as_the_defaults_say_and_nobody_is_nobody() -> None:
    story = scene("ada")
    assert all(consent_of(story.state, "ada").allows(switch) == DEFAULTS[switch] for switch in SWITCHES)
    assert may_see(story.state, "ada", "name", "directory") and not may_see(
        story.state, "ada", "name", "recording"
    )
    assert not may_see(story.state, "nobody", "name", "directory")


def test_switches_are_ones_own() -> None:
    story = turned(listed=False)
    assert story.sees("bob", Consent, "ada") is None and story.sees("organiser", Consent, "ada") is None
    mine = story.sees("ada", Consent, "ada")
    assert mine is not None and mine["listed"]["on"] is False and mine["details"] is None
