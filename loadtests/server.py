"""The server under test, and what it costs: started on an empty folder and a free port, ended by its pid.

Sessions and tokens are made by the commands a person would use at a terminal.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import NamedTuple

import psutil

from loadtests.plan import Entrance

READY_WITHIN = 30.0
END_WITHIN = 15.0
"""Seconds; a server that is told to stop says goodbye to everybody first."""

HOST = "127.0.0.1"
PYTHON = os.environ.get("WEBINAR_LOAD_PYTHON", sys.executable)
"""Whose `webinar_server` is tried: this one's, or that of another checkout's environment, to compare."""

COMMAND = (PYTHON, "-P", "-m", "webinar_server")
"""`-P`: not the package that lies in the current folder."""


class CannotRun(Exception):
    """The run could not begin or end as it should; the message says what to do."""


def webinar_server(*arguments: str) -> str:
    """What a command of `webinar-server` prints. Raises CannotRun with what it complains of."""
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise CannotRun(done.stderr.strip() or f"webinar-server {arguments[0]} failed")
    return done.stdout


def entrances(data: pathlib.Path, sessions: int, people: int, hosts: int, hostile: int = 0) -> list[Entrance]:
    """New sessions on a data folder, and tokens for all who come."""
    made = []
    for number in range(1, sessions + 1):
        session = f"load-{number}"
        webinar_server("session", "add", session, "--title", f"Load {number}", "--data", str(data))
        made.append(tokens(data, session, people, hosts, hostile))
    return made


def tokens(data: pathlib.Path, session: str, people: int, hosts: int, hostile: int) -> Entrance:
    def some(role: str, name: str, count: int) -> list[str]:
        who = ("--session", session, "--role", role, "--name", name, "--organisation", "Voltline")
        kind = ("--kind", "sme", "--country", "NL", "--count", str(count), "--data", str(data))
        return webinar_server("token", *who, *kind).split() if count else []

    attendees, attackers = some("attendee", "Viewer", people), some("attendee", "Stranger", hostile)
    return Entrance(session, attendees, some("host", "Host", hosts), attackers)


@contextlib.contextmanager
def serve(data: pathlib.Path, pace: str = "off") -> Iterator[tuple[str, int]]:
    """A running server: its address and its pid. `pace` is its `WEBINAR_PACE`."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--data", str(data)],
        stdout=subprocess.PIPE,
        stderr=(data / "server.log").open("w"),
        text=True,
        env=os.environ | {"WEBINAR_PACE": pace},
        start_new_session=True,
    )
    try:
        yield _address(process), process.pid
    finally:
        end(process, END_WITHIN)


def _address(process: subprocess.Popen[str]) -> str:
    """The address from the one line it prints once ready."""
    assert process.stdout is not None
    patience = threading.Timer(READY_WITHIN, process.kill)
    patience.start()
    line = process.stdout.readline()
    patience.cancel()
    if not line:
        raise CannotRun("the server did not start; is this folder installed? (make install)")
    return f"http://{HOST}:{line.strip().rsplit(':', 1)[1].rstrip('/')}"


def end(process: subprocess.Popen[str], within: float) -> None:
    """Politely, then firmly."""
    process.terminate()
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def pinned(cores: set[int]) -> Iterator[None]:
    """What is started within runs on these cores only, where the system knows of that."""
    if not cores or not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def cores() -> tuple[set[int], set[int]]:
    """One core for the server, the others for the audience; nothing where there is but one."""
    if not hasattr(os, "sched_getaffinity"):
        return set(), set()
    first, *others = sorted(os.sched_getaffinity(0))
    return ({first}, set(others)) if others else (set(), set())


EVERY = 0.5


class Cost(NamedTuple):
    """CPU seconds over so many seconds, the busiest second as a share of a core, the most memory in MB."""

    cpu: float
    seconds: float
    busiest: float
    memory: float

    @property
    def share(self) -> float:
        return self.cpu / self.seconds if self.seconds else 0.0


class Usage:
    """The cost of one process and its children, until told to stop."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        # (monotonic seconds, CPU seconds so far, resident MB)
        self._looks: list[tuple[float, float, float]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()

    def between(self, began: float, ended: float) -> Cost:
        """What it cost between two moments, in monotonic seconds."""
        return cost([look for look in self._looks if began <= look[0] <= ended])

    def growth(self, began: float, ended: float) -> float | None:
        """MB by which memory rose above what it was at the beginning, at most; `None` if nobody looked."""
        return growth(self._looks, began, ended)

    def _watch(self) -> None:
        while not self._over.wait(EVERY):
            try:
                processes = [self._process, *self._process.children(recursive=True)]
                times = [process.cpu_times() for process in processes]
                memory = sum(process.memory_info().rss for process in processes) / 1e6
            except psutil.Error:
                continue  # one of them is just ending
            self._looks.append((time.monotonic(), sum(t.user + t.system for t in times), memory))


def growth(looks: list[tuple[float, float, float]], began: float, ended: float) -> float | None:
    """Pure. Of looks (seconds, CPU seconds so far, MB), in order."""
    before = [memory for at, _, memory in looks if at <= began]
    during = [memory for at, _, memory in looks if began < at <= ended]
    return max(0.0, max(during) - before[-1]) if before and during else None


def cost(looks: list[tuple[float, float, float]]) -> Cost:
    """Pure. Of looks (seconds, CPU seconds so far, MB), in order."""
    if len(looks) < 2:
        return Cost(0.0, 0.0, 0.0, 0.0)
    apart = max(1, round(1 / EVERY))
    pairs = list(zip(looks, looks[apart:], strict=False)) or [(looks[0], looks[-1])]
    busiest = max((late[1] - early[1]) / (late[0] - early[0]) for early, late in pairs)
    first, last = looks[0], looks[-1]
    return Cost(last[1] - first[1], last[0] - first[0], busiest, max(look[2] for look in looks))
