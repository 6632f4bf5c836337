"""Forms: what an answer to each kind of poll is, how it is counted, and what is told of that."""

from __future__ import annotations

from typing import Any

import pytest

from tests.session.polling import ANSWERS, ASKED, FIVE, OPTIONS, TEN, answered, asked, ended, seen
from tests.session.scene import scene
from webinar_server.session import SESSION
from webinar_server.session.polls.forms import FORMS
from webinar_server.session.polls.poll import Poll
from webinar_server.session.polls.said import Said
from webinar_server.session.polls.vote import Vote

each_form = pytest.mark.parametrize("form", FORMS)


@each_form
def test_every_form_is_asked_opened_answered_closed_and_revealed(form: str) -> None:
    story = answered(asked(form), FIVE, **ANSWERS[form][0])
    ended(story, "close_poll", "reveal_poll")
    for who in ("host", "ada", "stage"):
        view = seen(story, who)
        assert (view["form"], view["state"], view["voters"], view["counted"]) == (form, "revealed", 5, 5)
    assert ("tally" in seen(story)) is (form in ("scale", "number", "cloud"))


@each_form
def test_an_answer_can_be_changed_and_taken_back_while_it_is_open(form: str) -> None:
    one, other = ANSWERS[form]
    story = answered(answered(asked(form), ["ada"], **one), ["ada"], **other)
    assert seen(story)["voters"] == 1
    own = story.sees("ada", Vote, "p/ada")
    assert own is not None and own | other == own
    answered(story, ["ada"]).then_gone(Vote, "p/ada")
    assert seen(story)["voters"] == 0


@each_form
def test_every_form_refuses_what_is_no_answer_to_it(form: str) -> None:
    way = FORMS[form].ANSWER
    for other, answer in {"options": ["1"], "number": 1.0, "texts": ["x"]}.items():
        if other != way:
            asked(form).when("ada", "vote", poll="p", **{other: answer}).then_refused("poll.answer")
    ended(asked(form)).when("ada", "vote", poll="p", **ANSWERS[form][0]).then_refused("poll.closed")
    asked(form, "draft").when("ada", "vote", poll="p", **ANSWERS[form][0]).then_refused("poll.unknown")


@pytest.mark.parametrize(
    ("form", "answer", "code"),
    [
        ("choice", {"options": [str(n) for n in range(10_000)]}, "poll.no_such_option"),
        ("ranking", {"options": ["1", "1"]}, "poll.no_such_option"),
        ("ranking", {"options": ["4"]}, "poll.no_such_option"),
        ("quiz", {"options": ["1", "2"]}, "poll.one_option"),
        ("scale", {"number": 0}, "poll.step"),
        ("scale", {"number": 2.5}, "poll.step"),
        ("scale", {"number": float("nan")}, "poll.step"),
        ("number", {"number": float("nan")}, "poll.number"),
        ("number", {"number": float("inf")}, "poll.number"),
        ("number", {"number": -1}, "poll.number"),
        ("number", {"number": 1e300}, "poll.number"),
        ("number", {"number": 10**400}, "command.invalid"),
        ("number", {"number": "7"}, "command.invalid"),
        ("cloud", {"texts": ["a", "b", "c", "d"]}, "poll.texts"),
        ("cloud", {"texts": ["x" * 31]}, "poll.too_long"),
        ("cloud", {"texts": [" "]}, "poll.empty"),
        ("text", {"texts": ["a", "b"]}, "poll.texts"),
        ("text", {"texts": ["x" * 301]}, "poll.too_long"),
    ],
)
def test_an_answer_out_of_this_world_is_refused(form: str, answer: dict[str, Any], code: str) -> None:
    asked(form).when("ada", "vote", poll="p", **answer).then_refused(code)


@pytest.mark.parametrize(
    ("form", "more", "code"),
    [
        ("choice", {"options": [str(n) for n in range(10_000)]}, "poll.options"),
        ("scale", {"options": OPTIONS}, "poll.form"),
        ("choice", {"right": [1]}, "poll.form"),
        ("choice", {"scale": {"from": 1, "to": 5}}, "poll.form"),
        ("scale", {"scale": {"from": 5, "to": 1}}, "poll.scale"),
        ("scale", {"scale": {"from": 1, "to": 12}}, "poll.scale"),
        ("scale", {"scale": {"from": 1000, "to": 1002}}, "poll.scale"),
        ("number", {"number": {"low": 5, "high": 5}}, "poll.limits"),
        ("number", {"number": {"low": float("nan")}}, "poll.limits"),
        ("number", {"number": {"high": 1e300}}, "poll.limits"),
        ("quiz", {"right": []}, "poll.right"),
        ("quiz", {"right": [0]}, "poll.right"),
        ("quiz", {"right": [4]}, "poll.right"),
        ("quiz", {"right": [1, 1]}, "poll.right"),
        ("choice", {"seconds": 4}, "poll.seconds"),
        ("choice", {"seconds": 3_601}, "poll.seconds"),
        ("choice", {"first": "none"}, "poll.unknown"),
        ("choice", {"form": "essay"}, "command.invalid"),
    ],
)
def test_a_poll_that_cannot_be_asked_is_refused(form: str, more: dict[str, Any], code: str) -> None:
    args = {"question": "Well?", "form": form} | ASKED[form] | more
    scene().when("host", "draft_poll", **args).then_refused(code)


# what is told


def test_a_scale_is_told_by_step_with_its_mean_and_how_far_apart_people_are() -> None:
    story = answered(answered(asked("scale"), FIVE, number=5), ["fay", "gus", "hua", "ida", "jan"], number=1)
    assert seen(ended(story))["tally"] == {"votes": [5, 0, 0, 0, 5], "mean": 3.0, "spread": 2.0}


def test_a_ranking_is_told_by_points_of_a_person_and_by_who_came_first() -> None:
    story = answered(answered(asked("ranking"), FIVE[:4], options=["3", "1", "2"]), ["eva"], options=["2"])
    options = seen(ended(story))["options"]
    assert [option["votes"] for option in options] == [0, 1, 4]
    assert [option["score"] for option in options] == [1.6, 1.4, 2.4]


def test_numbers_are_told_as_a_distribution_that_a_wild_guess_does_not_flatten() -> None:
    story = asked("number", number={"unit": "kW"})
    for who, number in zip(TEN, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1e9], strict=True):
        answered(story, [who], number=number)
    tally = seen(ended(story))["tally"]
    assert (tally["count"], tally["median"], tally["low"], tally["high"]) == (10, 5.5, 1.0, 1e9)
    assert len(tally["bins"]) >= 5 and sum(one["votes"] for one in tally["bins"]) == 10
    assert tally["bins"][-1]["to"] == 1e9, "the last column holds what lies far out"


def test_of_a_quiz_hosts_know_what_is_right_and_others_once_it_is_revealed() -> None:
    story = answered(asked("quiz"), FIVE, options=["2"])
    assert seen(story)["right"] == ["2"]
    assert "right" not in seen(story, "ada") and "right" not in seen(ended(story), "ada")
    assert seen(ended(story, "reveal_poll"), "ada")["right"] == ["2"]


def test_points_of_a_quiz_are_of_teams_whose_people_asked_for_it() -> None:
    story = asked("quiz", points=True)
    answered(story, ["ada", "bob"], options=["2"], team=True)
    answered(story, ["cem"], options=["1"], team=True)
    answered(story, ["dee", "eva"], options=["2"])
    assert "teams" not in seen(ended(story), "ada")
    told = seen(ended(story, "reveal_poll"), "ada")["teams"]
    assert told == [{"organisation": "Tulip Chargers", "people": 3, "points": 2}]
    alone = answered(
        answered(asked("quiz", points=True), ["ada"], options=["2"], team=True), TEN[1:], options=["1"]
    )
    assert "teams" not in seen(ended(alone)), "of one person it would be their answer"


# words


def words(story: Any, who: str = "host") -> dict[str, int]:
    return {word["text"]: word["votes"] for word in seen(story, who)["tally"]["words"]}


def test_words_are_one_however_they_are_spelled_in_the_most_usual_spelling() -> None:
    story = asked("cloud")
    for who, word in zip(TEN, ["Energie", "energie", "energie", "Énergie", "e-mail"] * 2, strict=True):
        answered(story, [who], texts=[word])
    answered(story, ["ada"], texts=["email", "e mail"])
    assert words(ended(story)) == {"energie": 7, "e-mail": 3}


def test_a_moderated_cloud_shows_what_hosts_let_through_and_groups_what_is_the_same() -> None:
    story = asked("cloud", moderated=True)
    answered(story, FIVE, texts=["Sun", "sunshine"])
    assert words(ended(story)) == {}
    ids = {said.text: said.id for said in story.state.all(Said)}
    story.given("host", "show_answer", answer=ids["Sun"]).given("host", "show_answer", answer=ids["sunshine"])
    assert words(story) == {"Sun": 5, "sunshine": 5}
    story.given("host", "group_answers", answers=[*ids.values()], group="The sun")
    assert words(story) == {"The sun": 10}
    story.given("host", "hide_answer", answer=ids["Sun"])
    assert words(story) == {"The sun": 5}
    story.given("host", "group_answers", answers=[*ids.values()], group="")
    assert words(story) == {"sunshine": 5}


def test_a_frozen_cloud_stays_as_it_is_shown_until_it_thaws() -> None:
    story = answered(asked("cloud"), TEN, texts=["sun"])
    assert words(story) == {"sun": 5}
    ended(story, "freeze_poll")
    ended(answered(story, [f"new{n}" for n in range(10)], texts=["wind"]))
    assert words(story) == {"sun": 5} and seen(story)["frozen"]
    story.given("host", "freeze_poll", poll="p", on=False)
    assert words(story) == {"sun": 10, "wind": 10}
    asked("text").when("host", "freeze_poll", poll="p").then_refused("poll.form")


def test_texts_are_seen_by_all_once_a_host_shows_them_and_the_poll_tells_results() -> None:
    story = ended(answered(asked("text"), FIVE, texts=["More of this."]))
    (said,) = story.state.all(Said)
    assert (said.text, said.votes, said.state) == ("More of this.", 5, "held")
    assert story.sees("ada", Said, said.id) is None
    story.given("host", "show_answer", answer=said.id)
    assert story.sees("ada", Said, said.id) is None, "results are told when they are revealed"
    ended(story, "reveal_poll")
    assert (story.sees("ada", Said, said.id) or {})["text"] == "More of this."
    story.given("host", "hide_answer", answer=said.id)
    assert story.sees("ada", Said, said.id) is None


def test_answers_in_words_come_to_hosts_in_steps_of_several_people() -> None:
    story, there = asked("text"), []
    for number in range(12):
        answered(story, [f"p{number}"], texts=[f"answer {number}"])
        there.append(story.state.count(Said))
    assert there == [0] * 9 + [5, 5, 5]
    assert ended(story).state.count(Said) == 12


def test_a_word_that_was_taken_back_goes_with_the_next_step() -> None:
    story = answered(asked("text"), TEN, texts=["So"])
    answered(story, ["ada"], texts=["Otherwise"])
    assert [(said.text, said.votes) for said in story.state.all(Said)] == [("So", 5)]
    ended(story)
    assert {said.text: said.votes for said in story.state.all(Said)} == {"So": 9, "Otherwise": 1}


@pytest.mark.parametrize("command", ["show_answer", "hide_answer"])
def test_answers_are_shown_and_hidden_by_hosts(command: str) -> None:
    scene().when("ada", command, answer="x").then_refused("command.not_allowed")
    scene().when("host", command, answer="x").then_refused("said.unknown")


def test_the_record_of_each_form_is_in_the_printed_schema() -> None:
    shown = {example.form for example in SESSION.examples if isinstance(example, Poll)}
    assert shown >= {"choice", "quiz", "ranking", "scale", "number", "cloud"}
