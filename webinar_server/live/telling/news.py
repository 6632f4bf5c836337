"""News: what changed since somebody was told, as views that are encoded already, but for what one owns."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple, TypeAlias

from webinar_server.state import Record

Own: TypeAlias = Collection[tuple[str, str, bytes | None]]
"""kind, id and encoded view of what one person sees differently; `None`: not any more."""


class News(NamedTuple):
    """What changed: for all of an audience, and for each who sees something differently. Of kinds in `older`
    it is all that they are to hold."""

    put: dict[str, dict[str, bytes]]
    gone: dict[str, list[str]]
    owned: dict[str, list[tuple[str, str, Record | None]]]
    older: dict[str, str]


def split(own: Own) -> tuple[dict[str, dict[str, bytes]], dict[str, list[str]]]:
    """What a person's own news put, and what they take away."""
    put: dict[str, dict[str, bytes]] = {}
    gone: dict[str, list[str]] = {}
    for kind, id, view in own:
        if view is None:
            gone.setdefault(kind, []).append(id)
        else:
            put.setdefault(kind, {})[id] = view
    return put, gone
