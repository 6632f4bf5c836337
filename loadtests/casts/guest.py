"""Guest: somebody of the demo's hour, for rehearsals: the same people, texts, timetable and reactions."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping

from loadtests.casts import voice
from loadtests.casts.cast import Cast
from webinar_server.demo.act import Act
from webinar_server.demo.react import Reactions
from webinar_server.demo.timetable import Timetable
from webinar_server.demo.watch import News


class Guest(Cast):
    """Comes, writes, asks, votes, drops out and leaves as the demo's timetable says."""

    def plan(self) -> Iterable[Act]:
        return _timetable(self.seat.seed, self.seat.people, self.seat.seconds).get(self._guest, ())

    def hear(self, news: News) -> Iterable[Act]:
        return _reactions(self.seat.seed, self.seat.people).to(news, self._guest)

    @property
    def _guest(self) -> int:
        return self.seat.number % len(voice.people(self.seat.seed, self.seat.people))


@functools.lru_cache(maxsize=1)
def _timetable(seed: int, size: int, seconds: float) -> Mapping[int, list[Act]]:
    """The whole hour, by guest."""
    acts: dict[int, list[Act]] = defaultdict(list)
    for act in Timetable(voice.people(seed, size), seed, seconds).acts():
        acts[act.guest].append(act)
    return acts


@functools.lru_cache(maxsize=1)
def _reactions(seed: int, size: int) -> Reactions:
    return Reactions(list(voice.people(seed, size)), seed)
