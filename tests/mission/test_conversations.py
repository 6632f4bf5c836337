"""Conversations: what two who are connected write to each other, told to these two alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mission.scene import scene
from tests.mission.test_leads import connected
from tests.session.scene import Scene
from webinar_server.limits_of_conversations import LAST_MAX, WRITTEN_A_DAY, WRITTEN_MAX
from webinar_server.mission.contacts import DAY_MS
from webinar_server.mission.conversations import (
    Conversation,
    PrivateMessage,
    drop_conversations,
    messages_of,
    waits_unread,
)
from webinar_server.mission.writing import TEXT_MAX
from webinar_server.state import Draft


def talking(*texts: str) -> Scene:
    """Ada and Bob are connected, and Ada wrote these, as m1, m2, …"""
    story = connected()
    for number, text in enumerate(texts, 1):
        story.given("ada", "write", id=f"m{number}", to="bob", text=text)
    return story


def words(story: Scene, who: str, whom: str) -> list[str]:
    return [one.text for one in messages_of(story.state, who, whom)]


def head(story: Scene, who: str, whom: str) -> dict[str, Any]:
    seen = story.sees(who, Conversation, f"{who}/{whom}")
    assert seen is not None
    return seen


def test_what_is_written_is_on_both_sides_and_unread_on_the_other() -> None:
    story = talking("Shall we meet?")
    mine, theirs = head(story, "ada", "bob"), head(story, "bob", "ada")
    assert mine["unread"] == 0 and theirs["unread"] == 1
    assert mine["last"]["text"] == theirs["last"]["text"] == "Shall we meet?"
    assert (mine["name"], theirs["name"]) == ("Bob", "Ada")
    assert words(story, "ada", "bob") == words(story, "bob", "ada") == ["Shall we meet?"]


def test_the_newest_says_which_one_was_before_it() -> None:
    story = talking("One", "Two").given("bob", "write", id="m3", to="ada", text="Three")
    assert head(story, "ada", "bob")["last"]["before"] == "m2"
    assert head(story, "bob", "ada")["last"]["before"] == "m2"


def test_of_a_long_one_a_list_has_the_beginning_and_the_conversation_all() -> None:
    story = talking("x" * TEXT_MAX)
    last = head(story, "bob", "ada")["last"]
    assert last["text"] == "x" * LAST_MAX and last["cut"] is True
    assert words(story, "bob", "ada") == ["x" * TEXT_MAX]


def test_to_read_counts_down_and_nobody_else_is_told() -> None:
    story = talking("One", "Two", "Three")
    before = head(story, "ada", "bob")
    story.given("bob", "read_conversation", whom="ada", until=story.the(PrivateMessage, "m2").at)
    assert head(story, "bob", "ada")["unread"] == 1
    story.given("bob", "read_conversation", whom="ada", until=story.the(PrivateMessage, "m3").at + DAY_MS)
    assert head(story, "bob", "ada")["unread"] == 0
    assert head(story, "ada", "bob") == before
    story.given("ada", "write", id="m4", to="bob", text="Four")
    assert head(story, "bob", "ada")["unread"] == 1


def test_reading_does_not_go_back() -> None:
    story = talking("One", "Two")
    newest = story.the(PrivateMessage, "m2").at
    story.given("bob", "read_conversation", whom="ada", until=newest)
    story.given("bob", "read_conversation", whom="ada", until=0)
    assert head(story, "bob", "ada")["unread"] == 0


def test_only_those_who_are_connected_write() -> None:
    story = scene("ada", "bob")
    story.when("ada", "write", to="bob", text="Hello").then_refused("conversation.unknown")
    story.given("ada", "ask_contact", id="c1", whom="bob", where="directory")
    story.when("ada", "write", to="bob", text="Hello").then_refused("conversation.unknown")
    story.when("bob", "write", to="ada", text="Hello").then_refused("conversation.unknown")
    story.when("ada", "write", to="ada", text="Hello").then_refused("conversation.unknown")
    story.when("ada", "write", to="nobody", text="Hello").then_refused("conversation.unknown")


def test_who_let_go_of_a_contact_can_still_answer_what_was_written() -> None:
    story = talking("Hello").given("bob", "drop_lead", lead="bob/ada")
    story.given("bob", "write", id="m2", to="ada", text="Yes?")
    assert words(story, "ada", "bob") == ["Hello", "Yes?"]


def test_nobody_writes_to_who_left() -> None:
    story = talking("Hello").given("bob", "leave_mission")
    story.when("ada", "write", to="bob", text="Gone?").then_refused("conversation.over")
    assert words(story, "ada", "bob") == ["Hello"]


def test_nobody_else_sees_any_of_it() -> None:
    story = talking("Secret")
    for who in ("cem", "ori", "organiser", "participant"):
        for record in story.state.records():
            if isinstance(record, Conversation | PrivateMessage):
                assert story.sees(who, type(record), record.id) is None
    for who in ("cem", "ori"):
        for of, whom in ((who, "ada"), (who, "bob")):
            assert story.state.get(Conversation, f"{of}/{whom}") is None
        story.when(who, "read_conversation", whom="ada", until=1).then_refused("conversation.unknown")
        story.when(who, "report_message", message="m1").then_refused("message.unknown")


@pytest.mark.parametrize("text", ["", "  ", "x" * (TEXT_MAX + 1), "a\u202eb"])
def test_what_cannot_be_read_is_refused_and_nothing_is_left(text: str) -> None:
    story = connected().when("ada", "write", to="bob", text=text)
    assert story.refusal is not None and story.refusal.code.startswith("conversation.")


def test_what_somebody_writes_to_who_blocked_them_is_for_their_eyes_alone() -> None:
    story = talking("Before").given("bob", "block", person="ada")
    told = story.the(Conversation, "bob/ada")
    story.when("ada", "write", id="m2", to="bob", text="Are you there?").then_done()
    assert words(story, "ada", "bob") == ["Before", "Are you there?"]
    assert story.the(Conversation, "bob/ada") == told and story.sees("bob", Conversation, "bob/ada") is None
    story.when("bob", "write", to="ada", text="No").then_refused("contact.blocked")
    story.when("bob", "read_conversation", whom="ada", until=1).then_refused("conversation.unknown")
    story.given("bob", "unblock", person="ada")
    assert words(story, "bob", "ada") == ["Before"]
    story.given("ada", "write", id="m3", to="bob", text="Hello again")
    assert words(story, "bob", "ada") == ["Before", "Hello again"]
    assert head(story, "bob", "ada")["last"]["before"] == "m1"
    assert head(story, "ada", "bob")["last"]["before"] == "m2"


def test_a_day_has_an_end() -> None:
    story = connected()
    for _ in range(WRITTEN_A_DAY):
        story.given("ada", "write", to="bob", text="Hello")
    story.when("ada", "write", to="bob", text="Hello").then_refused("conversation.day")
    assert story.refusal is not None and story.refusal.told()["retry_after"] > 0
    story.given("bob", "write", to="ada", text="Enough")
    story.later(DAY_MS).when("ada", "write", to="bob", text="Hello").then_done()


def test_of_very_many_the_oldest_goes() -> None:
    story = connected()
    for day in range(3):
        for number in range(WRITTEN_A_DAY - 10):
            story.given("ada", "write", to="bob", text=f"{day}.{number}")
        story.later(DAY_MS)
    kept = words(story, "bob", "ada")
    assert len(kept) == WRITTEN_MAX and kept[-1] == f"2.{WRITTEN_A_DAY - 11}"


def test_what_follows_within_a_moment_keeps_its_order() -> None:
    story = talking("One")
    story.at -= 5_000
    story.given("bob", "write", id="a0", to="ada", text="Two")
    assert words(story, "ada", "bob") == ["One", "Two"]


def test_how_many_wait_is_counted_without_those_that_were_blocked() -> None:
    story = talking("One", "Two")
    assert waits_unread(story.state, "bob") == 2
    story.given("bob", "block", person="ada")
    assert waits_unread(story.state, "bob") == 0


def test_all_of_somebody_can_be_dropped_a_part_at_a_time() -> None:
    story = talking("One", "Two", "Three").given("bob", "write", to="ada", text="Four")
    draft, rounds = Draft(story.state), 0
    while drop_conversations(draft, "ada", 2):
        draft.keep()
        rounds += 1
    draft.keep()
    assert rounds == 2
    assert not list(draft.all(Conversation)) and not list(draft.all(PrivateMessage))
