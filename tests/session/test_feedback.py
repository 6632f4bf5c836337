"""Feedback: three taps and a line, one's own and changeable; hosts see totals, in steps that show nobody."""

from __future__ import annotations

import msgspec

from tests.session.scene import Scene, scene
from webinar_server.session.feedback import LINES_TOLD, Feedback, Totals
from webinar_server.session.polls.ballots import MOVED

FIVE = ["ada", "bob", "cem", "dee", "eva"]


def told(story: Scene) -> dict[str, object]:
    seen = story.sees("host", Totals, "now")
    assert seen is not None
    return seen


def answered(*people: str, **answers: object) -> Scene:
    return scene().given_each(list(people), "give_feedback", **(answers or {"worth": "yes"}))


def test_each_tap_is_kept_and_what_is_left_out_stays() -> None:
    story = (
        answered("ada")
        .given("ada", "give_feedback", length="long")
        .given("ada", "give_feedback", line="More!")
    )
    story.then(Feedback, "ada", worth="yes", length="long", again=None, line="More!")
    story.given("ada", "give_feedback", worth="no", length=None).then(
        Feedback, "ada", worth="no", length=None
    )
    assert story.sees("ada", Feedback, "ada") == {
        "worth": "no",
        "length": None,
        "again": None,
        "line": "More!",
    }
    assert told(story)["given"] == 1


def test_who_takes_all_back_gave_none() -> None:
    story = answered("ada").given("ada", "give_feedback", worth=None).then_gone(Feedback, "ada")
    assert told(story)["given"] == 0


def test_what_somebody_said_is_shown_to_nobody_else() -> None:
    story = answered("ada", worth="no", line="Too slow.")
    for other in ("bob", "host", "organiser", "stage"):
        assert story.sees(other, Feedback, "ada") is None
    for other in ("bob", "stage"):
        assert story.sees(other, Totals, "now") is None


def test_totals_are_told_once_they_are_those_of_several() -> None:
    story = answered(*FIVE[:-1])
    assert told(story) == {"given": MOVED - 1, "told": None}
    story.given("eva", "give_feedback", worth="no", line="Shorter talks.")
    assert told(story)["told"] == {
        "people": 5,
        "answers": {
            "worth": {"yes": 4, "partly": 0, "no": 1},
            "length": {"short": 0, "right": 0, "long": 0},
            "again": {"yes": 0, "maybe": 0, "no": 0},
        },
        "lines": ["Shorter talks."],
    }


def test_between_two_totals_several_people_differ_however_often_one_changes_theirs() -> None:
    story = answered(*FIVE)
    before = told(story)["told"]
    for worth in ("no", "partly", "yes", "no", "partly", "yes", "no"):
        story.given("ada", "give_feedback", worth=worth)
    story.given_each(FIVE[1:-1], "give_feedback", worth="no")
    assert told(story)["told"] == before
    story.given("fay", "give_feedback", worth="no")
    after = msgspec.convert(told(story)["told"], dict)
    assert after["people"] == 6 and after["answers"]["worth"] == {"yes": 1, "partly": 0, "no": 5}


def test_lines_are_told_without_the_order_in_which_they_came_and_not_without_end() -> None:
    people = [f"p{number}" for number in range(LINES_TOLD + MOVED)]
    story = scene()
    for number, person in enumerate(people):
        story.given(person, "give_feedback", line=f"line {999 - number}")
    lines = msgspec.convert(told(story)["told"], dict)["lines"]
    assert len(lines) == LINES_TOLD and lines == sorted(lines) and "line 999" not in lines


def test_it_is_given_from_the_beginning_on_and_after_the_end() -> None:
    story = scene().given("ada", "say", text="Hi").given("organiser", "wait_session")
    story.when("ada", "give_feedback", worth="yes").then_refused("feedback.early")
    story.given("organiser", "open_session").given("organiser", "close_session")
    story.when("ada", "give_feedback", worth="yes").then(Feedback, "ada", worth="yes")


def test_those_who_lead_do_not_praise_themselves() -> None:
    scene().when("host", "give_feedback", worth="yes").then_refused("command.not_allowed")


def test_the_same_again_is_no_news() -> None:
    story = answered("ada")
    before = story.the(Feedback, "ada")
    story.given("ada", "give_feedback", worth="yes").given("ada", "give_feedback")
    assert story.the(Feedback, "ada") is before


def test_it_is_a_line() -> None:
    scene().when("ada", "give_feedback", line="x" * 201).then_refused("feedback.too_long")
