"""Who somebody is, as the rooms need to know it. Where it comes from (a signed token for now, a mission's
participants later) is the business of the floor above."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from webinar_server.session.people import OrganisationKind
from webinar_server.state import Audience, Role, audience_of

PAGE_OF_ROLE: Mapping[Role, str] = {
    "organiser": "host",
    "host": "host",
    "speaker": "session",
    "attendee": "session",
    "stage": "stage",
}
"""The first part of the path of the page that somebody's link opens."""


class Permit(NamedTuple):
    """By what somebody may be here: a token issued then (Unix ms), and for which of their devices, if any."""

    issued: int
    device: str


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """A person in one session. `expires` is Unix ms; `entered` says they have been through the door.

    `device` is whose token it is, where it is a browser's; `browser` and `system` say which kind of one.
    `link` is whose link they came by, where that is not their own.
    """

    id: str
    name: str
    role: Role
    session: str
    organisation: str = ""
    kind: OrganisationKind = "other"
    country: str = ""
    say_as: str = ""
    entered: bool = False
    issued: int = 0
    expires: int = 0
    device: str = ""
    browser: str = ""
    system: str = ""
    link: str = ""

    @property
    def permit(self) -> Permit:
        return Permit(self.issued, self.device)

    @property
    def audience(self) -> Audience:
        return audience_of(self.role)

    @property
    def topic(self) -> str:
        return f"session/{self.session}"
