"""A mission is created with its first organiser, and changed by organisers alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mission.scene import CREATED, PLACES, Scene, scene
from webinar_server.mission.mission import Mission
from webinar_server.mission.participants import Participant


def test_a_mission_has_its_days_its_places_and_its_first_organiser() -> None:
    story = scene()
    story.then(Mission, "ev-2027", title="Electric mobility", entry="invited", kept_days=90)
    story.then(Participant, "ori", name="Ori Olsen", role="organiser", state="invited")
    seen = story.sees("participant", Mission, "ev-2027")
    assert seen is not None and seen["places"] == PLACES and "code" not in seen and "entry" not in seen


def test_there_is_one_mission_in_a_log() -> None:
    scene().when("server", "create_mission", **CREATED).then_refused("mission.exists")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"starts_on": "2027-02-29"}, "mission.day"),
        ({"starts_on": "1 March"}, "mission.day"),
        ({"starts_on": "2027-03-06"}, "mission.days"),
        ({"starts_on": "2027-01-31"}, "mission.days"),
        ({"places": []}, "mission.places"),
        ({"places": [{"name": "Here", "zone": "../etc/passwd"}]}, "mission.zone"),
        ({"places": [{"name": "Here", "zone": "CET+1"}]}, "mission.zone"),
        ({"places": [{"name": " ", "zone": "UTC"}]}, "mission.empty"),
        ({"title": "\u202eoops"}, "mission.bidi"),
        ({"organiser": "42"}, "person.no_letter"),
    ],
)
def test_what_cannot_be_a_mission_is_refused(wrong: dict[str, Any], code: str) -> None:
    story = Scene().when("server", "create_mission", **CREATED | wrong)
    story.then_refused(code)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"entry": "code"}, "mission.code"),
        ({"entry": "code", "code": "12345"}, "mission.code"),
        ({"kept_days": -1}, "mission.kept_days"),
        ({"kept_days": 3_651}, "mission.kept_days"),
        ({"accent": "red"}, "mission.accent"),
        ({"ends_on": "2027-02-28"}, "mission.days"),
    ],
)
def test_a_change_that_does_not_fit_the_rest_is_refused(wrong: dict[str, Any], code: str) -> None:
    scene().when("ori", "change_mission", **wrong).then_refused(code)


def test_an_organiser_changes_what_is_given_and_the_rest_stays() -> None:
    story = scene().given("ori", "change_mission", entry="code", code="tulips 27", accent="#0a7d55")
    story.then(Mission, "ev-2027", title="Electric mobility", entry="code", code="tulips 27")
    # a leap day is one, and so is the last of a month that has it
    story.given("ori", "change_mission", starts_on="2028-02-29", ends_on="2028-03-30")
    story.then(Mission, "ev-2027", ends_on="2028-03-30", accent="#0a7d55")


def test_participants_change_nothing_of_the_mission() -> None:
    scene("ada").when("ada", "change_mission", title="Mine").then_refused("command.not_allowed")
