"""Seats: who sits where in a scene. Pure, so every process of a run comes to the same seating."""

from __future__ import annotations

import random
from typing import Literal, NamedTuple


class Seat(NamedTuple):
    """One person's place. Times of a scene are for its `full` length; `scaled` fits them to this run.

    `arrival` is the scene's time (seconds) in which everybody comes; `people` are a session's attendees.
    """

    session: int
    number: int
    role: Literal["attendee", "host"]
    people: int
    seed: int
    seconds: float
    full: float
    arrival: float

    def scaled(self, seconds: float) -> float:
        """A moment or a length of the scene's full form, in seconds of this run."""
        return seconds * self.seconds / self.full

    @property
    def arrives(self) -> float:
        """Seconds after the beginning; hosts are there first, the others spread evenly."""
        spread = self.scaled(self.arrival) * self.number / max(1, self.people)
        return 0.0 if self.role == "host" else spread

    def rng(self, what: str = "") -> random.Random:
        return random.Random(f"{self.seed}/{self.session}/{self.role}/{self.number}/{what}")
