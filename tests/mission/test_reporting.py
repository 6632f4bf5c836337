"""Reporting: an organiser sees the message that was shown to them, and nothing else."""

from __future__ import annotations

from tests.mission.test_conversations import head, talking, words
from tests.session.scene import Scene
from webinar_server.limits_of_conversations import REPORTED_A_DAY
from webinar_server.mission.conversations import Conversation, PrivateMessage
from webinar_server.mission.reporting import Reported, drop_reports
from webinar_server.state import Draft


def reported() -> Scene:
    story = talking("Buy my coins", "Really")
    return story.given("bob", "report_message", message="m1", reason="Spam")


def test_organisers_see_what_was_reported_by_whom_and_why_and_nothing_around_it() -> None:
    story = reported()
    seen = story.sees("ori", Reported, "m1")
    assert seen is not None
    assert {name: seen[name] for name in ("by", "name", "text", "who", "who_name", "reason")} == {
        **{"by": "ada", "name": "Ada", "text": "Buy my coins"},
        **{"who": "bob", "who_name": "Bob", "reason": "Spam"},
    }
    others = [one for one in story.state.records() if isinstance(one, Conversation | PrivateMessage)]
    assert all(story.sees("ori", type(one), one.id) is None for one in others)


def test_who_wrote_it_is_told_nothing_and_who_showed_it_that_they_did() -> None:
    story = reported()
    assert story.sees("ada", Reported, "m1") is None and story.sees("cem", Reported, "m1") is None
    assert story.sees("bob", Reported, "m1") == {"since": story.the(Reported, "m1").since}
    story.given("bob", "report_message", message="m1").then(Reported, "m1", reason="Spam")


def test_only_to_whom_it_was_written_can_show_it() -> None:
    story = talking("Hello")
    for who in ("ada", "cem", "ori"):
        story.when(who, "report_message", message="m1").then_refused("message.unknown")
    story.when("bob", "report_message", message="none").then_refused("message.unknown")


def test_what_was_never_heard_cannot_be_shown() -> None:
    story = talking("Hello").given("bob", "block", person="ada")
    story.given("ada", "write", id="m2", to="bob", text="Hello?").given("bob", "unblock", person="ada")
    story.when("bob", "report_message", message="m2").then_refused("message.unknown")


def test_a_message_can_be_removed_for_both() -> None:
    story = reported().given("ori", "settle_reported", reported="m1", remove=True)
    story.then_gone(Reported, "m1")
    assert words(story, "ada", "bob") == words(story, "bob", "ada") == ["", "Really"]
    assert head(story, "bob", "ada")["edition"] == head(story, "ada", "bob")["edition"] == 1
    story.when("bob", "report_message", message="m1").then_refused("message.unknown")


def test_of_the_newest_that_is_removed_nothing_is_left_in_a_list() -> None:
    story = talking("One", "Two").given("bob", "report_message", message="m2")
    story.given("ori", "settle_reported", reported="m2", remove=True)
    for one, other in (("ada", "bob"), ("bob", "ada")):
        assert head(story, one, other)["last"]["text"] == ""
        assert head(story, one, other)["last"]["before"] == "m1"
    assert "Two" not in str(list(story.state.records()))


def test_or_it_stays_and_nobody_is_told() -> None:
    story = talking("One")
    before = head(story, "ada", "bob")
    story.given("bob", "report_message", message="m1")
    story.given("ori", "settle_reported", reported="m1").then_gone(Reported, "m1")
    assert head(story, "ada", "bob") == before
    story.when("ori", "settle_reported", reported="m1").then_refused("reported.unknown")


def test_only_organisers_settle_and_none_what_they_wrote_themselves() -> None:
    story = reported().when("bob", "settle_reported", reported="m1").then_refused("command.not_allowed")
    story.given("ori", "change_role", participant="ada", role="organiser")
    assert story.sees("ada", Reported, "m1") is None
    story.when("ada", "settle_reported", reported="m1").then_refused("reported.unknown")


def test_a_day_of_reports_has_an_end() -> None:
    story = talking(*(f"Text {n}" for n in range(REPORTED_A_DAY + 1)))
    for number in range(1, REPORTED_A_DAY + 1):
        story.given("bob", "report_message", message=f"m{number}")
    story.when("bob", "report_message", message=f"m{REPORTED_A_DAY + 1}").then_refused("report.day")


def test_all_that_somebody_showed_or_that_was_shown_of_them_can_be_dropped() -> None:
    for who in ("ada", "bob"):
        draft = Draft(reported().state)
        drop_reports(draft, who)
        draft.keep()
        assert not list(draft.all(Reported))
