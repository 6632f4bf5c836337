"""Cast: somebody in an audience, with name and words of one of the demo's people. Acts on changes. Pure."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterable
from typing import Any

from loadtests.people import Seat
from webinar_server.client.copy import Change, Copy
from webinar_server.demo.act import ARRIVE, Act
from webinar_server.demo.cast import CAST_MAX, Guest, cast
from webinar_server.demo.react import TEXTS
from webinar_server.demo.script import Lines, fill
from webinar_server.demo.watch import News, Watch

LOOK = "look"
"""An act that is no command: look at the screen, and decide. Acts of a cast are in seconds from now."""


class Cast:
    """A person of the audience, who does nothing but be there."""

    late = False
    """Whether they come when much was said already, of which they are told the newest only."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.rng = seat.rng(type(self).__name__)
        self.person = person_of(seat)
        self.watch = Watch("")
        # what is kept of the session
        self.copy: Copy = self.watch

    def plan(self) -> Iterable[Act]:
        """What they do of themselves, in seconds from the beginning of the scene."""
        yield self.act(self.seat.arrives, ARRIVE)
        yield from self.of_own()

    def of_own(self) -> Iterable[Act]:
        """What they do beside coming in."""
        return ()

    @property
    def over(self) -> bool:
        """Whether the session was closed, so that nobody says anything more."""
        return self.watch.closed

    def known_as(self, id: str) -> None:
        """The server says who I am."""
        self.watch.guest = id

    def see(self, changes: list[Change], fresh: bool) -> tuple[list[News], list[Act]]:
        """What was news in changes of the copy, and what to do about it, in seconds from now."""
        news = self.watch.news(changes, fresh)
        return news, [act for item in news for act in self.hear(item)]

    def hear(self, news: News) -> Iterable[Act]:
        """What they do about a piece of news."""
        return ()

    def look(self, now: float) -> Iterable[Act]:
        """What they do after a look at the screen, `now` seconds after the beginning."""
        return ()

    def act(self, at: float, command: str, **args: Any) -> Act:
        return Act(at, self.seat.number, command, args)


@functools.lru_cache(maxsize=4)
def people(seed: int, size: int) -> tuple[Guest, ...]:
    """The demo's people; more than it has come a second time."""
    return tuple(cast(seed, min(size, CAST_MAX)))


def person_of(seat: Seat) -> Guest:
    """Who sits here."""
    audience = people(seat.seed, max(1, seat.people))
    return audience[seat.number % len(audience)]


def a_remark(person: Guest, rng: random.Random) -> str:
    return _line(TEXTS[person.language].remarks, person, rng)


def a_question(person: Guest, rng: random.Random) -> str:
    return _line(TEXTS[person.language].questions, person, rng)


def _line(lines: Lines, person: Guest, rng: random.Random) -> str:
    return fill(rng.choice(lines), person, rng, TEXTS[person.language])
