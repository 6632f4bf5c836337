"""Member: one guest's client over a real WebSocket, from arrival until they leave."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable
from typing import NamedTuple

from webinar_server.client.comeback import Closed, Turned, final
from webinar_server.client.connection import Connection
from webinar_server.client.conversation import Conversation, Done, Event, Fault, Here, Refused
from webinar_server.client.conversation import News as Told
from webinar_server.client.copy import Copy
from webinar_server.client.door import Way
from webinar_server.client.frames import JSON, MSGPACK, shared
from webinar_server.demo.act import PULSE, Act
from webinar_server.demo.home import DOES, Home
from webinar_server.demo.tally import Tally
from webinar_server.demo.watch import News, Watch

CODECS = (shared(MSGPACK), shared(JSON), shared(JSON))


class Place(NamedTuple):
    """Where members go, of which mission that is, and whom they tell of news."""

    url: str
    topic: str
    home: str
    hear: Callable[[int, News], None]


class Member:
    """One guest; with a `home` they follow their mission, too. Who brings a `copy` of their own is none."""

    def __init__(
        self,
        number: int,
        guest: str,
        token: str,
        place: Place,
        tally: Tally,
        home: Home | None = None,
        copy: Copy | None = None,
    ) -> None:
        self.watch = Watch(guest)
        self._home = home
        self._number = number
        self._place = place
        self._tally = tally
        self._is_here = False
        self._talk = Conversation(f"demo{number}-{secrets.token_hex(4)}", random.Random(guest).random)
        self._talk.follow(place.topic, copy or self.watch)
        if home is not None:
            self._talk.follow(place.home, home)
        self._connection = Connection(
            Way(place.url, place.topic, {"Authorization": f"Bearer {token}"}),
            self._talk,
            self._hear,
            CODECS[number % len(CODECS)],
            self._note_end,
            # the same bytes for many are read once
            compression=None,
            proxy=None,
        )

    async def live(self) -> None:
        """Stay connected, or come back, until leaving for good."""
        await self._connection.live()

    def drop(self, seconds: float) -> None:
        """Lose the connection, and come back after a while, or never."""
        self._connection.drop(seconds)

    async def do(self, act: Act, now: float) -> None:
        """Say a command, now or when the connection is back; a reaction only if it is there."""
        if act.command == PULSE:
            self._talk.pulse(self._place.topic, act.args["reaction"])
        else:
            topic = self._place.home if act.command in DOES else self._place.topic
            self._talk.do(topic, act.command, act.args, now)
        await self._connection.flush()

    def _hear(self, event: Event) -> None:
        match event:
            case Told(topic, changes, fresh):
                watch = self._home if topic == self._place.home else self.watch
                for news in watch.news(changes, fresh) if watch else ():
                    self._place.hear(self._number, news)
            case Here(topic) if topic == self._place.topic:
                self._is_here = True
                self._tally.here += 1
            case Done(asked):
                self._tally.done[asked.command] += 1
            case Refused(_, frame):
                self._tally.refused[frame["code"]] += 1
            case Fault(code):
                self._tally.errors[code] += 1

    def _note_end(self, end: Exception) -> None:
        self._tally.here -= self._is_here
        self._is_here = False
        if isinstance(end, Turned):
            self._tally.errors[f"HTTP {end.status}"] += 1
        elif isinstance(end, Closed) and final(end.code):
            self._tally.errors[f"closed {end.code}"] += 1
