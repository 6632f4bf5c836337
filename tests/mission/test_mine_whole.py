"""My data is whole: each kind of record is told as somebody's, or says why it is nobody's."""

from __future__ import annotations

import json
import pathlib

import msgspec
import pytest

from tests.mission.scene import scene
from webinar_server.mission import MISSION
from webinar_server.session import SESSION
from webinar_server.state import Record, Topic
from webinar_server.web.mission.mine import BESIDES, UNTOLD, mission_of

STATIC = pathlib.Path(__file__).parents[2] / "static/mission"

UNSAID = frozenset(
    (
        *("workers", "generation", "own_words", "reads", "unproven", "sequence", "video", "counted", "heads"),
        *("announcement", "mark", "tries", "worker", "said", "participant", "target", "waits", "of"),
        *("reminded", "reminded_day", "names", "withdrawn", "unwanted", "by_shown", "to_shown"),
        *("by_zone", "to_zone", "rung", "left", "untold", "missed", "unheard", "meeting"),
        *("known_as", "organisation_imitates", "renamed", "week", "came_by", "person", "ended"),
        *("ended_before", "guests", "called", "hidden_by", "was", "was_before", "stepped_down"),
        # of results what stands in them is told
        *("voters", "told"),
        *("on_deck_asker", "named", "added", "supported"),
    )
)
"""Fields of such records that nobody is told by that name."""


@pytest.mark.parametrize("topic", [MISSION, SESSION], ids=lambda topic: topic.name)
def test_each_kind_of_record_is_in_it_or_says_why_not(topic: Topic) -> None:
    for name, kind in topic.kinds.items():
        is_owned = kind.owners is not Record.owners
        of_all = name == "feedback" and not is_owned
        assert is_owned or name in BESIDES or name in UNTOLD or of_all, f"whose is a {name}?"


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("topic", [MISSION, SESSION], ids=lambda topic: topic.name)
def test_the_page_has_a_word_for_each_kind_and_field_that_is_told(topic: Topic, language: str) -> None:
    words = json.loads((STATIC / f"{language}.json").read_text())
    for name, kind in topic.kinds.items():
        if kind.owners is Record.owners and name not in BESIDES:
            continue
        fields = {field.name for field in msgspec.structs.fields(kind)} - UNSAID
        assert not {f"mine.of.{name}", *(f"mine.field.{field}" for field in fields)} - words.keys(), name


def test_letters_to_me_are_in_it_without_what_is_the_servers() -> None:
    story = scene("ada").given("ori", "send_letters", kind="invitation", participants=["ada"])
    (letter,) = mission_of(story.state, "ada")["letter"]
    assert set(letter) == {"id", "about", "state", "asked", "done"}
