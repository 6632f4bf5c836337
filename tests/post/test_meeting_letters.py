"""Letters about meetings: when it is by the reader's clocks with the other's beside them, and what calendars
take from them, as a real mail server received them."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from icalendar import Calendar, Component

from tests.mission.meeting import TUESDAY, acquainted, at, fixed, proposed
from tests.mission.scene import Scene
from tests.post.conftest import House
from tests.post.mailbox import Office
from tests.post.test_letters import AT, SENDER, WAYS, text
from webinar_server.clock import now_ms
from webinar_server.live.committing import Request
from webinar_server.live.saying import said, server, to_nobody
from webinar_server.mission import MISSION, meetings_telling
from webinar_server.mission.letters import Letter
from webinar_server.mission.meetings import DAY_MS, HOUR_MS
from webinar_server.post.letter import written
from webinar_server.state import Answer


def letter(story: Scene, about: Any, to: str, asked: int = AT) -> EmailMessage:
    kept = Letter(id=f"{about}.{to}.m1", to=to, about=about, meeting="m1", mark="k", asked=asked, due=asked)
    return written(story.state, kept, SENDER, WAYS, asked)


def body(message: EmailMessage) -> str:
    """Its words, on one line."""
    return " ".join(text(message).split())


def event_of(message: EmailMessage) -> tuple[str, Component]:
    """The method, and the one event, of what is attached for calendars."""
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    whole = Calendar.from_ical(attached.get_payload(decode=True))
    (event,) = whole.walk("VEVENT")
    assert attached.get_param("method") == str(whole["method"])
    return str(whole["method"]), event


def test_each_reads_when_it_is_by_their_own_clocks_with_the_other_s_beside_them() -> None:
    story = fixed(place="https://meet.example/ada")
    hers, his = (body(letter(story, "meeting_fixed", who)) for who in ("ada", "bob"))
    assert "Tuesday 2 March 2027, 09:00–09:20, San Francisco · 18:00–18:20, The Hague" in hers
    assert "dinsdag 2 maart 2027, 18:00–18:20, The Hague · 09:00–09:20, San Francisco" in his
    assert (
        "You meet Bob (Tulip Chargers) for 20 minutes" in hers and "Where: https://meet.example/ada" in hers
    )
    assert "Je spreekt Ada (Voltline), 20 minuten" in his and "?tab=meetings#bob-token" in his


def test_a_day_that_is_another_one_there_is_said() -> None:
    early = at("2027-03-03 06:00")
    story = proposed(times=[TUESDAY, early])
    told = body(letter(story, "meeting_proposed", "bob"))
    assert (
        "woensdag 3 maart 2027, 07:00–07:20, The Hague · dinsdag 2 maart 2027, 22:00–22:20, San Francisco"
        in told
    )
    assert "Kies een moment" in told


@pytest.mark.parametrize(
    ("day", "there"),
    [("2027-03-13", "09:00"), ("2027-03-15", "10:00"), ("2027-03-19", "10:00")],
)
def test_hours_are_right_in_the_weeks_in_which_one_of_them_turned_the_clocks(day: str, there: str) -> None:
    story = proposed(times=[at(f"{day} 17:00"), at(f"{day} 18:00")])
    told = body(letter(story, "meeting_proposed", "bob"))
    assert f"18:00–18:20, The Hague · {there}" in told


@pytest.mark.parametrize(("before", "said"), [(DAY_MS, "In a day"), (600_000, "In ten minutes")])
def test_a_reminder_says_how_soon(before: int, said: str) -> None:
    message = letter(fixed(), "meeting_reminder", "ada", asked=TUESDAY - before)
    assert str(message["Subject"]).startswith(said) and "switch off reminders" in body(message)
    assert list(message.iter_attachments()) == []


def test_nobody_s_address_stands_in_what_the_other_is_sent() -> None:
    story = fixed()
    for about in ("meeting_fixed", "meeting_changed", "meeting_reminder"):
        whole = letter(story, about, "ada")
        assert "bob@" not in whole.as_string() and "bob@" not in text(whole, "html")
    _, event = event_of(letter(story, "meeting_fixed", "ada"))
    assert b"bob@" not in event.to_ical().replace(b"\r\n ", b"")
    assert str(event["attendee"]) == "mailto:ada@example.org"
    assert str(event["organizer"]) == "mailto:post@live.example"


def test_who_wants_no_letters_is_told_how_to_get_none_of_proposals_alone() -> None:
    story = proposed()
    assert letter(story, "meeting_proposed", "bob")["List-Unsubscribe"] is not None
    assert letter(fixed(), "meeting_fixed", "bob")["List-Unsubscribe"] is None
    story = acquainted().given("server", "stop_letters", participant="bob")
    assert proposed(story).state.get(Letter, "meeting_proposed.bob.m1") is None  # type: ignore[arg-type]


def test_words_of_people_stay_words() -> None:
    story = acquainted()
    story.given("ada", "drop_lead", lead="ada/bob").given("bob", "drop_lead", lead="bob/ada")
    story.given("ada", "change_card", name="Ada {title} <b>", organisation="{other}")
    story.given("ada", "ask_contact", id="again", whom="bob", where="directory")
    story.given("bob", "accept_contacts", requests=["again"])
    message = letter(proposed(story, note="{minutes} <i>now</i>"), "meeting_proposed", "bob")  # type: ignore[arg-type]
    assert "Ada {title} <b> ({other})" in body(message) and "{minutes} <i>now</i>" in body(message)
    assert "<i>now" not in text(message, "html") and "\n" not in str(message["Subject"])


async def do(house: House, who: str, name: str, /, **args: Any) -> dict[str, Any]:
    room = await house.hub.room(MISSION.topic("ev-2027"))
    assert room is not None
    actor = server(room)._replace(id=who, role="participant")
    (outcome,) = await said(room, [Request(actor, "", MISSION.parse(name, args), to_nobody)])
    assert isinstance(outcome, Answer), outcome
    return outcome.result


async def test_calendars_follow_what_becomes_of_a_meeting(
    house: House, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meetings_telling, "GATHERED_MS", 0)
    begin = now_ms() // HOUR_MS * HOUR_MS + 2 * DAY_MS
    day = datetime.fromtimestamp(begin // 1000, UTC).strftime("%Y-%m-%d")
    await house.do("change_mission", starts_on=day, ends_on=day)
    ada, bob = await house.invite("Ada"), await house.invite("Bob")
    asked = await do(house, ada, "ask_contact", whom=bob, where="directory")
    await do(house, bob, "accept_contacts", requests=[asked["id"]])
    times = [begin, begin + HOUR_MS]
    meeting = (await do(house, ada, "propose_meeting", whom=bob, times=times, minutes=20))["id"]
    await house.until(lambda post: post.sent == 1)
    await do(house, bob, "accept_meeting", meeting=meeting, starts_at=begin)
    await house.until(lambda post: post.sent == 3)
    await do(house, ada, "change_meeting", meeting=meeting, starts_at=begin + HOUR_MS)
    await house.until(lambda post: post.sent == 5)
    await do(house, bob, "cancel_meeting", meeting=meeting)
    await house.until(lambda post: post.sent == 7)
    for who in ("ada@example.org", "bob@example.org"):
        came = [event_of(one) for one in office.sent_to(who) if list(one.iter_attachments())]
        assert [method for method, _ in came] == ["REQUEST", "REQUEST", "CANCEL"]
        events = [event for _, event in came]
        assert len({str(event["uid"]) for event in events}) == 1
        assert [int(event["sequence"]) for event in events] == [0, 1, 2]
        starts = [int(event.decoded("dtstart").timestamp() * 1000) for event in events]
        assert starts == [begin, begin + HOUR_MS, begin + HOUR_MS]
        assert [str(event["status"]) for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
