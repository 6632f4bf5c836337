"""Written answers: by who leads or speaks, also when the hour is over; read by the room, and taken back."""

from __future__ import annotations

import pytest

from tests.session.scene import Scene, scene
from webinar_server.session.answers import WrittenAnswer
from webinar_server.session.questions import Question

TEXT = "By ship, from May on."


def asked(**how: str) -> Scene:
    return scene().given("ada", "ask", id="q", text="How do they come?", **how)


def answered(**how: str) -> Scene:
    return asked(**how).given("host", "answer_in_writing", question="q", text=TEXT)


def test_what_is_answered_in_writing_is_answered_and_read_by_everybody_in_the_room() -> None:
    story = asked().when("host", "answer_in_writing", question="q", text=TEXT)
    story.then(Question, "q", state="answered", live_at=None, answered_at=story.at)
    told = {"by": "host", "name": "Host", "role": "host", "text": TEXT, "at": story.at}
    for who in ("ada", "bob", "host"):
        assert story.sees(who, WrittenAnswer, "q") == told
    assert story.sees("stage", WrittenAnswer, "q") is None


def test_it_goes_on_when_the_hour_is_over_also_by_who_spoke() -> None:
    over = asked().given("host", "close_session")
    over.when("speaker", "answer_in_writing", question="q", text=TEXT)
    over.then(WrittenAnswer, "q", by="speaker", role="speaker")
    over.when("ada", "answer_in_writing", question="q", text=TEXT).then_refused("command.not_allowed")


def test_said_again_it_has_other_words() -> None:
    story = answered().when("speaker", "answer_in_writing", question="q", text="By train.")
    story.then(WrittenAnswer, "q", text="By train.", by="speaker").then(Question, "q", state="answered")


def test_what_was_answered_aloud_gets_more_in_writing_and_keeps_its_moment() -> None:
    story = asked().given("host", "spotlight", question="q").given("host", "answer", question="q")
    live_at = story.the(Question, "q").live_at
    story.when("host", "answer_in_writing", question="q", text=TEXT).then(Question, "q", live_at=live_at)
    story.when("host", "take_answer_back", question="q").then_gone(WrittenAnswer, "q")
    story.then(Question, "q", state="answered", live_at=live_at)


@pytest.mark.parametrize("back", ["take_answer_back", "approve"])
def test_taken_back_it_waits_where_it_stood(back: str) -> None:
    story = asked().given("bob", "ask", id="r", text="When?")
    story.given("host", "queue", question="q").given("host", "queue", question="r")
    story.given("host", "answer_in_writing", question="q", text=TEXT).then_stage(line="r")
    story.when("host", back, question="q").then(Question, "q", state="queued").then_stage(line="q r")
    story.then_gone(WrittenAnswer, "q")


def test_a_speaker_takes_back_only_what_they_wrote_and_sees_no_more_than_the_room_does() -> None:
    answered().when("speaker", "take_answer_back", question="q").then_refused("answer.not_yours")
    held = scene(premoderated=True).given("ada", "ask", id="q", text="How?")
    held.when("speaker", "answer_in_writing", question="q", text=TEXT).then_refused("question.unknown")
    held.when("host", "answer_in_writing", question="q", text=TEXT).then(Question, "q", state="answered")


@pytest.mark.parametrize("ended", ["withdraw", "dismiss"])
def test_what_is_over_is_not_answered(ended: str) -> None:
    story = asked().given("ada" if ended == "withdraw" else "host", ended, question="q")
    state = "withdrawn" if ended == "withdraw" else "dismissed"
    story.when("host", "answer_in_writing", question="q", text=TEXT).then_refused(f"question.{state}")


def test_nothing_is_no_answer() -> None:
    asked().when("host", "answer_in_writing", question="q", text="  ").then_refused("answer.empty")


def test_what_is_live_is_answered_aloud_first() -> None:
    story = asked().given("host", "spotlight", question="q")
    story.when("host", "answer_in_writing", question="q", text=TEXT).then_refused("question.live")


@pytest.mark.parametrize("whom", ["ada", "speaker"])
def test_who_is_erased_takes_along_what_they_wrote_and_what_was_written_to_them(whom: str) -> None:
    story = asked(shown="anonymous").given("speaker", "answer_in_writing", question="q", text=TEXT)
    story.given("server", "forget_people", people=(whom,)).then_gone(WrittenAnswer, "q")
    assert story.the(Question, "q").answered_at is not None
