"""Reminders of leads: when they come up, for whom, and never twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.mission.scene import scene
from tests.mission.test_leads import connected
from webinar_server.mission.contacts import DAY_MS, HOUR_MS
from webinar_server.mission.leads import Lead
from webinar_server.mission.letters import Letter
from webinar_server.mission.reminders import Reminders, due, reminded_since
from webinar_server.mission.reminding import after, on_day


def until(story: Any, at: int) -> list[str]:
    """What the server says by itself, up to then; the names of it."""
    said = []
    while (alarm := due(story.state)) is not None and alarm.at <= at:
        story.at = max(story.at, alarm.at)
        story.given("server", alarm.command.NAME, **_args(alarm.command))
        said.append(alarm.command.NAME)
    story.at = max(story.at, at)
    return said


def _args(command: Any) -> dict[str, Any]:
    return {name: getattr(command, name) for name in command.__struct_fields__}


def days(story: Any, count: int) -> list[str]:
    """So many days after they were connected, and an hour, since it is told at full hours."""
    return until(story, story.the(Lead, "ada/bob").at + count * DAY_MS + HOUR_MS)


def reminder(story: Any, lead: str = "ada/bob") -> str | None:
    seen = story.sees(lead.partition("/")[0], Lead, lead)
    assert seen is not None
    return seen.get("reminder")


def letter(story: Any, to: str = "ada") -> Letter | None:
    return story.state.get(Letter, f"follow_up.{to}")


def test_of_a_lead_with_nothing_done_both_are_reminded_after_three_days_and_fourteen() -> None:
    story = connected()
    days(story, 2)
    assert reminder(story) is None and letter(story) is None
    assert days(story, 3) == ["remind_leads"]
    assert (reminder(story), reminder(story, "bob/ada")) == ("three", "three")
    first = letter(story)
    assert first is not None and letter(story, "bob") is not None
    story.given("ada", "drop_reminders", leads=["ada/bob"])
    assert (reminder(story), reminder(story, "bob/ada")) == (None, "three")
    days(story, 13)
    assert reminder(story) is None
    days(story, 14)
    assert (reminder(story), reminder(story, "bob/ada")) == ("fourteen", "fourteen")
    days(story, 100)
    assert due(story.state) is None


@pytest.mark.parametrize("said", [{"notes": "Called"}, {"next_step": "Call"}, {"done": True}])
def test_who_did_something_is_not_reminded_and_the_other_is(said: dict[str, Any]) -> None:
    story = connected().given("ada", "change_lead", lead="ada/bob", **said)
    days(story, 15)
    assert (reminder(story), reminder(story, "bob/ada")) == (None, "fourteen")


def test_what_is_done_ends_a_reminder_and_taking_that_back_brings_none_of_the_past() -> None:
    story = connected()
    days(story, 3)
    story.given("ada", "change_lead", lead="ada/bob", notes="Called")
    assert reminder(story) is None
    days(story, 15)
    story.given("ada", "change_lead", lead="ada/bob", notes="")
    assert story.the(Lead, "ada/bob").reminds is None


def test_on_the_day_of_the_next_step_they_are_reminded_once_and_anew_of_another_day() -> None:
    story = connected(scene("ada", "bob", "cem").given("bob", "want_reminders", three=False, fourteen=False))
    for day in ("2030-05-01", "2030-05-02"):
        story.given("ada", "change_lead", lead="ada/bob", next_step="Call", due=day)
        until(story, on_day(day) - 1)
        assert reminder(story) is None
        assert until(story, on_day(day)) == ["remind_leads"]
        assert reminder(story) == "day"
    assert due(story.state) is None
    story.given("ada", "change_lead", lead="ada/bob", due="2030-05-01")
    assert due(story.state) is None and reminder(story) is None


@pytest.mark.parametrize("switch", ["three", "fourteen", "day"])
def test_each_can_be_switched_off_and_is_not_made_up_for_later(switch: str) -> None:
    story = connected()
    story.given("ada", "want_reminders", **{switch: False})
    assert story.sees("ada", Reminders, "ada") == {
        **dict.fromkeys(("three", "fourteen", "day", "mail"), True),
        switch: False,
    }
    if switch == "day":
        story.given("ada", "change_lead", lead="ada/bob", due="2030-05-01")
        until(story, on_day("2030-05-01"))
    else:
        days(story, 3 if switch == "three" else 14)
    assert reminder(story) == ("three" if switch == "fourteen" else None)
    story.given("ada", "want_reminders", **{switch: True})
    assert "ada/bob" not in {lead.id for lead in story.state.all(Lead) if _is_past(lead, story.at)}


def _is_past(lead: Lead, now: int) -> bool:
    return lead.reminds is not None and int(lead.reminds) <= now


def test_letters_can_be_switched_off_alone_and_what_is_closed_takes_none() -> None:
    story = connected()
    story.given("ada", "want_reminders", mail=False).given("bob", "want_letters", on=False)
    days(story, 3)
    assert (reminder(story), reminder(story, "bob/ada")) == ("three", "three")
    assert letter(story) is None and letter(story, "bob") is None


def test_reminders_are_ones_own_and_so_are_their_switches() -> None:
    story = connected()
    days(story, 3)
    story.when("bob", "drop_reminders", leads=["ada/bob"]).then_refused("lead.unknown")
    story.given("ada", "want_reminders", mail=False)
    assert all(story.sees(who, Reminders, "ada") is None for who in ("bob", "ori"))


def test_nobody_is_reminded_of_whom_they_blocked_or_when_they_are_out() -> None:
    story = connected().given("ada", "block", person="bob").given("bob", "leave_mission")
    days(story, 15)
    assert not [lead for lead in story.state.all(Lead) if lead.reminder] and due(story.state) is None


def test_a_letter_tells_of_what_came_up_since_it_was_asked_for() -> None:
    story = connected()
    days(story, 3)
    story.given("cem", "ask_contact", id="c9", whom="ada", where="directory")
    story.given("ada", "accept_contacts", requests=["c9"])
    until(story, after(story.the(Lead, "ada/cem").at, 3))
    first = letter(story)
    assert first is not None
    # it waits still, so there is no second
    assert [lead.whom for lead in reminded_since(story.state, "ada", first.asked)] == ["bob", "cem"]
    assert [lead.whom for lead in reminded_since(story.state, "ada", first.asked + 1)] == ["cem"]


def test_a_letter_that_failed_tells_the_same_when_it_is_sent_again() -> None:
    story = connected()
    days(story, 3)
    for _ in range(2):
        story.at += HOUR_MS
        story.given("server", "claim_letters", worker="w", letters=["follow_up.ada"])
        mark = story.the(Letter, "follow_up.ada").mark
        told = {"letter": "follow_up.ada", "mark": mark, "worker": "w", "reason": "refused"}
        story.given("server", "letter_failed", **told)
        story.at += HOUR_MS
        story.given("ori", "send_again", letters=["follow_up.ada"])
    story.given("server", "claim_letters", worker="w", letters=["follow_up.ada"])
    again = story.the(Letter, "follow_up.ada")
    assert (again.state, again.reason) == ("claimed", "")
    assert [lead.whom for lead in reminded_since(story.state, "ada", again.since)] == ["bob"]


def test_a_letter_sent_again_tells_nothing_that_was_done_meanwhile() -> None:
    story = connected()
    days(story, 3)
    told = {"letter": "follow_up.ada", "worker": "w", "reason": "refused"}
    story.given("server", "claim_letters", worker="w", letters=["follow_up.ada"])
    story.given("server", "letter_failed", mark=story.the(Letter, "follow_up.ada").mark, **told)
    story.given("ada", "drop_reminders", leads=["ada/bob"])
    story.given("ori", "send_again", letters=["follow_up.ada"])
    story.given("server", "claim_letters", worker="w", letters=["follow_up.ada"])
    again = story.the(Letter, "follow_up.ada")
    assert (again.state, again.reason) == ("failed", "withdrawn")


def test_a_second_worker_finds_nothing_to_remind_of() -> None:
    story = connected()
    alarm = due(story.state)
    assert alarm is not None
    story.when("server", "remind_leads", until=alarm.at).then_refused("contact.ended")  # not yet
    days(story, 3)
    story.when("server", "remind_leads", until=alarm.at).then_refused("contact.ended")


ACTS = some.lists(
    some.tuples(
        some.sampled_from(("note", "clear", "done", "undone", "due", "no due", "seen", "wait", "long")),
        some.integers(0, 20),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(ACTS)
def test_over_any_history_each_comes_up_once_at_most_and_it_ends(acts: list[tuple[str, int]]) -> None:
    began: Any = scene("ada", "bob", "cem")
    began.at = 1_800_000_000_000
    story: Any = connected(began)
    seen: list[tuple[str, str]] = []
    for act, number in acts:
        _do(story, act, number)
        lead = story.the(Lead, "ada/bob")
        if lead.reminder and (not seen or lead.reminder.at != int(seen[-1][1])):
            seen.append((lead.reminder.kind, str(lead.reminder.at)))
    quiet = [kind for kind, _ in seen if kind != "day"]
    assert quiet == sorted(set(quiet), reverse=True)
    until(story, story.at + 400 * DAY_MS)
    assert all(lead.reminds is None for lead in story.state.all(Lead))


def _do(story: Any, act: str, number: int) -> None:
    day = date(1970, 1, 1) + timedelta(milliseconds=story.at + number * DAY_MS)
    change: dict[str, Any] = {
        "note": {"notes": "Called"},
        "clear": {"notes": "", "next_step": ""},
        "done": {"done": True},
        "undone": {"done": False},
        "due": {"due": day.isoformat()},
        "no due": {"due": ""},
    }
    if act in change:
        story.given("ada", "change_lead", lead="ada/bob", **change[act])
    elif act == "seen":
        story.given("ada", "drop_reminders", leads=["ada/bob"])
    else:
        until(story, story.at + number * (DAY_MS if act == "long" else HOUR_MS))
