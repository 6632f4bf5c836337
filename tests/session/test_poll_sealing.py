"""Who sees what came of a poll, and when; that an answer is nobody's any more once it is closed; its time."""

from __future__ import annotations

import msgspec
import pytest

from tests.session.polling import ANSWERS, FIVE, TEN, answered, asked, ended, is_told, seen
from tests.session.scene import Scene
from webinar_server.session.due import due
from webinar_server.session.polls.form import Given
from webinar_server.session.polls.forms import FORMS
from webinar_server.session.polls.poll import Poll
from webinar_server.session.polls.results import Result
from webinar_server.session.polls.said import Said
from webinar_server.session.polls.vote import Vote
from webinar_server.state import Forgotten, replace

each_form = pytest.mark.parametrize("form", FORMS)

TOLD_WHILE = {
    # of the states a poll goes through, those in which attendees are told what came of it
    "always": ["open", "closed", "revealed"],
    "voted": ["revealed"],
    "closed": ["closed", "revealed"],
    "revealed": ["revealed"],
    "never": [],
}


@pytest.mark.parametrize("results", TOLD_WHILE)
def test_results_are_seen_when_the_poll_says_and_by_hosts_in_steps(results: str) -> None:
    story = answered(asked("choice", results=results), TEN, options=["1"])
    told = {"open": is_told(story, "ada")}
    assert is_told(story, "host")
    for command, state in (("close_poll", "closed"), ("reveal_poll", "revealed")):
        if (results, state) != ("never", "revealed"):
            told[state] = is_told(ended(story, command), "ada")
            assert is_told(story, "stage") == told[state]
    assert [state for state, seen in told.items() if seen] == TOLD_WHILE[results]


def test_what_is_for_hosts_alone_cannot_be_revealed() -> None:
    story = ended(answered(asked("choice", results="never"), FIVE, options=["1"]))
    story.when("host", "reveal_poll", poll="p").then_refused("poll.never")


@pytest.mark.parametrize("form", ["choice", "scale", "number", "cloud"])
def test_after_voting_each_voter_and_nobody_else_is_told(form: str) -> None:
    story = answered(asked(form, results="voted"), TEN, **ANSWERS[form][0])
    for who in TEN:
        assert (story.sees(who, Result, "p") or {})["counted"] == 5
    for who in ("zoe", "host", "stage", "attendee"):
        assert story.sees(who, Result, "p") is None
    answered(story, ["kim"], **ANSWERS[form][1])
    assert (story.sees("kim", Result, "p") or {})["counted"] == 5
    ended(story)
    assert (story.sees("kim", Result, "p") or {})["counted"] == 11
    assert story.sees("zoe", Result, "p") is None and not is_told(story, "zoe")
    assert is_told(ended(story, "reveal_poll"), "zoe")


def test_who_took_a_vote_back_is_told_no_more() -> None:
    story = answered(asked("choice", results="voted"), TEN, options=["1"])
    answered(answered(story, ["ada"]), ["new"], options=["2"])
    assert story.sees("ada", Result, "p") is None


# names


@each_form
def test_hosts_see_who_answered_what_only_where_the_poll_said_so(form: str) -> None:
    answer = ANSWERS[form][0]
    story = answered(asked(form, names="hosts"), ["ada"], **answer)
    told = story.sees("host", Vote, "p/ada") or {}
    assert told["by"] == "ada" and told | answer == told
    for who in ("bob", "stage", "speaker"):
        assert story.sees(who, Vote, "p/ada") is None
    assert ended(story).sees("host", Vote, "p/ada") == told, "and go on seeing it"
    story = answered(asked(form), ["ada"], **answer)
    assert story.sees("host", Vote, "p/ada") is None


@each_form
def test_once_an_anonymous_poll_is_closed_it_is_only_known_who_voted(form: str) -> None:
    story = ended(answered(asked(form), FIVE, **ANSWERS[form][0]))
    for who in FIVE:
        vote = story.the(Vote, f"p/{who}")
        assert vote.sealed and vote.given == Given()
        assert (story.sees(who, Vote, vote.id) or {})["sealed"]
    poll = story.the(Poll, "p")
    assert poll.sealed and "ada" not in repr(msgspec.to_builtins(poll))
    assert story.the(Forgotten, "p").at == story.at, "and what the log holds of before is to be given up"


@each_form
def test_too_few_votes_are_sealed_as_well(form: str) -> None:
    story = ended(answered(asked(form), FIVE[:3], **ANSWERS[form][0]))
    assert not is_told(story, "host")
    assert "ada" not in repr(msgspec.to_builtins(story.the(Poll, "p")))
    ended(answered(ended(story, "open_poll"), FIVE[3:], **ANSWERS[form][0]))
    assert seen(story)["counted"] == 5, "with those who come later they are enough"


@each_form
def test_who_voted_before_a_closing_neither_votes_twice_nor_otherwise(form: str) -> None:
    one, other = ANSWERS[form]
    story = ended(answered(asked(form), FIVE, **one), "close_poll", "open_poll")
    for answer in (one, other, {}):
        story.when("ada", "vote", poll="p", **answer).then_refused("poll.voted")
    ended(answered(story, TEN[5:], **one))
    assert seen(story)["counted"] == 10
    if form in ("cloud", "text"):
        assert {said.votes for said in story.state.all(Said)} == {10}


def test_a_named_poll_is_changed_after_it_was_opened_again() -> None:
    story = ended(answered(asked("choice", names="hosts"), FIVE, options=["1"]), "close_poll", "open_poll")
    ended(answered(story, ["ada"], options=["2"]))
    assert story.the(Poll, "p").options[1].votes == 1
    assert story.state.get(Forgotten, "p") is None, "and its log stays"


def test_the_order_in_which_answers_came_is_in_no_record_once_it_is_closed() -> None:
    story = asked("text")
    for who in TEN:
        answered(story, [who], texts=[f"From {len(who)} {who}"])
    ended(story)
    changed = {story.state.sight("said", said.id).get(("host", ""), 0) for said in story.state.all(Said)}
    assert len(changed) == 2, "hosts were told of them in steps"
    seqs = {seq for kind, seq in _changed(story) if kind in ("said", "vote", "poll", "loose")}
    assert seqs == {story.state.position.seq}


def _changed(story: Scene) -> list[tuple[str, int]]:
    kept = msgspec.msgpack.decode(story.state.dump())[2]
    return [(kind, seq) for kind, _, seq, *_ in kept]


def test_a_poll_from_before_polls_were_sealed_is_sealed_by_the_server() -> None:
    story = ended(answered(asked("choice"), FIVE, options=["1"]))
    old = replace(story.the(Poll, "p"), sealed=False)
    assert old.awaits == "seal"
    story = ended(
        answered(
            asked("choice"),
            FIVE,
            options=["1"],
        ),
        "close_poll",
    )
    assert due(story.state) is None, "a new one needs nobody to do it later"


# time


def test_a_poll_with_a_time_is_closed_by_the_server_once_it_is_over() -> None:
    story = asked("choice", seconds=30)
    closes_at = seen(story, "ada")["closes_at"]
    assert closes_at == story.at + 30_000
    alarm = due(story.state)
    assert alarm is not None and alarm.at == closes_at
    story.when("organiser", "close_poll_due", poll="p").then_refused("errand.done")
    story.later(30_000).when("organiser", "close_poll_due", poll="p").then(Poll, "p", state="closed")
    assert "closes_at" not in seen(story) and due(story.state) is None
    story.when("organiser", "close_poll_due", poll="p").then_refused("errand.done")


def test_a_host_gives_a_poll_more_time_or_a_time() -> None:
    story = asked("choice", seconds=30)
    closes_at = seen(story)["closes_at"]
    story.given("host", "extend_poll", poll="p", seconds=30)
    assert seen(story)["closes_at"] == closes_at + 30_000
    timeless = asked("choice").given("host", "extend_poll", poll="p", seconds=60)
    assert seen(timeless)["closes_at"] == timeless.at + 60_000
    ended(story).when("host", "extend_poll", poll="p", seconds=30).then_refused("poll.closed")
    asked("choice").when("host", "extend_poll", poll="p", seconds=0).then_refused("poll.seconds")
    for command in ("extend_poll", "open_poll"):
        asked("choice").when("ada", command, poll="p", seconds=60).then_refused("command.not_allowed")


def test_one_that_is_opened_again_is_open_until_it_is_closed_unless_a_time_is_given() -> None:
    story = ended(asked("choice", seconds=30), "close_poll", "open_poll")
    assert "closes_at" not in seen(story) and due(story.state) is None
    ended(story).given("host", "open_poll", poll="p", seconds=10)
    assert seen(story)["closes_at"] == story.at + 10_000


def test_a_poll_that_is_left_open_is_closed_a_minute_after_its_session() -> None:
    story = answered(asked("choice"), FIVE, options=["1"]).given("host", "close_session")
    alarm = due(story.state)
    assert alarm is not None and alarm.at == story.at + 60_000
    story.later(60_000).given("organiser", "close_poll_due", poll="p").then(
        Poll, "p", state="closed", sealed=True
    )


# copies and rounds


@each_form
def test_a_copy_is_a_draft_of_the_same_question_without_what_came_of_it(form: str) -> None:
    story = ended(answered(asked(form), FIVE, **ANSWERS[form][0]))
    copy = story.given("host", "copy_poll", id="c", poll="p").the(Poll, "c")
    assert (copy.state, copy.voters, copy.first, copy.telling.told) == ("draft", 0, None, None)
    assert [option.text for option in copy.options] == [o.text for o in story.the(Poll, "p").options]
    assert (copy.scale, copy.number, copy.right) == tuple(
        getattr(story.the(Poll, "p"), name) for name in ("scale", "number", "right")
    )
    again = story.given("host", "copy_poll", id="r", poll="p", as_round=True)
    assert again.sees("host", Poll, "r") is not None and again.the(Poll, "r").first == "p"
    third = story.given("host", "copy_poll", id="t", poll="r", as_round=True)
    assert third.the(Poll, "t").first == "p"
    story.when("ada", "copy_poll", poll="p").then_refused("command.not_allowed")


def rounds(**more: str) -> Scene:
    """Ten in the first; in the second seven of these chose otherwise."""
    story = ended(answered(asked("choice", **more), TEN, options=["1"]), "close_poll")
    story.given("host", "copy_poll", id="r", poll="p", as_round=True).given("host", "open_poll", poll="r")
    for who in TEN:
        story.given(who, "vote", poll="r", options=["2" if who in TEN[:7] else "1"])
    return story.given("host", "close_poll", poll="r")


def test_moves_between_two_rounds_are_told_to_hosts_of_five_people_and_more() -> None:
    assert (rounds(names="hosts").sees("host", Poll, "r") or {})["moved"] == [
        {"from": "1", "to": "2", "people": 7}
    ]
    story = rounds(names="hosts")
    for who in ("ada", "stage"):
        assert "moved" not in (story.sees(who, Poll, "r") or {})


def test_of_anonymous_rounds_nobody_knows_who_moved() -> None:
    assert "moved" not in (rounds().sees("host", Poll, "r") or {})


def test_options_of_an_open_poll_can_be_mended_until_somebody_voted() -> None:
    story = asked("choice")
    story.given("host", "draft_poll", poll="p", question="Well??", options=["Home", "Work"])
    assert seen(story, "ada")["state"] == "open"
    assert [option["id"] for option in seen(story, "ada")["options"]] == ["4", "5"]
    story.when("ada", "vote", poll="p", options=["1"]).then_refused("poll.no_such_option")
    answered(story, ["ada"], options=["4"])
    rewritten = {"poll": "p", "question": "Well?", "options": ["A", "B"]}
    story.when("host", "draft_poll", **rewritten).then_refused("poll.locked")
