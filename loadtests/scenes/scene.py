"""Scene: who comes to what, for how long, and what must hold. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from loadtests.casts.cast import Cast
from loadtests.people import Seat
from loadtests.verdict import Limit, everybody_came, no_failures

Door = Literal["none", "page", "profile"]
"""How people come in: a token at the socket, the whole page first, or through the door under a demo name."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """`people` of a session and `seconds` are the full form; `arrival` is the time in which all come in.

    With `marks`, messages end with when they were said, and `say → seen` is measured. `attack` is what one
    hostile client does (`loadtests/attackers`) in the span `attacked`, in which the server's memory is
    watched; a scene with a span is held to the pace of each person.
    """

    name: str
    proves: str
    casting: Callable[[Seat], Cast]
    people: int = 300
    seconds: float = 45
    arrival: float = 6
    sessions: int = 1
    hosts: int = 0
    door: Door = "none"
    limits: tuple[Limit, ...] = ()
    marks: bool = True
    attack: str = ""
    attacked: tuple[float, float] | None = None


COMMON = (no_failures(), everybody_came())
"""What every scene with thresholds asks for."""
