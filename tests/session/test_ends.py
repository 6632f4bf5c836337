"""Ends: hosts remove and take back, links are renewed, and neither tells more than it must."""

from __future__ import annotations

import pytest

from tests.session.scene import PEOPLE, Scene, scene
from webinar_server.session.chat import Message
from webinar_server.session.devices import Devices
from webinar_server.session.ends import Standing, ended
from webinar_server.session.people import Person
from webinar_server.session.questions import Question
from webinar_server.session.roles import SCREEN
from webinar_server.session.stage import Stage
from webinar_server.state import Permit


def arrived(*whos: str) -> Scene:
    story = scene().with_role("cohost", "host").with_role("boss", "organiser")
    return story.given_each(list(whos or ("ada", "ben")), "arrive", **PEOPLE)


def why(story: Scene, who: str, issued: int = 0, device: str = "") -> str:
    """The code by which somebody is kept out, or nothing."""
    refusal = ended(story.state, who, Permit(issued, device))
    return refusal.code if refusal else ""


# who is removed


def test_who_is_removed_is_not_here_and_may_not_be() -> None:
    story = arrived().given("host", "remove", person="ada", reason="Only advertisements.")
    story.then(Person, "ada", here=False, workers=())
    assert (why(story, "ada"), why(story, "ben")) == ("person.removed", "")
    refusal = ended(story.state, "ada", Permit(story.at, ""))
    assert refusal is not None and refusal.told()["reason"] == "Only advertisements."
    assert "advertisements" not in str(refusal)


def test_who_is_readmitted_may_come_in_again_by_the_same_link() -> None:
    story = arrived().given("host", "remove", person="ada").given("cohost", "readmit", person="ada")
    assert why(story, "ada") == ""
    story.given("ada", "arrive", **PEOPLE).then(Person, "ada", here=True)


def test_removed_twice_it_is_the_first_that_stands() -> None:
    story = arrived().given("host", "remove", person="ada", reason="Loud.")
    story.when("cohost", "remove", person="ada", reason="Rude.").then_done()
    assert story.sees("host", Standing, "ada")["removed"]["reason"] == "Loud."
    story.when("host", "readmit", person="ada").when("host", "readmit", person="ada").then_done()
    assert story.sees("host", Standing, "ada")["removed"] is None


def test_the_removed_are_the_hosts_to_see() -> None:
    story = arrived().given("host", "remove", person="ada", reason="Loud.")
    seen = story.sees("host", Standing, "ada")["removed"]
    assert seen == {"by": "host", "name": "Host", "at": story.at, "reason": "Loud."}
    assert story.sees("attendee", Standing, "ada") is story.sees("stage", Standing, "ada") is None
    assert story.sees("ada", Standing, "ada") is None


def test_what_somebody_said_stays_when_they_are_removed() -> None:
    story = (
        arrived().given("ada", "say", id="m", text="Good morning").given("ada", "ask", id="q", text="Why?")
    )
    story.given("host", "remove", person="ada")
    story.then(Message, "m", text="Good morning", hidden_by=None).then(Question, "q", state="open")


@pytest.mark.parametrize("step", ["queue", "deck", "spotlight"])
def test_a_place_in_line_and_on_every_screen_ends_with_a_removal(step: str) -> None:
    story = arrived().given("ada", "ask", id="q", text="Why?").given("ben", "ask", id="p", text="How?")
    story.given("ada", "raise_hand").given("host", "queue", question="p")
    story.given("host", step, question="q").given("host", "remove", person="ada")
    story.then(Question, "q", state="open", live_at=None).then(Person, "ada", hand=None)
    story.then_stage(line="p")
    assert story.the(Stage, "now").on_deck_asker is None


def test_who_is_readmitted_stands_in_the_line_where_they_stood() -> None:
    story = arrived()
    for question, who in {"a1": "ada", "b": "ben", "a2": "ada", "a3": "ada", "a4": "ada", "c": "ben"}.items():
        story.given(who, "ask", id=question, text="Why?").given("host", "queue", question=question)
    story.given("host", "remove", person="ada").then_stage(line="b c")
    story.given("host", "readmit", person="ada").then_stage(line="a1 b a2 a3 a4 c")
    story.then(Question, "a2", state="queued", stepped_down=False)


@pytest.mark.parametrize("step", ["deck", "spotlight"])
def test_who_was_next_or_live_as_they_were_removed_is_at_the_head_of_the_line_again(step: str) -> None:
    story = arrived().given("ada", "ask", id="q", text="Why?").given("ben", "ask", id="p", text="How?")
    story.given("host", "queue", question="p").given("host", step, question="q")
    story.given("host", "remove", person="ada").given("host", "readmit", person="ada")
    story.then_stage(line="q p").then(Question, "q", state="queued", live_at=None)


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        (["dismiss", "approve"], "open"),
        (["hold", "approve"], "open"),
        (["queue", "unqueue"], "open"),
        (["dismiss"], "dismissed"),
        (["spotlight"], "live"),
    ],
)
def test_what_hosts_made_of_a_question_meanwhile_stands(acts: list[str], state: str) -> None:
    story = arrived().given("ada", "ask", id="q", text="Why?").given("host", "queue", question="q")
    story.given("host", "remove", person="ada")
    for act in acts:
        story.given("host", act, question="q")
    story.given("host", "readmit", person="ada").then(Question, "q", state=state)
    assert story.the(Stage, "now").line == ()


@pytest.mark.parametrize("shown", ["anonymous", "organisation"])
@pytest.mark.parametrize("step", ["queue", "deck", "spotlight"])
def test_a_question_asked_without_a_name_does_not_tell_it_by_going(step: str, shown: str) -> None:
    story = arrived().given("ada", "ask", id="q", text="Why?", shown=shown).given("host", step, question="q")
    before = story.the(Stage, "now"), story.the(Question, "q")
    story.given("host", "remove", person="ada")
    assert (story.the(Stage, "now"), story.the(Question, "q")) == before


# who may


@pytest.mark.parametrize("command", ["remove", "readmit", "renew_link"])
def test_hosts_decide_about_the_audience_and_organisers_about_hosts(command: str) -> None:
    story = arrived("ada", "cohost", "boss", "speaker", "host")
    story.when("ada", command, person="ben").then_refused("command.not_allowed")
    story.when("host", command, person="ada").then_done()
    story.when("host", command, person="speaker").then_done()
    story.when("host", command, person="cohost").then_refused("person.leads")
    story.when("boss", command, person="cohost").then_done()


@pytest.mark.parametrize("command", ["remove", "readmit", "renew_link"])
def test_nobody_ends_themselves_or_an_organiser(command: str) -> None:
    story = arrived("boss", "host").with_role("boss2", "organiser").given("boss2", "arrive", **PEOPLE)
    story.when("host", command, person="host").then_refused("person.yourself")
    story.when("host", command, person="boss").then_refused("person.leads")
    story.when("boss2", command, person="boss").then_refused("person.leads")
    story.when("host", command, person="ghost").then_refused("person.unknown")


# links


def test_a_renewed_link_is_good_and_the_one_before_is_not() -> None:
    story = arrived()
    made = story.at
    story.given("host", "renew_link", person="ada")
    since = story.the(Standing, "ada").links_since
    assert (why(story, "ada", made), why(story, "ada", since)) == ("token.renewed", "")
    assert why(story, "ben", made) == ""


def test_hosts_end_the_links_of_the_stage_which_is_nobody() -> None:
    story = arrived("host", "ada")
    made = story.at
    story.when("ada", "renew_link", person=SCREEN).then_refused("command.not_allowed")
    story.given("host", "renew_link", person=SCREEN)
    assert (why(story, SCREEN, made), why(story, "ada", made)) == ("token.renewed", "")


def test_renewed_twice_at_one_moment_the_link_between_is_not_good_either() -> None:
    story = arrived().given("host", "renew_link", person="ada")
    between = story.the(Standing, "ada").links_since
    story.at -= 5_000
    story.given("host", "renew_link", person="ada")
    assert why(story, "ada", between) == "token.renewed"


def test_a_new_link_takes_all_devices_and_who_came_in_by_the_old_one_counts_no_more() -> None:
    story = arrived().given("ada", "arrive", **PEOPLE, device="phone").given("ada", "be_another")
    story.given("host", "renew_link", person="ada").then_gone(Devices, "ada")


def test_whoever_has_the_secret_ends_any_link_even_of_who_never_came() -> None:
    story = (
        arrived("boss").given("server", "end_links", person="boss").given("server", "end_links", person="zoe")
    )
    assert why(story, "boss", 1) == why(story, "zoe", 1) == "token.renewed"
    story.when("boss", "end_device", device="x").then_refused("device.unknown")
