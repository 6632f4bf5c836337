"""Leases: which workers live, by the log's own clock, and for how long one has been missing.

Each worker says every third of a lease that it lives. Whether another has ended is judged only while we hear
from the log ourselves: after an outage everybody gets time to say so again.
"""

from __future__ import annotations

from webinar_server import metrics
from webinar_server.clock import monotonic
from webinar_server.errors import StorageError
from webinar_server.log import Log
from webinar_server.seldom import seldom


class Leases:
    """This worker's lease, and what it saw of the others'."""

    def __init__(self, log: Log, worker: str, seconds: float) -> None:
        self.worker = worker
        self.living: frozenset[str] = frozenset((worker,))
        self._log = log
        self._seconds = seconds
        # all that were ever seen alive, and since when somebody has been missing (monotonic)
        self._met: set[str] = {worker}
        self._missing: dict[str, float] = {}
        # when each other one was last seen alive (monotonic)
        self._seen: dict[str, float] = {}

    @property
    def others(self) -> frozenset[str]:
        return self.living - {self.worker}

    @property
    def witnesses(self) -> frozenset[str]:
        """The other workers that may hold what a log has lost: it may have lost their leases, too."""
        now = monotonic()
        return frozenset(worker for worker, at in self._seen.items() if now - at < 2 * self._seconds)

    async def renew(self) -> bool:
        """Say that we live; tells whether the log answered."""
        try:
            self.living = await self._log.renew(self.worker, self._seconds)
        except StorageError as error:
            metrics.LEASES_FAILED.inc()
            seldom.info("the lease could not be renewed", error)
            self._missing.clear()
            return False
        self._met |= self.living
        self._seen |= dict.fromkeys(self.others, monotonic())
        for worker in self.living:
            self._missing.pop(worker, None)
        return True

    def missing(self, worker: str) -> float:
        """Seconds since a worker was first found missing; 0 if it lives."""
        if worker in self.living:
            return 0.0
        now = monotonic()
        return now - self._missing.setdefault(worker, now)

    def met(self, worker: str) -> bool:
        """Whether it ever lived while we did."""
        return worker in self._met

    async def end(self) -> None:
        try:
            await self._log.release(self.worker)
        except StorageError as error:
            # it runs out by itself
            seldom.info("the lease could not be given back", error)
