"""The programme check: the good example passes, the bad one breaks every rule, and offers mend it."""

from __future__ import annotations

import typing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.session.scene import Scene, scene
from webinar_server.session.run.check import (
    HOUR_MAX,
    MONOLOGUE_MAX,
    QUIET_MAX,
    ROW_MAX,
    RULES,
    check,
    minutes_of,
)
from webinar_server.session.run.examples import BAD, GOOD, Part, segments_of
from webinar_server.session.run.records import SegmentKind, in_order

KINDS = typing.get_args(SegmentKind)
parts = st.builds(Part, st.sampled_from(KINDS), st.integers(1, 40))
plans = st.lists(parts, min_size=1, max_size=8)

FINE = [Part("greeting", 5), Part("talk", 8), Part("spotlight", 10), Part("closing", 3)]
"""A short hour that breaks nothing."""


def broken(*plan: Part) -> set[str]:
    return {finding.rule for finding in check(segments_of(plan))}


def test_the_good_example_breaks_nothing_and_the_bad_one_everything() -> None:
    assert broken(*GOOD) == set() and minutes_of(segments_of(GOOD)) == HOUR_MAX
    assert broken(*BAD) == set(RULES)


def test_nothing_is_said_of_no_plan() -> None:
    assert check([]) == []


@pytest.mark.parametrize(
    ("rule", "plan"),
    [
        ("no_greeting", FINE[1:]),
        ("no_spotlight", [*FINE[:2], Part("questions", 10), FINE[3]]),
        ("monologue", [FINE[0], Part("video", MONOLOGUE_MAX + 1), *FINE[2:]]),
        ("quiet", [FINE[0], Part("talk", 8), Part("other", QUIET_MAX - 7), *FINE[2:]]),
        ("quiet", [FINE[0], Part("break", QUIET_MAX + 1), *FINE[2:]]),
        ("same", [FINE[0], *[Part("poll", 2)] * 3, *FINE[2:]]),
        ("abrupt", FINE[:3]),
        ("too_long", [*FINE[:3], Part("borrel", 36), FINE[3]]),
    ],
)
def test_each_rule_is_broken_by_itself(rule: str, plan: list[Part]) -> None:
    assert broken(*FINE) == set()
    assert broken(*plan) == {rule}


@pytest.mark.parametrize(
    "plan",
    [
        [FINE[0], Part("talk", MONOLOGUE_MAX), *FINE[2:]],
        [FINE[0], Part("talk", 8), Part("other", QUIET_MAX - 8), *FINE[2:]],
        [FINE[0], *[Part("poll", 2)] * 2, *FINE[2:]],
        [*FINE[:3], Part("borrel", HOUR_MAX - 26), FINE[3]],
    ],
)
def test_what_is_just_within_the_rules_breaks_none(plan: list[Part]) -> None:
    assert broken(*plan) == set()


def fixed(story: Scene) -> Scene:
    """After a press on every fix that is offered, one after the other, until there is none."""
    for _ in range(60):
        found = story.given("host", "check_run").result["findings"]
        if not found:
            return story
        for step in found[0]["fix"]:
            story.given("host", step["command"], **step["args"])
    pytest.fail(f"still broken: {[finding['rule'] for finding in found]}")


@settings(max_examples=60, deadline=None)
@given(plans)
def test_what_it_offers_mends_any_plan_in_the_end(plan: list[Part]) -> None:
    asked = [{"kind": part.kind, "minutes": part.minutes} for part in plan]
    story = fixed(scene().given("host", "fill_run", segments=asked))
    segments = in_order(story.state)
    assert check(segments) == [] and minutes_of(segments) <= HOUR_MAX


@settings(max_examples=60, deadline=None)
@given(plans)
def test_each_fix_mends_what_it_is_offered_for(plan: list[Part]) -> None:
    asked = [{"kind": part.kind, "minutes": part.minutes} for part in plan]
    for at, finding in enumerate(check(segments_of(tuple(plan)))):
        story = scene().given("host", "fill_run", segments=asked).given("host", "check_run")
        before = story.result["findings"]
        for step in before[at]["fix"]:
            story.given("host", step["command"], **step["args"])
        # a long stretch is divided, and each part may be one still
        most = {"monologue": MONOLOGUE_MAX, "quiet": QUIET_MAX, "same": ROW_MAX, "too_long": HOUR_MAX}
        too_much = [
            one["minutes"] - most.get(finding.rule, -1) for one in before if one["rule"] == finding.rule
        ]
        same = [one for one in check(in_order(story.state)) if one.rule == finding.rule]
        assert sum(one.minutes - most.get(finding.rule, -1) for one in same) < sum(too_much), finding


def test_a_plan_that_began_is_checked_no_more() -> None:
    story = scene().given("host", "fill_run", example="bad").given("host", "start_run")
    assert story.given("host", "check_run").result["findings"] == []


def test_the_check_changes_nothing() -> None:
    story = scene().given("host", "fill_run", example="bad")
    before = len(story.entries)
    assert len(story.given("host", "check_run").result["findings"]) >= len(RULES)
    assert story.state.position.seq >= before and in_order(story.state)[0].minutes == 25
