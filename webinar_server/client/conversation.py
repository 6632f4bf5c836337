"""Conversation: one client's side of docs/wire.md. Frames go in, events and frames come out; it never waits.

    connect ─▶ opened() ─▶ received(frame) … ─▶ lost() ─▶ stay away (comeback.py) ─▶ connect …

Whoever has the connection sends what `outgoing` gives after each call, and once `wakes` is over. Times are
seconds of any clock that never jumps.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from webinar_server.client.comeback import Closed
from webinar_server.client.copy import Change, Copy, Frame
from webinar_server.client.outbox import TRIES, Outbox, Pending

BEAT = 15.0
"""Seconds after which the server says something at the latest; it says so itself, too."""

COME_BACK = ("log.unavailable", "pace.join", "pace.unknown")
"""A join that could not be served, by the code of its error: another connection may have more luck."""

NO_TOPIC = ("topic.unknown", "topic.forbidden")


class Here(NamedTuple):
    """A topic's state is here, by this connection for the first time; `reset`: it began anew."""

    topic: str
    reset: bool


class News(NamedTuple):
    """What a frame changed; `fresh` where it belongs to a state that was not there before."""

    topic: str
    changes: list[Change]
    fresh: bool


class Done(NamedTuple):
    """A command acted; one that made a record has its `id` in `result`."""

    asked: Pending
    result: dict[str, Any]


class Refused(NamedTuple):
    """A command changed nothing; `frame` has what helps beside `code` and `text` (docs/wire.md)."""

    asked: Pending
    frame: Frame


class Waiting(NamedTuple):
    """A command was refused for now, and is sent again by itself."""

    asked: Pending
    code: str


class Pulsed(NamedTuple):
    """Reactions since the last pulse, of all viewers."""

    topic: str
    reactions: dict[str, int]


class Fault(NamedTuple):
    """A frame was not understood, or not served."""

    code: str
    text: str


Event = Here | News | Done | Refused | Waiting | Pulsed | Fault


class Conversation:
    """What one client follows, asks and is told, over any number of connections."""

    def __init__(self, instance: str, chance: Callable[[], float], tries: int = TRIES) -> None:
        self.you: dict[str, Any] = {}
        self.outbox = Outbox(instance, chance, tries)
        self._copies: dict[str, Copy] = {}
        self._here: set[str] = set()
        # as whom we are in topics that we did not come for
        self._roles: dict[str, str] = {}
        self._outgoing: list[Frame] = []
        self._open = False
        self._beat = BEAT
        self._heard_at = 0.0

    def follow(self, topic: str, copy: Copy | None = None) -> Copy:
        """Join a topic, now and after every return; its copy, from whose position that begins."""
        copy = self._copies[topic] = copy or Copy()
        if self._open:
            self._join(topic)
        return copy

    def leave(self, topic: str) -> None:
        self._copies.pop(topic, None)
        self._here.discard(topic)
        if self._open:
            self._outgoing.append({"op": "leave", "topic": topic})

    def do(self, topic: str, command: str, args: dict[str, Any], now: float) -> Pending:
        """Ask for something, now or when the topic is here. Raises Full."""
        pending = self.outbox.add(topic, command, args, now)
        if topic in self._here:
            self._outgoing.append(pending.frame())
        return pending

    def pulse(self, topic: str, reaction: str) -> None:
        """React, if the topic is here: nobody needs it later."""
        if topic in self._here:
            self._outgoing.append({"op": "pulse", "topic": topic, "reaction": reaction})

    def is_here(self, topic: str) -> bool:
        return topic in self._here

    # the connection

    def opened(self, now: float) -> None:
        """There is a new connection, to which nothing was said."""
        self._open, self._heard_at = True, now
        for topic in self._copies:
            self._join(topic)

    def lost(self) -> None:
        """It is gone, whoever ended it; what has no answer is kept."""
        self._open = False
        self._here.clear()
        self._outgoing.clear()

    def outgoing(self, now: float) -> list[Frame]:
        """What is to be sent, each frame once."""
        if not self._open:
            return []
        again = [pending.frame() for pending in self.outbox.due(now) if pending.topic in self._here]
        frames, self._outgoing = self._outgoing + again, []
        return frames

    @property
    def wakes(self) -> float:
        """When to look at `outgoing` again, or whether it `is_silent`, if nothing comes."""
        silent = self._heard_at + 2 * self._beat
        due = self.outbox.next
        return silent if due is None else min(silent, due)

    def is_silent(self, now: float) -> bool:
        """Whether nothing was heard for so long that nobody is there."""
        return now >= self._heard_at + 2 * self._beat

    def received(self, frame: Frame, now: float) -> list[Event]:
        """What a frame means. Raises Closed where the connection is to be ended as if the server had."""
        self._heard_at = now
        match frame["op"]:
            case "state":
                return self._told(frame)
            case "done":
                done = self.outbox.done(frame["ref"])
                return [Done(done, frame["result"])] if done else []
            case "refused":
                return self._refused(frame, now)
            case "beat":
                self._stand(frame["at"])
            case "pulse":
                return [Pulsed(frame["topic"], frame["reactions"])]
            case "hello":
                self.you, self._beat = frame["you"], frame.get("beat") or BEAT
            case "seat":
                self._roles[frame["topic"]] = frame["you"]["role"]
            case "error":
                return self._fault(frame)
        return []

    def _join(self, topic: str) -> None:
        role = {"role": self._roles[topic]} if topic in self._roles else {}
        self._outgoing.append({"op": "join", "topic": topic, "at": self._copies[topic].at, **role})

    def _told(self, frame: Frame) -> list[Event]:
        topic = frame["topic"]
        copy = self._copies.get(topic)
        if copy is None:  # it was left meanwhile
            return []
        reset = bool(frame.get("reset"))
        fresh = reset or not copy.is_whole
        events: list[Event] = [News(topic, copy.merge(frame), fresh)]
        if copy.is_whole and topic not in self._here:
            self._here.add(topic)
            self._outgoing += [pending.frame() for pending in self.outbox.of(topic)]
            events.append(Here(topic, fresh))
        return events

    def _refused(self, frame: Frame, now: float) -> list[Event]:
        asked = self.outbox.refused(frame["ref"], frame.get("retry_after"), now)
        if asked is None:
            return []
        return [Refused(asked, frame) if asked.due is None else Waiting(asked, frame["code"])]

    def _stand(self, positions: dict[str, list[Any]]) -> None:
        """What a copy holds is all there is up to here, though nothing of it was to be told."""
        for topic in self._here & positions.keys():
            self._copies[topic].at = positions[topic]

    def _fault(self, frame: Frame) -> list[Event]:
        """Where it names a topic, that is not followed (any more)."""
        topic = frame.get("topic", "")
        self._here.discard(topic)
        if frame["code"] == "token.role" and topic in self._copies:
            self._join(topic)
            return []
        if frame["code"] in COME_BACK:
            raise Closed(1013, json.dumps(frame))
        if frame["code"] in NO_TOPIC:
            raise Closed(4404, frame["text"])
        return [Fault(frame["code"], frame["text"])]
