"""The outcome of a run: what locust measured, written by its main process and read by the runner."""

from __future__ import annotations

import pathlib

import msgspec

OWN_DELAY = "LOCUST own delay"
"""Not a request: how late locust was with what it wanted to do."""


class Row(msgspec.Struct, frozen=True):
    """One kind of request. Times in ms, rounded as locust does (two digits from 100 ms on)."""

    count: int
    failures: int
    p50: float
    p99: float
    most: float


class Trouble(msgspec.Struct, frozen=True):
    """A failure as locust reports it, and how often."""

    request: str
    error: str
    times: int


class Outcome(msgspec.Struct, frozen=True):
    """All of a run. `counts` are named in tally.py; `began` and `ended` are monotonic seconds."""

    requests: dict[str, Row]
    counts: dict[str, int]
    troubles: list[Trouble]
    sessions: int
    attendees: int
    people: int
    began: float
    ended: float
    growth: float | None = None
    """MB by which the server's memory grew while it was attacked, if that was watched."""

    @property
    def failed_share(self) -> float | None:
        """Failed requests in per cent of all that went to the server."""
        rows = [row for request, row in self.requests.items() if request != OWN_DELAY]
        requests = sum(row.count for row in rows)
        return 100 * sum(row.failures for row in rows) / requests if requests else None

    def sum_of(self, what: str) -> int:
        """A count that is kept for each session."""
        return sum(self.counts.get(f"{what} {session}", 0) for session in range(self.sessions))


def path(folder: str) -> pathlib.Path:
    return pathlib.Path(folder) / "outcome.json"


def read(folder: str) -> Outcome:
    """Raises OSError where locust left none."""
    return msgspec.json.decode(path(folder).read_bytes(), type=Outcome)
