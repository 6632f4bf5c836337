"""Asker: hands in a question; told to be next, says who they are; live, says thank you."""

from __future__ import annotations

from collections.abc import Iterable

from loadtests.casts import voice
from loadtests.casts.cast import Cast
from loadtests.seat import Seat
from webinar_server.demo.act import Act
from webinar_server.demo.watch import News, OnDeck


class Asker(Cast):
    """Asks at `at` seconds from the beginning. The number makes each question another one."""

    def __init__(self, seat: Seat, at: float) -> None:
        super().__init__(seat)
        self._at = at

    def of_own(self) -> Iterable[Act]:
        text = f"{voice.question(self.person, self.rng)} ({self.seat.number + 1})"
        yield self.act(self._at, "ask", text=text, shown="named")

    def hear(self, news: News) -> Iterable[Act]:
        if isinstance(news, OnDeck):
            pitch = self.person.organisation.pitch
            yield self.act(self.rng.uniform(0.2, 1.0), "introduce", pitch=pitch, link=self.person.link)
