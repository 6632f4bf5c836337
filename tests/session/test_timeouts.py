"""Timeouts: somebody is quiet for some minutes, is told so and why, and is not for longer."""

import pytest

from tests.session.scene import Scene, scene
from webinar_server.session.due import due
from webinar_server.session.people import Person
from webinar_server.session.timeouts import Timeout
from webinar_server.session.timing_out import MINUTES_MAX

MINUTE = 60_000


def quiet(minutes: int = 5) -> Scene:
    story = scene().given("ada", "say", text="Spam").given("bob", "ask", id="q", text="Why?")
    return story.given("host", "time_out", person="ada", minutes=minutes, reason="One line is enough.")


ADDS = [("say", {"text": "More"}), ("ask", {"text": "And?"}), ("raise_hand", {})]


@pytest.mark.parametrize(("command", "args"), ADDS)
def test_who_is_quiet_adds_nothing_and_is_told_for_how_long_and_why(
    command: str, args: dict[str, str]
) -> None:
    story = quiet().when("ada", command, **args).then_refused("person.timed_out")
    assert story.refusal is not None and story.refusal.reason == "One line is enough."
    assert story.refusal.retry_after == pytest.approx(5 * 60 - 1, abs=0.2)
    story.when("bob", command, **args).then_done()


def test_they_read_support_and_vote_as_before() -> None:
    quiet().when("ada", "support", question="q").then_done()


@pytest.mark.parametrize(("command", "args"), ADDS)
def test_it_ends_by_itself_be_it_that_no_server_runs(command: str, args: dict[str, str]) -> None:
    quiet().later(5 * MINUTE).when("ada", command, **args).then_done()


def test_the_server_takes_it_away_when_it_is_over() -> None:
    story = quiet()
    alarm = due(story.state)
    assert alarm is not None and alarm.at == story.at + 5 * MINUTE
    story.when("organiser", "end_timeouts").then_refused("timeout.gone")
    story.later(5 * MINUTE).when("organiser", "end_timeouts").then_done().then_gone(Timeout, "ada")


def test_they_and_the_hosts_alone_are_told() -> None:
    story = quiet()
    mine = {"at": story.at, "until": story.at + 5 * MINUTE, "reason": "One line is enough."}
    assert story.sees("ada", Timeout, "ada") == mine
    assert story.sees("host", Timeout, "ada") == mine | {"by": "host", "name": "Host"}
    assert story.sees("bob", Timeout, "ada") is None and story.sees("stage", Timeout, "ada") is None


def test_a_host_takes_it_back() -> None:
    quiet().given("organiser", "end_timeout", person="ada").when("ada", "say", text="Thanks").then_done()
    scene().when("host", "end_timeout", person="ada").then_refused("timeout.unknown")


def test_said_again_it_is_for_so_long_from_now() -> None:
    story = quiet(1).given("host", "time_out", person="ada", minutes=10)
    story.then(Timeout, "ada", until=story.at + 10 * MINUTE, reason="")


def test_a_hand_goes_down() -> None:
    story = scene().given("ada", "raise_hand").given("host", "time_out", person="ada", minutes=1)
    story.then(Person, "ada", hand=None)


def test_speakers_can_be_asked_and_hosts_cannot() -> None:
    story = scene().with_role("hal", "host")
    for who, role in (("hal", "host"), ("dee", "speaker")):
        story.with_role(who, role).given(who, "arrive", name=who)  # type: ignore[arg-type]
    story.when("host", "time_out", person="dee", minutes=1).then_done()
    story.when("organiser", "time_out", person="hal", minutes=1).then_refused("person.leads")
    story.when("ada", "time_out", person="dee", minutes=1).then_refused("command.not_allowed")


@pytest.mark.parametrize("minutes", [0, -1, MINUTES_MAX + 1])
def test_it_lasts_minutes(minutes: int) -> None:
    quiet().when("host", "time_out", person="bob", minutes=minutes).then_refused("command.invalid")


def test_of_an_erased_host_who_asked_there_is_no_name_left() -> None:
    story = quiet().given("organiser", "forget_people", people=["host"])
    timeout = story.the(Timeout, "ada")
    assert "host" not in repr(timeout).lower() and not timeout.reason
    story.given("organiser", "forget_people", people=["ada"]).then_gone(Timeout, "ada")
