"""What one guest's client knows of its mission, of what is theirs alone, and what of it is news. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from webinar_server.client.copy import Change, Copy, Record
from webinar_server.demo.watch import Accepted, News, Proposed, Written

KEPT = ("lead", "conversation", "meeting")
DOES = frozenset(("ask_contact", "write", "accept_meeting"))
"""Commands of a guest that go to the mission."""


class Home(Copy):
    """One guest's copy, and what they make of a change in it."""

    def __init__(self) -> None:
        super().__init__(KEPT)

    def news(self, changes: Iterable[Change], fresh: bool) -> list[News]:
        """What was there before they came is none."""
        if fresh:
            return []
        return [news for change in changes if change.after for news in _about(change, change.after)]


def _about(change: Change, after: Record) -> Iterator[News]:
    before = change.before or {}
    if change.kind == "lead" and not before and after.get("asked"):
        yield Accepted(after.get("name", ""), after["whom"])
    if change.kind == "conversation" and (last := after["last"]) and last != before.get("last"):
        if last["by"] == after["whom"]:
            yield Written(last["text"], after["whom"])
    if change.kind == "meeting" and after["state"] == "proposed" and not after["mine"]:
        if after["times"] != before.get("times"):
            yield Proposed(change.id, after["times"][0])
