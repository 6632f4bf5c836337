"""What the door says of a session before somebody is in."""

import pytest

from tests.session.scene import PEOPLE, scene
from webinar_server.session import welcome as module
from webinar_server.session.welcome import welcome


def test_the_door_names_the_session_its_time_and_the_hosts_who_came_in() -> None:
    story = scene(starts_at=1_000, ends_at=2_000).given("ada", "arrive", **PEOPLE)
    assert welcome(story.state) == {
        "title": "Charging",
        "state": "open",
        "starts_at": 1_000,
        "ends_at": 2_000,
        "hosts": [],
    }
    story.given("host", "arrive", **PEOPLE)
    assert (welcome(story.state) or {})["hosts"] == ["Host"]


def test_who_was_removed_or_does_not_lead_is_named_by_no_door() -> None:
    story = scene().given("host", "arrive", **PEOPLE).given("speaker", "arrive", **PEOPLE)
    story.given("organiser", "arrive", **PEOPLE).given("organiser", "remove", person="host", reason="")
    assert (welcome(story.state) or {})["hosts"] == ["Organiser"]


def test_hosts_who_are_here_come_first_and_are_at_most_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    story = scene().given("host", "arrive", **PEOPLE).given("organiser", "arrive", **PEOPLE)
    assert (welcome(story.state) or {})["hosts"] == ["Host", "Organiser"]
    story.given("host", "depart")
    assert (welcome(story.state) or {})["hosts"] == ["Organiser", "Host"]
    monkeypatch.setattr(module, "HOSTS_NAMED", 1)
    assert (welcome(story.state) or {})["hosts"] == ["Organiser"]


def test_without_a_session_there_is_no_door() -> None:
    assert welcome(scene(session=False).state) is None
