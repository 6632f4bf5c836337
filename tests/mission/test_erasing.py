"""Erasing: nothing of somebody is in a mission or its sessions any more, whatever happened before; numbers
stay, and each noun says what goes."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import msgspec
import pytest

from tests.mission.scene import Scene, scene
from tests.session import scene as session
from tests.session.histories import CAST, World, random_batches
from webinar_server import mission as mission_nouns
from webinar_server import session as session_nouns
from webinar_server.mission.contacts import Asking, Request
from webinar_server.mission.erasing import ForgetPeople
from webinar_server.mission.leads import Lead
from webinar_server.mission.letters import Letter, Post
from webinar_server.mission.participants import Participant
from webinar_server.mission.report import report_of
from webinar_server.session.chat import Message
from webinar_server.session.feedback import Feedback, Totals
from webinar_server.session.people import Person
from webinar_server.session.polls.poll import Poll
from webinar_server.session.questions import Question
from webinar_server.session.stage import Stage
from webinar_server.state import Actor, Draft, Erased, Record, State, erase_people


def nouns() -> list[ModuleType]:
    return [
        noun
        for of in (mission_nouns, session_nouns)
        for noun in vars(of).values()
        if isinstance(noun, ModuleType) and getattr(noun, "RECORDS", None)
    ]


@pytest.mark.parametrize("noun", nouns(), ids=lambda noun: noun.__name__.rpartition("webinar_server.")[2])
def test_each_noun_says_what_goes_with_somebody_or_that_it_names_nobody(noun: ModuleType) -> None:
    assert hasattr(noun, "erase") != getattr(noun, "NAMES_NOBODY", False), (
        "erase(draft, person, stump), please"
    )


def records(state: State) -> list[Record]:
    return [one for one in state.records() if not isinstance(one, Erased)]


def text(record: Record) -> str:
    return msgspec.json.encode(record).decode()


def written(state: State) -> str:
    return "".join(map(text, records(state)))


def ada_asked_tim() -> Scene:
    return (
        scene("ada", "tim")
        .given("ada", "change_card", pitch="Canary pitch", phone="+31 20 canary")
        .given("ada", "ask_contact", id="c1", where="directory", whom="tim", reason="canary reason")
    )


def test_all_that_was_between_them_and_others_goes_on_both_sides() -> None:
    story = ada_asked_tim()
    story.when("ada", "erase").then_gone(Participant, "ada").then_gone(Asking, "c1").then_gone(Request, "c1")
    story.then(Erased, "ada", done=False)
    assert "ada" not in written(story.state) and "anary" not in written(story.state)


def test_a_lead_goes_from_both() -> None:
    story = ada_asked_tim().given("tim", "accept_contacts", requests=["c1"])
    story.given("tim", "change_lead", lead="tim/ada", notes="mine")
    story.when("ori", "erase", participant="ada").then_gone(Lead, "tim/ada").then_gone(Lead, "ada/tim")


def test_only_an_organiser_erases_somebody_else_and_never_the_last_organiser() -> None:
    story = scene("ada", "tim")
    story.when("ada", "erase", participant="tim").then_refused("command.not_allowed")
    story.when("ori", "erase").then_refused("participant.last_organiser")
    story.when("ori", "erase", participant="nobody").then_refused("participant.unknown")


def test_a_letter_that_waits_is_not_sent_and_what_was_sent_stays_counted() -> None:
    story = scene("ada").given("ori", "send_letters", kind="invitation", participants=["ada"])
    story.then(Post, "post", waiting=1)
    story.given("ori", "erase", participant="ada").then(Post, "post", waiting=0).then_gone(
        Letter, "invitation.ada"
    )


def test_what_they_did_stays_counted_in_the_report() -> None:
    people = [f"p{number}" for number in range(5)]
    story = scene("ada", *people).given("ori", "change_card", participant="ada", kind="sme")
    times = {"starts_at": 0, "ends_at": 1}
    story.given("ori", "plan_slot", session="depots", title="Depots", **times)
    for who in ("ada", *people):
        story.given("server", "note_part", session="depots", participant=who, came=5, asked=6)
    before = report_of(story.state)
    for who in ("ada", *people[:3]):
        story.given("ori", "erase", participant=who)
    assert report_of(story.state) == before and before["sessions"][0]["asked"] == 5


def test_whom_they_greeted_was_greeted_by_nobody_who_is_told_also_where_a_session_tells_it_later() -> None:
    story = scene("ada", "hal")
    greeted = {"by": "hal", "name": "Hal Canary", "at": 3}
    story.given("ori", "plan_slot", session="depots", title="Depots", starts_at=0, ends_at=1, hosts=["hal"])
    story.given("server", "note_part", session="depots", participant="ada", came=5, greeted=greeted)
    story.given("ori", "erase", participant="hal")
    story.given("server", "note_part", session="depots", participant="ada", came=4, greeted=greeted)
    assert "anary" not in written(story.state) and "hal" not in written(story.state)


def test_every_session_is_told_once_of_all_who_were_erased() -> None:
    story = scene("ada", "tim").given("ori", "plan_slot", session="depots", title="D", starts_at=0, ends_at=1)
    draft = Draft(story.state)
    erase_people(draft, Actor("server", "server", "organiser", 9, "x"), ["ada"])
    assert story.about.tells is not None
    ((to, command),) = list(story.about.tells(draft, draft.turns()))
    assert (to, command) == ("session/depots", ForgetPeople(mission="ev-2027", people=("ada",)))


# a session


def hour() -> session.Scene:
    """Ada did all that one can do, and Bob some of it with her."""
    story = session.scene()
    story.given("ada", "ask", id="q", text="canary question")
    story.given("bob", "support", question="q").given("ada", "say", id="m", text="canary line")
    story.given("bob", "say", id="m2", text="hello")
    return story


def forget(story: session.Scene, *people: str) -> session.Scene:
    return story.given("server", "forget_people", people=list(people))


def test_their_words_go_and_a_nameless_question_is_left_with_its_supporters() -> None:
    story = forget(hour(), "ada").then_gone(Message, "m").then_gone(Person, "ada").then(Message, "m2")
    story.then(Question, "q", text="", supporters=1, state="withdrawn", shown="anonymous")
    assert "anary" not in written(story.state) and "ada" not in written(story.state)


def test_who_is_live_leaves_the_stage() -> None:
    story = hour().given("host", "queue", question="q").given("host", "spotlight", question="q")
    story.then(Stage, "now", live="q")
    forget(story, "ada").then(Stage, "now", live=None, just_asked=())


def test_a_poll_and_the_feedback_go_on_counting_them() -> None:
    story = hour().given("host", "draft_poll", id="p", question="How?", options=["So", "Not"])
    story.given("host", "open_poll", poll="p").given("ada", "vote", poll="p", options=["1"])
    story.given("ada", "give_feedback", worth="yes", line="canary thought")
    for who in ("bob", "cyd", "dan", "eve"):
        story.given(who, "give_feedback", worth="no", line=f"by {who}")
    forget(story, "ada").then(Poll, "p", voters=1)
    totals = story.the(Totals, "now")
    assert totals.told is not None and totals.told.people == 5 and len(totals.told.lines) == 4
    assert story.state.count(Feedback) == 5 and "anary" not in written(story.state)


def test_a_host_who_is_erased_leaves_greetings_and_removals_without_a_name() -> None:
    story = (
        hour()
        .given("host", "greet", person="ada")
        .given("host", "remove", person="bob", reason="stern words")
    )
    forget(story, "host")
    assert "stern" not in written(story.state) and '"Host"' not in written(story.state)
    greeted = story.the(Person, "ada").greeted
    assert greeted is not None and greeted.name == ""


@pytest.mark.parametrize("seed", range(12))
def test_after_any_history_no_record_knows_of_who_was_erased(seed: int) -> None:
    world = World()
    for batch in random_batches(seed, 300):
        world.play(batch)
    story = session.Scene()
    story.state = world.state
    for who in CAST:
        story.given("server", "forget_people", people=[f"id-{who}"])
        # anybody may have said at a door that they are called Ada
        marks = [f'"id-{who}"', f'/id-{who}"', f'"name":"{who}"']
        assert [one for one in records(story.state) if any(mark in text(one) for mark in marks)] == []


def test_it_may_be_said_twice() -> None:
    story: Any = ada_asked_tim().given("ori", "erase", participant="ada")
    story.given("server", "erase_again", people=["ada"]).then(Erased, "ada", done=False)
