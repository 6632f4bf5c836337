"""Roles: who there may be in a kind of topic, and who sees the same. A topic says it once, as a `Roles`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

Role: TypeAlias = str
"""What somebody is in a topic; it belongs to the topic, not to the person."""

Audience: TypeAlias = str
"""A class of viewers who may see the same."""


class Roles:
    """The roles of one kind of topic, each with the audience it belongs to.

    `leading` are those who lead it, `screens` the audiences in which there are no people: they own nothing
    and are never here. The server itself acts as `server`, one of the roles.
    """

    def __init__(
        self,
        audiences: Mapping[Role, Audience],
        *,
        server: Role,
        leading: Collection[Role] = (),
        screens: Collection[Audience] = (),
    ) -> None:
        self.audience_of = audiences
        self.server = server
        self.leading = frozenset(leading)
        self.audiences = tuple(dict.fromkeys(audiences.values()))
        self.owning = tuple(audience for audience in self.audiences if audience not in screens)
        """The audiences of people: their members may own records, and see those in a way of their own."""
        self.people = frozenset(role for role, audience in audiences.items() if audience in self.owning)
