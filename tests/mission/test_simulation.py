"""A mission on several workers while everything breaks: cards change, and a list is taken in all the same."""

from collections import Counter

import pytest

from tests.mission.play import PLAY
from tests.sim.world import run
from webinar_server.mission import MISSION, imports
from webinar_server.state import unseal

SEEDS = 12


def test_every_promise_holds_for_a_mission(monkeypatch: pytest.MonkeyPatch) -> None:
    # so that it is not over before anything breaks
    monkeypatch.setattr(imports, "PART", 2)
    seen: Counter[str] = Counter()
    for seed in range(SEEDS):
        world = run(seed, play=PLAY)
        seen.update(world.seen)
        history = (unseal(sealed, MISSION.kinds) for sealed in world.store.topics[PLAY.topic].entries)
        seen.update(entry.command for entry in history)
    for what in ("a conflict was merged", "a worker was killed", "change_card", "turn", "invite"):
        assert seen[what], dict(sorted(seen.items()))
    assert seen["import_part"] >= SEEDS, dict(sorted(seen.items()))
