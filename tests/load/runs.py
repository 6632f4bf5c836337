"""Runs: the load tests as somebody at a terminal starts them. gevent stays in processes of its own."""

from __future__ import annotations

import pathlib
import signal
import subprocess
import sys
from typing import NamedTuple

ROOT = pathlib.Path(__file__).parents[2]
WITHIN = 110.0
"""Seconds for a run of a few seconds, on a machine that does much else."""


class Run(NamedTuple):
    """How a run ended, and what it said."""

    code: int
    said: str


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "loadtests", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str]) -> Run:
    """Wait for its end. Where that does not come, it is asked to end, so that it leaves nothing behind."""
    try:
        said, _ = process.communicate(timeout=WITHIN)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=WITHIN)
    return Run(process.returncode, said)


def run(*arguments: str) -> Run:
    return finish(start(*arguments))
