"""The cost model: more costs more, nobody and nothing gets lost in it, and it says what gives first."""

from __future__ import annotations

import pytest

from loadtests.bench import compare, flame, foresee
from loadtests.bench.foresee import Event
from loadtests.bench.model import COSTS, SETTINGS, Limits, Load, even, first, rhythm, together, used, worker

SMALL = Event(viewers=1_200, sessions=4, workers=2, minutes=2)


@pytest.mark.parametrize("more", ["rooms", "here", "messages", "joins"])
def test_more_of_anything_costs_more(more: str) -> None:
    load = Load(rooms=10, here=100, messages=1, joins=0.1)
    doubled = load._replace(**{more: getattr(load, more) * 2})
    assert worker(doubled).cores > worker(load).cores
    assert worker(doubled).bandwidth >= worker(load).bandwidth


def test_every_message_reaches_every_viewer_however_they_are_spread() -> None:
    for workers in (1, 2, 7):
        for sticky in (True, False):
            load = even(2_100, 7, 14, workers, sticky)
            told = together([worker(load)] * workers).told
            assert told == pytest.approx(14 * 300)


def test_a_room_is_told_no_more_often_than_its_rhythm_allows() -> None:
    assert rhythm(300, 3).flushes == 3
    assert rhythm(300, 3_000).flushes < 1 / SETTINGS.pause_least
    assert rhythm(2_000, 3_000).pause == SETTINGS.pause_most
    assert rhythm(300, 3_000).appends < 3_000 / 10


def test_a_session_on_one_worker_costs_less_than_on_all() -> None:
    apart, everywhere = (together([worker(even(3_000, 10, 50, 5, sticky))] * 5) for sticky in (True, False))
    assert apart.cores < everywhere.cores
    assert apart.redis_deliveries < everywhere.redis_deliveries
    assert apart.memory_mb < everywhere.memory_mb


def test_what_gives_first_is_what_is_used_most() -> None:
    crowded = [worker(Load(1, 1_000, joins=SETTINGS.joins))]
    assert first(crowded) in ("a worker's core", "admission of a worker")
    assert first([worker(Load(1, 300))], Limits(bandwidth=1e-9, worker_cores=1e9)) != "bandwidth"
    assert first([worker(Load(1, 300, 1))], Limits(bandwidth=1.0)) == "bandwidth"
    assert used(crowded)["admission of a worker"] == pytest.approx(1)


@pytest.mark.parametrize("sticky", [True, False])
def test_whoever_comes_to_an_event_is_there_in_the_end(sticky: bool) -> None:
    outcome = foresee.foresee(SMALL._replace(sticky=sticky))
    last = outcome.moments[-1]
    assert sum(foresee.arriving(SMALL)) * SMALL.sessions == pytest.approx(SMALL.viewers)
    came = sum(use.joins for moment in outcome.moments for use in moment.workers) * foresee.STEP
    assert came + sum(last.waiting) == pytest.approx(SMALL.viewers)
    assert sum(last.waiting) == pytest.approx(0, abs=1)
    assert 0 < outcome.told_p99 < 0.3
    assert outcome.join_wait < 10


def test_the_same_seed_is_the_same_event() -> None:
    assert foresee.foresee(SMALL) == foresee.foresee(SMALL)
    assert foresee.foresee(SMALL) != foresee.foresee(SMALL._replace(seed=2))


def test_too_few_workers_keep_people_waiting() -> None:
    storm = SMALL._replace(viewers=60_000, sessions=40, workers=1, minutes=2)
    assert foresee.foresee(storm).join_wait > 10


def test_what_was_measured_stands_beside_what_the_model_says() -> None:
    told = {"messages": 75, "appends": 75, "entries": 75, "tellings": 22_500, "flushes": 75, "redis_s": 0.02}
    slow = told | {"server_s": 75 * (COSTS.message + COSTS.append) + 22_500 * COSTS.telling}
    row = {"sessions": 1, "each": 300, "viewers": 300, "workers": 1, "kb": 30.0, "idle_core": 0.01}
    pairs = {
        pair.what: pair
        for pair in compare.compared(row | {"idle_redis_calls": 9, "slow": slow, "fast": slow})
    }
    assert pairs["slow: server"].off == pytest.approx(0)
    assert pairs["slow: flushes"].modelled == pytest.approx(75)
    assert pairs["Redis, idle"].off == pytest.approx(0)


def test_a_flame_graph_does_not_say_whose_machine_it_was() -> None:
    frame = "<title>run (/home/somebody/lib/python3/asyncio/runners.py) (9 samples)</title>"
    assert flame.anonymous(frame) == "<title>run (runners.py) (9 samples)</title>"
    assert "webinar_server/serve/process.py" in flame.anonymous(
        "<title>run (webinar_server/serve/process.py)</title>"
    )
    titled = "<text x='1'>/home/somebody/bin/py-spy record --pid 1 --output /tmp/x.svg</text>"
    assert flame.anonymous(titled) == "<text x='1'>the busy load</text>"
