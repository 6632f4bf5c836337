"""The crowd: locust as a process (or several) on a plan, whoever attacks beside it, and what came of both."""

from __future__ import annotations

import contextlib
import os
import pathlib
import signal
import subprocess
import sys
from collections.abc import Iterator

import msgspec

from loadtests import attackers, outcome, plan
from loadtests.attackers import Deeds, Order
from loadtests.outcome import Outcome
from loadtests.plan import Plan
from loadtests.scenes.scene import Scene
from loadtests.server import CannotRun, Cost, Usage, end

BACKSTOP, PATIENCE = 45.0, 60.0
"""Seconds beyond the scene's own after which locust is told to end, and after which it is ended."""

END_WITHIN = 10.0
WORD_WITHIN = 5.0
"""Seconds for an attacker to leave word of what it did."""

ROOT = pathlib.Path(__file__).parents[1]


def run(
    work: Plan, report: pathlib.Path, processes: int, server: Usage | None
) -> tuple[Outcome, Cost, Cost | None]:
    """Play the plan. The outcome, and what locust and the server cost. Raises CannotRun."""
    log = report.with_suffix(".log")
    with log.open("w") as out:
        process = subprocess.Popen(
            _command(work, report, processes),
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
            env=os.environ | {plan.ENVIRONMENT: str(plan.write(work))},
            start_new_session=True,
        )
        own = Usage(process.pid)
        try:
            process.wait(work.seconds + PATIENCE)
        except subprocess.TimeoutExpired:
            raise CannotRun(f"locust did not end by itself; see {log}") from None
        except KeyboardInterrupt:
            _end_early(process)
        finally:
            own.stop()
            end(process, END_WITHIN)
    return _measured(work, log, own, server)


def _command(work: Plan, report: pathlib.Path, processes: int) -> list[str]:
    people = str(sum(1 for _ in work.seats()))
    command = [sys.executable, "-m", "locust", "-f", "loadtests/locustfile.py", "--headless"]
    command += ["--users", people, "--spawn-rate", people, "--run-time", f"{round(work.seconds + BACKSTOP)}s"]
    command += ["--host", work.url, "--only-summary", "--html", str(report), "--exit-code-on-error", "0"]
    return command + (["--processes", str(processes)] if processes > 1 else [])


def _end_early(process: subprocess.Popen[str]) -> None:
    """Somebody pressed Ctrl-C: locust ends as usual, with its report."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(END_WITHIN)
    except subprocess.TimeoutExpired:
        pass


def _measured(
    work: Plan, log: pathlib.Path, own: Usage, server: Usage | None
) -> tuple[Outcome, Cost, Cost | None]:
    try:
        found = outcome.read(work.folder)
    except OSError:
        last = "\n".join(log.read_text().strip().splitlines()[-15:])
        raise CannotRun(f"locust measured nothing; {log} ends with:\n{last}") from None
    span = (found.began, found.began + work.seconds)
    return found, own.between(*span), server.between(*span) if server else None


@contextlib.contextmanager
def attacked(scene: Scene, plan: Plan) -> Iterator[None]:
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
            process.wait(WORD_WITHIN)
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
        return msgspec.json.decode(attackers.deeds(plan.folder).read_bytes(), type=Deeds)
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
