"""Entrance: whom a room is shown to, by whatever way they ask; and who they are there, where a topic lends
its people to others."""

from __future__ import annotations

from webinar_server.clock import monotonic, now_ms
from webinar_server.errors import Refusal, StorageError, TokenError
from webinar_server.limits import JOINS_AHEAD
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.state import Identity, Position
from webinar_server.topics import find


async def let_in(hub: Hub, identity: Identity, topic: str) -> Room:
    """A topic's room. Raises Refusal where somebody may not see it, TokenError, and StorageError."""
    return (await seated(hub, identity, topic))[1]


async def seated(hub: Hub, identity: Identity, topic: str) -> tuple[Identity, Room]:
    """The same, and who they are in it."""
    if topic != identity.topic:
        identity = await known(hub, identity, topic)
    if topic != identity.topic:
        raise _forbidden()
    room = await hub.room(topic, identity.id)
    if room is None:
        raise _unknown(topic)
    hub.standing.refuse_ended(identity)
    room.presence.refuse_when_full(identity)
    return identity, room


async def let_in_again(hub: Hub, identity: Identity, topic: str, seq: int) -> Room:
    """The room of somebody who is in, no older than what they have seen at another worker. Raises Refusal,
    also where they never came in, and StorageError."""
    return (await seated_again(hub, identity, topic, seq))[1]


async def seated_again(hub: Hub, identity: Identity, topic: str, seq: int) -> tuple[Identity, Room]:
    """The same, and who they are in it."""
    identity, room = await seated(hub, identity, topic)
    await reach(hub, room, identity, seq)
    room.presence.refuse_absent(identity)
    return identity, room


def is_lent(identity: Identity) -> bool:
    """Whether it is a topic that knows who they are, and no token."""
    home = find(identity.home or identity.topic)
    return home is not None and home.lends is not None


async def known(hub: Hub, identity: Identity, topic: str = "") -> Identity:
    """Somebody as their home knows them: there, or in a topic that borrows its people. Who is whole in a
    token stays who they are. Raises Refusal, TokenError and StorageError."""
    if not is_lent(identity):
        return identity
    home = identity.home or identity.topic
    if await hub.room(home, identity.id) is None:
        raise _unknown(home)
    # what there is besides is not told to who may not see it
    if topic and await hub.room(topic, identity.id) is None:
        raise _forbidden()
    found = known_now(hub, identity, topic)
    if found is None:
        raise StorageError("a room was closed just now; ask again")
    return found


def known_now(hub: Hub, identity: Identity, topic: str = "") -> Identity | None:
    """The same without waiting; `None` where it takes a room that is not open here."""
    if not is_lent(identity):
        return identity
    home = identity.home or identity.topic
    topic = topic or home
    room, there = _open(hub, home), _open(hub, topic)
    if room is None or there is None:
        return None
    if topic != home and there.about.home_of(there.state) != home:
        raise _forbidden()
    refusal = room.about.ends.ended(room.state, identity.id, identity.permit_at_home)
    if refusal is not None:
        raise refusal
    assert room.about.lends is not None
    found = room.about.lends.known(room.state, identity, topic)
    if found.expires < now_ms():
        raise TokenError("token.expired", "This link has expired; please ask the organiser for a new one.")
    hub.standing.refuse_ended(found)
    return found


def _open(hub: Hub, topic: str) -> Room | None:
    room = hub.worker.rooms.get(topic)
    return None if room is None or room.mirror.unreadable else room


def _forbidden() -> Refusal:
    return Refusal("topic.forbidden", "Your link is for another one.")


def _unknown(topic: str) -> Refusal:
    kind = find(topic)
    return Refusal("topic.unknown", f"There is no such {kind.name if kind else 'topic'} (any more).")


async def reach(hub: Hub, room: Room, identity: Identity, seq: int) -> None:
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
