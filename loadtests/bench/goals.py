"""Goals: what our server is to reach under each load."""

from __future__ import annotations

from typing import NamedTuple

from loadtests.bench.measure import Row


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
    Goal("join", "usable, p99", "usable_p99_ms", 1000, "ms"),
    Goal("join", "CPU per join", "join_ms", 2, "ms"),
    Goal("idle", "memory per connection", "kb", 25, "kB"),
    Goal("idle", "of a core", "core", 0.05),
)
