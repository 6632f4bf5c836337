"""Connection: one WebSocket of one person, between the protocol class and the rooms.

`received` runs in the protocol's data callback: a command goes from bytes to the room's inbox without a
task of its own. Only a join may have to wait (a room to open, an arrival to commit); what comes after it
on the same socket waits its turn in `_waiting`, which the connection's own task works off.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any, NoReturn

from webinar_server.clock import fresh_id, monotonic, now_ms
from webinar_server.errors import Malformed, Refusal, StorageError
from webinar_server.live.batch import Outcome, Request
from webinar_server.live.codec import Codec
from webinar_server.live.hub import Hub
from webinar_server.live.identity import Identity
from webinar_server.live.pace import PULSE, Pace, Rate
from webinar_server.live.presence import Presence
from webinar_server.live.room import Room
from webinar_server.session.reactions import check_reaction
from webinar_server.state import HOSTS, Actor
from webinar_server.web.frames import Do, Frame, Join, Leave, Ping, Pulse, decode
from webinar_server.web.metrics import count_answer
from webinar_server.web.protocol import MALFORMED, TOO_MANY, LiveProtocol

EXPIRED, TOO_SLOW = 4401, 4408
WAITING_MAX = 256
"""Frames behind a join; above the burst of `FRAMES`, so that who resends what is pending is never cut off."""

FRAMES = Rate(0.02, 200)
ERRORS_EACH = 6.0
"""Seconds after which one frame that was not understood is forgiven."""


class Connection:
    """One socket of one person; a Viewer to the rooms it follows."""

    def __init__(self, hub: Hub, wire: LiveProtocol, identity: Identity, codec: Codec) -> None:
        self.identity = identity
        self.person = identity.id
        self.audience = identity.audience
        self.codec = codec
        self._hub = hub
        self._wire = wire
        self._following: dict[str, tuple[Room, Presence]] = {}
        self._waiting: deque[Frame] = deque()
        self._work = asyncio.Event()
        self._busy = False
        self._open = True
        self._pace = Pace(enabled=True)
        self._settings = hub.settings
        # for beats and for viewers that never read
        self._wrote_at = monotonic()
        self._moved_at = self._wrote_at
        self._written = 0
        self._taken = 0

    # a Viewer

    def write(self, frame: bytes) -> None:
        self._wrote_at = monotonic()
        self._written += len(frame)
        self._wire.write(frame)

    def backlog(self) -> int:
        return self._wire.backlog()

    # a Receiver

    def received(self, data: bytes, text: bool) -> None:
        """A message came in; runs to its end without waiting."""
        try:
            self._check_frames()
            frame = decode(data, text, self._frame_max())
            if self._busy or isinstance(frame, Join):
                self._queue(frame)
            else:
                self._handle(frame)
        except Malformed as error:
            self._error(error.code, error.text)

    def drained(self) -> None:
        for room, _ in self._following.values():
            room.fanout.notify()

    # its life

    def lost(self) -> None:
        self._open = False
        self._work.set()

    async def live(self) -> None:
        """Work off joins, and what came in behind them, until the socket is closed."""
        self._hello()
        try:
            while self._open:
                await self._work.wait()
                self._work.clear()
                await self._work_off()
        finally:
            for topic in list(self._following):
                self._leave(topic)

    def tick(self, now: float) -> None:
        """Called every second: beats, and an end for who is expired or never reads."""
        backlog = self.backlog()
        # what the other side took, not how the backlog changed: our own beats change that
        taken = self._written - backlog
        if not backlog or taken > self._taken:
            self._taken, self._moved_at = taken, now
        if now - self._moved_at > self._settings.stalled_after:
            self._wire.end(TOO_SLOW, "too slow")
            self._wire.transport.abort()
        elif self.identity.expires < now_ms():
            self._wire.end(EXPIRED, "token expired")
        elif now - self._wrote_at >= self._settings.beat:
            told = {topic: room.fanout.told(self) for topic, (room, _) in self._following.items()}
            self._tell({"op": "beat", "at": {topic: at for topic, at in told.items() if at}})

    def _hello(self) -> None:
        you = {"id": self.identity.id, "name": self.identity.name, "role": self.identity.role}
        self._tell({"op": "hello", "protocol": 1, "you": you, "beat": self._settings.beat})

    async def _work_off(self) -> None:
        while self._waiting:
            frame = self._waiting.popleft()
            if isinstance(frame, Join):
                await self._join(frame)
            else:
                self._handle(frame)
        self._busy = False

    # frames

    def _handle(self, frame: Frame) -> None:
        match frame:
            case Do():
                self._do(frame)
            case Pulse():
                self._pulse(frame)
            case Ping():
                self._tell({"op": "pong"})
            case Leave():
                self._leave(frame.topic)

    async def _join(self, frame: Join) -> None:
        try:
            room, presence = live = await self._room_for(frame.topic)
            presence.refuse_when_full(self.identity)
            room.fanout.attach(self, frame.position)
            if frame.topic not in self._following:
                self._following[frame.topic] = live
                if self.audience != "stage":
                    await presence.came(self.identity)
        except Refusal as refusal:
            self._leave(frame.topic)
            self._error(refusal.code, refusal.text)
        except StorageError:
            # no fault of theirs, so it is not counted
            text = "This session cannot be read at the moment; please try again."
            self._tell({"op": "error", "code": "log.unavailable", "text": text})

    async def _room_for(self, topic: str) -> tuple[Room, Presence]:
        if topic != self.identity.topic:
            raise Refusal("topic.forbidden", "Your link is for another session.")
        live = await self._hub.room(topic)
        if live is None:
            raise Refusal("topic.unknown", "There is no such session (any more).")
        return live

    def _leave(self, topic: str) -> None:
        live = self._following.pop(topic, None)
        if live is not None:
            room, presence = live
            room.fanout.detach(self)
            if self.audience != "stage":
                presence.went(self.identity)

    def _do(self, frame: Do) -> None:
        try:
            room = self._followed(frame.topic)
            known = room.state.answer(self.person, frame.ref)
            if known is not None:
                return self._answer(frame, known, repeated=True)
            command = room.schema.parse(frame.command, frame.args)
            self._hub.pace.check_command(self.person, self.identity.role, frame.command, monotonic())
        except Refusal as refusal:
            return self._answer(frame, refusal)
        room.submit(Request(self._actor(), frame.ref, command, lambda out: self._answer(frame, out)))

    def _pulse(self, frame: Pulse) -> None:
        try:
            room = self._followed(frame.topic)
            reaction = check_reaction(frame.reaction)
        except Refusal as refusal:
            self._error(refusal.code, refusal.text)
            return
        if not self._hub.pace.wait(self.person, "pulse", PULSE, monotonic()) and self.audience != "stage":
            room.fanout.pulse(reaction)

    def _followed(self, topic: str) -> Room:
        live = self._following.get(topic)
        if live is None:
            raise Refusal("topic.not_joined", "Join this topic first.")
        return live[0]

    def _actor(self) -> Actor:
        identity = self.identity
        return Actor(id=identity.id, name=identity.name, role=identity.role, at=now_ms(), fresh=fresh_id())

    def _answer(self, frame: Do, outcome: Outcome, repeated: bool = False) -> None:
        count_answer(frame.command, outcome, repeated)
        if isinstance(outcome, Refusal):
            message = {"op": "refused", "ref": frame.ref, "code": outcome.code, "text": outcome.text}
            if outcome.retry_after is not None:
                message["retry_after"] = outcome.retry_after  # type: ignore[assignment]
            self._tell(message)
        else:
            self._tell({"op": "done", "ref": frame.ref, "at": outcome[:2], "result": outcome.result})

    def _tell(self, message: dict[str, Any]) -> None:
        self.write(self.codec.frame(message))

    def _error(self, code: str, text: str) -> None:
        self._tell({"op": "error", "code": code, "text": text})
        if self._pace.wait("", "error", Rate(ERRORS_EACH, self._settings.errors_max - 1), monotonic()):
            self._wire.end(MALFORMED, "too many frames that were not understood")

    def _queue(self, frame: Frame) -> None:
        if len(self._waiting) >= WAITING_MAX:
            self._too_many()
        self._busy = True
        self._waiting.append(frame)
        self._work.set()

    def _frame_max(self) -> int:
        host = self.identity.role in HOSTS
        return self._settings.frame_max_host if host else self._settings.frame_max

    def _check_frames(self) -> None:
        if self._settings.pace and self._pace.wait("", "frame", FRAMES, monotonic()):
            self._too_many()

    def _too_many(self) -> NoReturn:
        self._wire.end(TOO_MANY, '{"retry_after": 5}')
        raise Malformed("frame.too_many", "Too many frames.")
