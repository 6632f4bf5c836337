"""Thresholds and the verdict: what holds, what breaks, and that what was not measured breaks too."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from loadtests import verdict
from loadtests.outcome import OWN_DELAY, Outcome, Row, Trouble
from loadtests.server import Cost, cost, growth
from loadtests.verdict import Limit, check

CALM = Cost(cpu=2.0, seconds=20.0, busiest=0.3, memory=60.0)


def row(count: int = 100, failures: int = 0, p99: float = 40.0) -> Row:
    return Row(count=count, failures=failures, p50=10.0, p99=p99, most=p99)


def outcome(requests: dict[str, Row] | None = None, /, **counts: int) -> Outcome:
    """Ten attendees and a host in one session."""
    named = {name.replace("_", " "): count for name, count in counts.items()}
    sizes: dict[str, Any] = {"sessions": 1, "attendees": 10, "people": 11, "began": 0.0, "ended": 20.0}
    return Outcome(requests=requests or {}, counts=named, troubles=[], **sizes)


def holds(limit: Limit, seen: Outcome, slack: float = 1.0) -> bool:
    (checked,) = check((limit,), seen, slack)
    return checked.holds


def test_a_time_holds_up_to_its_bound_and_breaks_above() -> None:
    limit = verdict.p99("DO say", 40)
    assert holds(limit, outcome({"DO say": row(p99=40)}))
    assert not holds(limit, outcome({"DO say": row(p99=41)}))


def test_slack_is_given_to_times_alone() -> None:
    assert holds(verdict.p99("DO say", 40), outcome({"DO say": row(p99=80)}), slack=2)
    assert not holds(verdict.did("vote", 100), outcome(done_vote=9), slack=2)


@pytest.mark.parametrize(
    "limit",
    [
        verdict.p99("DO say", 40),
        verdict.delivered(),
        verdict.no_failures(),
        verdict.of_dropped("resumed", 95),
        verdict.nobody_refused(),
        verdict.door_never_busy(),
        verdict.grew(30),
        verdict.attacked("joins", 1),
    ],
    ids=lambda limit: limit.what,
)
def test_what_was_not_measured_breaks(limit: Limit) -> None:
    (checked,) = check((limit,), outcome())
    assert checked.seen is None
    assert not checked.holds


def test_one_failed_request_breaks() -> None:
    assert holds(verdict.no_failures(), outcome({"DO say": row()}))
    assert not holds(verdict.no_failures(), outcome({"DO say": row(failures=1)}))


def test_locusts_own_delay_is_no_request() -> None:
    assert outcome({"DO say": row(10, 1), OWN_DELAY: row(90)}).failed_share == 10.0


def test_one_message_that_one_viewer_did_not_see_breaks() -> None:
    assert holds(verdict.delivered(), outcome(said_0=5, viewers_0=11, seen_0=55))
    assert not holds(verdict.delivered(), outcome(said_0=5, viewers_0=11, seen_0=54))
    assert not holds(verdict.delivered(), outcome(said_0=5, viewers_0=11, seen_0=56))  # counted wrongly


def test_who_came_late_need_not_have_seen_what_was_said_before() -> None:
    assert holds(verdict.delivered(), outcome(said_0=5, viewers_0=11, late_0=2, seen_0=45))
    assert not holds(verdict.delivered(), outcome(said_0=5, viewers_0=11, late_0=2, seen_0=44))


@pytest.mark.parametrize("what", ["told to come again", "closed for good", "refused pace.say"])
def test_one_of_the_others_who_was_refused_anything_breaks(what: str) -> None:
    said = outcome({"DO say": row()})
    assert holds(verdict.nobody_refused(), said)
    assert not holds(verdict.nobody_refused(), structs.replace(said, counts={what: 1}))


def test_a_busy_door_breaks_but_on_a_busy_machine() -> None:
    busy = structs.replace(outcome({"DO say": row()}), counts={"told to come again": 3, "door too busy": 3})
    assert holds(verdict.nobody_refused(), busy)
    assert not holds(verdict.door_never_busy(), busy, slack=3)
    assert holds(verdict.door_never_busy(), busy, slack=4)


def test_memory_that_grew_too_much_breaks_and_is_given_no_slack() -> None:
    assert holds(verdict.grew(30), structs.replace(outcome(), growth=30.0))
    assert not holds(verdict.grew(30), structs.replace(outcome(), growth=30.1), slack=20)


def test_an_attack_that_hardly_happened_breaks() -> None:
    assert holds(verdict.attacked("joins", 50), outcome(attack_joins=50))
    assert not holds(verdict.attacked("joins", 50), outcome(attack_joins=49))


def test_shares_are_of_the_audience_that_has_the_part() -> None:
    assert holds(verdict.did("support", 100, but=2), outcome(done_support=8))
    assert not holds(verdict.did("support", 100), outcome(done_support=8))
    assert not holds(verdict.everybody_came(), outcome(viewers_0=10))
    assert not holds(verdict.saw("spotlight"), outcome(saw_spotlight=9))
    assert not holds(verdict.of_dropped("resumed", 95), outcome(resumed=9, dropped=10))


# the verdict


def said(seen: Outcome, *limits: Limit, own: Cost = CALM, processes: int = 1) -> str:
    return "\n".join(verdict.lines(seen, check(limits, seen), own, CALM, processes))


def test_the_verdict_names_what_broke_and_what_was_never_measured() -> None:
    text = said(outcome({"DO say": row(p99=90)}), verdict.p99("DO say", 40), verdict.p99("DO vote", 40))
    first, second = text.splitlines()[:2]
    assert first.split() == "DO say, p99 90 ms at most 40 ms BROKEN".split()
    assert second.split() == "DO vote, p99 not measured at most 40 ms BROKEN".split()


def test_the_verdict_shows_troubles_and_both_costs() -> None:
    seen = outcome({"DO say": row()})
    text = said(Outcome(**{**_fields(seen), "troubles": [Trouble("DO say", "RuntimeError('x')", 3)]}))
    assert "failed: DO say: RuntimeError('x') (3 times)" in text
    assert "server  2.0 s CPU in 20 s (10% of a core, busiest second 30%), 60 MB" in text
    assert "WARNING" not in text


@pytest.mark.parametrize(
    ("delay", "cpu", "processes", "warned"),
    [(51, 2.0, 1, True), (10, 19.0, 1, True), (10, 19.0, 2, False), (50, 2.0, 1, False)],
)
def test_a_saturated_locust_is_told(delay: float, cpu: float, processes: int, warned: bool) -> None:
    busy = CALM._replace(cpu=cpu)
    text = said(outcome({OWN_DELAY: row(p99=delay)}), own=busy, processes=processes)
    assert ("WARNING" in text) is warned


def test_cost_is_what_was_used_between_and_in_the_busiest_second() -> None:
    looks = [(0.0, 1.0, 50.0), (0.5, 1.1, 60.0), (1.0, 1.2, 70.0), (1.5, 1.9, 65.0), (2.0, 2.0, 65.0)]
    found = cost(looks)
    assert (found.cpu, found.seconds, found.memory) == (1.0, 2.0, 70.0)
    assert found.busiest == pytest.approx(0.8)
    assert found.share == 0.5
    assert cost(looks[:1]).share == 0.0


def test_growth_is_the_most_above_what_was_there_at_the_beginning() -> None:
    looks = [(0.0, 0.0, 80.0), (1.0, 0.0, 60.0), (2.0, 0.0, 75.0), (3.0, 0.0, 62.0), (4.0, 0.0, 99.0)]
    assert growth(looks, 1.5, 3.5) == 15.0
    assert growth(looks, 0.0, 3.5) == 0.0
    assert growth(looks, 1.5, 1.6) is None and growth(looks, -1.0, 3.5) is None


def _fields(seen: Outcome) -> dict[str, Any]:
    return {name: getattr(seen, name) for name in seen.__struct_fields__}
