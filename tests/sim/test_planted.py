"""The oracle, tried: each planted fault must make some invariant fail within a few dozen seeds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.sim import planted
from tests.sim.world import Plan, Wrong, run

LINES = ("drop_a_line", "drop_all_lines")
PLANTED: list[tuple[Callable[[pytest.MonkeyPatch], None], Plan]] = [
    (planted.no_tag_check, Plan(3, ("log_loses_its_end", "start_a_worker"))),
    (planted.await_before_attach, Plan(2, LINES)),
    (planted.no_look, Plan(3, ("news_connection_lost", "last_news_lost"))),
    (planted.no_comparison, Plan(3, ("last_news_lost",))),
    (planted.no_gap_check, Plan(3, ("bad_weather",))),
    (planted.no_memory_of_refs, Plan(2, LINES)),
    (planted.done_before_durable, Plan(2, ("kill_a_worker", "log_away"))),
    (planted.silence_is_failure, Plan(2, ("bad_weather",))),
    (planted.failure_after_silence, Plan(2, ("bad_weather", "log_full"))),
    (planted.presence_as_a_flag, Plan(3, LINES)),
    (planted.nobody_is_bereaved, Plan(3, ("kill_a_worker", "somebody_leaves"))),
    (planted.no_grace, Plan(1, LINES)),
    (planted.no_write_back, Plan(3, ("log_loses_its_end", "log_emptied"))),
    (planted.append_without_comparing, Plan(3, LINES)),
    (planted.no_doubt, Plan(3, ("log_loses_its_end",))),
    (planted.a_sleeper_serves_on, Plan(3, ("stop_a_worker",))),
    (planted.slow_readers_are_forgotten, Plan(2, ("slow_reader",))),
    (planted.no_reach, Plan(4, ("drop_all_lines", "bad_weather"))),
    (planted.half_is_whole, Plan(2, ("break_a_join",))),
    (planted.roles_are_not_asked, Plan(1, LINES)),
    (planted.commands_out_of_order, Plan(2, ("log_away", "bad_weather"))),
    (planted.who_holds_more_is_not_awaited, Plan(3, ("log_loses_its_end", "start_a_worker"))),
]
SEEDS = 60


@pytest.mark.parametrize(("fault", "plan"), PLANTED, ids=[fault.__name__ for fault, _ in PLANTED])
def test_a_planted_fault_is_caught(
    fault: Callable[[pytest.MonkeyPatch], None], plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(monkeypatch)
    with pytest.raises(Wrong):
        for seed in range(SEEDS):
            run(seed, plan)


@pytest.mark.parametrize(
    "plan", dict.fromkeys(plan for _, plan in PLANTED), ids=lambda plan: "+".join(plan.ways)
)
def test_without_it_the_same_runs_are_right(plan: Plan) -> None:
    for seed in range(5):
        run(seed, plan)
