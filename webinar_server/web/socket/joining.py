"""Joining: the topics one connection has joined, and what joining takes.

Taking the state and becoming a viewer of it happen in one piece, without an `await` between them; all that
may have to wait (a room to open, the log to catch up with, a turn for the whole state) comes before.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from webinar_server.clock import monotonic
from webinar_server.errors import Refusal, StorageError, TokenError
from webinar_server.limits import JOIN_BYTES, JOINS, JOINS_AHEAD, WHOLE, Rate
from webinar_server.live.hub import Hub
from webinar_server.live.pace import Pace
from webinar_server.live.room import Room
from webinar_server.live.telling.follower import Viewer
from webinar_server.state import Identity, Position
from webinar_server.topics import about
from webinar_server.web.entrance import known, let_in
from webinar_server.web.socket.admission import Admission


class Overloaded(Exception):
    """A join cannot have its turn in time; the connection should come back later."""


class Joining:
    """The rooms one viewer hears, by topic."""

    def __init__(self, hub: Hub, admission: Admission, viewer: Viewer, identity: Identity) -> None:
        self._hub = hub
        self._admission = admission
        self._viewer = viewer
        self._identity = identity
        self._rooms: dict[str, Room] = {}
        # by a topic that borrows somebody: their home, and as whom they are there
        self._homes: dict[str, tuple[Room, Identity]] = {}
        # whether this is somebody who may be here; a screen is nobody
        self._counts = identity.role in about(identity.topic).roles.people
        self._pace = Pace(hub.worker.settings.pace)

    async def join(self, topic: str, at: Position | None) -> None:
        """Follow a topic from a position, or from nothing. Raises Refusal, StorageError or Overloaded."""
        room = await self._live(topic)
        self._refuse_too_many(JOINS, "joins")
        if at is not None and at.seq > room.state.position.seq:
            # seen at another worker, of which ours has not heard yet
            self._refuse_too_many(JOINS_AHEAD, "joins ahead")
            await room.mirror.reach(at)
        if at is None or not room.fanout.knows(at):
            await self._wait_for_turn()
        # asked again: while we waited the room may have been opened anew
        room = await self._live(topic)
        sent = room.fanout.attach(self._viewer, at)
        self._hub.worker.pace.spend(self._identity.id, "bytes of joins", JOIN_BYTES, sent, monotonic())
        if topic not in self._rooms:
            self._rooms[topic] = room
            if self._counts:
                await room.presence.came(self._identity)
                await self._be_at_home(topic)

    async def _be_at_home(self, topic: str) -> None:
        """Who is in a topic that borrows them is in their home, too, as long as it can be read."""
        if self._identity.home in ("", topic):
            return
        with suppress(Refusal, TokenError, StorageError):
            identity = await known(self._hub, self._identity)
            # they may have left while that waited
            if topic in self._rooms:
                home = self._hub.worker.rooms[identity.topic]
                home.presence.came_to_borrower(identity)
                self._homes[topic] = (home, identity)

    def renewed(self, identity: Identity) -> None:
        """They are known otherwise now."""
        self._identity = identity
        if self._counts:
            for room in self._rooms.values():
                room.presence.renewed(identity)

    def leave(self, topic: str) -> None:
        room = self._rooms.pop(topic, None)
        if room is not None:
            room.fanout.detach(self._viewer)
            if self._counts:
                room.presence.went(self._identity)
            home, identity = self._homes.pop(topic, (None, self._identity))
            if home is not None:
                home.presence.went(identity)

    def leave_all(self) -> None:
        for topic in list(self._rooms):
            self.leave(topic)

    def room(self, topic: str) -> Room:
        """The room of a topic that was joined. Raises Refusal `topic.not_joined`."""
        room = self._rooms.get(topic)
        if room is None:
            raise Refusal("topic.not_joined", "Join this topic first.")
        return room

    def told(self) -> dict[str, Position]:
        """Where each topic stands for this viewer, without those in which it is behind."""
        told = {topic: room.fanout.told(self._viewer) for topic, room in self._rooms.items()}
        return {topic: at for topic, at in told.items() if at}

    def notify(self) -> None:
        """The viewer can take more again."""
        for room in self._rooms.values():
            room.fanout.notify()

    async def _live(self, topic: str) -> Room:
        return await let_in(self._hub, self._identity, topic)

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
