"""`webinar-server` as people and other programs run it: a process of its own, ended by its pid."""

from __future__ import annotations

import os
import pathlib
import select
import signal
import subprocess
import sys
from typing import Any

from tests.ports import free_port
from tests.web.client import DEADLINE
from tests.web.server import SECRET

NOTES = ("note: there is no session", "note: no server runs on")
"""What is told of links into a session that is made later, or before a server runs, as tests often do."""

SLOW = ("not ready: ", "not ready yet: ", "did not look in time", "was stopped for longer than its lease")
"""What a server says of a machine that lets it, or its log, wait for seconds."""

COMMAND = [sys.executable, "-m", "webinar_server"]


def run(
    *arguments: str | pathlib.Path, stdin: bytes = b"", **environment: str | None
) -> subprocess.CompletedProcess[str]:
    """One command to its end."""
    ended = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env=environment_of(environment),
        input=stdin,
        capture_output=True,
        timeout=DEADLINE,
    )
    out, err = ended.stdout.decode(), ended.stderr.decode()
    return subprocess.CompletedProcess(ended.args, ended.returncode, out, err)


def fails(*arguments: str | pathlib.Path, **environment: str | None) -> str:
    """The one line a command fails with."""
    ended = run(*arguments, **environment)
    assert ended.returncode == 1, (ended.returncode, ended.stdout, ended.stderr)
    assert ended.stderr.startswith("webinar-server: ") and ended.stderr.count("\n") == 1, ended.stderr
    return ended.stderr.strip()


def prints(*arguments: str | pathlib.Path, **environment: str | None) -> list[str]:
    """The lines a command prints when it succeeds."""
    ended = run(*arguments, **environment)
    said = [line for line in ended.stderr.splitlines() if not line.startswith(NOTES)]
    assert (ended.returncode, said) == (0, []), ended.stderr
    return ended.stdout.splitlines()


class Serving:
    """`webinar-server serve` on a data folder, on a port it keeps."""

    def __init__(self, data: pathlib.Path, *options: str, **environment: str | None) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._options = options
        self._environment = environment
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> Serving:
        return self.launch().wait()

    def launch(self) -> Serving:
        """Start it without waiting until it is ready."""
        self._process = subprocess.Popen(
            [*COMMAND, "serve", "--data", str(self.data), "--port", str(self.port), *self._options],
            env=environment_of(self._environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        return self

    def wait(self) -> Serving:
        """Until it says that it is ready."""
        assert self._process is not None
        assert self._process.stdout is not None and self._process.stderr is not None
        readable, _, _ = select.select([self._process.stdout], [], [], DEADLINE)
        line = self._process.stdout.readline() if readable else ""
        if not line.startswith("ready at "):
            self.kill()
            raise AssertionError(f"not ready: {line!r} {self._process.stderr.read()}")
        self.url = line.removeprefix("ready at ").strip()
        return self

    def stop(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """End it; its exit code and what it said on standard error."""
        assert self._process is not None
        self._process.send_signal(how)
        _, said = self._process.communicate(timeout=DEADLINE)
        return self._process.returncode, said

    def kill(self) -> None:
        """No mercy; also what remains after a test that failed."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait(DEADLINE)

    def workers(self) -> set[int]:
        """The processes it started."""
        return children(self.pid)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid


def children(pid: int) -> set[int]:
    """The processes that one started."""
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True)
    return set(map(int, listed.stdout.split()))


def of_its_own(said: str) -> list[str]:
    """The lines on a server's standard error, but for those that a machine that others share has it say."""
    return [line for line in said.splitlines() if not any(slow in line for slow in SLOW)]


def ended_quietly(serving: Serving, how: signal.Signals = signal.SIGTERM) -> bool:
    """End it; whether it did as it should, and had nothing to say."""
    code, said = serving.stop(how)
    assert (code, of_its_own(said)) == (0, [])
    return True


def environment_of(more: dict[str, Any]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WEBINAR_")}
    chosen = kept | {"WEBINAR_SECRET": SECRET} | more
    return {name: value for name, value in chosen.items() if value is not None}
