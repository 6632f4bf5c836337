"""Connection: one WebSocket or stream of one person, between what carries it and the rooms.

It has no task of its own: `received` runs in the protocol's data callback, and a command goes from bytes to
the room's inbox in it. Only a join may have to wait (`joining.py` says for what): it starts a task, and
what comes after it on the same socket waits its turn in `_waiting`, until the task has worked it off.

Sent away (1012, with when to come back), it reads no more, hears what its commands came to, and is closed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from webinar_server.clock import monotonic, now_ms
from webinar_server.errors import Malformed, Refusal, StorageError
from webinar_server.limits import ERRORS_EACH, Rate
from webinar_server.live.hub import Hub
from webinar_server.live.pace import Pace
from webinar_server.live.telling.codec import Codec
from webinar_server.state import Identity
from webinar_server.topics import about, ends_of
from webinar_server.web.socket import closing
from webinar_server.web.socket.admission import BUSY, SOON, Admission, jitter
from webinar_server.web.socket.behind import Behind, Crowded
from webinar_server.web.socket.commands import Commands
from webinar_server.web.socket.frames import Do, Frame, Join, Leave, Ping, Pulse, decode
from webinar_server.web.socket.joining import Joining, Overloaded
from webinar_server.web.socket.liveness import Liveness
from webinar_server.web.socket.receiver import Wire

LAST_ANSWERS = 0.5
"""Seconds somebody sent away may still wait for what they asked before; they ask again elsewhere."""


class Connection:
    """One socket of one person, which they hold; a Viewer to its rooms. `over` is called as it left them."""

    def __init__(
        self,
        hub: Hub,
        admission: Admission,
        wire: Wire,
        identity: Identity,
        codec: Codec,
        over: Callable[[Connection], None] = lambda connection: None,
    ) -> None:
        self.identity = identity
        self.person = identity.id
        kind = about(identity.topic)
        self.audience = kind.audience_of(identity)
        self._ends = ends_of(identity)
        self.codec = codec
        self._worker, self._settings = hub.worker, hub.worker.settings
        self._wire, self._outlet, self.deflates = wire, wire.outlet, wire.deflates
        self._outlet.high_water = self._settings.high_water
        # no way round by a method of ours: this is what is called most
        self.offer = self._outlet.offer
        self._joining = Joining(hub, admission, self, identity)
        self._commands = Commands(hub, self._joining, self._tell, self._go_if_done)
        self._over = over
        self.turn = 0  # in which sweep it is looked after
        self._waiting: Behind | None = None  # frames behind a join, while there is one
        self._open = True
        # the code and reason to close with, once we were sent away or are ended
        self._parting: tuple[int, str] | None = None
        self._pace = Pace(enabled=True)
        self._frame_max = self._settings.frame_max_of(identity.role in kind.roles.leading)
        self._liveness = Liveness(wire, self._settings, self._beat)

    # a Viewer

    def write(self, frame: bytes) -> None:
        if self._worker.asleep(monotonic()):
            self._end_stale()
        else:
            self._outlet.write(frame)

    def away(self) -> None:
        self._end_stale()

    # a Receiver

    def received(self, data: bytes, text: bool) -> None:
        """A message came in; runs to its end without waiting."""
        if self._parting is not None:
            return
        if self._worker.asleep(monotonic()):
            self._end_stale()
            return
        try:
            if self._waiting is not None:
                self._waiting.add(data, text)
            else:
                self._take(decode(data, text, self._frame_max))
        except Crowded:
            self._wire.end(closing.TOO_MANY, closing.come_back(5))
        except Malformed as error:
            self._error(error.code, error.text)

    def drained(self) -> None:
        self._joining.notify()

    def send_away(self, retry_after: float) -> None:
        """Close once what was asked is answered. Nothing more is read: it is repeated elsewhere."""
        self._part(closing.RESTARTING, closing.come_back(retry_after))

    def end(self, refusal: Refusal) -> None:
        """Nothing more is read or told, but that what is under way is refused; then it is closed for good."""
        self._joining.leave_all(for_good=True)
        self._part(*closing.final(refusal.code))

    def renewed(self, identity: Identity) -> None:
        """Who is something else now comes in anew, as that, and is told what they may see."""
        if identity.role != self.identity.role:
            self._joining.leave_all()
            self.send_away(0)
        else:
            self.identity = identity
            self._joining.renewed(identity)

    def hello(self) -> None:
        """The first thing it is told."""
        you = {"id": self.identity.id, "name": self.identity.name, "role": self.identity.role}
        self._tell({"op": "hello", "protocol": 1, "you": you, "beat": self._settings.beat, "now": now_ms()})

    def lost(self) -> None:
        """The socket is closed; what came in by it is done all the same."""
        if self._open:
            self._open = False
            if self._waiting is None:
                self._end()

    def tick(self, now: float) -> None:
        """Called every few seconds: an end for who is expired, never reads or is not there; else beats."""
        if self.identity.expires < now_ms():
            self._wire.end(*closing.final("token.expired"))
        elif not self._liveness.calm(now):
            if self._worker.asleep(now):
                self._end_stale()
            else:
                self._liveness.check(now)

    def _beat(self) -> bytes:
        return self.codec.frame({"op": "beat", "at": self._joining.told(), "now": now_ms()})

    async def _work_off(self, first: Join, waiting: Behind) -> None:
        try:
            await self._join(first)
            while message := waiting.next():
                await self._in_turn(*message)
        except Exception:
            self._wire.transport.abort()
            raise
        finally:
            self._waiting = None
            if self._open:
                self._go_if_done()
            else:
                self._end()

    def _end(self) -> None:
        self._joining.leave_all()
        self._over(self)

    # frames

    def _handle(self, frame: Frame) -> None:
        match frame:
            case Do():
                self._commands.do(frame)
            case Pulse():
                self._pulse(frame)
            case Ping():
                self._tell({"op": "pong"})
            case Leave():
                self._joining.leave(frame.topic)

    async def _join(self, frame: Join) -> None:
        try:
            await self._joining.join(frame)
        except Refusal as refusal:
            if refusal.code != "pace.join":
                self._joining.leave(frame.topic)
            if refusal.code in self._ends and frame.topic == self.identity.topic:
                self.end(refusal)
            else:
                self._error(refusal.code, refusal.text, refusal.retry_after, frame.topic)
        except Overloaded:
            self._wire.end(closing.OVERLOADED, closing.come_back(jitter(BUSY)), closing.GOODBYE)
        except StorageError:
            # no fault of theirs, so it is not counted
            text = "This cannot be read at the moment; please try again."
            self._tell({"op": "error", "topic": frame.topic, "code": "log.unavailable", "text": text})

    def _pulse(self, frame: Pulse) -> None:
        try:
            self._commands.pulse(frame)
        except Refusal as refusal:
            self._error(refusal.code, refusal.text)

    def _tell(self, message: dict[str, Any]) -> None:
        self.write(self.codec.frame(message))

    def _error(self, code: str, text: str, retry_after: float | None = None, topic: str = "") -> None:
        more = {"topic": topic, "retry_after": retry_after}
        known = {name: value for name, value in more.items() if value not in ("", None)}
        self._tell({"op": "error", "code": code, "text": text, **known})
        if self._pace.wait("", "error", Rate(ERRORS_EACH, self._settings.errors_max - 1), monotonic()):
            self._wire.end(closing.MALFORMED, "too many frames that were not understood")

    def _go_if_done(self) -> None:
        if self._parting is not None and not self._commands.unanswered and self._waiting is None:
            self._go()

    def _part(self, code: int, reason: str) -> None:
        if self._parting is None:
            self._parting = (code, reason)
            if self._commands.unanswered or self._waiting is not None:
                asyncio.get_running_loop().call_later(LAST_ANSWERS, self._go)
            else:
                self._go()

    def _go(self) -> None:
        if self._parting is not None:
            self._wire.end(*self._parting, closing.GOODBYE)

    def _end_stale(self) -> None:
        """This process was stopped for long: what it holds may be old, so it is neither told nor added to."""
        self._parting = (closing.RESTARTING, closing.come_back(jitter(SOON)))
        self._go()

    def _take(self, frame: Frame) -> None:
        if isinstance(frame, Join):
            self._waiting = Behind()
            self._worker.tasks.start("join", self._work_off(frame, self._waiting))
        else:
            self._handle(frame)

    async def _in_turn(self, data: bytes, text: bool) -> None:
        try:
            frame = decode(data, text, self._frame_max)
        except Malformed as error:
            self._error(error.code, error.text)
            return
        if isinstance(frame, Join):
            await self._join(frame)
        else:
            self._handle(frame)
