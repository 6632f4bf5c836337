"""Place: where a viewer stands in a topic: how far it was told what is told at once, and how far the rest.

On the wire it is a position like any other. While unhurried news waits, its tag says behind a dash up to
which number such has been told: who comes back from there is told what it was not, by whichever worker.
"""

from __future__ import annotations

from typing import NamedTuple

from webinar_server.state import Position, State

DASH = "-"


class Place(NamedTuple):
    """Where somebody stands who was told all up to `calm`, and up to `at` what is told at once."""

    at: Position
    calm: int

    def known(self, state: State) -> bool:
        """Whether somebody who stands here can be told what they miss."""
        return state.knows(self.at) and state.horizon <= self.calm <= self.at.seq

    def position(self) -> Position:
        """As it is told to a viewer."""
        seq, tag = self.at
        return self.at if self.calm == seq else Position(seq, f"{tag}{DASH}{self.calm}")


def place(at: Position) -> Place:
    """Where somebody stands who was told this position; what nobody was ever told is known to no state."""
    tag, dash, calm = at.tag.partition(DASH)
    if dash and calm.isascii() and calm.isdigit():
        return Place(Position(at.seq, tag), int(calm))
    return Place(at, at.seq)
