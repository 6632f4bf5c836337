"""Ids that people choose: of sessions and missions. They stand in addresses and are said aloud. Pure."""

from __future__ import annotations

import re

ID_MAX = 60

_ID = re.compile(rf"[a-z0-9](?:[a-z0-9-]{{0,{ID_MAX - 2}}}[a-z0-9])?", re.ASCII)


def is_id(id: str) -> bool:
    """Whether it is up to 60 small letters, digits and dashes."""
    return _ID.fullmatch(id) is not None
