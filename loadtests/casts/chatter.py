"""Chatter: writes now and then, and claps."""

from __future__ import annotations

from collections.abc import Iterable

from loadtests.casts import voice
from loadtests.casts.lurker import Lurker
from loadtests.seat import Seat
from webinar_server.demo.act import PULSE, Act

REACTIONS = ("clap", "heart", "laugh", "wow", "idea", "agree")


class Chatter(Lurker):
    """Writes every `pause` seconds on average between `begin` and `end`; `claps` reactions for a message."""

    def __init__(
        self,
        seat: Seat,
        *,
        pause: float,
        begin: float,
        end: float,
        claps: float = 1.0,
        drop_at: float | None = None,
    ) -> None:
        super().__init__(seat, drop_at)
        self._pause = pause
        self._span = (begin, end)
        self._claps = claps

    def of_own(self) -> Iterable[Act]:
        yield from super().of_own()
        yield from (
            self.act(at, "say", text=voice.remark(self.person, self.rng)) for at in self._moments(1.0)
        )
        for at in self._moments(self._claps):
            yield self.act(at, PULSE, reaction=self.rng.choice(REACTIONS))

    def _moments(self, times: float) -> Iterable[float]:
        """At least one, the first at a moment of chance, so that many chatters together write evenly."""
        if times:
            begin, end = self._span
            pause = min(self._pause / times, end - begin)
            at = begin + self.rng.random() * pause
            while at < end:
                yield at
                at += self.rng.uniform(0.7, 1.3) * pause
