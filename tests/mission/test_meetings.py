"""Meetings: two who are connected agree on a time, and nobody is in two at once."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.mission.meeting import (
    BEFORE,
    PROPOSED,
    QUARTER,
    TIMES,
    TUESDAY,
    WEDNESDAY,
    acquainted,
    at,
    connect,
    fixed,
    proposed,
    wait,
)
from tests.mission.scene import Scene, scene
from webinar_server.limits_of_meetings import PROPOSED_EACH
from webinar_server.mission import meetings_making
from webinar_server.mission.letters import Letter
from webinar_server.mission.meetings import DAY_MS, MINUTE_MS, Diary, Meeting, clashing, span_of
from webinar_server.mission.programme import HOUR_MS


def letters(story: Scene, to: str) -> set[str]:
    """Those that wait."""
    waiting = story.state.of(Letter, "waiting", "yes")
    return {one.about.removeprefix("meeting_") for one in waiting if one.to == to and one.meeting}


def test_what_is_proposed_is_told_to_the_two_as_each_sees_it() -> None:
    story = proposed(note="About depots", place="https://meet.example/ada")
    told = {
        "times": TIMES,
        "minutes": 20,
        "note": "About depots",
        "place": "https://meet.example/ada",
        "state": "proposed",
        "until": TUESDAY - 5 * MINUTE_MS,
        "starts_at": 0,
    }
    theirs = {"whom": "bob", "mine": True, "name": "Bob", "organisation": "Tulip Chargers"}
    assert story.sees("ada", Meeting, "m1") == told | theirs | {"zone": "Europe/Amsterdam"}
    hers = {"whom": "ada", "mine": False, "name": "Ada", "organisation": "Voltline"}
    assert story.sees("bob", Meeting, "m1") == told | hers | {"zone": "America/Los_Angeles"}
    assert letters(story, "bob") == {"proposed"} and letters(story, "ada") == set()


def test_a_meeting_is_of_the_two_alone() -> None:
    story = fixed(acquainted("cem"))
    for who in ("cem", "ori", "organiser", "participant"):
        assert story.sees(who, Meeting, "m1") is None
    for command in ("cancel_meeting", "decline_meeting"):
        story.when("cem", command, meeting="m1").then_refused("meeting.unknown")
    story.when("cem", "accept_meeting", meeting="m1", starts_at=TUESDAY).then_refused("meeting.unknown")
    story.when("cem", "change_meeting", meeting="m1", place="").then_refused("meeting.unknown")
    other = {"times": TIMES, "minutes": 15}
    story.when("cem", "propose_other_times", meeting="m1", **other).then_refused("meeting.unknown")


def test_one_of_the_times_is_accepted_by_whom_it_was_proposed_to() -> None:
    story = proposed()
    story.when("ada", "accept_meeting", meeting="m1", starts_at=TUESDAY).then_refused("meeting.over")
    story.when("bob", "accept_meeting", meeting="m1", starts_at=TUESDAY + QUARTER)
    story.then_refused("meeting.other_time")
    story.when("bob", "accept_meeting", meeting="m1", starts_at=WEDNESDAY)
    story.then(Meeting, "m1", state="fixed", starts_at=WEDNESDAY, sequence=0)
    assert letters(story, "bob") == letters(story, "ada") == {"fixed"}
    story.when("bob", "accept_meeting", meeting="m1", starts_at=WEDNESDAY).then_refused("meeting.over")


def test_a_decline_is_told_and_other_times_are_answered_by_the_other() -> None:
    story = proposed().given("bob", "decline_meeting", meeting="m1").then(Meeting, "m1", state="declined")
    assert letters(story, "ada") == {"declined"}
    times = [WEDNESDAY + HOUR_MS, WEDNESDAY + 2 * HOUR_MS]
    story = proposed().given("bob", "propose_other_times", meeting="m1", times=times, minutes=30)
    story.when("bob", "accept_meeting", meeting="m1", starts_at=times[0]).then_refused("meeting.over")
    seen = story.sees("ada", Meeting, "m1")
    assert seen is not None and (seen["mine"], seen["name"], seen["times"]) == (False, "Bob", times)
    assert letters(story, "ada") == {"proposed"}
    story.when("ada", "accept_meeting", meeting="m1", starts_at=times[0])
    story.then(Meeting, "m1", state="fixed", minutes=30, starts_at=times[0])


def test_nobody_is_in_two_meetings_at_once() -> None:
    story = fixed(acquainted("cem"))
    story.given("cem", "propose_meeting", id="m2", **PROPOSED | {"times": [TUESDAY + QUARTER, WEDNESDAY]})
    story.when("bob", "accept_meeting", meeting="m2", starts_at=TUESDAY + QUARTER)
    story.then_refused("meeting.taken")
    ada = PROPOSED | {"times": [TUESDAY + QUARTER, WEDNESDAY]}
    story.when("ada", "propose_meeting", **ada | {"whom": "cem"}).then_refused("meeting.taken")
    # one after the other is no two at once
    following = [TUESDAY + 20 * MINUTE_MS, WEDNESDAY]
    story.given("cem", "propose_meeting", id="m3", **PROPOSED | {"times": following})
    story.when("bob", "accept_meeting", meeting="m3", starts_at=following[0]).then(Meeting, "m3")


def test_whose_time_is_gone_meanwhile_is_said_to_who_accepts() -> None:
    story = acquainted("cem")
    story.given("ada", "propose_meeting", id="m1", **PROPOSED)
    story.given("ada", "propose_meeting", id="m2", **PROPOSED | {"whom": "cem"})
    story.given("bob", "accept_meeting", meeting="m1", starts_at=TUESDAY)
    story.when("cem", "accept_meeting", meeting="m2", starts_at=TUESDAY).then_refused("meeting.gone")
    story.when("cem", "accept_meeting", meeting="m2", starts_at=WEDNESDAY).then(Meeting, "m2", state="fixed")
    story.when("ada", "change_meeting", meeting="m1", starts_at=WEDNESDAY).then_refused("meeting.taken")
    story.when("bob", "change_meeting", meeting="m1", starts_at=WEDNESDAY).then_refused("meeting.gone")


def test_one_of_the_two_moves_it_and_calendars_count_that() -> None:
    story = fixed().given("bob", "change_meeting", meeting="m1", starts_at=WEDNESDAY)
    story.then(Meeting, "m1", starts_at=WEDNESDAY, sequence=1, minutes=20)
    story.given("ada", "change_meeting", meeting="m1", place="https://meet.example/x", minutes=30)
    story.then(Meeting, "m1", sequence=2, minutes=30, place="https://meet.example/x")
    story.given("ada", "change_meeting", meeting="m1").then(Meeting, "m1", sequence=2)
    story.given("ada", "change_meeting", meeting="m1", starts_at=WEDNESDAY + 5 * MINUTE_MS)
    story.given("bob", "cancel_meeting", meeting="m1").then(Meeting, "m1", state="cancelled", sequence=4)
    assert letters(story, "ada") == letters(story, "bob") == {"cancelled"}
    story.when("bob", "cancel_meeting", meeting="m1").then_refused("meeting.over")
    story.when("bob", "change_meeting", meeting="m1", place="").then_refused("meeting.over")


def test_what_was_cancelled_takes_no_time() -> None:
    story = fixed(acquainted("cem"))
    assert clashing(story.state, "bob", span_of(TUESDAY, 15)) is not None
    story.given("ada", "cancel_meeting", meeting="m1")
    assert clashing(story.state, "bob", span_of(TUESDAY, 15)) is None
    story.given("cem", "propose_meeting", id="m2", **PROPOSED)
    story.when("bob", "accept_meeting", meeting="m2", starts_at=TUESDAY).then_done()


def test_who_proposed_takes_it_back() -> None:
    story = proposed()
    story.when("bob", "cancel_meeting", meeting="m1").then_refused("meeting.over")
    story.when("ada", "cancel_meeting", meeting="m1").then(Meeting, "m1", state="cancelled", starts_at=0)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("meeting.times", {"times": [TUESDAY]}),
        ("meeting.times", {"times": [TUESDAY, TUESDAY]}),
        ("meeting.times", {"times": [TUESDAY + n * HOUR_MS for n in range(4)]}),
        ("meeting.times", {"times": [TUESDAY, WEDNESDAY + 1]}),
        ("meeting.early", {"times": [BEFORE, TUESDAY]}),
        ("meeting.away", {"times": [TUESDAY, TUESDAY + 20 * DAY_MS]}),
        ("command.invalid", {"minutes": 45}),
        ("command.invalid", {"minutes": 0}),
        ("meeting.link", {"place": "javascript:alert(1)"}),
        ("meeting.link", {"place": "at the bar"}),
        ("meeting.bidi", {"note": "a\u202eb"}),
        ("meeting.too_long", {"note": "x" * 201}),
        ("meeting.stranger", {"whom": "ada"}),
        ("meeting.stranger", {"whom": "nobody"}),
    ],
)
def test_what_cannot_be_meant_is_refused(code: str, said: dict[str, Any]) -> None:
    acquainted().when("ada", "propose_meeting", **PROPOSED | said).then_refused(code)


def test_only_who_is_connected_meets() -> None:
    story = scene("ada", "bob")
    story.at = BEFORE
    story.when("ada", "propose_meeting", **PROPOSED).then_refused("meeting.stranger")
    story.given("ada", "ask_contact", id="c1", whom="bob", where="directory")
    story.when("ada", "propose_meeting", **PROPOSED).then_refused("meeting.stranger")
    story.given("bob", "decline_contacts", requests=["c1"])
    story.when("bob", "propose_meeting", **PROPOSED | {"whom": "ada"}).then_refused("meeting.stranger")


@pytest.mark.parametrize("how", [("block", {"person": "ada"}), ("drop_lead", {"lead": "bob/ada"})])
def test_who_wants_nothing_of_another_is_told_nothing_and_the_other_cannot_tell(how: Any) -> None:
    plain, parted = acquainted(), acquainted().given("bob", how[0], **how[1])
    plain.given("bob", "turn", switch="recordings", on=True)
    for story in (plain, parted):
        proposed(story)
    assert plain.result == parted.result
    assert parted.sees("bob", Meeting, "m1") is None and letters(parted, "bob") == set()
    parted.when("bob", "accept_meeting", meeting="m1", starts_at=TUESDAY).then_refused("meeting.unknown")
    parted.when("bob", "propose_meeting", **PROPOSED | {"whom": "ada"}).then_refused("meeting.stranger")
    assert parted.sees("ada", Meeting, "m1") == plain.sees("ada", Meeting, "m1")
    for story in (plain, parted):
        assert wait(story, TUESDAY).the(Meeting, "m1").state == "expired"
    assert parted.sees("ada", Meeting, "m1") == plain.sees("ada", Meeting, "m1")


def test_a_block_ends_what_there_is_between_the_two_and_says_no_reason() -> None:
    story = fixed()
    story.given(
        "bob",
        "propose_meeting",
        id="m2",
        **PROPOSED | {"whom": "ada", "times": [WEDNESDAY, WEDNESDAY + HOUR_MS]},
    )
    story.given("ada", "propose_meeting", id="m3", **PROPOSED | {"times": [WEDNESDAY, WEDNESDAY + HOUR_MS]})
    story.given("bob", "block", person="ada")
    assert [story.the(Meeting, id).state for id in ("m1", "m2", "m3")] == [
        "cancelled",
        "cancelled",
        "proposed",
    ]
    assert story.sees("bob", Meeting, "m3") is None and story.sees("ada", Meeting, "m3") is not None
    assert "proposed" not in letters(story, "bob")


@pytest.mark.parametrize("how", [("bob", "leave_mission", {}), ("ori", "decline", {"participant": "bob"})])
def test_who_takes_part_no_more_meets_nobody(how: Any) -> None:
    story = fixed()
    story.given("ada", "propose_meeting", id="m2", **PROPOSED | {"times": [WEDNESDAY, WEDNESDAY + HOUR_MS]})
    story.given(how[0], how[1], **how[2])
    story.then(Meeting, "m1", state="cancelled").then(Meeting, "m2", state="cancelled")
    assert letters(story, "ada") == {"cancelled"} and letters(story, "bob") == set()
    story.when("ada", "propose_meeting", **PROPOSED).then_refused("meeting.stranger")


def test_who_comes_back_meets_again_whom_they_were_to_meet_and_is_free_to() -> None:
    story = fixed(acquainted("cem"))
    story.given("cem", "propose_meeting", id="m2", **PROPOSED | {"times": [WEDNESDAY, WEDNESDAY + HOUR_MS]})
    story.given("ori", "decline", participant="bob")
    assert letters(story, "ada") == {"cancelled"}
    story.given("ori", "undo_decline", participant="bob", state="admitted")
    story.then(Meeting, "m1", state="fixed", starts_at=TUESDAY).then(Meeting, "m2", state="proposed")
    # nobody was told of the slip
    assert letters(story, "ada") == set()
    story.given("bob", "leave_mission")
    story.given("ada", "propose_meeting", id="m3", **PROPOSED | {"whom": "cem"})
    story.given("cem", "accept_meeting", meeting="m3", starts_at=TUESDAY).given(
        "ori", "admit", participant="bob"
    )
    story.then(Meeting, "m1", state="cancelled").then(Meeting, "m3", state="fixed")


def test_whoever_was_to_meet_somebody_who_is_erased_has_that_it_is_off_and_nobody_s_name() -> None:
    story = fixed(note="About depots", place="https://meet.example/ada")
    story.given("ada", "propose_meeting", id="m2", **PROPOSED | {"times": [WEDNESDAY, WEDNESDAY + HOUR_MS]})
    story.given("ada", "keep_diary", zone="Asia/Tokyo").given("ada", "erase")
    seen = story.sees("bob", Meeting, "m1")
    assert seen is not None and (seen["state"], seen["name"], seen["organisation"]) == ("cancelled", "", "")
    assert (seen["note"], seen["place"], seen["zone"]) == ("", "", "Europe/Amsterdam")
    assert letters(story, "bob") == {"cancelled"}
    for canary in (b"ada", b"Ada", b"Voltline", b"Tokyo", b"About depots"):
        assert canary not in b"".join(msgspec.json.encode(one) for one in story.state.all(Meeting))
    story.then_gone(Meeting, "m2").then_gone(Diary, "ada")
    story.given("bob", "erase").then_gone(Meeting, "m1")


def test_a_proposal_is_over_before_the_first_of_its_times() -> None:
    story = wait(proposed(), TUESDAY - 6 * MINUTE_MS).then(Meeting, "m1", state="proposed")
    story.at = TUESDAY - 5 * MINUTE_MS
    story.when("bob", "accept_meeting", meeting="m1", starts_at=WEDNESDAY).then_refused("meeting.over")
    assert wait(story, TUESDAY - 5 * MINUTE_MS).the(Meeting, "m1").state == "expired"
    story.when("server", "end_meetings", until=TUESDAY - 5 * MINUTE_MS).then_refused("meeting.ended")


def test_both_are_reminded_a_day_and_ten_minutes_before_each_as_they_like() -> None:
    story = fixed().given("ada", "keep_diary", off=["day.letter"])
    for who in ("ada", "bob"):
        letter = story.the(Letter, f"meeting_fixed.{who}.m1")
        story.given("server", "letter_sent", letter=letter.id, mark=letter.mark)
    wait(story, TUESDAY - DAY_MS - 1)
    assert letters(story, "bob") == set()
    wait(story, TUESDAY - DAY_MS)
    assert letters(story, "bob") == {"reminder"} and letters(story, "ada") == set()
    first = story.the(Letter, "meeting_reminder.bob.m1")
    story.given("server", "letter_sent", letter=first.id, mark=first.mark)
    wait(story, TUESDAY - 10 * MINUTE_MS)
    assert letters(story, "ada") == letters(story, "bob") == {"reminder"}
    assert story.the(Letter, first.id).mark != first.mark and story.the(Meeting, "m1").bell is None


def test_what_is_moved_rings_anew_and_what_is_near_rings_what_is_left() -> None:
    story = wait(fixed(), TUESDAY - HOUR_MS)
    assert story.the(Meeting, "m1").bell == str(TUESDAY - 10 * MINUTE_MS)
    story.given("ada", "change_meeting", meeting="m1", starts_at=WEDNESDAY + HOUR_MS)
    assert story.the(Meeting, "m1").bell == str(WEDNESDAY + HOUR_MS - DAY_MS)
    story.given("ada", "cancel_meeting", meeting="m1")
    assert story.the(Meeting, "m1").bell is None


def test_of_what_changes_at_once_one_letter_tells() -> None:
    story = fixed().given("ada", "change_meeting", meeting="m1", starts_at=WEDNESDAY)
    assert letters(story, "bob") == {"fixed"}
    story.given("ada", "cancel_meeting", meeting="m1")
    assert letters(story, "bob") == {"cancelled"}


def test_sessions_that_they_lead_or_speak_in_are_told_and_hinder_nothing() -> None:
    slot = {"title": "Depots", "starts_at": TUESDAY, "ends_at": TUESDAY + HOUR_MS}
    story = acquainted().given("ori", "plan_slot", session="depots", hosts=["bob"], **slot)
    story.given("ori", "plan_slot", session="ports", speakers=["ori"], **slot)
    assert proposed(story).result["clash"] == ["depots"]
    story.given("bob", "accept_meeting", meeting="m1", starts_at=TUESDAY)
    assert story.result["clash"] == ["depots"]
    assert story.given("bob", "change_meeting", meeting="m1", starts_at=WEDNESDAY).result["clash"] == []


def test_there_is_a_limit_to_a_day_to_one_person_and_to_all(monkeypatch: pytest.MonkeyPatch) -> None:
    story = acquainted("cem")
    for _ in range(PROPOSED_EACH):
        story.given("ada", "propose_meeting", **PROPOSED)
    story.when("ada", "propose_meeting", **PROPOSED).then_refused("meeting.many")
    monkeypatch.setattr(meetings_making, "PROPOSED_A_DAY", PROPOSED_EACH)
    story.when("ada", "propose_meeting", **PROPOSED | {"whom": "cem"}).then_refused("meeting.day")
    assert story.refusal is not None and story.refusal.retry_after is not None
    story.later(DAY_MS).when("ada", "propose_meeting", **PROPOSED | {"whom": "cem"}).then_done()
    monkeypatch.setattr(meetings_making, "MEETINGS_MAX", PROPOSED_EACH + 1)
    story.when("ada", "propose_meeting", **PROPOSED | {"whom": "cem"}).then_refused("meeting.full")
    story.given("bob", "decline_meeting", meeting=next(iter(story.state.of(Meeting, "people", "bob"))).id)
    story.when("ada", "propose_meeting", **PROPOSED | {"whom": "cem"}).then_done()
    assert sum(1 for _ in story.state.of(Meeting, "people", "ada")) == PROPOSED_EACH + 1


def test_a_diary_is_its_owners_and_moves_their_hours_for_whom_they_meet() -> None:
    story = fixed().given("bob", "keep_diary", zone="Asia/Tokyo")
    assert story.sees("bob", Diary, "bob") == {"zone": "Asia/Tokyo", "off": []}
    assert story.sees("ada", Diary, "bob") is None and story.sees("ori", Diary, "bob") is None
    seen = story.sees("ada", Meeting, "m1")
    assert seen is not None and seen["zone"] == "Asia/Tokyo"
    for zone in ("Mars", "../etc/passwd", "Europe/../x"):
        story.when("bob", "keep_diary", zone=zone).then_refused("meeting.zone")


def test_whoever_is_of_neither_place_is_met_at_the_missions_first() -> None:
    story = acquainted()
    story.given("bob", "change_card", country="JP", place="San Francisco")
    proposed(story)
    seen = story.sees("ada", Meeting, "m1")
    assert seen is not None and seen["zone"] == "America/Los_Angeles"
    assert at("2027-03-02 17:00") == TUESDAY and connect is not None
