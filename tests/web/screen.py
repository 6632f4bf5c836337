"""Screen: what a client holds of one topic, merged exactly as the protocol says and no cleverer.

Of a kind of which it was not told all, it holds all from one record on and leaves out what is older; in the
topics there are, such records follow each other by `at` and id.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Records = dict[str, dict[str, Any]]


class Screen:
    """A merged copy of the records, and the position it stands at."""

    def __init__(self) -> None:
        self.at: tuple[int, str] | None = None
        self.resets = 0
        # every `state` frame as it came
        self.frames: list[Mapping[str, Any]] = []
        self._records: Records = {}
        # kind → the oldest it holds, where there are older ones
        self.begins: dict[str, tuple[int, str]] = {}

    def merge(self, frame: Mapping[str, Any]) -> None:
        self.frames.append(frame)
        if frame.get("reset"):
            self.resets += 1
            self._records.clear()
            self.begins.clear()
        for kind, oldest in frame.get("older", {}).items():
            self._records[kind] = {}
            self.begins[kind] = (frame["put"][kind][oldest]["at"], oldest)
        for kind, views in self.part(frame["put"]).items():
            self._records.setdefault(kind, {}).update(views)
        for kind, ids in frame["gone"].items():
            for id in ids:
                self._records.get(kind, {}).pop(id, None)
        self.at = (frame["at"][0], frame["at"][1])

    def turn_back(self, page: Mapping[str, Any], kind: str) -> None:
        """Take in older ones that were asked for."""
        self.begins.pop(kind, None)
        for older in filter(None, [page["older"].get(kind)]):
            self.begins[kind] = (page["put"][kind][older]["at"], older)
        self._records[kind] = page["put"][kind] | self.of(kind)

    def part(self, records: Mapping[str, Any]) -> Records:
        """What it holds of these, if it holds all there is from the oldest on that it has."""
        return {kind: part for kind, views in records.items() if (part := self._part(kind, views))}

    def _part(self, kind: str, views: Mapping[str, Any]) -> dict[str, Any]:
        begins = self.begins.get(kind)
        return {id: view for id, view in views.items() if not begins or (view["at"], id) >= begins}

    def is_like(self, other: Screen) -> bool:
        """Whether both show the same, of what both hold."""
        return self.part(other.records) == other.part(self.records)

    @property
    def records(self) -> Records:
        """Kind → id → view, without kinds of which there is nothing."""
        return {kind: views for kind, views in self._records.items() if views}

    def of(self, kind: str) -> dict[str, Any]:
        return self._records.get(kind, {})

    def texts(self) -> list[str]:
        """What the chat says, in the order it was said."""
        return [message["text"] for message in self.of("message").values()]
