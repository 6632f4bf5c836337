"""Late: what is proposed ends on time and keeps a live round, or it is said that nothing does; cues."""

from __future__ import annotations

import typing

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.session.scene import PEOPLE, Scene, scene
from webinar_server.session.run.cues import Cue
from webinar_server.session.run.cuts import PROPOSALS_MAX, propose
from webinar_server.session.run.reckoning import reckon
from webinar_server.session.run.records import (
    MINUTE_MS,
    Ran,
    Run,
    Segment,
    SegmentKind,
    in_order,
    the_run,
    to_come,
)

KINDS = typing.get_args(SegmentKind)
BEGIN = 1_000_000
segments = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(1, 25), st.none() | st.integers(0, 30)),
    min_size=1,
    max_size=9,
)


@st.composite
def late(draw: st.DrawFn) -> tuple[list[Segment], Run, int]:
    """Any plan, anywhere in it, at any moment, to be over at any time."""
    made = [
        Segment(id=f"s{at}", kind=kind, minutes=minutes, given=given)
        for at, (kind, minutes, given) in enumerate(draw(segments))
    ]
    on, at, ran = draw(st.integers(0, len(made) - 1)), BEGIN, []
    for segment in made[: on + 1]:
        ran.append(Ran(segment.id, at))
        at += draw(st.integers(1, 40 * MINUTE_MS))
    ran = [one._replace(ended_at=ran[place + 1].began_at) for place, one in enumerate(ran[:-1])] + ran[-1:]
    end = BEGIN + draw(st.integers(1, 90 * MINUTE_MS))
    order = tuple(one.id for one in made)
    return made, Run(order=order, ran=tuple(ran), planned_end=end), at


@settings(max_examples=500, deadline=None)
@given(late())
def test_every_proposal_ends_on_time_and_keeps_a_live_round(told: tuple[list[Segment], Run, int]) -> None:
    plan, run, now = told
    found = propose(plan, run, now)
    assert len(found) <= PROPOSALS_MAX and len({one.cuts for one in found}) == len(found)
    for proposal in found:
        minutes = {cut.segment: cut.minutes for cut in proposal.cuts}
        after = [_given(one, minutes.get(one.id)) for one in plan]
        assert reckon(after, run, now).expected_end == proposal.ends_at <= run.planned_end  # type: ignore[operator]
        rounds = [one for one in to_come(run, plan) if one.kind == "spotlight"]
        assert not rounds or any(one.kind == "spotlight" for one in to_come(run, after))
        assert not minutes.keys() & {one.segment for one in run.ran}


@settings(max_examples=300, deadline=None)
@given(late())
def test_where_all_that_may_go_would_be_enough_something_is_proposed(
    told: tuple[list[Segment], Run, int],
) -> None:
    plan, run, now = told
    drift = reckon(plan, run, now).drift
    rest = [one for one in to_come(run, plan) if one.kind not in ("spotlight", "closing")]
    if 0 < drift <= sum(one.length for one in rest) * MINUTE_MS:
        assert propose(plan, run, now)
    if drift <= 0:
        assert propose(plan, run, now) == []


def _given(segment: Segment, minutes: int | None) -> Segment:
    if minutes is None:
        return segment
    return Segment(id=segment.id, kind=segment.kind, minutes=segment.minutes, given=minutes)


def overrun() -> Scene:
    """The good example, with its greeting eight minutes too long."""
    story = scene().given("host", "fill_run", example="good").given("host", "start_run")
    story.at += 13 * MINUTE_MS
    return story


def test_a_proposal_is_applied_at_once_and_taken_back_turned_round() -> None:
    story = overrun().given("host", "propose_cuts")
    assert story.result["over"] == 9 and len(story.result["proposals"]) >= 2
    run, before = the_run(story.state), in_order(story.state)
    for proposal in story.result["proposals"]:
        story.given("host", "cut_segments", cuts=proposal["cuts"])
        assert reckon(in_order(story.state), run, story.at).drift <= 0
        back = [cut | {"minutes": cut["was"], "was": cut["minutes"]} for cut in proposal["cuts"]]
        story.given("host", "cut_segments", cuts=back)
        assert in_order(story.state) == before


def test_two_hosts_who_cut_at_once_cut_once() -> None:
    story = overrun().given("host", "propose_cuts")
    cuts = story.result["proposals"][0]["cuts"]
    story.given("host", "cut_segments", cuts=cuts)
    story.when("organiser", "cut_segments", cuts=cuts).then_refused("segment.changed")


def test_it_is_said_where_nothing_helps() -> None:
    story = scene()
    for kind in ("talk", "spotlight"):
        story.given("host", "add_segment", kind=kind, minutes=5)
    story.given("host", "start_run")
    story.at += 40 * MINUTE_MS
    assert story.given("host", "propose_cuts").result == {"over": 36, "proposals": []}


# cues


def test_a_line_to_who_speaks_is_read_by_speakers_and_hosts_alone() -> None:
    story = scene().given("speaker", "arrive", **PEOPLE).given("ada", "arrive", **PEOPLE)
    story.given("host", "say_cue", ready="two_minutes", text="mention the report")
    read = {"ready": "two_minutes", "text": "mention the report", "at": story.at}
    assert story.sees("host", Cue, "now") == read
    assert story.sees("attendee", Cue, "now") is None and story.sees("stage", Cue, "now") is None
    assert story.sees("speaker", Cue, "now") == read and story.sees("ada", Cue, "now") is None
    story.given("host", "clear_cue").then_gone(Cue, "now")


def test_a_line_says_something() -> None:
    scene().when("host", "say_cue").then_refused("cue.empty")
    scene().when("host", "say_cue", text=" \u200b ").then_refused("cue.empty")
