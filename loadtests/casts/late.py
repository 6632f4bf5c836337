"""Late: comes in at a moment of its own, when the others are there."""

from __future__ import annotations

from collections.abc import Iterable

from loadtests.casts.cast import Cast
from loadtests.seat import Seat
from webinar_server.demo.act import ARRIVE, Act


class Late(Cast):
    """`at` is when, in seconds from the beginning."""

    late = True

    def __init__(self, seat: Seat, at: float) -> None:
        super().__init__(seat)
        self._at = at

    def plan(self) -> Iterable[Act]:
        yield self.act(self._at, ARRIVE)
