"""What a run leaves behind for the checker: plain facts as clients met them, and nothing concluded.

Times are seconds of the monotonic clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.web.screen import Screen
from webinar_server.state import Role


class Done(NamedTuple):
    """One `done` frame."""

    seq: int
    tag: str
    result: dict[str, Any]
    at: float


class Refused(NamedTuple):
    """One `refused` frame; `passing` if it said when to try again."""

    code: str
    passing: bool


class Place(NamedTuple):
    """Where a screen stood after a `state` frame."""

    seq: int
    tag: str
    reset: bool
    at: float = 0.0


@dataclass
class Asked:
    """One command of one person: everything that was said about its ref."""

    ref: str
    command: str
    args: dict[str, Any]
    first: float
    sent: int = 0
    done: list[Done] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


@dataclass
class Seen:
    """What one connection, over all its sockets, was shown."""

    screen: Screen
    places: list[Place] = field(default_factory=list)
    # when a socket was lost, how long until the first state of the next, and what it was closed with
    lost: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    closes: list[tuple[int, str]] = field(default_factory=list)
    resumes: int = 0
    resets: int = 0
    # frames the protocol does not know at that moment
    odd: list[str] = field(default_factory=list)


@dataclass
class Told:
    """One person's part of a history."""

    person: str
    role: Role
    asked: dict[str, Asked] = field(default_factory=dict)
    lines: list[Seen] = field(default_factory=list)
    # whether each command went one way only, so that its order is promised
    orderly: bool = True
