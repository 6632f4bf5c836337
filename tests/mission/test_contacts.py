"""Contacts: who asks whom, what each of the two is shown of it, and when it ends."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mission.scene import scene
from tests.session.scene import Scene
from webinar_server.limits_of_contacts import ASKED_A_DAY, ASKED_MAX, REQUESTS_MAX
from webinar_server.mission import answering, asking, contacts
from webinar_server.mission.contacts import DAY_MS, KEPT_DAYS, Asking, Block, Declined, Request
from webinar_server.mission.expiring import due
from webinar_server.mission.leads import Lead
from webinar_server.mission.moments import MOMENTS_MAX, Moment
from webinar_server.mission.participants import Participant

NAMES = ("ada", "bob", "cem")


def week(*people: str) -> Scene:
    return scene(*(people or NAMES))


def asked(story: Scene, who: str = "ada", whom: str = "bob", id: str = "c1") -> Scene:
    ask: dict[str, Any] = {"whom": whom, "where": "directory", "reason": "Depot charging"}
    return story.when(who, "ask_contact", id=id, **ask).then_done()


def on_stage(story: Scene, who: str = "bob", shown: str = "organisation", live: bool = True) -> Scene:
    moment: dict[str, Any] = {
        "session": "s1",
        "question": "q1",
        "participant": who,
        "shown": shown,
        "live": live,
    }
    return story.given("server", "note_moment", **moment)


TAP: dict[str, Any] = {"where": "spotlight", "session": "s1", "question": "q1"}


def met(story: Scene, session: str, *people: str) -> Scene:
    for person in people:
        story.given("server", "note_part", session=session, participant=person, came=1)
    return story


def end_all(story: Scene) -> Scene:
    """What is due is done, as time comes."""
    while (alarm := due(story.state)) is not None:
        story.later(max(0, alarm.at - story.at))
        story.given("server", alarm.command.NAME, until=alarm.at)
    return story


def test_who_is_asked_sees_who_asks_and_why_and_who_asks_sees_that_they_did() -> None:
    story = asked(week())
    request, mine = story.sees("bob", Request, "c1"), story.sees("ada", Asking, "c1")
    assert request is not None and mine is not None
    assert (request["by"], request["name"], request["reason"]) == ("ada", "Ada", "Depot charging")
    assert (mine["whom"], mine["name"], mine["over"]) == ("bob", "Bob", False)
    assert mine["until"] == request["until"]
    assert 0 <= mine["until"] - (story.at + KEPT_DAYS * DAY_MS) < contacts.HOUR_MS
    for who in ("ada", "cem", "ori", "organiser"):
        assert story.sees(who, Request, "c1") is None
    for who in ("bob", "cem", "ori", "organiser"):
        assert story.sees(who, Asking, "c1") is None


def test_accepted_it_is_a_lead_of_both_and_asked_no_more() -> None:
    story = asked(week()).when("bob", "accept_contacts", requests=["c1"]).then_done()
    assert story.result == {"accepted": 1}
    story.then_gone(Asking, "c1").then_gone(Request, "c1")
    story.then(Lead, "ada/bob", whom="bob", name="Bob", asked=True)
    story.then(Lead, "bob/ada", whom="ada", email="ada@example.org", asked=False)


def test_asked_both_ways_is_accepted_whatever_was_said_before() -> None:
    for before in (None, "put_off_contacts", "decline_contacts"):
        story = asked(week())
        if before:
            story.given("bob", before, requests=["c1"])
        story.when("bob", "ask_contact", whom="ada", where="directory").then_done()
        story.then(Lead, "ada/bob").then(Lead, "bob/ada").then_gone(Asking, "c1")
        assert not list(story.state.all(Request)) and not list(story.state.all(Asking))


def test_later_is_for_whom_it_was_asked_of_alone() -> None:
    story = asked(week()).given("bob", "put_off_contacts", requests=["c1"])
    request = story.sees("bob", Request, "c1")
    assert request is not None and request["later"]
    story.when("bob", "accept_contacts", requests=["c1"]).then(Lead, "bob/ada")


def test_declined_it_is_gone_for_one_and_stands_for_the_other() -> None:
    story = asked(week())
    before = story.sees("ada", Asking, "c1")
    story.given("bob", "decline_contacts", requests=["c1"]).then_gone(Request, "c1")
    assert story.sees("ada", Asking, "c1") == before
    story.when("ada", "ask_contact", whom="bob", where="directory").then_refused("contact.asked")


def test_who_was_declined_does_not_come_up_again_by_withdrawing() -> None:
    story = asked(week()).given("bob", "decline_contacts", requests=["c1"])
    story.given("ada", "withdraw_contact", asking="c1")
    asked(story, id="c2").then(Asking, "c2").then_gone(Request, "c2")
    end_all(story)
    assert not list(story.state.all(Declined))
    asked(story, id="c3").then(Request, "c3")


def test_several_are_answered_at_once_and_what_was_withdrawn_is_left_out() -> None:
    story = asked(asked(week(), id="c1"), "cem", id="c2").given("ada", "withdraw_contact", asking="c1")
    story.when("bob", "accept_contacts", requests=["c1", "c2", "c2", "nothing"]).then_done()
    assert story.result == {"accepted": 1}
    story.when("bob", "accept_contacts", requests=["c1", "c2"]).then_refused("request.unknown")


@pytest.mark.parametrize("command", ["accept_contacts", "put_off_contacts", "decline_contacts"])
def test_nobody_answers_for_another(command: str) -> None:
    story = asked(week())
    for who in ("ada", "cem", "ori"):
        story.when(who, command, requests=["c1"]).then_refused("request.unknown")
    story.when("bob", "withdraw_contact", asking="c1").then_refused("asking.unknown")


def test_after_fourteen_days_it_is_over_on_both_sides_and_may_be_asked_anew() -> None:
    story = asked(week())
    alarm = due(story.state)
    assert alarm is not None and alarm.at == story.the(Asking, "c1").until
    story.when("server", "end_contacts", until=alarm.at).then_refused("contact.ended")
    end_all(story).then_gone(Request, "c1")
    mine = story.sees("ada", Asking, "c1")
    assert mine is not None and mine["over"]
    asked(story, id="c2").then(Request, "c2").then_gone(Asking, "c1")


def test_what_is_over_by_the_clock_is_not_accepted_though_nobody_ended_it_yet() -> None:
    story = asked(week()).later((KEPT_DAYS + 1) * DAY_MS)
    story.when("bob", "accept_contacts", requests=["c1"]).then_refused("request.unknown")


def test_who_is_blocked_reaches_nobody_and_is_told_nothing() -> None:
    story = asked(week())
    before = story.sees("ada", Asking, "c1")
    story.given("bob", "block", person="ada").then_gone(Request, "c1")
    assert story.sees("ada", Asking, "c1") == before and story.sees("ada", Block, "bob/ada") is None
    story.given("ada", "withdraw_contact", asking="c1")
    asked(story, id="c2").then(Asking, "c2").then_gone(Request, "c2")


def test_who_blocks_asks_them_for_nothing_either() -> None:
    story = asked(week(), "bob", "ada").given("bob", "block", person="ada")
    story.then_gone(Asking, "c1").then_gone(Request, "c1")
    story.when("bob", "ask_contact", whom="ada", where="directory").then_refused("contact.blocked")
    story.given("bob", "unblock", person="ada")
    asked(story, "bob", "ada", "c2").then(Request, "c2")


def test_a_lead_of_whom_one_blocks_is_out_of_sight_until_that_is_taken_back() -> None:
    story = asked(week()).given("bob", "accept_contacts", requests=["c1"])
    story.given("bob", "change_lead", lead="bob/ada", notes="Met at the borrel")
    story.given("bob", "block", person="ada")
    assert story.sees("bob", Lead, "bob/ada") is None and story.sees("ada", Lead, "ada/bob")
    story.when("bob", "change_lead", lead="bob/ada", notes="").then_refused("lead.unknown")
    story.given("bob", "unblock", person="ada")
    seen = story.sees("bob", Lead, "bob/ada")
    assert seen is not None and seen["notes"] == "Met at the borrel"


def test_of_an_organisation_who_asks_learns_the_name_by_acceptance_alone() -> None:
    story = on_stage(week(), live=False)
    story.given("ada", "ask_contact", id="c1", **TAP)
    mine, request = story.sees("ada", Asking, "c1"), story.sees("bob", Request, "c1")
    assert mine is not None and request is not None
    assert mine["whom"] == mine["name"] == "" and "bob" not in str(mine).casefold()
    assert request["name"] == "Ada" and request["began"]["question"] == "q1"
    story.given("bob", "accept_contacts", requests=["c1"]).then(Lead, "ada/bob", name="Bob")


def test_of_an_organisation_nothing_that_is_known_of_a_name_tells_who_it_is() -> None:
    """Neither a second asking, nor a contact, nor a block of one's own is in the way of the question's."""
    connected = asked(week()).given("bob", "accept_contacts", requests=["c1"])
    blocked = week().given("ada", "block", person="bob")
    for story in (asked(week()), connected, blocked):
        on_stage(story, live=False).when("ada", "ask_contact", id="c2", **TAP).then(Asking, "c2")
    on_stage(asked(week(), "bob", "ada", "c0"), live=False).when("ada", "ask_contact", id="c2", **TAP)
    for story in (blocked,):
        story.then_gone(Request, "c2")


def test_who_blocks_somebody_is_not_accepted_by_them_for_what_they_asked_a_question_of() -> None:
    story = on_stage(week(), live=False).given("ada", "ask_contact", id="c1", **TAP)
    before = story.sees("ada", Asking, "c1")
    story.given("ada", "block", person="bob").then_gone(Request, "c1")
    assert story.sees("ada", Asking, "c1") == before


def test_asked_both_ways_tells_nobody_whose_question_it_was() -> None:
    story = asked(on_stage(week(), live=False), "bob", "ada", "c0")
    story.when("ada", "ask_contact", id="c1", **TAP).then(Asking, "c1").then(Request, "c1")
    story.then(Asking, "c0").then_gone(Lead, "ada/bob")


def test_a_second_contact_of_the_same_two_says_where_it_began_too() -> None:
    story = asked(on_stage(week(), live=False)).given("bob", "accept_contacts", requests=["c1"])
    story.given("ada", "change_lead", lead="ada/bob", notes="Call them")
    story.given("ada", "ask_contact", id="c2", **TAP).given("bob", "accept_contacts", requests=["c2"])
    lead = story.the(Lead, "ada/bob")
    assert [began.where for began in lead.began] == ["directory", "spotlight"] and lead.notes == "Call them"


def test_while_somebody_is_live_nothing_disturbs_them_and_then_all_comes_at_once() -> None:
    story = on_stage(week())
    story.given("ada", "ask_contact", id="c1", **TAP).given("cem", "ask_contact", id="c2", **TAP)
    assert story.sees("bob", Request, "c1") is None
    story.when("bob", "accept_contacts", requests=["c1"]).then_refused("request.unknown")
    seq = story.state.position.seq
    on_stage(story, live=False)
    came = [change.id for change in story.state.since(seq) if change.kind == Request.KIND]
    assert came == ["c1", "c2"] and story.sees("bob", Request, "c2")


def test_of_a_question_that_nobody_was_told_of_nobody_can_be_asked() -> None:
    story = week().when("ada", "ask_contact", **TAP).then_refused("contact.unknown")
    on_stage(story, shown="named").when("bob", "ask_contact", **TAP).then_refused("contact.yourself")


@pytest.mark.parametrize("shown", ["named", "organisation"])
def test_who_takes_back_to_be_named_on_stage_is_not_asked_by_that(shown: str) -> None:
    story = on_stage(week(), shown=shown, live=False).given("bob", "turn", switch="spotlight", on=False)
    story.when("ada", "ask_contact", **TAP).then_refused("contact.unknown")


def test_moments_of_a_session_end_somewhere() -> None:
    story = week()
    for number in range(MOMENTS_MAX + 2):
        moment: dict[str, Any] = {
            "session": "s1",
            "question": f"q{number}",
            "participant": "bob",
            "shown": "named",
        }
        story.given("server", "note_moment", live=False, **moment)
    assert story.state.count(Moment) == MOMENTS_MAX and story.state.get(Moment, "s1/q1") is None


def test_who_is_not_listed_is_asked_by_those_who_were_there_with_them() -> None:
    story = week().given("bob", "turn", switch="listed", on=False)
    ask: dict[str, Any] = {"whom": "bob", "where": "people", "session": "s1"}
    story.when("ada", "ask_contact", **ask).then_refused("contact.unknown")
    met(story, "s1", "bob").when("ada", "ask_contact", **ask).then_refused("contact.unknown")
    met(story, "s1", "ada").when("ada", "ask_contact", id="c1", **ask).then(Request, "c1")
    # who asks may be asked back
    asked(week().given("bob", "turn", switch="listed", on=False), "bob", "ada").when(
        "ada", "ask_contact", whom="bob", where="directory"
    ).then(Lead, "ada/bob")


def test_who_leads_or_speaks_is_asked_listed_or_not() -> None:
    story = week().given("bob", "turn", switch="listed", on=False)
    slot: dict[str, Any] = {"session": "s1", "title": "Depots", "starts_at": 0, "ends_at": 1_000}
    story.given("ori", "plan_slot", speakers=["bob"], **slot)
    asked(story, id="c1").then(Request, "c1")


@pytest.mark.parametrize("whom", ["", "nobody", "ada"])
def test_nobody_else_is_asked(whom: str) -> None:
    story = week().when("ada", "ask_contact", whom=whom, where="directory")
    story.then_refused("contact.yourself" if whom == "ada" else "contact.unknown")


def test_who_left_is_neither_asked_nor_accepted() -> None:
    story = asked(week()).given("ada", "leave_mission")
    story.when("bob", "accept_contacts", requests=["c1"]).then_refused("request.unknown")
    story.then_gone(Lead, "bob/ada").then_gone(Request, "c1")
    story.when("bob", "ask_contact", whom="ada", where="directory").then_refused("contact.unknown")


def test_what_stands_by_name_is_over_once_both_have_each_other_by_a_question() -> None:
    story = asked(week(), id="c1")
    moment = {"session": "s1", "question": "q1", "participant": "bob", "shown": "organisation"}
    story.given("server", "note_moment", live=False, **moment)
    story.given("ada", "ask_contact", id="c2", where="spotlight", session="s1", question="q1")
    story.given("bob", "accept_contacts", requests=["c2", "c1"]).then(Lead, "ada/bob")
    story.then_gone(Asking, "c1").then_gone(Request, "c1").then_gone(Asking, "c2")


def test_a_day_has_so_many_and_says_when_it_is_over() -> None:
    story = scene(*NAMES)
    for number in range(ASKED_A_DAY):
        asked(story, id=f"c{number}").given("ada", "withdraw_contact", asking=f"c{number}")
    story.when("ada", "ask_contact", whom="bob", where="directory").then_refused("contact.day")
    assert story.refusal is not None and story.refusal.retry_after is not None
    wait = int(story.refusal.retry_after * 1000)
    assert 0 < wait <= DAY_MS
    story.later(wait).when("ada", "ask_contact", whom="bob", where="directory").then_done()


def test_who_asked_many_waits_for_some_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "ASKED_MAX", 1)
    assert ASKED_MAX > 1
    story = asked(week()).when("ada", "ask_contact", whom="cem", where="directory")
    story.then_refused("contact.many")
    story.given("ada", "withdraw_contact", asking="c1")
    asked(story, whom="cem").then(Request, "c1")


def test_of_more_who_wait_the_oldest_goes_untold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "REQUESTS_MAX", 1)
    assert REQUESTS_MAX > 1
    story = asked(week())
    before = story.sees("ada", Asking, "c1")
    asked(story, "cem", id="c2").then(Request, "c2").then_gone(Request, "c1")
    assert story.sees("ada", Asking, "c1") == before


def test_what_is_over_does_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "ASKED_MAX", 2)
    people = [f"p{number}" for number in range(6)]
    story = scene("ada", *people)
    for person in people:
        end_all(asked(story, whom=person, id=f"c{person}"))
    assert len([one for one in story.state.all(Asking) if one.over]) <= 3
    assert story.state.get(Participant, "p0") is not None


def test_blocks_are_of_people_one_may_know_and_end_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    story = week().given("cem", "turn", switch="listed", on=False)
    story.when("ada", "block", person="cem").then_refused("contact.unknown")
    story.when("ada", "block", person="ada").then_refused("contact.yourself")
    monkeypatch.setattr(answering, "BLOCKED_MAX", 1)
    story.given("ada", "block", person="bob").given("ada", "block", person="bob")
    story.when("ada", "block", person="ori").then_refused("block.full")
