"""Roles: who there is in a mission. Whoever leads or speaks in one of its sessions is named by its slot."""

from __future__ import annotations

from typing import Literal

from webinar_server.state import Audience, Role, Roles

MissionRole = Literal["organiser", "participant"]

ORGANISERS: frozenset[Role] = frozenset(("organiser",))

AUDIENCES: tuple[Audience, ...] = ("organiser", "participant")

ROLES = Roles(
    {"organiser": "organiser", "participant": "participant"}, server="organiser", leading=ORGANISERS
)
