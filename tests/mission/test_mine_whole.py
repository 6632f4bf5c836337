"""My data is whole: each kind of record is told as somebody's, or says why it is nobody's."""

from __future__ import annotations

import pytest

from tests.mission.scene import scene
from webinar_server.mission import MISSION
from webinar_server.session import SESSION
from webinar_server.state import Record, Topic
from webinar_server.web.mission.mine import BESIDES, UNTOLD, mission_of


@pytest.mark.parametrize("topic", [MISSION, SESSION], ids=lambda topic: topic.name)
def test_each_kind_of_record_is_in_it_or_says_why_not(topic: Topic) -> None:
    for name, kind in topic.kinds.items():
        is_owned = kind.owners is not Record.owners
        of_all = name == "feedback" and not is_owned
        assert is_owned or name in BESIDES or name in UNTOLD or of_all, f"whose is a {name}?"


def test_letters_to_me_are_in_it_without_what_is_the_servers() -> None:
    story = scene("ada").given("ori", "send_letters", kind="invitation", participants=["ada"])
    (letter,) = mission_of(story.state, "ada")["letter"]
    assert set(letter) == {"id", "about", "state", "asked", "done"}
