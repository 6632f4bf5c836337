"""A board on several workers while everything breaks: nothing of the simulation knows what it is about."""

from collections import Counter
from collections.abc import Callable

import pytest

from tests.board import BOARD
from tests.board.play import PLAY
from tests.sim import planted
from tests.sim.world import Plan, Wrong, run
from webinar_server.state import unseal

SEEDS = 12


def test_every_promise_holds_for_a_board() -> None:
    seen: Counter[str] = Counter()
    for seed in range(SEEDS):
        world = run(seed, play=PLAY)
        seen.update(world.seen)
        history = (unseal(sealed, BOARD.kinds) for sealed in world.store.topics[PLAY.topic].entries)
        seen.update(entry.command for entry in history)
    for what in (
        "a conflict was merged",
        "others were summoned",
        "a worker was killed",
        "ring_bells",
        "thank",
        "topics told each other",
    ):
        assert seen[what], dict(sorted(seen.items()))


@pytest.mark.parametrize(
    ("fault", "plan"),
    [
        (planted.nobody_is_bereaved, Plan(3, ("kill_a_worker", "somebody_leaves"))),
        (planted.append_without_comparing, Plan(3, ("drop_a_line", "drop_all_lines"))),
        (planted.taken_is_not_compared, Plan(3, ("trouble_who_tells",))),
        (planted.let_go_before_it_is_taken, Plan(2, ("trouble_who_tells",))),
        (planted.nobody_else_tells, Plan(2, ("trouble_who_tells",))),
        (planted.a_refusal_is_not_taken, Plan(2, ("drop_a_line",))),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_planted_fault_is_caught_at_a_board_too(
    fault: Callable[[pytest.MonkeyPatch], None], plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(monkeypatch)
    with pytest.raises(Wrong):
        for seed in range(5 * SEEDS):
            run(seed, plan, play=PLAY)
