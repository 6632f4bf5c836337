"""Desk: a host's copy of the session, merged from `state` frames; all a host looks at, and no chat. Pure."""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]
KEPT = ("session", "person", "question", "poll", "stage")


class Desk:
    """Records by kind and id, as last told."""

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Record]] = {kind: {} for kind in KEPT}

    def merge(self, frame: dict[str, Any]) -> None:
        if frame.get("reset"):
            self.records = {kind: {} for kind in KEPT}
        for kind, records in frame.get("put", {}).items():
            if kind in self.records:
                self.records[kind].update(records)
        for kind, ids in frame.get("gone", {}).items():
            for id in ids:
                self.records.get(kind, {}).pop(id, None)

    @property
    def waiting(self) -> bool:
        """Whether the doors are still to be opened."""
        return any(session["state"] == "waiting" for session in self.records["session"].values())

    @property
    def stage(self) -> Record:
        return self.records["stage"].get("now", {})

    def questions(self, *states: str) -> list[tuple[str, Record]]:
        """In these states, the most supported first, then the oldest."""
        found = [(id, q) for id, q in self.records["question"].items() if q["state"] in states]
        return sorted(found, key=lambda item: (-item[1]["supporters"], item[1]["at"], item[0]))

    def poll(self, question: str, but: frozenset[str]) -> tuple[str, Record] | None:
        """The newest poll that asks this, leaving out some ids."""
        polls = self.records["poll"].items()
        found = [(id, poll) for id, poll in polls if poll["question"] == question and id not in but]
        return max(found, key=lambda item: item[1]["at"], default=None)

    def to_greet(self) -> list[str]:
        """Who is here and was not welcomed, in the order they came."""
        people = self.records["person"].items()
        new = [(p.get("since") or 0, id) for id, p in people if p.get("here") and not p.get("greeted")]
        return [id for _, id in sorted(new)]
