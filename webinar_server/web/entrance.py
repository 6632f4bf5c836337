"""Entrance: whom a room is shown to, by whatever way they ask."""

from __future__ import annotations

from webinar_server.clock import monotonic
from webinar_server.errors import Refusal, StorageError
from webinar_server.limits import JOINS_AHEAD
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.state import Identity, Position
from webinar_server.topics import about


async def let_in(hub: Hub, identity: Identity, topic: str) -> Room:
    """A topic's room. Raises Refusal where somebody may not see it, and StorageError."""
    if topic != identity.topic:
        raise Refusal("topic.forbidden", "Your link is for another one.")
    room = await hub.room(topic, identity.id)
    if room is None:
        raise Refusal("topic.unknown", f"There is no such {about(topic).name} (any more).")
    hub.standing.refuse_ended(identity)
    room.presence.refuse_when_full(identity)
    return room


async def let_in_again(hub: Hub, identity: Identity, topic: str, seq: int) -> Room:
    """The room of somebody who is in, no older than what they have seen at another worker. Raises Refusal,
    also where they never came in, and StorageError."""
    room = await let_in(hub, identity, topic)
    await _reach(hub, room, identity, seq)
    room.presence.refuse_absent(identity)
    return room


async def _reach(hub: Hub, room: Room, identity: Identity, seq: int) -> None:
    """Be no older than what somebody has seen at another worker. Raises Refusal `position.ahead` where the
    log is not as far, `pace.pages` where it is asked often, and StorageError where it cannot be asked."""
    if seq > room.state.position.seq:
        rates = {"joins ahead": JOINS_AHEAD}
        text = "A little slower, please; it stays where it is."
        hub.worker.pace.require(identity.id, rates, monotonic(), "pace.pages", text)
        await room.mirror.reach(Position(seq, ""))
    if hub.worker.asleep(monotonic()):
        raise StorageError("this worker is not as far")
    if seq > room.state.position.seq:
        raise Refusal("position.ahead", "Nothing is as far as `at`; join anew, and give what you are told.")
