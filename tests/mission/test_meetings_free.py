"""When two are both free: their meetings and sessions are taken out, and nothing of what they are is told."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.mission.meeting import BEFORE, TUESDAY, WEDNESDAY, acquainted, fixed
from tests.mission.scene import Scene
from webinar_server.errors import Refusal
from webinar_server.mission.meetings import DAY_MS, MINUTE_MS
from webinar_server.mission.meetings_free import free_times
from webinar_server.mission.programme import HOUR_MS

SLOT = {"session": "depots", "title": "Depots", "starts_at": TUESDAY, "ends_at": TUESDAY + HOUR_MS}


def is_free(story: Scene, at: int, who: str = "ada", whom: str = "bob", besides: str = "") -> bool:
    spans = free_times(story.state, who, whom, story.at, besides)
    assert all(one.ends_at <= two.starts_at for one, two in pairwise(spans))
    return any(span.starts_at <= at and at + 20 * MINUTE_MS <= span.ends_at for span in spans)


def test_all_is_free_from_a_quarter_of_an_hour_on_until_a_fortnight_after() -> None:
    (span,) = free_times(acquainted().state, "ada", "bob", BEFORE)
    assert span.starts_at == BEFORE + 15 * MINUTE_MS
    assert span.ends_at == TUESDAY - 17 * HOUR_MS + 4 * DAY_MS + 14 * DAY_MS


def test_a_meeting_of_either_takes_its_time_and_no_other() -> None:
    story = fixed(acquainted("cem"))
    for who, whom in (("cem", "bob"), ("bob", "cem"), ("ada", "cem"), ("ada", "bob")):
        assert not is_free(story, TUESDAY, who, whom) and is_free(story, TUESDAY + 20 * MINUTE_MS, who, whom)
    story.given("ada", "cancel_meeting", meeting="m1")
    assert is_free(story, TUESDAY, "cem", "bob")


def test_the_meeting_that_is_moved_is_in_nobody_s_way_but_that_of_others_is() -> None:
    story = fixed(acquainted("cem"))
    assert is_free(story, TUESDAY, "ada", "bob", besides="m1")
    assert not is_free(story, TUESDAY, "cem", "bob", besides="m1")


def test_sessions_that_they_lead_speak_in_or_marked_take_theirs() -> None:
    for named in ({"hosts": ["bob"]}, {"speakers": ["ada"]}):
        assert not is_free(acquainted().given("ori", "plan_slot", **SLOT, **named), TUESDAY)  # type: ignore[arg-type]
    story = acquainted().given("ori", "plan_slot", **SLOT)
    assert is_free(story, TUESDAY)  # type: ignore[arg-type]
    assert not is_free(story.given("bob", "attend", slot="depots"), TUESDAY)  # type: ignore[arg-type]


def test_of_who_has_them_no_more_only_the_programme_counts_and_a_block_changes_nothing() -> None:
    slot = SLOT | {"starts_at": WEDNESDAY, "ends_at": WEDNESDAY + HOUR_MS, "hosts": ["bob"]}
    story = acquainted("cem").given("ori", "plan_slot", **slot)
    story.given("cem", "propose_meeting", id="m1", whom="bob", times=[TUESDAY, TUESDAY + HOUR_MS], minutes=30)
    story.given("bob", "accept_meeting", meeting="m1", starts_at=TUESDAY)
    assert not is_free(story, TUESDAY)  # type: ignore[arg-type]
    story.given("bob", "block", person="ada")
    assert not is_free(story, TUESDAY)  # type: ignore[arg-type]
    story.given("bob", "unblock", person="ada").given("bob", "drop_lead", lead="bob/ada")
    assert is_free(story, TUESDAY) and not is_free(story, WEDNESDAY)  # type: ignore[arg-type]


def test_who_is_not_connected_is_told_nothing() -> None:
    story = acquainted().given("ada", "drop_lead", lead="ada/bob")
    for who, whom in (("ada", "bob"), ("ori", "bob"), ("ada", "nobody"), ("ada", "ada")):
        with pytest.raises(Refusal) as told:
            free_times(story.state, who, whom, story.at)
        assert told.value.code == "meeting.stranger"
