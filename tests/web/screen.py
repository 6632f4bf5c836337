"""Screen: what a client holds of one topic, merged exactly as the protocol says and no cleverer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Screen:
    """A merged copy of the records, and the position it stands at."""

    def __init__(self) -> None:
        self.at: tuple[int, str] | None = None
        self.resets = 0
        # every `state` frame as it came
        self.frames: list[Mapping[str, Any]] = []
        self._records: dict[str, dict[str, Any]] = {}

    def merge(self, frame: Mapping[str, Any]) -> None:
        self.frames.append(frame)
        if frame.get("reset"):
            self.resets += 1
            self._records.clear()
        for kind, views in frame["put"].items():
            self._records.setdefault(kind, {}).update(views)
        for kind, ids in frame["gone"].items():
            for id in ids:
                self._records.get(kind, {}).pop(id, None)
        self.at = (frame["at"][0], frame["at"][1])

    @property
    def records(self) -> dict[str, dict[str, Any]]:
        """Kind → id → view, without kinds of which there is nothing."""
        return {kind: views for kind, views in self._records.items() if views}

    def of(self, kind: str) -> dict[str, Any]:
        return self._records.get(kind, {})

    def texts(self) -> list[str]:
        """What the chat says, in the order it was said."""
        return [message["text"] for message in self.of("message").values()]
