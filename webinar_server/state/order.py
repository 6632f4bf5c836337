"""Order: the records of one kind as they follow each other, by a field and their ids.

The same on every worker and after every restart, whatever became of a record since: one that was hidden and
brought back stands where it stood.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from itertools import islice
from operator import attrgetter
from typing import Any

from webinar_server.state.record import Record


class Order:
    """Oldest first."""

    def __init__(self, field: str) -> None:
        self.key = attrgetter(field, "id")
        self._records: list[Record] = []

    def add(self, record: Record) -> None:
        insort(self._records, record, key=self.key)

    def drop(self, record: Record) -> None:
        """One that was added."""
        del self._records[self._place(record)]

    def back(self, before: Record | None = None) -> Iterator[Record]:
        """All before one, or all there are; the newest first."""
        after = 0 if before is None else len(self._records) - self._place(before)
        return islice(reversed(self._records), after, None)

    def _place(self, record: Record) -> int:
        key: Any = self.key(record)
        return bisect_left(self._records, key, key=self.key)
