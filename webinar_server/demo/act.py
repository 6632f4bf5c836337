"""Acts: what a guest does at some moment, planned or in answer to something. Pure."""

from __future__ import annotations

from typing import Any, NamedTuple

ARRIVE, DROP, LEAVE, PULSE = "arrive", "drop", "leave", "pulse"
"""What is not a command of the wire: come in, be away for `seconds`, go for good, react."""


class Act(NamedTuple):
    """At `at` seconds, `guest` (a number in the cast) does something: a command and its arguments."""

    at: float
    guest: int
    command: str
    args: dict[str, Any]
