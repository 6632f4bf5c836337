"""Loads: how many watch, what they do, for how long, and what our server is to reach under each."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

Row: TypeAlias = dict[str, float]
"""What was measured, by name; the names end in their unit (`us`, `ms`, `kb`) or are shares of 1."""


class Load(NamedTuple):
    """Viewers, messages a second by all of them together, seconds."""

    name: str
    viewers: int
    rate: float
    seconds: float

    @property
    def words(self) -> str:
        if self.name == "join":
            return f"{self.viewers:,} people come within {self.seconds:g} s, by the page and the door"
        if self.name == "fill":
            return f"{FIRST:,} viewers, {self.rate:,g} messages/s, while {self.viewers - FIRST:,} more come"
        said = f"{self.rate:,g} messages/s" if self.rate else "nobody says anything"
        return f"{self.viewers:,} viewers, {said}"


STEADY = Load("steady", 300, 50, 6)
BUSY = Load("busy", 300, 300, 5)
FLOOD = Load("flood", 300, 2000, 4)
HALL = Load("hall", 2000, 20, 6)
FILL = Load("fill", 2000, 20, 8)
JOIN = Load("join", 300, 0, 1)
IDLE = Load("idle", 10_000, 0, 10)
FIRST = 300
"""Viewers who are there when a hall begins to fill."""

TALKS = (STEADY, BUSY, FLOOD, HALL)
LOADS = {load.name: load for load in (*TALKS, FILL, JOIN, IDLE)}


class Goal(NamedTuple):
    """A figure of ours at most so large (of `delivered`, at least), or at most so much of a peer's."""

    load: str
    what: str
    key: str
    limit: float
    unit: str = ""
    peer: str | None = None

    def seen(self, rows: dict[str, Row]) -> float | None:
        """What was measured; `None` if it was not."""
        ours, other = rows.get("ours", {}).get(self.key), rows.get(self.peer or "", {}).get(self.key)
        if ours is None or (self.peer and not other):
            return None
        return ours / other if other else ours

    def reached(self, seen: float) -> bool:
        return seen >= self.limit if self.key == "delivered" else seen <= self.limit


SOCKETIO = "CPU per delivery ÷ Socket.IO's"
GOALS = (
    Goal("steady", SOCKETIO, "us", 0.35, peer="socketio"),
    Goal("steady", "CPU per delivery ÷ one write each", "us", 1, peer="raw"),
    Goal("steady", "p99", "p99_ms", 80, "ms"),
    Goal("busy", SOCKETIO, "us", 0.20, peer="socketio"),
    Goal("busy", "p99", "p99_ms", 80, "ms"),
    Goal("flood", "delivered", "delivered", 1),
    Goal("flood", "p99", "p99_ms", 250, "ms"),
    Goal("hall", SOCKETIO, "us", 0.60, peer="socketio"),
    Goal("hall", "p99", "p99_ms", 250, "ms"),
    Goal("fill", "p99", "p99_ms", 250, "ms"),
    Goal("join", "usable, p99", "usable_p99_ms", 1000, "ms"),
    Goal("join", "CPU per join", "join_ms", 2, "ms"),
    Goal("idle", "memory per connection", "kb", 25, "kB"),
    Goal("idle", "of a core", "core", 0.05),
)
