"""Usage: what the server and locust cost while a scene ran, looked at twice a second."""

from __future__ import annotations

import threading
import time
from typing import NamedTuple

import psutil

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
