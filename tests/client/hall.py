"""Hall: the server's half of a conversation without a network, of real rules, views and frames.

What either side sends waits until the test lets it arrive, and may get lost with the connection at any place.
"""

from __future__ import annotations

from collections import deque
from typing import Any

import orjson

from tests.session.client import payload
from tests.session.histories import CAST, Step, World
from tests.session.scene import parse
from webinar_server.errors import Refusal
from webinar_server.live.committing import Request
from webinar_server.live.telling.codec import JSON
from webinar_server.live.telling.views import Lens
from webinar_server.session.roles import audience_of
from webinar_server.state import Actor, Position

TOPIC = "session/s1"
Frame = dict[str, Any]


class Hall:
    """One connection at a time of one person, `who` of the cast."""

    def __init__(self, who: str) -> None:
        self.world = World()
        self.who = who
        self.person = f"id-{who}"
        self.audience = audience_of(CAST[who])
        self.busy = 0
        self.forgetful = False
        self.resets = 0
        # on their way to the server, and from it
        self.asked: deque[Frame] = deque()
        self.told: deque[Frame] = deque()
        self._lens = Lens(TOPIC, self.audience, JSON)
        self._seq: int | None = None
        self._at = 10_000_000_000

    def connect(self) -> None:
        self.cut()
        you = {"id": self.person, "name": self.who, "role": CAST[self.who]}
        self.told.append({"op": "hello", "protocol": 1, "you": you, "beat": 15, "now": 0})

    def cut(self) -> None:
        """All that is on its way is lost."""
        self.asked.clear()
        self.told.clear()
        self._seq = None

    def play(self, batch: list[Step]) -> None:
        """The others do something; nobody is told yet."""
        self.world.play(batch)

    def flush(self) -> None:
        """Tell the one who is here what changed."""
        if self._seq is not None:
            self._lens.calm.settle(self.world.state, due=True)
            news = self._lens.bundle(self.world.state, self._seq).frame(self.person)
            self.told += [orjson.loads(payload(news))] if news else []
            self._seq = self.world.state.position.seq

    def beat(self) -> None:
        if self._seq == self.world.state.position.seq:
            self.told.append({"op": "beat", "at": {TOPIC: list(self.world.state.position)}, "now": 0})

    def hear(self) -> None:
        """One frame of the client's arrives."""
        frame = self.asked.popleft()
        if frame["op"] == "join":
            self._join(Position(*frame["at"]) if frame["at"] else None)
        elif self._seq is None:
            raise AssertionError(f"{frame} before a join")
        elif self.busy:
            self.busy -= 1
            self.told.append(_refused(frame["ref"], Refusal("room.busy", "Later.", 0.5)))
        else:
            self._do(frame)

    def _join(self, at: Position | None) -> None:
        state, knows = self.world.state, at is not None and not self.forgetful
        knows = knows and at is not None and state.knows(at)
        self.forgetful = False
        self.resets += at is not None and not knows
        self._lens.calm.settle(state, due=True)
        bundle = self._lens.bundle(state, at.seq if at is not None and knows else 0)
        frames = bundle.whole(self.person, at is not None and not knows)
        self.told += [orjson.loads(payload(frame)) for frame in frames]
        self._seq = state.position.seq

    def _do(self, frame: Frame) -> None:
        ref = frame["ref"]
        self._at += 60_000  # so that pace and limits by time have nothing to say
        actor = Actor(self.person, self.who, CAST[self.who], self._at, f"own-{self._at}")
        command = parse(frame["command"], frame["args"])
        [outcome] = self.world._decide([Request(actor, ref, command, lambda outcome: None)])
        self.flush()
        if isinstance(outcome, Refusal):
            self.told.append(_refused(ref, outcome))
        else:
            at = [outcome.seq, outcome.tag]
            self.told.append({"op": "done", "ref": ref, "at": at, "result": outcome.result})


def _refused(ref: str, refusal: Refusal) -> Frame:
    return {"op": "refused", "ref": ref} | refusal.told()
