"""Lurker: reads. Most of an audience does, most of the time; may lose the connection like anybody."""

from __future__ import annotations

from collections.abc import Iterable

from loadtests.casts.cast import Cast
from loadtests.seat import Seat
from webinar_server.demo.act import DROP, Act


class Lurker(Cast):
    """`drop_at`, in seconds from the beginning, is when their connection is cut, if it is."""

    def __init__(self, seat: Seat, drop_at: float | None = None) -> None:
        super().__init__(seat)
        self._drop_at = drop_at

    def of_own(self) -> Iterable[Act]:
        if self._drop_at is not None:
            yield self.act(self._drop_at, DROP, seconds=None)
