"""Seat: one person's place in one topic, by one connection.

A connection came for one topic, of which it is the viewer and the holder itself; in others it has a seat
beside that, with a part of its own there. Such a one is lost by itself, and the connection goes on.
"""

from __future__ import annotations

from collections.abc import Callable

from webinar_server.errors import Refusal
from webinar_server.live.room import Room
from webinar_server.live.telling.follower import Viewer
from webinar_server.state import Identity
from webinar_server.topics import about


class Seat:
    """As whom somebody is in a room."""

    __slots__ = ("identity", "room")

    def __init__(self, identity: Identity, room: Room) -> None:
        self.identity = identity
        self.room = room

    @property
    def counts(self) -> bool:
        """Whether this is somebody who may be here; a screen is nobody."""
        return self.identity.role in self.room.about.roles.people

    def renewed(self, identity: Identity) -> None:
        """They are known otherwise now, as the same part."""
        self.identity = identity
        if self.counts:
            self.room.presence.renewed(identity)

    def leave(self, for_good: bool = False) -> None:
        """They are gone from it, as far as this goes; `for_good` where they may not be there."""
        if self.counts:
            self.room.presence.went(self.identity, for_good)


class Followed(Seat):
    """One that is told of its room. `at_home` is theirs in the topic that lends them to this one, where they
    are by that."""

    __slots__ = ("at_home", "viewer")

    def __init__(self, identity: Identity, room: Room, viewer: Viewer) -> None:
        super().__init__(identity, room)
        self.viewer = viewer
        self.at_home: Seat | None = None

    def leave(self, for_good: bool = False) -> None:
        self.room.fanout.detach(self.viewer)
        super().leave(for_good)
        # they may go on there all the same
        if self.at_home is not None:
            self.at_home.leave()


class Beside:
    """A Viewer and a Holder of a topic that a connection did not come for. `lost` is called with why it may
    not go on there."""

    def __init__(
        self,
        connection: Viewer,
        identity: Identity,
        lost: Callable[[Refusal], None],
        renewed: Callable[[Identity], None],
    ) -> None:
        self.identity = identity
        self.person = identity.id
        self.audience = about(identity.topic).audience_of(identity)
        self.codec, self.deflates = connection.codec, connection.deflates
        self.write, self.offer, self.away = connection.write, connection.offer, connection.away
        self._lost, self._renewed = lost, renewed

    def end(self, refusal: Refusal) -> None:
        self._lost(refusal)

    def renewed(self, identity: Identity) -> None:
        """Who is something else now comes in anew, as that, and is told what they may see."""
        if identity.role != self.identity.role:
            self._lost(Refusal("token.role", "Your part in this has changed just now.", 0))
        else:
            self.identity = identity
            self._renewed(identity)
