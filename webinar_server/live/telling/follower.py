"""Followers: the connections that a room tells, and where each of them stands."""

from __future__ import annotations

from typing import Protocol

from webinar_server.live.telling.codec import Codec
from webinar_server.live.telling.views import Lens
from webinar_server.state import Audience


class Viewer(Protocol):
    """A connection as a room sees it."""

    person: str
    audience: Audience
    codec: Codec
    deflates: bool
    """Whether it takes compressed frames."""

    def write(self, frame: bytes) -> None:
        """Hand a ready frame to the transport; never blocks."""

    def offer(self, frame: bytes) -> bool:
        """The same, unless it has not got rid of what it was given before; tells whether it took it."""

    def away(self) -> None:
        """What it was told may be out of date: it is to leave and come back."""


class Follower:
    """One viewer's place in one room."""

    __slots__ = ("calm", "deflates", "lens", "offer", "person", "seq", "viewer")

    def __init__(self, viewer: Viewer, lens: Lens, seq: int) -> None:
        self.viewer = viewer
        # at hand, since each flush comes by here
        self.offer, self.person, self.deflates = viewer.offer, viewer.person, viewer.deflates
        self.lens = lens
        # up to where it was told what is told at once, and what nobody waits for
        self.seq = seq
        self.calm = lens.calm.at
