"""Cast: somebody in an audience. Keeps a light copy of what they were told, and acts on that. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from loadtests.casts import voice
from loadtests.seat import Seat
from webinar_server.demo.act import ARRIVE, Act
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
        self.person = voice.person(seat)
        self.watch = Watch("")

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

    def see(self, frame: dict[str, Any]) -> tuple[list[News], list[Act]]:
        """Take over a frame: what was news in it, and what to do about it, in seconds from now."""
        news = self.watch.merge(frame)
        return news, [act for item in news for act in self.hear(item)]

    def hear(self, news: News) -> Iterable[Act]:
        """What they do about a piece of news."""
        return ()

    def look(self, now: float) -> Iterable[Act]:
        """What they do after a look at the screen, `now` seconds after the beginning."""
        return ()

    def act(self, at: float, command: str, **args: Any) -> Act:
        return Act(at, self.seat.number, command, args)
