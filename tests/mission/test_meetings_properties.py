"""Whatever two and two of them agree on, in whatever order: nobody is ever in two meetings at once, and
nothing waits for an answer that nobody can give any more."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.mission.meeting import QUARTER, TUESDAY, acquainted, wait
from tests.mission.scene import Scene
from webinar_server.mission.meetings import HOUR_MS, Meeting

PEOPLE = ("ada", "bob", "cem", "dee")
HOURS = [TUESDAY + number * QUARTER for number in range(6)]

STEPS = some.lists(
    some.tuples(
        some.sampled_from(PEOPLE),
        some.sampled_from(
            (
                *("propose", "propose", "propose", "accept", "accept", "accept", "other", "move", "cancel"),
                *("decline", "block", "unblock", "drop_lead", "leave", "hour", "week"),
            )
        ),
        some.integers(0, 5),
        some.integers(0, 20),
    ),
    max_size=60,
)


def play(story: Scene, who: str, what: str, at: int, pick: int) -> tuple[str, dict[str, Any]]:
    """The command that a step is, as things stand."""
    whom = [one for one in PEOPLE if one != who][pick % 3]
    times = [HOURS[at], HOURS[(at + 1 + pick % 5) % 6]]
    minutes = (15, 20, 30)[pick % 3]
    all_of = sorted(one.id for one in story.state.of(Meeting, "people", who))
    meeting = all_of[pick % len(all_of)] if all_of else "none"
    known = story.state.get(Meeting, meeting)
    return {
        "propose": ("propose_meeting", {"whom": whom, "times": times, "minutes": minutes}),
        "accept": (
            "accept_meeting",
            {"meeting": meeting, "starts_at": known.times[at % len(known.times)] if known else 0},
        ),
        "other": ("propose_other_times", {"meeting": meeting, "times": times, "minutes": minutes}),
        "move": ("change_meeting", {"meeting": meeting, "starts_at": HOURS[at], "minutes": minutes}),
        "cancel": ("cancel_meeting", {"meeting": meeting}),
        "decline": ("decline_meeting", {"meeting": meeting}),
        "block": ("block", {"person": whom}),
        "unblock": ("unblock", {"person": whom}),
        "drop_lead": ("drop_lead", {"lead": f"{who}/{whom}"}),
        "leave": ("leave_mission", {}),
    }[what]


def meets_twice(story: Scene, who: str) -> bool:
    """Whether somebody is in two that were fixed, at once; counted anew from all there is."""
    mine = [one for one in story.state.all(Meeting) if one.state == "fixed" and who in (one.by, one.to)]
    spans = sorted((one.starts_at, one.starts_at + one.minutes * 60_000) for one in mine)
    return any(following[0] < before[1] for before, following in pairwise(spans))


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_nobody_is_ever_in_two_meetings_at_once(steps: list[tuple[str, str, int, int]]) -> None:
    story = acquainted("cem", "dee")
    for number, (who, what, at, pick) in enumerate(steps):
        if what in ("hour", "week"):
            wait(story, story.at + HOUR_MS * (1 if what == "hour" else 24 * 7 // 5))
        else:
            command, args = play(story, who, what, at, pick)
            story.when(who, command, id=f"x{number}", **args)
        assert not [one for one in PEOPLE if meets_twice(story, one)], (number, who, what)
        wait(story, story.at)
        assert all(one.until > story.at for one in story.state.all(Meeting) if one.state == "proposed")
        for meeting in story.state.all(Meeting):
            assert set(meeting.owners) <= set(PEOPLE) and meeting.by != meeting.to


def test_the_test_would_see_two_at_once() -> None:
    story = acquainted("cem")
    for id, whom, starts_at in (("m1", "bob", HOURS[0]), ("m2", "cem", HOURS[4])):
        times = [starts_at, HOURS[5]]
        story.given("ada", "propose_meeting", id=id, whom=whom, times=times, minutes=30)
        story.given(whom, "accept_meeting", meeting=id, starts_at=starts_at)
    assert not meets_twice(story, "ada")
    both = [story.the(Meeting, id) for id in ("m1", "m2")]
    assert all(one.starts_at != two.starts_at for one, two in combinations(both, 2))
    story.when("ada", "change_meeting", meeting="m2", starts_at=HOURS[1]).then_refused("meeting.taken")
