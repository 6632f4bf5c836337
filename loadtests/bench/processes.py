"""Processes under measurement: started on a core of their own, watched by the kernel's counts, ended by pid.

The server and its Redis share core 0, the audience has core 1; with one core all share it, and the figures
that remain true are those per delivery.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import re
import resource
import select
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from loadtests.server import pinned
from loadtests.viewer import Speech, ours
from tests.ports import free_port, free_ports
from tests.valkey import Valkey, dies_with_us
from webinar_server.serve.sessions import create_session, tokens
from webinar_server.session.programme import CreateSession

READY_WITHIN = 30.0
END_WITHIN = 15.0
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, AUDIENCE_CORE = 0, 1
"""Which of the cores that we may use."""

__all__ = [
    "Process",
    "Valkey",
    "allow_files",
    "audience_core",
    "cpu",
    "free_port",
    "free_ports",
    "rss_kb",
    "valkey",
]


def _on(core: int) -> contextlib.AbstractContextManager[None]:
    """What is started meanwhile runs on that core, if there is such a core for us."""
    return pinned({CORES[core]} if len(CORES) > 1 else set())


def allow_files() -> None:
    """As many open files as we may have, for us and what we start: a connection is one on both sides."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def audience_core() -> contextlib.AbstractContextManager[None]:
    """We are the audience meanwhile, and leave the server's core alone."""
    return _on(AUDIENCE_CORE)


class Process:
    """A server on its core, and all that it starts itself."""

    def __init__(self, command: Sequence[object], environment: Mapping[str, str] | None = None) -> None:
        self._said = tempfile.TemporaryFile()
        with _on(SERVER_CORE):
            self._process = subprocess.Popen(
                [*map(str, command)],
                stdout=subprocess.PIPE,
                stderr=self._said,
                env=os.environ | (environment or {}),
                preexec_fn=dies_with_us(),
            )
        self.pid = self._process.pid

    def line(self) -> str:
        """The first line it prints, which says that it is ready. Raises RuntimeError with its last words."""
        assert self._process.stdout is not None
        readable, _, _ = select.select([self._process.stdout], [], [], READY_WITHIN)
        line = self._process.stdout.readline().decode() if readable else ""
        if not line:
            self._fail()
        return line.strip()

    def listening(self, port: int) -> None:
        """Wait until it listens. Raises RuntimeError with its last words if it does not."""
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline and self._process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        self._fail()

    def cpu(self) -> float:
        """Seconds of user and system time, of it and all that it started."""
        return sum(map(cpu, descendants(self.pid)))

    def rss_kb(self) -> int:
        return sum(map(rss_kb, descendants(self.pid)))

    def end(self) -> None:
        """End it; what it started ends with it, or is killed by its pid."""
        pids = descendants(self.pid)
        self._process.terminate()
        try:
            self._process.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, 9)
            self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._said.close()

    def _fail(self) -> None:
        self._said.seek(0)
        words = self._said.read()[-2000:].decode(errors="replace")
        self.end()
        raise RuntimeError(f"{self._process.args!r} is not ready: {words}")


@contextlib.contextmanager
def valkey(folder: pathlib.Path, durable: bool) -> Iterator[Valkey]:
    """A Valkey on the server's core, as our documentation asks for it, or without a disk as peers use it."""
    options = () if durable else ("--appendonly", "no")
    server = Valkey(folder, *options)
    with _on(SERVER_CORE):
        server.start()
    try:
        yield server
    finally:
        server.stop()


def descendants(pid: int) -> list[int]:
    """A process and all that it started, directly or not."""
    pids = [pid]
    for parent in pids:
        for task in pathlib.Path(f"/proc/{parent}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                pids += map(int, task.read_text().split())
    return pids


def cpu(pid: int) -> float:
    """Seconds of user and system time of one process, by its own clock (clock_getcpuclockid(3), Linux)."""
    return time.clock_gettime(~pid << 3 | 2)


def rss_kb(pid: int) -> int:
    """Resident memory of one process."""
    return int(re.findall(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[0])


class Audience(NamedTuple):
    """The people of one session, and how they talk to it."""

    session: str
    speech: Speech
    tokens: list[str]


def gather(folder: pathlib.Path, people: int, each: int, redis: str | None = None) -> list[Audience]:
    """Sessions for so many people, at most `each` in one, on a log nobody holds yet."""
    audiences = []
    for number in range(-(-people // each)):
        session = f"bench-{number}"
        create_session(CreateSession(session=session, title="Bench"), folder, redis)
        here = min(each, people - number * each)
        audiences.append(Audience(session, ours(f"session/{session}"), invited(folder, session, here)))
    return audiences


def invited(folder: pathlib.Path, session: str, count: int) -> list[str]:
    """Tokens of that many attendees."""
    made = tokens(session=session, role="attendee", name="Viewer", organisation="Voltline", kind="sme",
                  country="NL", count=count, days=1, data=folder)  # fmt: skip
    return [token for _, token in made]


def serve(folder: pathlib.Path, redis: str | None = None, *options: object) -> tuple[Process, int]:
    """A server that is ready, and its port."""
    where = ["--redis", redis] if redis else []
    server = Process(
        [sys.executable, "-m", "webinar_server", "serve", "--port", 0, "--data", folder, *where, *options],
        {"WEBINAR_PACE": "off"},
    )
    return server, int(server.line().rsplit(":", 1)[1])
