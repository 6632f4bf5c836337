"""Chat: what is said, hidden, brought back; and how much of it is kept."""

import pytest

from tests.session.scene import STEP_MS, Scene, scene
from webinar_server.session import chat
from webinar_server.session.chat import MESSAGES_KEPT, YOUNG_MS, Message, Say
from webinar_server.session.people import Person
from webinar_server.state import Actor, Draft, run


def said() -> Scene:
    return scene().given("ada", "say", id="m", text="Hello all")


def test_what_is_said_is_seen_by_everybody_in_the_room_but_not_on_stage() -> None:
    story = said()
    seen = {"by": "ada", "name": "Ada", "role": "attendee", "text": "Hello all", "at": story.at}
    assert story.sees("attendee", Message, "m") == seen
    assert story.sees("ada", Message, "m") == seen
    assert story.sees("host", Message, "m") == seen | {"hidden": False}
    assert story.sees("stage", Message, "m") is None


def test_saying_something_answers_its_id() -> None:
    assert said().result == {"id": "m"}


def test_a_message_keeps_the_name_its_writer_had_then() -> None:
    story = scene()
    story.given("host", "say", id="before", text="I have not arrived")
    assert story.the(Message, "before").name == "Host"
    story.given("ada", "say", id="m", text="I have")
    assert story.the(Message, "m").name == story.the(Person, "ada").name


@pytest.mark.parametrize("step", [0, 1, -3_600_000])
def test_messages_stand_as_they_were_said_whatever_the_clock_says(step: int) -> None:
    story = said()
    for id in "ca":
        story.at += step - STEP_MS
        story.given("ada", "say", id=id, text=id)
    assert [message.id for message in story.state.order("message").back()] == ["a", "c", "m"]


def test_messages_of_one_batch_and_one_millisecond_stand_as_they_were_said() -> None:
    story = scene()
    draft = Draft(story.state)
    for id in "cab":
        run(draft, Actor("ada", "Ada", "attendee", story.at, id), Say(text=id))
        draft.keep()
    kept = sorted(draft.all(Message), key=lambda message: message.at)
    assert [message.id for message in kept] == ["c", "a", "b"]


def test_line_breaks_stay_and_runs_of_spaces_fold() -> None:
    scene().given("ada", "say", id="m", text=" a   b \n\n\n\n c ").then(Message, "m", text="a b \n\n c")


@pytest.mark.parametrize(
    ("size", "code"), [(0, "chat.empty"), (499, None), (500, None), (501, "chat.too_long")]
)
def test_a_message_has_up_to_500_characters(size: int, code: str | None) -> None:
    story = scene().when("ada", "say", text="x" * size)
    story.then_refused(code) if code else story.then_done()


def test_a_hidden_message_is_gone_for_attendees_marked_for_hosts_and_told_to_its_writer() -> None:
    story = said().given("host", "hide", message="m").then(Message, "m", hidden_by="host")
    assert story.sees("bob", Message, "m") is None
    assert story.sees("attendee", Message, "m") is None
    assert story.sees("host", Message, "m")["hidden"] is True
    assert story.sees("ada", Message, "m")["hidden"] is True, "no secret shadow-bans"
    assert story.sees("ada", Message, "m")["text"] == "Hello all"


def test_a_restored_message_is_as_it_was() -> None:
    story = said()
    before = story.the(Message, "m")
    story.given("host", "hide", message="m").given("host", "restore", message="m")
    assert story.the(Message, "m") == before


def test_hiding_or_restoring_twice_changes_nothing_more() -> None:
    story = said().given("host", "restore", message="m").given("host", "hide", message="m")
    story.given("organiser", "hide", message="m")
    assert story.sees("bob", Message, "m") is None


@pytest.mark.parametrize("command", ["hide", "restore"])
def test_only_hosts_hide_and_only_what_is_there(command: str) -> None:
    said().when("ada", command, message="m").then_refused("command.not_allowed")
    said().when("speaker", command, message="m").then_refused("command.not_allowed")
    said().when("host", command, message="none").then_refused("message.unknown")


def test_after_the_end_only_hosts_say_something() -> None:
    story = said().given("host", "close_session")
    story.when("ada", "say", text="Still there?").then_refused("session.closed")
    story.when("host", "say", text="Thank you all").then_done()
    story.when("host", "hide", message="m").then_done()


def test_nothing_is_said_where_there_is_no_session() -> None:
    scene(session=False).when("host", "say", text="Hello?").then_refused("session.unknown")


def test_a_stage_screen_says_nothing() -> None:
    scene().with_role("screen", "stage").when("screen", "say", text="Hi").then_refused("command.not_allowed")


def test_the_newest_5000_messages_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MESSAGES_KEPT == 5_000
    monkeypatch.setattr(chat, "MESSAGES_KEPT", 20)
    story = scene()
    for n in range(23):
        story.given("host", "say", id=f"m{n}", text="Hello")
    assert story.state.count(Message) == 20
    story.then_gone(Message, "m0").then_gone(Message, "m2").then(Message, "m3")


def test_whoever_said_most_loses_their_own_lines_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "MESSAGES_EACH", 3)
    monkeypatch.setattr(chat, "MESSAGES_KEPT", 6)
    story = scene().given("host", "say", id="h", text="Welcome").given("bob", "say", id="b", text="Hi")
    for n in range(20):
        story.given("ada", "say", id=f"m{n}", text="Mine").later(YOUNG_MS)
    assert {message.id for message in story.state.all(Message)} == {"h", "b", "m16", "m17", "m18", "m19"}


def test_while_there_is_room_nobody_loses_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "MESSAGES_EACH", 3)
    story = scene()
    for n in range(10):
        story.given("ada", "say", id=f"m{n}", text="Mine").later(YOUNG_MS)
    assert story.state.count(Message) == 10


def test_what_was_said_a_moment_ago_stays_however_much_its_writer_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chat, "MESSAGES_EACH", 3)
    monkeypatch.setattr(chat, "MESSAGES_KEPT", 10)
    story = scene().given("bob", "say", id="b", text="Hi")
    for n in range(10):
        story.given("ada", "say", id=f"m{n}", text="Mine")
    assert {message.id for message in story.state.all(Message)} == {f"m{n}" for n in range(10)}


def test_what_a_batch_says_beyond_the_cap_is_dropped_by_the_next_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story = said().given("ada", "say", id="n", text="two").given("ada", "say", id="o", text="three")
    monkeypatch.setattr(chat, "MESSAGES_KEPT", 2)
    story.given("ada", "say", id="p", text="four")
    assert [message.id for message in story.state.all(Message)] == ["o", "p"]


def test_a_message_has_up_to_20_lines() -> None:
    story = scene().when("ada", "say", text="\n".join("x" * 20))
    story.then_done().when("ada", "say", text="\n".join("x" * 21)).then_refused("chat.too_many_lines")
