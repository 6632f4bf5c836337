"""Paging: records of a kind with a window, a page at a time from the newest back, as somebody sees them.

What a joiner is told is the first page; older ones are asked for by the oldest that one has. So whoever holds
pages in a row holds all there is for them to see from their oldest record on, and what changes later reaches
them like everybody, since it changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

from webinar_server.limits import PAGE_MAX
from webinar_server.live.telling.codec import JSON
from webinar_server.state import Audience, Record, State, sees
from webinar_server.state.draft import unknown

V = TypeVar("V")


class Page(NamedTuple, Generic[V]):
    """Views by id, oldest first; `older` is the first of them if there are more before it, else `None`."""

    views: dict[str, V]
    older: str | None


def page(
    state: State, kind: str, see: Callable[[Record], V | None], count: int, before: Record | None = None
) -> Page[V]:
    """The newest `count` that can be seen, of all before one or of all there are."""
    found: list[tuple[str, V]] = []
    for record in state.order(kind).back(before):
        view = see(record)
        if view is None:
            continue
        if len(found) == count:
            return Page(dict(reversed(found)), found[-1][0])
        found.append((record.id, view))
    return Page(dict(reversed(found)), None)


def asked_page(
    state: State, kind: str, audience: Audience, person: str, before: str | None, count: int, seq: int = 0
) -> bytes:
    """What somebody is answered who asks for a page, as JSON. Raises Refusal `KIND.unknown` where they cannot
    see the record they start from.

    `seq` is how far they said they are. They are told that and not how far the log is, which would say when
    something happened that they do not see."""

    def see(record: Record) -> dict[str, Any] | None:
        return sees(record, audience, person)

    begin = None if before is None else state.get(state.kinds[kind], before)
    if before is not None and (begin is None or see(begin) is None):
        raise unknown(state.kinds[kind])
    found = page(state, kind, see, max(1, min(count, PAGE_MAX)), begin)
    older = {} if found.older is None else {kind: found.older}
    return JSON.view({"at": [seq, ""], "put": {kind: found.views}, "older": older})
