"""Site: real workers on one real Valkey, as an operator runs them, each a process of its own."""

from __future__ import annotations

import asyncio
import pathlib
import resource
import select
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from typing import Any

from tests.ports import free_port
from tests.valkey import dies_with_us
from tests.web.client import DEADLINE
from tests.web.process import COMMAND, environment_of, prints

ANNOUNCED_WITHIN = 60.0
ENDED_WITHIN = 60.0
Environment = dict[str, str | None]


class Worker:
    """`webinar-server serve` on a port it keeps. What it says on standard error goes to a file: a pipe that
    nobody reads would stop it."""

    def __init__(self, folder: pathlib.Path, *options: str, **more: str | None) -> None:
        self.port = free_port()
        self.errors = folder / f"worker-{self.port}.log"
        self.command = COMMAND
        self.files = 0  # file descriptors it may have, if not as many as we
        self._options = options
        self._environment: Environment = {"WEBINAR_PACE": "off", **more}
        self._process: subprocess.Popen[str] | None = None

    def know(self, **more: str | None) -> None:
        """More of its environment, from its next start on."""
        self._environment |= more

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def launch(self) -> Worker:
        """Start it without waiting for anything."""
        with self.errors.open("ab") as errors:
            self._process = subprocess.Popen(
                [*self.command, "serve", "--port", str(self.port), *self._options],
                env=environment_of(self._environment),
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                preexec_fn=self._before(dies_with_us()),
            )
        return self

    def _before(self, ask: Callable[[], None] | None) -> Callable[[], None] | None:
        """What the process does before it becomes a worker."""
        if not self.files:
            return ask
        limits = (self.files, self.files)

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_NOFILE, limits)
            if ask is not None:
                ask()

        return limit

    def start(self) -> Worker:
        """Start it; returns once it said where it is."""
        return self.launch().announced()

    def announced(self) -> Worker:
        assert self._process is not None and self._process.stdout is not None
        readable, _, _ = select.select([self._process.stdout], [], [], ANNOUNCED_WITHIN)
        line = self._process.stdout.readline() if readable else ""
        if not line.startswith("ready at "):
            self.kill()
            raise AssertionError(f"not ready: {line!r} {self.said()}")
        return self

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def stop(self) -> int:
        """SIGTERM; its exit code."""
        self.signal(signal.SIGTERM)
        assert self._process is not None
        return self._process.wait(ENDED_WITHIN)

    def kill(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait(ENDED_WITHIN)

    def said(self) -> str:
        return self.errors.read_text("utf-8", "replace") if self.errors.exists() else ""

    def ready(self, timeout: float = 5.0) -> tuple[int, str]:
        """Status and text of `/readyz`; status 0 if it does not answer."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"{self.url}/readyz", timeout=timeout) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError as error:
            return 0, str(error)

    async def until_ready(self, status: int = 200, within: float = DEADLINE) -> float:
        """Ask until it answers so; seconds that took."""
        began = time.monotonic()
        told: tuple[int, str] = (0, "")
        while time.monotonic() - began < within:
            told = await asyncio.to_thread(self.ready)
            if told[0] == status:
                return time.monotonic() - began
            await asyncio.sleep(0.05)
        raise AssertionError(f"/readyz after {within} s: {told}, wanted {status}; {self.said()[-2000:]}")


class Site:
    """A Valkey (or a cluster, or a sentinel's) with a session `s1`, and workers.

    `redis` is where each worker finds it: by a proxy, perhaps.
    """

    def __init__(self, folder: pathlib.Path, valkey: Any, redis: Sequence[str], **more: str | None) -> None:
        self.folder = folder
        self.valkey = valkey
        self.workers = [Worker(folder, "--redis", url, **more) for url in redis]

    def open(self) -> Site:
        """The session, then the workers."""
        prints("session", "add", "s1", "--title", "Ports", "--redis", self.valkey.url)
        for worker in self.workers:
            worker.launch()
        for worker in self.workers:
            worker.announced()
        return self

    @property
    def doors(self) -> list[str]:
        return [worker.url for worker in self.workers]

    async def ready(self) -> Site:
        for worker in self.workers:
            await worker.until_ready()
        return self

    def close(self) -> None:
        for worker in self.workers:
            if worker.running:
                worker.signal(signal.SIGCONT)
                worker.kill()
        self.valkey.kill()

    def complaints(self) -> list[str]:
        """Lines of the workers' logs that tell of a fault of their own."""
        lines = (line for worker in self.workers for line in worker.said().splitlines())
        return [line for line in lines if "Traceback" in line or "fault of ours" in line]
