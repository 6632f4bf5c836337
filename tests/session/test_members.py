"""Members: who takes part in the mission no more has no hand up, stands in no line and is on no screen."""

from __future__ import annotations

import pytest

from tests.session.scene import Scene, scene
from webinar_server.session.ends import Standing
from webinar_server.session.people import Person
from webinar_server.session.questions import Question
from webinar_server.session.visits import Visit

OUT = {"mission": "ev-2027", "participant": "ada", "out": True}
BACK = OUT | {"out": False}


def lined_up(shown: str = "named") -> Scene:
    """Ada's question before Ben's in the line, and her hand up."""
    story = scene(session=False).given(
        "organiser", "create_session", session="s1", title="S", mission="ev-2027"
    )
    for who, question in {"ada": "q", "ben": "p"}.items():
        story.given(who, "arrive", worker="w").given(who, "ask", id=question, text="Why?", shown=shown)
        story.given("host", "queue", question=question)
    return story.given("ada", "raise_hand")


def test_who_is_out_is_not_here_has_no_hand_up_and_stands_in_no_line() -> None:
    story = lined_up().given("organiser", "follow_member", **OUT)
    story.then(Person, "ada", here=False, workers=(), hand=None).then(Question, "q", state="open").then_stage(
        line="p"
    )
    assert [visit.until for visit in story.state.of(Visit, "person", "ada")] == [story.at]


def test_who_is_back_stands_where_they_stood_and_is_told_so_as_often_as_it_takes() -> None:
    story = lined_up().given("organiser", "follow_member", **OUT).given("organiser", "follow_member", **OUT)
    story.given("organiser", "follow_member", **BACK).then_stage(line="q p")
    story.given("host", "unqueue", question="q").given("organiser", "follow_member", **BACK).then_stage(
        line="p"
    )


def test_who_is_live_as_they_are_declined_is_on_no_screen_any_more() -> None:
    story = lined_up().given("host", "spotlight", question="q").given("organiser", "follow_member", **OUT)
    story.then_stage(line="p").then(Question, "q", state="open", live_at=None)


@pytest.mark.parametrize("shown", ["anonymous", "organisation"])
def test_a_question_asked_without_a_name_does_not_tell_it_by_going(shown: str) -> None:
    lined_up(shown).given("organiser", "follow_member", **OUT).then_stage(line="q p")


@pytest.mark.parametrize("first", ["follow_member", "readmit"])
def test_who_is_kept_out_twice_is_back_by_both(first: str) -> None:
    story = lined_up().given("host", "remove", person="ada").given("organiser", "follow_member", **OUT)
    ways = {"follow_member": ("organiser", BACK), "readmit": ("host", {"person": "ada"})}
    who, args = ways.pop(first)
    story.given(who, first, **args).then_stage(line="p")
    [(second, (who, args))] = ways.items()
    story.given(who, second, **args).then_stage(line="q p")


def test_of_whom_a_session_knows_nothing_it_keeps_nothing() -> None:
    story = lined_up().given("organiser", "follow_member", **OUT | {"participant": "cem"})
    story.then_gone(Standing, "cem").then_gone(Person, "cem")
