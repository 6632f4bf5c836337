"""Copy: what a client holds of one topic, and the position it stands at."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any, NamedTuple, TypeAlias

Frame: TypeAlias = dict[str, Any]
Record: TypeAlias = dict[str, Any]

HALF = [0, "half"]
"""Where a copy stands that was told what everybody sees, and not yet what is its owner's."""


class Change(NamedTuple):
    """One record as it was, and as it is: `before` is None for a new one, `after` for one that is gone."""

    kind: str
    id: str
    before: Record | None
    after: Record | None


class Copy:
    """The records of a topic by kind and id, of all kinds or only some.

    Records may be shared with other copies in the process that were told the same, so nobody changes them. Of
    a kind of which there is more than was told (`docs/wire.md`, older records) it holds all from one on.
    """

    def __init__(self, kinds: Container[str] | None = None) -> None:
        self.at: list[Any] | None = None
        # whether all there is was told, at some time
        self.is_whole = False
        self._kinds = kinds
        self._records: dict[str, dict[str, Record]] = {}
        # kind → the place of the oldest that is held, where there are older ones
        self._begins: dict[str, tuple[int, str]] = {}

    def of(self, kind: str) -> Mapping[str, Record]:
        """All records of a kind, by id."""
        return self._records.get(kind, {})

    def get(self, kind: str, id: str) -> Record | None:
        return self.of(kind).get(id)

    def keep(self, kind: str, records: dict[str, Record]) -> dict[str, Record]:
        """Which of these are kept; a copy of another class may be choosier."""
        return records if self._kinds is None or kind in self._kinds else {}

    def is_all(self, kind: str) -> bool:
        """Whether it holds all there is of a kind, and not the newest alone."""
        return kind not in self._begins

    def merge(self, frame: Frame) -> list[Change]:
        """Take over a `state` frame; what changed by it, of the kinds that are kept.

        After a `reset`, or where there is more of a kind than was told, what was there before counts as
        `before`, but what is no more there is not told.
        """
        old = dict(self._records)
        if frame.get("reset"):
            self._records, self._begins = {}, {}
        for kind, oldest in frame.get("older", {}).items():
            self._records.pop(kind, None)
            self._begins[kind] = _place(oldest, frame["put"][kind][oldest])
        changes: list[Change] = []
        for kind, records in frame["put"].items():
            if kept := self.keep(kind, self._held(kind, records)):
                were = old.get(kind, {})
                changes += [Change(kind, id, were.get(id), record) for id, record in kept.items()]
                self._records.setdefault(kind, {}).update(kept)
        for kind, ids in frame["gone"].items():
            for id in ids:
                before = self._records.get(kind, {}).pop(id, None)
                changes += [Change(kind, id, before, None)] if before is not None else []
        self.at = frame["at"]
        self.is_whole = self.at != HALF
        return changes

    def _held(self, kind: str, records: dict[str, Record]) -> dict[str, Record]:
        """Those that leave no hole between them and the rest."""
        begins = self._begins.get(kind)
        if begins is None:
            return records
        return {id: record for id, record in records.items() if _place(id, record) >= begins}


def _place(id: str, record: Record) -> tuple[int, str]:
    return record["at"], id
