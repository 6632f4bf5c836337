"""Leaving: whom somebody asked is asked by them no more, once they are out, until they are back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mission.scene import scene
from tests.session.scene import Scene
from webinar_server.mission.contacts import DAY_MS, KEPT_DAYS, Asking, Request

WAYS: dict[str, tuple[tuple[str, str, dict[str, Any]], tuple[str, dict[str, Any]]]] = {
    "a slip of an organiser's": (
        ("ori", "decline", {"participant": "ada"}),
        ("undo_decline", {"participant": "ada", "state": "admitted"}),
    ),
    "declined and admitted": (("ori", "decline", {"participant": "ada"}), ("admit", {"participant": "ada"})),
    "left and admitted": (("ada", "leave_mission", {}), ("admit", {"participant": "ada"})),
}


def asked(id: str = "c1", whom: str = "bob") -> Scene:
    return scene("ada", "bob", "cem").given("ada", "ask_contact", id=id, whom=whom, where="directory")


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_whom_somebody_asked_is_asked_no_more_once_they_are_out_and_is_again(way: Any) -> None:
    (who, out, args), (back, how) = way
    story = asked().given(who, out, **args).then_gone(Request, "c1")
    assert story.sees("bob", Request, "c1") is None
    story.given("ori", back, **how)
    seen = story.sees("bob", Request, "c1")
    assert seen is not None and seen["by"] == "ada" and story.the(Asking, "c1").over is False


def test_who_declined_them_is_asked_no_second_time_by_their_coming_back() -> None:
    story = asked().given("bob", "decline_contacts", requests=["c1"])
    story.given("ori", "decline", participant="ada").given("ori", "admit", participant="ada")
    story.then_gone(Request, "c1")


def test_what_is_over_meanwhile_is_told_no_more() -> None:
    story = asked().given("ori", "decline", participant="ada").later((KEPT_DAYS + 1) * DAY_MS)
    story.given("ori", "admit", participant="ada").then_gone(Request, "c1")


def test_whoever_asked_them_sees_nothing_of_their_going() -> None:
    story = scene("ada", "bob").given("bob", "ask_contact", id="c1", whom="ada", where="directory")
    before = story.sees("bob", Asking, "c1")
    story.given("ori", "decline", participant="ada")
    assert story.sees("bob", Asking, "c1") == before
    story.given("ori", "admit", participant="ada")
    assert story.sees("ada", Request, "c1") is not None
