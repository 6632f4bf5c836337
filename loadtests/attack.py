"""The attack of a scene: the attacker's process beside locust, from its order to what it did."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator

import msgspec

from loadtests.attackers import order
from loadtests.attackers.order import Deeds, Order
from loadtests.crowd import ROOT
from loadtests.outcome import Outcome
from loadtests.plan import Plan
from loadtests.scenes.scene import Scene
from loadtests.server import CannotRun, end
from loadtests.usage import Usage

END_WITHIN = 5.0


@contextlib.contextmanager
def ongoing(scene: Scene, plan: Plan) -> Iterator[None]:
    """Somebody attacks, at the scene's time, while the block runs; nobody where the scene has no attack."""
    if not scene.attack:
        yield
        return
    process = subprocess.Popen(
        [sys.executable, "-m", "loadtests.attackers"],
        stdin=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )
    try:
        assert process.stdin is not None
        process.stdin.write(msgspec.json.encode(_order(scene, plan)).decode())
        process.stdin.close()
        yield
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(END_WITHIN)
    finally:
        end(process, END_WITHIN)


def added(scene: Scene, plan: Plan, outcome: Outcome, server: Usage | None) -> Outcome:
    """An outcome with what the attacker did and what that did to the server's memory. Raises CannotRun."""
    if not scene.attacked:
        return outcome
    began, counts = outcome.began + _span(scene, plan)[0], outcome.counts
    if scene.attack:
        deeds = _deeds(plan)
        counts = counts | {f"attack {what}": count for what, count in deeds.counts.items()}
        began = deeds.began
    # what an attack leaves behind counts, too
    growth = server.growth(began, outcome.ended) if server else None
    return msgspec.structs.replace(outcome, counts=counts, growth=growth)


def _deeds(plan: Plan) -> Deeds:
    try:
        return msgspec.json.decode(order.deeds(plan.folder).read_bytes(), type=Deeds)
    except OSError:
        raise CannotRun("the attacker left no word of what it did, which proves nothing") from None


def _order(scene: Scene, plan: Plan) -> Order:
    entrance = plan.entrances[0]
    begin, end = _span(scene, plan)
    return Order(scene.attack, plan.url, entrance.session, entrance.hostile[0], plan.folder, begin, end)


def _span(scene: Scene, plan: Plan) -> tuple[float, float]:
    """When it is attacked, in seconds of this run after its beginning."""
    assert scene.attacked is not None
    begin, end = (moment * plan.seconds / plan.full for moment in scene.attacked)
    return begin, end
