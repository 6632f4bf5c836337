"""Loads: how many watch, what they do, and for how long. Every message goes to every viewer."""

from __future__ import annotations

from typing import NamedTuple


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
        said = f"{self.rate:,g} messages/s" if self.rate else "nobody says anything"
        return f"{self.viewers:,} viewers, {said}"


STEADY = Load("steady", 300, 50, 6)
BUSY = Load("busy", 300, 300, 5)
FLOOD = Load("flood", 300, 2000, 4)
HALL = Load("hall", 2000, 20, 6)
JOIN = Load("join", 300, 0, 1)
IDLE = Load("idle", 10_000, 0, 10)
TALKS = (STEADY, BUSY, FLOOD, HALL)
LOADS = {load.name: load for load in (*TALKS, JOIN, IDLE)}
