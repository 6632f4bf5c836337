"""Commands: the commands and reactions of one connection, from a frame to the room and back to an answer."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Any, Protocol

from webinar_server import metrics, security
from webinar_server.clock import fresh_id, monotonic, now_ms
from webinar_server.errors import Refusal
from webinar_server.limits import PULSE
from webinar_server.live.committing import Outcome, Request
from webinar_server.live.hub import Hub
from webinar_server.state import Actor
from webinar_server.topics import find
from webinar_server.web.socket.frames import Do, Pulse
from webinar_server.web.socket.seat import Seat

Tell = Callable[[dict[str, Any]], None]


class Seats(Protocol):
    """Where somebody may speak, and as whom."""

    def seat(self, topic: str) -> Seat:
        """Raises Refusal where it is none of theirs."""


class Commands:
    """What one person asks for; each command is answered once, `answered` is called after each."""

    def __init__(self, hub: Hub, seats: Seats, tell: Tell, answered: Callable[[], None]) -> None:
        self.unanswered = 0
        self._worker = hub.worker
        self._seats = seats
        self._tell = tell
        self._answered = answered

    def do(self, frame: Do) -> None:
        try:
            seat = self._seats.seat(frame.topic)
            identity, room = seat.identity, seat.room
            answered = room.state.answered(identity.id, frame.ref)
            if answered is not None:
                known = answered.again(frame.command)
                # after the news it is about, which may still wait for their turn
                self.unanswered += 1
                room.fanout.notify(lambda: self._came(frame, known, repeated=True))
                return
            command = room.about.parse(frame.command, frame.args)
            who = identity.id, identity.role
            self._worker.pace.check_command(room.about, *who, frame.command, monotonic())
        except Refusal as refusal:
            self._answer(frame, refusal)
            return
        self.unanswered += 1
        reply = partial(self._came, frame)
        room.submit(Request(_actor(seat), frame.ref, command, reply, identity.permit))

    def pulse(self, frame: Pulse) -> None:
        """A reaction, which is not answered. Raises Refusal."""
        seat = self._seats.seat(frame.topic)
        identity, room = seat.identity, seat.room
        reaction = room.about.check_reaction(frame.reaction)
        if room.about.reacts(room.state, identity.role):
            if not self._worker.pace.wait(identity.id, "pulse", PULSE, monotonic()):
                room.react(reaction)

    def _came(self, frame: Do, outcome: Outcome, repeated: bool = False) -> None:
        self.unanswered -= 1
        self._answer(frame, outcome, repeated)
        self._answered()

    def _answer(self, frame: Do, outcome: Outcome, repeated: bool = False) -> None:
        about = find(frame.topic)
        _count(about.commands if about else (), frame.command, outcome, repeated)
        if isinstance(outcome, Refusal):
            self._tell({"op": "refused", "ref": frame.ref, **outcome.told()})
        else:
            self._tell({"op": "done", "ref": frame.ref, "at": outcome[:2], "result": outcome.result})


def _actor(seat: Seat) -> Actor:
    identity, room = seat.identity, seat.room
    # a cookie may have been made before they said what they are called
    me = room.state.get(room.about.attendance.record, identity.id)
    name = me.name if me else identity.name
    return Actor(id=identity.id, name=name, role=identity.role, at=now_ms(), fresh=fresh_id())


def _count(known: Collection[str], command: str, outcome: Outcome, repeated: bool) -> None:
    """A command was answered. Clients may send any word, but no word of theirs becomes a label."""
    word = "repeated" if repeated else "refused" if isinstance(outcome, Refusal) else "done"
    metrics.COMMANDS.labels(command if command in known else "unknown", word).inc()
    if isinstance(outcome, Refusal):
        metrics.REFUSALS.labels(outcome.code).inc()
        security.refused(outcome.code)
