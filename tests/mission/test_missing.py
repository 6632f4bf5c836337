"""Missing: who is not here gets a letter of what waits, one a day at most, without its words."""

from __future__ import annotations

from tests.mission.test_conversations import talking
from tests.session.scene import Scene
from webinar_server.mission import missing
from webinar_server.mission.contacts import DAY_MS, HOUR_MS
from webinar_server.mission.conversations import Conversation, PrivateMessage
from webinar_server.mission.due import due
from webinar_server.mission.letters import Letter
from webinar_server.mission.writing import MISSED_MS


def on_its_own(story: Scene, until: int) -> Scene:
    """What the server says by itself up to then."""
    while (alarm := due(story.state)) is not None and alarm.at <= until:
        story.at = max(story.at, alarm.at)
        args = {name: getattr(alarm.command, name) for name in alarm.command.__struct_fields__}
        story.given("server", alarm.command.NAME, **args)
    story.at = until
    return story


def sent(story: Scene, letter: str = "digest.bob") -> Scene:
    story.given("server", "claim_letters", worker="w1", letters=[letter])
    return story.given("server", "letter_sent", letter=letter, mark=story.the(Letter, letter).mark)


def read(story: Scene, whose: str, whom: str, message: str) -> Scene:
    return story.given(whose, "read_conversation", whom=whom, until=story.the(PrivateMessage, message).at)


def test_what_is_not_read_for_hours_is_told_by_a_letter() -> None:
    story = talking("Hello")
    on_its_own(story, story.at + MISSED_MS - 60_000).then_gone(Letter, "digest.bob")
    on_its_own(story, story.at + HOUR_MS + 60_000).then(Letter, "digest.bob", state="queued")
    story.then_gone(Letter, "digest.ada")


def test_what_is_read_before_is_nothing_to_tell() -> None:
    story = read(talking("Hello"), "bob", "ada", "m1")
    on_its_own(story, story.at + DAY_MS).then_gone(Letter, "digest.bob")
    assert missing.due(story.state) is None


def test_who_is_here_is_left_alone_until_they_went() -> None:
    story = talking("Hello").given("bob", "enter", worker="w1")
    on_its_own(story, story.at + 2 * DAY_MS).then_gone(Letter, "digest.bob")
    story.given("bob", "exit", worker="w1")
    on_its_own(story, story.at + 2 * HOUR_MS).then(Letter, "digest.bob", state="queued")


def test_a_day_has_one_letter_at_most() -> None:
    story = talking("Hello")
    sent(on_its_own(story, story.at + MISSED_MS + HOUR_MS))
    first = story.the(Letter, "digest.bob").mark
    story.given("ada", "write", to="bob", text="And?")
    on_its_own(story, story.at + 12 * HOUR_MS).then(Letter, "digest.bob", mark=first)
    on_its_own(story, story.at + DAY_MS)
    assert story.the(Letter, "digest.bob").mark != first


def test_what_was_told_once_is_not_told_every_day() -> None:
    story = talking("Hello")
    sent(on_its_own(story, story.at + MISSED_MS + HOUR_MS))
    assert missing.due(story.state) is None


def test_who_wants_no_such_letters_gets_none() -> None:
    story = talking("Hello").given("bob", "want_letters", on=False)
    on_its_own(story, story.at + DAY_MS).then_gone(Letter, "digest.bob")


def test_the_letter_of_what_waits_is_switched_off_alone() -> None:
    story = talking("Hello").given("bob", "want_letters", of="messages", on=False)
    story.given("ori", "send_letters", kind="reminder", participants=["bob"])
    on_its_own(story, story.at + DAY_MS).then_gone(Letter, "digest.bob")
    story.then(Letter, "reminder.bob", state="queued")


def test_read_while_the_letter_waits_it_is_not_sent() -> None:
    story = talking("Hello")
    on_its_own(story, story.at + MISSED_MS + HOUR_MS).then(Letter, "digest.bob", state="queued")
    read(story, "bob", "ada", "m1").given("server", "claim_letters", worker="w1", letters=["digest.bob"])
    story.then(Letter, "digest.bob", state="failed", reason="withdrawn")


def test_what_a_blocked_one_wrote_is_missed_by_nobody() -> None:
    story = talking("Hello").given("bob", "block", person="ada").given("ada", "write", to="bob", text="Hm")
    on_its_own(story, story.at + DAY_MS).then_gone(Letter, "digest.bob")
    story.given("bob", "unblock", person="ada").then(Conversation, "bob/ada", unread=1)


def test_one_letter_tells_of_all_who_wrote() -> None:
    story = talking("Hello").given("cem", "ask_contact", id="c2", whom="bob", where="directory")
    story.given("bob", "accept_contacts", requests=["c2"])
    story.later(2 * HOUR_MS).given("cem", "write", to="bob", text="Me too")
    sent(on_its_own(story, story.at + 2 * HOUR_MS))
    assert all(side.missed is None for side in story.state.of(Conversation, "of", "bob"))
