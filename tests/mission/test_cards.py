"""Cards: what somebody says of themselves is kept as they meant it, or refused with the field."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mission.scene import scene
from webinar_server.mission.cards import CLEAN, TAGS_MAX, Said
from webinar_server.mission.participants import SHOWN, Participant


def test_what_is_said_is_kept_and_what_is_left_out_stays() -> None:
    story = scene("ada").given(
        "ada",
        "change_card",
        organisation=" Voltline\tB.V. ",
        kind="sme",
        country="nl",
        sectors=["Charging", "charging", " Grid "],
        offers=["Depot charging"],
        languages=["nl", "en", "nl"],
        phone="+31 70 123 45 67",
    )
    story.then(
        Participant,
        "ada",
        name="Ada",
        organisation="Voltline B.V.",
        country="NL",
        sectors=("Charging", "Grid"),
        languages=("nl", "en"),
    )
    story.given("ada", "change_card", offers=[]).then(
        Participant, "ada", offers=(), sectors=("Charging", "Grid")
    )


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"name": ""}, "person.empty", "name"),
        ({"name": "🙂"}, "person.no_letter", "name"),
        ({"organisation": "…"}, "organisation.no_letter", "organisation"),
        ({"country": "Holland"}, "participant.country", "country"),
        ({"link": "voltline.example"}, "participant.link", "link"),
        ({"link": "https://127.0.0.1/"}, "participant.link_hides", "link"),
        ({"link": "https://live.example.org/mission/ev#abc"}, "participant.link_personal", "link"),
        ({"email": "ada@example"}, "participant.email", "email"),
        ({"email": "ada@@example.org"}, "participant.email", "email"),
        ({"email": "ada@example.org\nBcc: bob@example.org"}, "participant.email", "email"),
        ({"email": "<ada@example.org>"}, "participant.email", "email"),
        ({"email": f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 61}.{'e' * 10}"}, "participant.email", "email"),
        ({"phone": "0" * 31}, "participant.too_long", "phone"),
        ({"offers": ["x" * 41]}, "participant.too_long", "offers"),
        ({"phone": "after lunch"}, "participant.phone", "phone"),
        ({"phone": "+1"}, "participant.phone", "phone"),
        ({"seeks": [f"tag {n}" for n in range(TAGS_MAX + 1)]}, "participant.tags", "seeks"),
        ({"languages": ["Dutch"]}, "participant.language", "languages"),
        ({"languages": ["nl"] * (TAGS_MAX + 1)}, "participant.tags", "languages"),
        ({"pitch": "\u202eoops"}, "participant.bidi", "pitch"),
    ],
)
def test_what_is_amiss_is_refused_with_its_field(said: dict[str, Any], code: str, field: str) -> None:
    story = scene("ada").when("ada", "change_card", **said).then_refused(code)
    assert story.refusal is not None and story.refusal.field == field


@pytest.mark.parametrize("nothing", ["", "  ", "-", "— / —", "\u200b", "…", "???"])
def test_what_says_nothing_is_kept_as_nothing(nothing: str) -> None:
    lines = {"place": nothing, "phone": nothing, "say_as": nothing}
    tags = {"offers": [nothing, "Depots", nothing], "seeks": [nothing], "sectors": ["Grid", nothing]}
    scene("ada").given("ada", "change_card", place="Delft", phone="112", seeks=["Ports"]).given(
        "ada", "change_card", **lines, **tags
    ).then(Participant, "ada", place="", phone="", say_as="", offers=("Depots",), seeks=(), sectors=("Grid",))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": "The organisers"}, "person.reserved"),
        ({"name": "Ada", "organisation": "Organising team"}, "organisation.reserved"),
    ],
)
def test_nobody_says_of_themselves_that_they_organise(said: dict[str, Any], code: str) -> None:
    scene("ada").when("ada", "change_card", **said).then_refused(code)
    scene().when("server", "apply", **said).then_refused(code)
    scene("ada").when("ori", "change_card", participant="ada", **said).then_done()
    scene().when("ori", "change_card", **said).then_done()


def test_an_organiser_corrects_somebodys_card() -> None:
    story = scene("ada").given("ori", "change_card", participant="ada", name="Ada Lovelace")
    story.then(Participant, "ada", name="Ada Lovelace").then(Participant, "ori", name="Ori Olsen")


def test_every_field_that_can_be_said_is_cleaned_and_shown_or_kept_for_contacts() -> None:
    assert set(Said.__struct_fields__) == set(CLEAN) == {*SHOWN, "email", "phone"}


def test_somebody_is_told_of_themselves_alone() -> None:
    story = scene("ada", "bob")
    assert (
        story.sees("bob", Participant, "ada") is None and story.sees("organiser", Participant, "ada") is None
    )
    mine = story.sees("ada", Participant, "ada")
    assert mine is not None and mine["email"] == "ada@example.org" and mine["state"] == "invited"
