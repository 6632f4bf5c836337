"""500 runs, each from its seed: workers, log, network and people break as they please, and nothing is lost.

`SIM_SEEDS` and `SIM_FROM` say how many seeds, and from which; `make soak` takes many more.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.sim.check import Truth
from tests.sim.world import Wrong, run
from webinar_server.live import room
from webinar_server.live.telling import views
from webinar_server.state import answers

ROOT = Path(__file__).parents[2]
SEEDS = int(os.environ.get("SIM_SEEDS", "500"))
FIRST = int(os.environ.get("SIM_FROM", "0"))

SOMETIMES = [
    "a ref was answered twice, alike",
    "a conflict was merged",
    "an unanswered append was found committed",
    "an append was doubtful",
    "others were summoned",
    "what was lost was written back",
    "a client was reset",
    "a log was begun anew from a snapshot",
    "news were lost in silence",
    "news were lost with a connection",
    "news came twice",
    "news were forged",
    "somebody came back ahead of the room",
    "a worker was killed",
    "a worker slept longer than its lease",
    "a worker left cleanly",
    "the log lost its end",
    "the log was emptied",
    "a silent line was given up",
    "refused for now: log.unavailable",
]
"""What must have happened in some of the runs; a path nobody took was not tried."""


class Runs(NamedTuple):
    """What came of all seeds."""

    wrongs: list[str]
    seen: Counter[str]


@pytest.fixture(scope="module")
def runs() -> Runs:
    runs = Runs([], Counter())
    with pytest.MonkeyPatch.context() as patch:
        # so little that one's own often come in a frame apart
        patch.setattr(views, "MUCH", 600)
        for seed in range(FIRST, FIRST + SEEDS):
            try:
                runs.seen.update(run(seed).seen)
            except Wrong as wrong:
                runs.wrongs.append(str(wrong))
    return runs


def test_every_promise_holds_for_every_seed(runs: Runs) -> None:
    assert not runs.wrongs, f"{len(runs.wrongs)} of {SEEDS} seeds\n" + "\n\n".join(runs.wrongs[:5])


@pytest.mark.parametrize("what", SOMETIMES)
def test_what_is_rare_did_happen(runs: Runs, what: str) -> None:
    assert runs.seen[what], dict(sorted(runs.seen.items()))


def test_what_is_repeated_acts_once_while_answers_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kept for little longer than anybody repeats: the same are forgotten by all, whatever they have read."""
    monkeypatch.setattr(answers, "ANSWERS_MS", 30_000)
    monkeypatch.setattr(answers, "ANSWERS_SURE", 5)
    forgotten = 0
    for seed in range(FIRST, FIRST + 12):
        truth = Truth(run(seed))
        asked = [(entry.by, entry.ref) for entry in truth.entries if entry.ref]
        forgotten += sum(truth.state.answer(*who) is None for who in asked)
    assert forgotten > 100


def test_a_seed_is_the_same_run_again() -> None:
    first, again, other = run(FIRST + 7).digest, run(FIRST + 7).digest, run(FIRST + 8).digest
    assert first == again != other


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_a_seed_is_the_same_run_in_another_process(hash_seed: str) -> None:
    script = f"from tests.sim.world import run; print(run({FIRST + 7}).digest)"
    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert told.stdout.strip() == run(FIRST + 7).digest


def test_every_promise_holds_where_logs_are_cut_at_each_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "ENTRIES_KEPT", 0)
    seen: Counter[str] = Counter()
    for seed in range(FIRST, FIRST + 12):
        seen.update(run(seed).seen)
    assert seen["a log was cut"] > 5, dict(sorted(seen.items()))
