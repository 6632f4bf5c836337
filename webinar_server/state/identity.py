"""Who somebody is, as a topic needs to know it. Where it comes from (a signed token, or a topic that lends
its people to others) is the business of the floors above."""

from __future__ import annotations

from typing import Any, NamedTuple

from webinar_server.state.card import Card, Profile
from webinar_server.state.roles import Role


class Permit(NamedTuple):
    """By what somebody may be here: a token issued then (Unix ms), for which of their devices, if any, by
    whose link, where it is not their own, and as what."""

    issued: int
    device: str
    link: str = ""
    role: Role = ""


class Identity(Profile, frozen=True, kw_only=True):
    """A person in one topic, as they came in. `expires` is Unix ms; `entered` says that they have been
    through the door.

    `device` is the browser whose cookie says so; a personal link names none, and used by a program is one by
    itself. `browser` and `system` say which kind of one. `link` is whose link they came by, where that is not
    their own. `week` is what a mission tells of its participant to those who lead a session of it. `home` is
    the topic whose people they are and that knows their `card`, and whether they may be `named` in the
    picture; empty where a token says all there is."""

    id: str
    role: Role
    topic: str
    entered: bool = False
    issued: int = 0
    expires: int = 0
    device: str = ""
    browser: str = ""
    system: str = ""
    link: str = ""
    week: dict[str, Any] | None = None
    home: str = ""
    card: Card | None = None
    named: bool = True

    @property
    def permit(self) -> Permit:
        return Permit(self.issued, self.device, self.link, self.role)

    @property
    def permit_at_home(self) -> Permit:
        """The same in the topic that lends them, which does not ask what they are elsewhere."""
        return Permit(self.issued, self.device)
