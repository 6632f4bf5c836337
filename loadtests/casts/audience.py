"""The audience: those who read, write, ask, vote, tap, come late, and the guests of the demo's hour. Pure."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping

from loadtests.casts.cast import Cast, a_question, a_remark, people
from loadtests.people import Seat
from webinar_server.client.copy import Record
from webinar_server.demo.act import ARRIVE, DROP, PULSE, Act
from webinar_server.demo.react import Reactions
from webinar_server.demo.timetable import Timetable
from webinar_server.demo.watch import Asked, Live, News, OnDeck, PollOpened


class Lurker(Cast):
    """`drop_at`, in seconds from the beginning, is when their connection is cut, if it is."""

    def __init__(self, seat: Seat, drop_at: float | None = None) -> None:
        super().__init__(seat)
        self._drop_at = drop_at

    def of_own(self) -> Iterable[Act]:
        if self._drop_at is not None:
            yield self.act(self._drop_at, DROP, seconds=None)


class Late(Cast):
    """`at` is when, in seconds from the beginning."""

    late = True

    def __init__(self, seat: Seat, at: float) -> None:
        super().__init__(seat)
        self._at = at

    def plan(self) -> Iterable[Act]:
        yield self.act(self._at, ARRIVE)


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
        yield from (self.act(at, "say", text=a_remark(self.person, self.rng)) for at in self._moments(1.0))
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


class Asker(Cast):
    """Asks at `at` seconds from the beginning. The number makes each question another one."""

    def __init__(self, seat: Seat, at: float) -> None:
        super().__init__(seat)
        self._at = at

    def of_own(self) -> Iterable[Act]:
        text = f"{a_question(self.person, self.rng)} ({self.seat.number + 1})"
        yield self.act(self._at, "ask", text=text, shown="named")

    def hear(self, news: News) -> Iterable[Act]:
        if isinstance(news, OnDeck):
            pitch = self.person.organisation.pitch
            yield self.act(self.rng.uniform(0.2, 1.0), "introduce", pitch=pitch, link=self.person.link)


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


WAITING = ("open", "queued", "on_deck")


class Supporter(Cast):
    """Taps within `within` seconds of a question going live; `likes` is the chance to support any new one.

    There is no command for a contact yet ("bring me in touch with this asker"). The tap is a `support`
    instead: as a contact would, it writes one record for a person and a question and changes one that all
    see. The live question takes no support, so the tap goes to the one that is waiting behind it.
    """

    def __init__(self, seat: Seat, within: float, likes: float = 0.0) -> None:
        super().__init__(seat)
        self._within = within
        self._likes = likes

    def hear(self, news: News) -> Iterable[Act]:
        if isinstance(news, Live):
            question = next_waiting(self.watch.of("question"), self.watch.supported)
            if question is not None:
                yield self.act(self.rng.random() * self._within, "support", question=question)
        elif isinstance(news, Asked) and self.rng.random() < self._likes:
            yield self.act(self.rng.uniform(1, 5), "support", question=news.question)


def next_waiting(questions: Mapping[str, Record], supported: Container[str]) -> str | None:
    """The oldest question that waits and is neither mine nor supported by me yet."""
    waiting = (
        (question["at"], id)
        for id, question in questions.items()
        if question["state"] in WAITING and not question.get("mine") and id not in supported
    )
    return min(waiting, default=(0, None))[1]


class Guest(Cast):
    """Comes, writes, asks, votes, drops out and leaves as the demo's timetable says."""

    def plan(self) -> Iterable[Act]:
        return _timetable(self.seat.seed, self.seat.people, self.seat.seconds).get(self._guest, ())

    def hear(self, news: News) -> Iterable[Act]:
        return _reactions(self.seat.seed, self.seat.people).to(news, self._guest)

    @property
    def _guest(self) -> int:
        return self.seat.number % len(people(self.seat.seed, self.seat.people))


@functools.lru_cache(maxsize=1)
def _timetable(seed: int, size: int, seconds: float) -> Mapping[int, list[Act]]:
    """The whole hour, by guest."""
    acts: dict[int, list[Act]] = defaultdict(list)
    for act in Timetable(people(seed, size), seed, seconds).acts():
        acts[act.guest].append(act)
    return acts


@functools.lru_cache(maxsize=1)
def _reactions(seed: int, size: int) -> Reactions:
    return Reactions(list(people(seed, size)), seed)
