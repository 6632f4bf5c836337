"""Joining: the topics one connection has joined, and what joining takes.

Taking the state and becoming a viewer of it happen in one piece, without an `await` between them; all that
may have to wait (a room to open, the log to catch up with, a turn for the whole state) comes before.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import Any

from webinar_server import security
from webinar_server.clock import monotonic
from webinar_server.errors import Refusal, StorageError, TokenError
from webinar_server.limits import JOIN_BYTES, JOINS, JOINS_AHEAD, TOPICS_EACH, WHOLE, Rate
from webinar_server.live.hub import Hub
from webinar_server.live.pace import Pace
from webinar_server.live.room import Room
from webinar_server.live.telling.follower import Viewer
from webinar_server.state import Identity, Position
from webinar_server.web.entrance import known, seated
from webinar_server.web.socket.admission import Admission
from webinar_server.web.socket.frames import Join
from webinar_server.web.socket.seat import Beside, Followed, Seat


class Overloaded(Exception):
    """A join cannot have its turn in time; the connection should come back later."""


class Joining:
    """The seats of one connection, by topic. `identity` is as whom it came, for one of them."""

    def __init__(self, hub: Hub, admission: Admission, connection: Viewer, identity: Identity) -> None:
        self._hub = hub
        self._admission = admission
        self._connection = connection
        self._identity = identity
        self._seats: dict[str, Followed] = {}
        self._pace = Pace(hub.worker.settings.pace)

    async def join(self, frame: Join) -> None:
        """Follow a topic from a position, or from nothing. Raises Refusal, StorageError or Overloaded."""
        topic = frame.topic
        identity, room = await self._live(topic)
        self._refuse_more(topic)
        self._refuse_too_many(JOINS, "joins")
        at = frame.position(identity.role)
        if at is not None and at.seq > room.state.position.seq:
            # seen at another worker, of which ours has not heard yet
            self._refuse_too_many(JOINS_AHEAD, "joins ahead")
            await room.mirror.reach(at)
        if at is None or not room.fanout.knows(at):
            await self._wait_for_turn()
        # asked again: while we waited the room may have been opened anew, or they became something else
        identity, room = await self._live(topic)
        await self._follow(room, identity, frame.position(identity.role))

    async def _follow(self, room: Room, identity: Identity, at: Position | None) -> None:
        topic = room.topic
        before = self._seats.get(topic)
        viewer = before.viewer if before else self._viewer(identity)
        sent = room.fanout.attach(viewer, at)
        self._hub.worker.pace.spend(identity.id, "bytes of joins", JOIN_BYTES, sent, monotonic())
        if before is None:
            seat = self._seats[topic] = Followed(identity, room, viewer)
            if isinstance(viewer, Beside):
                self._hub.standing.add(viewer)
            if seat.counts:
                await room.presence.came(identity)
                await self._be_at_home(seat)

    def _viewer(self, identity: Identity) -> Viewer:
        """Who is told of a topic: the connection itself of that which it came for."""
        topic = identity.topic
        if topic == self._identity.topic:
            return self._connection
        you = {"id": identity.id, "name": identity.name, "role": identity.role}
        self._tell({"op": "seat", "topic": topic, "you": you})
        return Beside(self._connection, identity, partial(self._lost, topic), partial(self._renew, topic))

    async def _be_at_home(self, seat: Followed) -> None:
        """Who is in a topic that borrows them is in their home, too, as long as it can be read."""
        if seat.identity.home in ("", seat.room.topic):
            return
        with suppress(Refusal, TokenError, StorageError):
            identity = await known(self._hub, seat.identity, seat.identity.home)
            # they may have left while that waited
            if self._seats.get(seat.room.topic) is seat:
                home = self._hub.worker.rooms[identity.topic]
                home.presence.came_to_borrower(identity)
                seat.at_home = Seat(identity, home)

    def renewed(self, identity: Identity) -> None:
        """They are known otherwise now in what the connection came for."""
        self._identity = identity
        self._renew(identity.topic, identity)

    def _renew(self, topic: str, identity: Identity) -> None:
        if topic in self._seats:
            self._seats[topic].renewed(identity)

    def _lost(self, topic: str, refusal: Refusal) -> None:
        """They may not be there any more, or are something else: the rest of the connection goes on."""
        if topic in self._seats:
            # who is something else comes in anew
            self.leave(topic, for_good=refusal.retry_after is None)
            self._tell({"op": "error", "topic": topic, **refusal.told()})

    def leave(self, topic: str, for_good: bool = False) -> None:
        seat = self._seats.pop(topic, None)
        if seat is not None:
            seat.leave(for_good)
            if isinstance(seat.viewer, Beside):
                self._hub.standing.remove(seat.viewer)

    def leave_all(self, for_good: bool = False) -> None:
        for topic in list(self._seats):
            self.leave(topic, for_good)

    def seat(self, topic: str) -> Seat:
        """That in a topic which was joined. Raises Refusal `topic.not_joined`."""
        seat = self._seats.get(topic)
        if seat is None:
            raise Refusal("topic.not_joined", "Join this topic first.")
        return seat

    def told(self) -> dict[str, Position]:
        """Where each topic stands for this connection, without those in which it is behind."""
        told = {topic: seat.room.fanout.told(seat.viewer) for topic, seat in self._seats.items()}
        return {topic: at for topic, at in told.items() if at}

    def notify(self) -> None:
        """The connection can take more again."""
        for seat in self._seats.values():
            seat.room.fanout.notify()

    async def _live(self, topic: str) -> tuple[Identity, Room]:
        try:
            return await seated(self._hub, self._identity, topic)
        except TokenError as error:
            raise Refusal(error.code, error.text) from error

    def _tell(self, message: dict[str, Any]) -> None:
        self._connection.write(self._connection.codec.frame(message))

    def _refuse_more(self, topic: str) -> None:
        if topic not in self._seats and len(self._seats) >= TOPICS_EACH:
            security.exceeded("topics of a connection")
            raise Refusal("topic.too_many", f"One connection follows {TOPICS_EACH} topics at most.")

    def _refuse_too_many(self, rate: Rate, name: str) -> None:
        """By the person, over all their connections. Raises Refusal `pace.join`."""
        rates = {name: rate, "bytes of joins": JOIN_BYTES}
        text = "You come back very often; please wait."
        self._hub.worker.pace.require(self._identity.id, rates, monotonic(), "pace.join", text)

    async def _wait_for_turn(self) -> None:
        now, text = monotonic(), "You have all of it; go on from where you are."
        self._pace.require("", {"whole": WHOLE}, now, "pace.join", text)
        turn = self._admission.turn(now)
        if turn is None:
            raise Overloaded
        if turn:
            await asyncio.sleep(turn)
