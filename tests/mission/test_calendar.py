"""Somebody's sessions as a calendar reads them: the right hour past the weeks in which clocks are turned, the
same event when it moves, and off when it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from icalendar import Calendar, Component

from tests.mission.scene import Scene, scene
from webinar_server.calendar import calendar_of
from webinar_server.mission.programme import HOUR_MS

AT = int(datetime(2027, 3, 1, 17, tzinfo=UTC).timestamp() * 1000)
"""Six in the evening in The Hague, nine in the morning in San Francisco."""


def planned(**more: Any) -> Scene:
    slot = {
        "session": "depots",
        "title": "Depots, and what they need",
        "starts_at": AT,
        "ends_at": AT + HOUR_MS,
    }
    return scene("ada", "bob").given("ori", "plan_slot", **slot | more)


def read(story: Scene, who: str = "ada") -> Calendar:
    written = calendar_of(story.state, who, lambda slot: f"https://live.example/session/{slot.id}", AT)
    whole = Calendar.from_ical(written)
    assert isinstance(whole, Calendar)
    return whole


def events(story: Scene, who: str = "ada") -> list[Component]:
    return list(read(story, who).walk("VEVENT"))


def test_it_has_the_sessions_somebody_leads_speaks_in_or_marked_and_no_others() -> None:
    assert events(planned()) == []
    assert len(events(planned(hosts=["ada"]))) == len(events(planned(speakers=["ada"]))) == 1
    marked = planned().given("ada", "attend", slot="depots")
    assert len(events(marked)) == 1 and events(marked, "bob") == []
    assert events(marked.given("ada", "skip", slot="depots")) == []


def test_an_event_says_what_when_and_where_and_nobodys_name() -> None:
    (event,) = events(planned(hosts=["ada"], abstract="Bring a map; we look at two, at least."))
    assert event["summary"] == "Depots, and what they need"
    assert event["url"] == "https://live.example/session/depots"
    assert str(event["description"]).startswith("18:00 The Hague · 09:00 San Francisco")
    assert str(event["description"]).endswith("Bring a map; we look at two, at least.")
    assert b"Ada" not in event.to_ical()


@pytest.mark.parametrize(
    ("month", "day", "apart"), [(3, 1, 9), (3, 20, 8), (4, 1, 9), (10, 28, 9), (11, 2, 8)]
)
def test_hours_are_right_where_only_one_side_has_turned_its_clocks(month: int, day: int, apart: int) -> None:
    at = int(datetime(2028, month, day, 17, tzinfo=UTC).timestamp() * 1000)
    story = planned(starts_at=at, ends_at=at + HOUR_MS, hosts=["ada"])
    (event,) = events(story)
    start = event.decoded("dtstart")
    assert start.timestamp() * 1000 == at and start.tzinfo.key == "Europe/Amsterdam"
    here, there = str(event["description"]).split(" · ")
    hours = [int(told.split(":")[0]) for told in (here, there)]
    assert (hours[0] - hours[1]) % 24 == apart


def test_the_rules_of_summer_and_winter_stand_in_it() -> None:
    (rules,) = read(planned(hosts=["ada"])).walk("VTIMEZONE")
    assert rules["tzid"] == "Europe/Amsterdam"
    zone = rules.to_tz()
    for at in (AT, AT + 60 * 24 * HOUR_MS):
        moment = datetime.fromtimestamp(at / 1000, UTC)
        assert moment.astimezone(zone).hour == (18 if at == AT else 19)


def test_a_session_that_moves_is_the_same_event_and_newer() -> None:
    story = planned(hosts=["ada"])
    (before,) = events(story)
    story.given("ori", "change_slot", slot="depots", starts_at=AT + 1000)
    (after,) = events(story)
    assert before["uid"] == after["uid"] and (before["sequence"], after["sequence"]) == (0, 1)
    story.given("ori", "change_slot", slot="depots", starts_at=AT + 1000)
    assert events(story)[0]["sequence"] == 1


def test_one_that_is_off_is_said_to_be_and_may_come_back() -> None:
    story = (
        planned(hosts=["ada"]).given("bob", "attend", slot="depots").given("ori", "drop_slot", slot="depots")
    )
    for who in ("ada", "bob"):
        (event,) = events(story, who)
        assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
    assert events(story, "ori") == []
    story.given(
        "ori", "plan_slot", session="depots", title="Depots", starts_at=AT, ends_at=AT + 1, hosts=["ada"]
    )
    for who in ("ada", "bob"):
        (event,) = events(story, who)
        assert (event["status"], event["sequence"]) == ("CONFIRMED", 2)


def test_a_line_in_a_title_or_text_makes_no_other_line_of_the_calendar() -> None:
    story = planned(hosts=["ada"], title="A;B,C\\n", abstract="One\nATTENDEE:mailto:eve@example.org")
    (event,) = events(story)
    assert event["summary"] == "A;B,C\\n" and "attendee" not in event
