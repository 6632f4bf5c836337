"""Through the line to being live and off again: one at a time, and every mis-click has its way back."""

import pytest

from tests.session.scene import Scene, scene
from webinar_server.session.questions import Question
from webinar_server.session.stage import JUST_ASKED_MS, Stage

ASKERS = {"a": "ada", "b": "bob", "c": "cem", "d": "dee"}


def lined_up(*line: str) -> Scene:
    """Questions a, b, c and d of four people; those named stand in line in this order."""
    story = scene()
    for question, who in ASKERS.items():
        story.given(who, "ask", id=question, text=f"Question {question}?")
    for question in line:
        story.given("host", "queue", question=question)
    return story


# the line


def test_questions_line_up_in_the_order_they_are_queued() -> None:
    lined_up("b", "a", "c").then_stage(line="b a c")


def test_a_question_can_be_put_before_another() -> None:
    story = lined_up("a", "b").given("host", "queue", question="c", before="b").then_stage(line="a c b")
    story.given("host", "queue", question="b", before="a").then_stage(line="b a c")
    story.given("host", "queue", question="b").then_stage(line="a c b")


@pytest.mark.parametrize("before", ["d", "none", "a"])
def test_before_one_that_is_not_in_line_means_at_the_end(before: str) -> None:
    lined_up("a", "b").given("host", "queue", question="a", before=before).then_stage(line="b a")


def test_queueing_the_one_on_deck_takes_it_off_the_deck() -> None:
    story = lined_up("a", "b").given("host", "deck", question="b").then_stage(on_deck="b", line="a")
    story.given("host", "queue", question="b").then_stage(line="a b").then(Question, "b", state="queued")
    assert story.sees("bob", Stage, "now").get("on_deck") is None


@pytest.mark.parametrize(("who", "command"), [("ada", "withdraw"), ("host", "dismiss"), ("host", "answer")])
@pytest.mark.parametrize("place", ["queue", "deck"])
def test_whoever_is_withdrawn_dismissed_or_answered_leaves_the_line(
    who: str, command: str, place: str
) -> None:
    story = lined_up("b").given("host", place, question="a").given(who, command, question="a")
    story.then_stage(line="b")


# next


def test_you_are_next_is_told_to_hosts_and_the_asker_alone() -> None:
    story = lined_up("a").given("host", "deck", question="a").then(Question, "a", state="on_deck")
    assert story.sees("ada", Stage, "now")["on_deck"] == "a"
    assert story.sees("host", Stage, "now")["on_deck"] == "a"
    for who in ("bob", "attendee", "stage", "speaker"):
        assert not {"on_deck", "queue"} & story.sees(who, Stage, "now").keys()


def test_whoever_was_next_steps_back_to_the_head_of_the_line() -> None:
    story = lined_up("a", "b").given("host", "deck", question="c").given("host", "deck", question="d")
    story.then_stage(on_deck="d", line="c a b").then(Question, "c", state="queued")
    assert "on_deck" not in story.sees("cem", Stage, "now")


def test_the_head_of_the_line_and_the_deck_change_places() -> None:
    story = lined_up("a", "b").given("host", "deck", question="c").given("host", "deck", question="a")
    story.then_stage(on_deck="a", line="c b")


def test_decking_twice_changes_nothing() -> None:
    lined_up("a", "b").given_each(["host", "organiser"], "deck", question="a").then_stage(
        on_deck="a", line="b"
    )


def test_who_is_taken_out_of_the_line_leaves_the_others_in_it() -> None:
    story = lined_up("a", "b", "c").given("host", "deck", question="a")
    story.given("host", "unqueue", question="b").then_stage(on_deck="a", line="c")
    story.given("host", "unqueue", question="a").then_stage(on_deck=None, line="c")


# live


def test_the_spotlight_takes_a_question_from_wherever_it_was() -> None:
    for place in ((), ("queue",), ("deck",)):
        story = lined_up("b")
        for command in place:
            story.given("host", command, question="a")
        story.given("host", "spotlight", question="a").then_stage(live="a", line="b")
        story.then(Question, "a", state="live", live_at=story.at)


def test_one_question_is_live_at_a_time() -> None:
    story = lined_up("a", "b").given("host", "spotlight", question="a")
    story.when("organiser", "spotlight", question="b").then_refused("stage.taken")
    story.when("host", "answer", question="a").then_done()
    story.when("organiser", "spotlight", question="b").then_stage(live="b")


def test_a_spotlight_takes_the_place_of_the_live_question_it_names_which_is_answered() -> None:
    story = lined_up("a", "b").given("host", "spotlight", question="a")
    story.given("host", "spotlight", question="b", instead_of="a").then_stage(live="b", line="")
    story.then(Question, "a", state="answered", answered_at=story.at).then(Question, "b", state="live")
    assert story.sees("stage", Stage, "now")["just_asked"] == [{"question": "a", "at": story.at}]


def test_a_spotlight_takes_nobodys_place_whom_its_host_has_not_seen_live() -> None:
    story = lined_up("a", "b").given("host", "spotlight", question="a")
    story.given("host", "spotlight", question="b", instead_of="a")
    story.when("organiser", "spotlight", question="c", instead_of="a").then_refused("stage.taken")
    story.given("host", "answer", question="b")
    story.when("organiser", "spotlight", question="c", instead_of="b").then_stage(live="c")


def test_two_hosts_who_spotlight_the_same_question_both_have_their_way() -> None:
    story = lined_up("a").given("host", "spotlight", question="a")
    live_at = story.the(Question, "a").live_at
    story.when("organiser", "spotlight", question="a").then(Question, "a", state="live", live_at=live_at)


def test_whoever_is_on_deck_stays_there_while_another_is_live() -> None:
    story = lined_up("a", "b").given("host", "deck", question="b").given("host", "spotlight", question="a")
    story.then_stage(live="a", on_deck="b")


def test_everybody_sees_who_is_live() -> None:
    story = lined_up().given("host", "spotlight", question="a")
    for who in ("host", "bob", "stage"):
        assert story.sees(who, Stage, "now")["live"] == "a"
        assert story.sees(who, Question, "a")["asker"]["name"] == "Ada"


# off again


def test_whoever_was_answered_stays_in_the_rail_for_five_minutes() -> None:
    story = lined_up().given("host", "spotlight", question="a").given("host", "answer", question="a")
    first = {"question": "a", "at": story.at}
    story.then_stage().then(Question, "a", state="answered", answered_at=story.at)
    assert story.sees("stage", Stage, "now")["just_asked"] == [first]
    story.later(JUST_ASKED_MS - 3_000)
    story.given("host", "spotlight", question="b").given("host", "answer", question="b")
    assert story.sees("bob", Stage, "now")["just_asked"] == [first, {"question": "b", "at": story.at}]
    story.given("host", "spotlight", question="c")
    assert [asked.question for asked in story.the(Stage, "now").just_asked] == ["b"]


def test_what_was_answered_in_writing_was_not_just_asked() -> None:
    story = lined_up("a", "b").given("host", "answer", question="a").then_stage(line="b")
    assert story.the(Stage, "now").just_asked == ()
    story.then(Question, "a", live_at=None, answered_at=story.at)


def test_answering_twice_changes_nothing() -> None:
    story = lined_up().given("host", "spotlight", question="a").given("host", "answer", question="a")
    at = story.at
    story.given("organiser", "answer", question="a").then(Question, "a", answered_at=at)
    assert len(story.the(Stage, "now").just_asked) == 1


def test_an_answer_by_mistake_is_taken_back_by_the_spotlight() -> None:
    story = lined_up().given("host", "spotlight", question="a").given("host", "answer", question="a")
    story.given("host", "spotlight", question="a").then_stage(live="a").then(Question, "a", answered_at=None)
    assert story.the(Stage, "now").just_asked == ()


def test_clearing_the_stage_puts_the_live_one_back_at_the_head() -> None:
    story = lined_up("a", "b", "c").given("host", "spotlight", question="b").given("host", "clear_stage")
    story.then_stage(line="b a c").then(Question, "b", state="queued", live_at=None)
    assert story.sees("stage", Question, "b") is None
    story.given("ada", "introduce", pitch="x").given("bob", "show_as", question="b", shown="anonymous")
    story.given("host", "spotlight", question="b")
    assert story.sees("stage", Question, "b")["asker"] == {}, "it was not yet their moment"


def test_clearing_an_empty_stage_changes_nothing() -> None:
    lined_up("a").given("host", "clear_stage").then_stage(line="a")
    lined_up("a").when("ada", "clear_stage").then_refused("command.not_allowed")


# a dismissal taken back


@pytest.mark.parametrize("question", ["a", "b", "c"])
def test_a_dismissed_question_comes_back_to_its_place_in_line(question: str) -> None:
    story = lined_up("a", "b", "c").given("host", "dismiss", question=question)
    story.given("host", "approve", question=question).then_stage(line="a b c")


def test_a_dismissed_one_from_the_deck_comes_back_to_the_head() -> None:
    story = lined_up("a", "b").given("host", "deck", question="c").given("host", "dismiss", question="c")
    story.then_stage(line="a b").given("host", "approve", question="c").then_stage(line="c a b")
    story.then(Question, "c", state="queued")


def test_if_the_one_behind_has_gone_meanwhile_it_comes_back_to_the_end() -> None:
    story = (
        lined_up("a", "b", "c").given("host", "dismiss", question="a").given("bob", "withdraw", question="b")
    )
    story.given("host", "approve", question="a").then_stage(line="c a")


def test_an_answer_in_passing_is_taken_back_to_its_place_without_being_shown() -> None:
    story = lined_up("a", "b", "c").given("host", "answer", question="b").then_stage(line="a c")
    story.given("host", "approve", question="b").then_stage(line="a b c")
    story.then(Question, "b", state="queued", answered_at=None)


def test_an_answer_to_one_that_was_live_is_not_taken_back_by_approving() -> None:
    story = lined_up("a").given("host", "spotlight", question="a").given("host", "answer", question="a")
    story.given("host", "approve", question="a").then(Question, "a", state="answered")
