"""Roles: who there is in a session, and who of them sees the same."""

from __future__ import annotations

from collections.abc import Mapping

from webinar_server.state import Audience, Role, Roles

HOSTS: frozenset[Role] = frozenset(("organiser", "host"))
LEADING: tuple[Role, ...] = (*sorted(HOSTS), "speaker")
"""Those whose names, and what they say of their part, are their own."""

AUDIENCES: tuple[Audience, ...] = ("host", "attendee", "stage")

ROLES = Roles(
    {"organiser": "host", "host": "host", "speaker": "attendee", "attendee": "attendee", "stage": "stage"},
    server="organiser",
    leading=HOSTS,
    screens=("stage",),
)
"""A speaker sees what attendees see; a stage is a screen."""

SCREEN = "stage"
"""By whose link all screens are here whose links hosts made, so that one act ends them; nobody else has this
id. Each screen has one of its own, so that limits by person are its own, too."""

PEOPLE: frozenset[Role] = ROLES.people

PAGE_OF_ROLE: Mapping[Role, str] = {
    "organiser": "host",
    "host": "host",
    "speaker": "session",
    "attendee": "session",
    "stage": "stage",
}
"""The first part of the path of the page that somebody's link opens."""


def led_by(role: Role) -> tuple[Role, ...]:
    """The roles of those whose names somebody of this one does not bear."""
    if role in HOSTS:
        return ()
    return tuple(sorted(HOSTS)) if role == "speaker" else LEADING


def audience_of(role: Role) -> Audience:
    """The class of viewers a role belongs to."""
    return ROLES.audience_of[role]
