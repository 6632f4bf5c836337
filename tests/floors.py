"""Which floor every part of the package is on, and which rooms of its floor each room may know."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "webinar_server"

FLOORS = {
    "": 0,  # the package itself: its version
    "state": 0,
    "errors": 0,
    "settings": 0,
    "limits": 0,
    "limits_of_newcomers": 0,
    "limits_of_contacts": 0,
    "limits_of_meetings": 0,
    "limits_of_reports": 0,
    "limits_of_conversations": 0,
    "clock": 0,
    "metrics": 0,
    "logs": 0,
    "seldom": 0,
    "security": 0,
    "tasks": 2,
    "words": 1,
    "session": 1,
    "mission": 1,  # to come
    "topics": 1,
    "sheets": 2,
    "documents": 2,
    "calendar": 2,
    "vcard": 2,
    "log": 2,
    "live": 3,
    "web": 4,
    "post": 4,
    "serve": 5,
    "cli": 6,
    "client": 6,
    "demo": 6,
    "__main__": 6,
}

ROOMS: dict[str, set[str]] = {
    "log/sqlite": set(),
    "log/redis": set(),
    "log/archive": set(),
    "live/telling": set(),
    "web/who": set(),
    "web/http": {"web/who"},
    "web/mission": {"web/who", "web/http"},
    "web/socket": {"web/who", "web/http"},
}
"""Rooms inside a floor, and which other rooms of it each knows. What lies on the floor itself may know them
all; of that a room knows only what knows no room."""
