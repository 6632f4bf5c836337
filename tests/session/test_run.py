"""The run of show: prepared, run, late and mended; two who press at once make one step."""

from __future__ import annotations

import pytest

from tests.session.scene import START_MS, Scene, scene
from webinar_server.session.polls.poll import Poll
from webinar_server.session.run.reckoning import reckon
from webinar_server.session.run.records import MINUTE_MS, Run, Segment, in_order, the_run
from webinar_server.session.run.segments import SEGMENTS_MAX

NOTES = "Only hosts read this."


def planned(**settings: int) -> Scene:
    """Three segments of five minutes: a greeting `g`, a talk `t`, and live questions `s`."""
    story = scene(**settings)
    for id, kind in (("g", "greeting"), ("t", "talk"), ("s", "spotlight")):
        story.given("host", "add_segment", id=id, kind=kind, minutes=5, notes=NOTES)
    return story


def order(story: Scene) -> list[str]:
    return [segment.id for segment in in_order(story.state)]


def run_of(story: Scene) -> Run:
    return the_run(story.state)


def later(story: Scene, minutes: float) -> Scene:
    story.at += int(minutes * MINUTE_MS)
    return story


# prepared


def test_segments_stand_in_the_order_in_which_they_were_put() -> None:
    story = planned().given("host", "add_segment", id="p", kind="poll", minutes=2, before="s")
    assert order(story) == ["g", "t", "p", "s"]
    assert order(story.given("host", "move_segment", segment="p", before="g")) == ["p", "g", "t", "s"]
    assert order(story.given("host", "move_segment", segment="p")) == ["g", "t", "s", "p"]
    assert order(story.given("host", "remove_segment", segment="p")) == ["g", "t", "s"]


def test_notes_and_polls_are_hosts_alone_and_what_was_dropped_is_nobodys_else() -> None:
    story = planned()
    assert story.sees("host", Segment, "t") | {"notes": NOTES} == story.sees("host", Segment, "t")
    for audience in ("attendee", "stage"):
        assert story.sees(audience, Segment, "t") == {"kind": "talk", "title": "", "who": "", "minutes": 5}
    story.given("host", "start_run")
    story.given("host", "cut_segments", cuts=[{"segment": "t", "minutes": 0, "was": 5}])
    assert story.sees("attendee", Segment, "t") is None and story.sees("host", Segment, "t")["given"] == 0


@pytest.mark.parametrize(
    ("who", "command", "args"),
    [
        ("ada", "add_segment", {"kind": "talk", "minutes": 5}),
        ("speaker", "start_run", {}),
        ("ada", "check_run", {}),
        ("ada", "propose_cuts", {}),
        ("speaker", "say_cue", {"text": "x"}),
    ],
)
def test_only_hosts_prepare_and_run(who: str, command: str, args: dict[str, object]) -> None:
    planned().when(who, command, **args).then_refused("command.not_allowed")


def test_what_is_on_or_over_stays_where_it_is() -> None:
    story = planned().given("host", "start_run")
    story.when("host", "move_segment", segment="g").then_refused("segment.ran")
    story.when("host", "remove_segment", segment="g").then_refused("segment.ran")
    story.when("host", "move_segment", segment="s", before="g").then_refused("segment.ran")
    story.when("host", "empty_run").then_refused("segment.ran")
    story.when("host", "change_segment", segment="g", minutes=9).then_refused("segment.ran")
    story.when("host", "change_segment", segment="g", title="Hello").then_done()


def test_an_example_fills_what_is_empty_and_is_taken_out_in_one() -> None:
    story = scene().given("host", "fill_run", example="good")
    assert sum(one.minutes for one in in_order(story.state)) == 60
    story.when("host", "fill_run", example="good").then_refused("segment.filled")
    assert order(story.given("host", "empty_run")) == []
    story.when("host", "fill_run", segments=[{"kind": "talk", "minutes": 900}]).then_done()
    assert in_order(story.state)[0].minutes == 240


def test_there_are_limits() -> None:
    many = [{"kind": "talk", "minutes": 1}] * SEGMENTS_MAX
    story = scene().given("host", "fill_run", segments=many)
    story.when("host", "add_segment", kind="talk", minutes=1).then_refused("segment.full")
    scene().when("host", "fill_run", segments=[*many, *many]).then_refused("segment.full")
    scene().when("host", "add_segment", kind="talk", minutes=1, poll="none").then_refused("poll.unknown")
    scene().when("host", "start_run").then_refused("segment.none")


# run


def test_the_hour_goes_from_segment_to_segment_and_is_over_after_the_last() -> None:
    story = planned().given("host", "start_run")
    for segment in ("g", "t", "s"):
        assert run_of(story).current == segment
        later(story, 5).given("host", "next_segment", leaving=segment)
    assert run_of(story).current is None and run_of(story).ended_at is not None


def test_two_who_press_next_at_once_make_one_step() -> None:
    story = planned().given("host", "start_run").given("host", "next_segment", leaving="g")
    story.when("organiser", "next_segment", leaving="g").then_done()
    assert run_of(story).current == "t"
    story.when("organiser", "end_run", leaving="g").then_done()
    assert run_of(story).current == "t"
    story.when("organiser", "start_run").then_done()
    assert run_of(story).current == "t"


def test_every_step_has_its_way_back() -> None:
    story = planned()
    seen = [run_of(story)]
    story.given("host", "start_run")
    for segment in ("g", "t", "s"):
        seen.append(run_of(story))
        later(story, 5).given("host", "next_segment", leaving=segment)
    for segment, before in zip(("s", "s", "t", "g"), reversed(seen), strict=True):
        story.given("host", "back_segment", leaving=segment)
        assert run_of(story) == before


def test_more_minutes_are_given_once_though_two_press() -> None:
    story = planned().given("host", "start_run")
    story.given("host", "extend_segment", segment="g", was=5, minutes=2)
    story.when("organiser", "extend_segment", segment="g", was=5, minutes=2).then_refused("segment.changed")
    assert story.state.get(Segment, "g").length == 7  # type: ignore[union-attr]


def test_a_segment_opens_its_poll_if_it_is_so_set() -> None:
    poll = {"question": "Where?", "options": ["a", "b"]}
    story = scene().given("host", "draft_poll", id="p", **poll).given("host", "draft_poll", id="q", **poll)
    story.given("host", "add_segment", kind="poll", minutes=2, poll="p", opens=True)
    story.given("host", "add_segment", kind="poll", minutes=2, poll="q")
    before = len(story.entries)
    story.given("host", "start_run")
    assert story.result["poll"] == "p" and len(story.entries) == before + 1
    assert story.state.get(Poll, "p").state == "open"  # type: ignore[union-attr]
    story.given("host", "next_segment", leaving=story.result["segment"])
    assert story.state.get(Poll, "q").state == "draft"  # type: ignore[union-attr]


def test_a_poll_that_was_opened_or_thrown_away_keeps_nobody_from_going_on() -> None:
    story = scene().given("host", "draft_poll", id="p", question="Where?", options=["a", "b"])
    story.given("host", "add_segment", kind="poll", minutes=2, poll="p", opens=True)
    story.given("host", "discard_poll", poll="p").when("host", "start_run").then_done()
    assert run_of(story).current


# in time


def test_it_is_as_late_as_what_runs_and_what_is_to_come_make_it() -> None:
    story = planned().given("host", "start_run")
    begin = run_of(story).ran[0].began_at
    at = begin + 3 * MINUTE_MS
    seen = reckon(in_order(story.state), run_of(story), at)
    assert (seen.drift, seen.left, seen.expected_end) == (0, 2 * MINUTE_MS, begin + 15 * MINUTE_MS)
    late = reckon(in_order(story.state), run_of(story), begin + 9 * MINUTE_MS)
    assert (late.drift, late.left) == (4 * MINUTE_MS, -4 * MINUTE_MS)
    story.given("host", "extend_segment", segment="t", was=5, minutes=1)
    assert reckon(in_order(story.state), run_of(story), at).drift == MINUTE_MS
    later(story, 2).given("host", "next_segment", leaving="g")
    early = reckon(in_order(story.state), run_of(story), story.at)
    assert -3 * MINUTE_MS < early.drift < 0


def test_it_is_to_be_over_no_later_than_the_session() -> None:
    ends_at = START_MS + 10 * MINUTE_MS
    story = planned(starts_at=START_MS, ends_at=ends_at).given("host", "start_run")
    assert run_of(story).planned_end == ends_at
    assert reckon(in_order(story.state), run_of(story), story.at).drift > 4 * MINUTE_MS


def test_before_it_began_it_is_thought_to_begin_when_the_session_does() -> None:
    story = planned()
    seen = reckon(in_order(story.state), run_of(story), story.at, story.at + MINUTE_MS)
    assert [line.begins_at - story.at for line in seen.lines] == [  # type: ignore[operator]
        minutes * MINUTE_MS for minutes in (1, 6, 11)
    ]
