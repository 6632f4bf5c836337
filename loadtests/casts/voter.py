"""Voter: votes when a poll opens."""

from __future__ import annotations

from collections.abc import Iterable

from loadtests.casts.cast import Cast
from loadtests.seat import Seat
from webinar_server.demo.act import Act
from webinar_server.demo.watch import News, PollOpened


class Voter(Cast):
    """Votes within `within` seconds of a poll opening, once for each."""

    def __init__(self, seat: Seat, within: float) -> None:
        super().__init__(seat)
        self._within = within
        self._voted: set[str] = set()

    def hear(self, news: News) -> Iterable[Act]:
        # a poll is told again to whoever comes back; who voted meanwhile does not vote twice
        if isinstance(news, PollOpened) and news.poll not in self._voted:
            self._voted.add(news.poll)
            at = self.rng.random() * self._within
            yield self.act(at, "vote", poll=news.poll, options=self._choice(news))

    def _choice(self, news: PollOpened) -> list[str]:
        if not news.many:
            return [self.rng.choice(news.options)]
        return self.rng.sample(news.options, self.rng.randint(1, len(news.options)))
