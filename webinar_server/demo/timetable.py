"""The hour as planned: who arrives when, who says, asks and introduces what, who drops out. Pure.

Everything comes from the seed. Rates are for 300 people and shrink with a smaller audience, but not below
what keeps a demo alive: about 1.5 lines of chat a second while people arrive, one every eight seconds later.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from webinar_server.demo.act import ARRIVE, DROP, LEAVE, PULSE, Act
from webinar_server.demo.cast import Guest
from webinar_server.demo.react import TEXTS
from webinar_server.demo.script import Lines, fill

T = TypeVar("T")

ARRIVAL = 58.0
"""Seconds in which nearly everybody comes in; a few are late."""

LATE = 0.04
HELLO = 0.22
INTRODUCED = 0.3
SHOWN = ("named",) * 14 + ("organisation",) * 4 + ("anonymous",) * 2


class Timetable:
    """Plans one hour, or any other length, for one cast. `acts` is the plan, in order of time."""

    def __init__(self, guests: Sequence[Guest], seed: int, seconds: float) -> None:
        self._guests = guests
        self._seconds = seconds
        self._rng = random.Random(f"timetable/{seed}")
        self._scale = max(len(guests) / 300, 0.1)
        self._arrivals = [self._arrival(number) for number in range(len(guests))]
        self._bags: dict[object, list[object]] = {}

    def acts(self) -> list[Act]:
        plans: list[Iterable[Act]] = [
            self._arriving(),
            self._introductions(),
            self._hellos(),
            self._remarks(),
            self._threads(),
            self._questions(),
            self._hands(),
            self._reactions(),
            self._drops(),
            self._leaving(),
        ]
        acts = (act for plan in plans for act in plan if act.at < self._seconds)
        return sorted(acts, key=lambda act: (act.at, act.guest))

    def _arrival(self, number: int) -> float:
        if number and self._rng.random() < LATE:
            return self._rng.uniform(ARRIVAL, 10 * ARRIVAL)
        # the first at once, then a wave that swells a little and ebbs; a small audience comes faster
        return ARRIVAL * min(1.0, self._scale * 1.5) * self._rng.betavariate(1.2, 1.4) if number else 0.0

    def _arriving(self) -> Iterator[Act]:
        for number, at in enumerate(self._arrivals):
            yield Act(at, number, ARRIVE, {})

    def _introductions(self) -> Iterator[Act]:
        for number, guest in enumerate(self._guests):
            given = {"pitch": guest.organisation.pitch} if self._rng.random() < INTRODUCED else {}
            if given and self._rng.random() < 0.6:
                given["link"] = guest.link
            if guest.say_as and not guest.registered_hint:
                given["say_as"] = guest.say_as
            if given:
                yield self._soon_after_arrival(number, 25, "introduce", given)

    def _hellos(self) -> Iterator[Act]:
        for number, guest in enumerate(self._guests):
            if self._rng.random() < HELLO:
                text = self._line(guest, TEXTS[guest.language].hellos)
                yield self._soon_after_arrival(number, 12, "say", {"text": text})

    def _soon_after_arrival(self, number: int, mean: float, command: str, args: dict[str, str]) -> Act:
        at = self._arrivals[number] + 1.5 + self._rng.expovariate(1 / mean)
        return Act(at, number, command, dict(args))

    def _remarks(self) -> Iterator[Act]:
        for at in self._moments(_remarks_per_second):
            number = self._talker(at)
            guest = self._guests[number]
            yield Act(at, number, "say", {"text": self._line(guest, TEXTS[guest.language].remarks)})

    def _threads(self) -> Iterator[Act]:
        for at in self._moments(lambda at: 0.015 if at > 20 else 0.0):
            language = self._guests[self._talker(at)].language
            number = -1
            for line in self._draw(TEXTS[language].threads):
                number = self._talker(at, language, but=number)
                text = fill(line, self._guests[number], self._rng, TEXTS[language])
                yield Act(at, number, "say", {"text": text})
                at += self._rng.uniform(6, 22)

    def _questions(self) -> Iterator[Act]:
        texts = [(text, language) for language in TEXTS for text in TEXTS[language].questions]
        self._rng.shuffle(texts)
        for at, (text, language) in zip(self._question_times(), texts, strict=False):
            number = self._talker(at, language)
            yield Act(at, number, "ask", {"text": text, "shown": self._rng.choice(SHOWN)})

    def _question_times(self) -> Iterator[float]:
        """Half of them early, so that a board fills; then one every three minutes or so."""
        at = 6.0
        while True:
            yield at
            at += self._rng.uniform(0.6, 1.4) * (13 if at < 100 else 40 if at < 400 else 190)

    def _hands(self) -> Iterator[Act]:
        for at in self._moments(lambda at: 1 / 150 if at > 60 else 0.0):
            number = self._talker(at)
            yield Act(at, number, "raise_hand", {})
            yield Act(at + self._rng.uniform(40, 120), number, "lower_hand", {})

    def _reactions(self) -> Iterator[Act]:
        for at in self._moments(lambda at: 0.12):
            yield self._clap(at, ("clap", "heart", "agree", "idea", "laugh"))
        for moment in self._moments(lambda at: 1 / 80):
            kind = self._rng.choice(("clap", "clap", "agree", "wow"))
            for _ in range(math.ceil(14 * self._scale)):
                yield self._clap(moment + self._rng.expovariate(1 / 2), (kind,))

    def _clap(self, at: float, kinds: Lines) -> Act:
        return Act(at, self._present(at), PULSE, {"reaction": self._rng.choice(kinds)})

    def _drops(self) -> Iterator[Act]:
        """Tunnels and reloads: most come back before the others notice."""
        for at in self._moments(lambda at: 1 / 15 if at > 30 else 0.0):
            away = self._rng.uniform(1, 8) if self._rng.random() < 0.6 else self._rng.uniform(14, 90)
            yield Act(at, self._present(at), DROP, {"seconds": round(away, 1)})

    def _leaving(self) -> Iterator[Act]:
        """A few have another meeting; the speakers stay."""
        for number, guest in enumerate(self._guests):
            if not guest.speaker and self._rng.random() < 0.08:
                yield Act(self._rng.uniform(900, 7200), number, LEAVE, {})

    def _moments(self, per_second: Callable[[float], float]) -> Iterator[float]:
        """Moments of chance at a changing rate (a Poisson process, stepped by quarters of a second)."""
        step = 0.25
        for index in range(int(self._seconds / step)):
            if self._rng.random() < per_second(index * step) * self._scale * step:
                yield (index + self._rng.random()) * step

    def _present(self, at: float) -> int:
        """Somebody who has arrived; the first guest always has."""
        number = self._rng.randrange(len(self._guests))
        return number if self._arrivals[number] + 1 < at else 0

    def _talker(self, at: float, language: str | None = None, but: int = -1) -> int:
        """Somebody present who feels like writing, in this language if one of a few asked does.

        `but` is who spoke just before: nobody answers themselves.
        """
        for _ in range(60):
            number = self._present(at)
            guest = self._guests[number]
            if number != but and self._rng.random() < guest.talk and language in (None, guest.language):
                return number
        return self._present(at)

    def _line(self, guest: Guest, lines: Lines) -> str:
        return fill(self._draw(lines), guest, self._rng, TEXTS[guest.language])

    def _draw(self, lines: tuple[T, ...]) -> T:
        """A line that comes back only after all others have been drawn."""
        bag = self._bags.setdefault(lines, [])
        if not bag:
            bag.extend(self._rng.sample(lines, len(lines)))
        return bag.pop()  # type: ignore[return-value]


def _remarks_per_second(at: float) -> float:
    """Talk warms up with the arrivals, is lively for some minutes, and settles."""
    if at < 15:
        return 0.0
    return 0.08 + 0.55 * math.exp(-(((at - 60) / 150) ** 2) if at > 60 else -((60 - at) / 20))
