"""The crowd: locust as a process (or several) on a plan, from its start to its outcome."""

from __future__ import annotations

import os
import pathlib
import signal
import subprocess
import sys

from loadtests import outcome, plan
from loadtests.outcome import Outcome
from loadtests.plan import Plan
from loadtests.server import CannotRun, end
from loadtests.usage import Cost, Usage

BACKSTOP, PATIENCE = 45.0, 60.0
"""Seconds beyond the scene's own after which locust is told to end, and after which it is ended."""

END_WITHIN = 10.0
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
