"""Draft: a copy-on-write view of a state on which commands run, one after another, before anything is kept.

Each command of a batch sees what the ones before it changed. `keep` ends a command that succeeded and
returns its changes; `forget` drops what a refused one had put, so a refusal leaves no trace.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from webinar_server.errors import Refusal
from webinar_server.state.entry import Change
from webinar_server.state.record import Record
from webinar_server.state.state import State

R = TypeVar("R", bound=Record)
Key = tuple[str, str]

_NOTHING: dict[str, Record | None] = {}


def unknown(kind: type[Record]) -> Refusal:
    """What is told of a record that is not there."""
    return Refusal(f"{kind.KIND}.unknown", f"There is no such {kind.KIND} here (any more).")


class Turn(NamedTuple):
    """A record as it was and as it is; `None` where it is not there."""

    before: Record | None
    after: Record | None


class Draft:
    """What a batch of commands reads and writes."""

    def __init__(self, state: State) -> None:
        self.kinds = state.kinds
        self.roles = state.kinds.roles
        self._state = state
        # what the commands before this one changed, by kind and id, and what this one changed so far
        self._kept: dict[str, dict[str, Record | None]] = {}
        self._step: dict[Key, Record | None] = {}
        # where records were put by any command of it, so where they may be found besides
        self._indexed: dict[tuple[str, str, str], dict[str, None]] = {}
        # how many records of a kind the draft added or dropped, kept and in this step
        self._grown: Counter[str] = Counter()
        self._step_grown: Counter[str] = Counter()

    def get(self, kind: type[R], id: str) -> R | None:
        key = (kind.KIND, id)
        return self._step[key] if key in self._step else self._before(*key)  # type: ignore[return-value]

    def need(self, kind: type[R], id: str) -> R:
        """The record, or a Refusal `KIND.unknown`."""
        record = self.get(kind, id)
        if record is None:
            raise unknown(kind)
        return record

    def all(self, kind: type[R]) -> Iterator[R]:
        """Every record of a kind, as this draft sees them, by their ids: in the same order however many
        commands were decided on it before."""
        seen = {record.id: record for record in self._state.all(kind)} | self._kept.get(kind.KIND, _NOTHING)
        seen |= {id: record for (of, id), record in self._step.items() if of == kind.KIND}
        yield from (record for _, record in sorted(seen.items()) if record is not None)  # type: ignore[misc]

    def of(self, kind: type[R], index: str, key: str) -> Iterator[R]:
        """The records found in one of their kind's indexes, as this draft sees them, by their ids."""
        found = {record.id for record in self._state.of(kind, index, key)}
        found |= self._indexed.get((kind.KIND, index, key), {}).keys()
        for id in sorted(found):
            record = self.get(kind, id)
            if record is not None and key in record.keys(index):
                yield record

    def count(self, kind: type[R]) -> int:
        """How many records of a kind there are, without looking at each."""
        return self._state.count(kind) + self._grown[kind.KIND] + self._step_grown[kind.KIND]

    def oldest(self, kind: type[R]) -> R | None:
        """The record of a kind that has gone unchanged for longest, among those the draft left alone."""
        return next(self._alone(self._state.all(kind)), None)

    def oldest_of(self, kind: type[R], index: str, key: str, beyond: int) -> R | None:
        """The same of those in an index, where there were more than `beyond` before the draft."""
        if self._state.count_of(kind, index, key) <= beyond:
            return None
        return next(self._alone(self._state.of(kind, index, key)), None)

    def follows(self, kind: type[Record], moment: int) -> int:
        """`moment` (Unix ms), or just after the newest of a kind with a window: its records follow each other
        as they were decided, within one millisecond and whatever the clocks of two workers say."""
        mine = reversed(self._kept.get(kind.KIND, _NOTHING).values())
        new = (record for record in mine if record and self._state.get(kind, record.id) is None)
        order = self._state.order(kind.KIND)
        newest = next(chain(new, order.back()), None)
        return moment if newest is None else max(moment, order.key(newest)[0] + 1)

    def _alone(self, records: Iterable[R]) -> Iterator[R]:
        for record in records:
            if record.id not in self._kept.get(record.KIND, _NOTHING):
                if (record.KIND, record.id) not in self._step:
                    yield record

    def put(self, record: Record) -> None:
        if self.get(type(record), record.id) is None:
            self._step_grown[record.KIND] += 1
        self._step[record.KIND, record.id] = record
        for index in record.INDEXES:
            for key in record.keys(index):
                self._indexed.setdefault((record.KIND, index, key), {})[record.id] = None

    def drop(self, record: Record) -> None:
        self._step_grown[record.KIND] -= 1
        self._step[record.KIND, record.id] = None

    def make_room(self, there: Iterable[R], most: int, age: Callable[[R], Any]) -> None:
        """For one more where at most so many may be: the first of these by their age goes."""
        kept = list(there)
        if len(kept) >= most:
            self.drop(min(kept, key=age))

    def changes(self) -> tuple[Change, ...]:
        """What the command has put and dropped so far."""
        return tuple(Change(kind, id, record) for (kind, id), record in self._step.items())

    def turns(self) -> tuple[Turn, ...]:
        """The same, beside what was there before the command."""
        return tuple(Turn(self._before(kind, id), record) for (kind, id), record in self._step.items())

    def keep(self, changes: tuple[Change, ...] | None = None) -> tuple[Change, ...]:
        """What the command changed holds for the next ones of this draft; `changes` for who asked already."""
        changes = self.changes() if changes is None else changes
        for kind, id, record in changes:
            self._kept.setdefault(kind, {})[id] = record
        self._grown.update(self._step_grown)
        self.forget()
        return changes

    def forget(self) -> None:
        self._step = {}
        self._step_grown.clear()

    def _before(self, kind: str, id: str) -> Record | None:
        kept = self._kept.get(kind, _NOTHING)
        return kept[id] if id in kept else self._state.get(self._state.kinds[kind], id)
