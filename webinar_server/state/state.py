"""State: all records of a topic at one position, and for each the seq that last changed it.

`since(seq)` answers everything a client can need: the first join (since 0), the live tick, the return
after a lost connection, the slow reader that skipped five ticks. Ten votes between two ticks are one new
version of the poll.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

import msgspec

from webinar_server.errors import StorageError
from webinar_server.state.entry import START, Change, Entry, Position, decode_record, fault
from webinar_server.state.record import Record

R = TypeVar("R", bound=Record)

TAGS_KEPT = 20_000
"""Positions a client can resume from; older ones get the whole state again."""

TOMBSTONES_KEPT = 5_000
ANSWERS_KEPT = 200
"""Answers remembered for each person, to answer a repeated ref instead of acting twice."""


class Answer(NamedTuple):
    """What a committed command was answered."""

    seq: int
    tag: str
    result: dict[str, Any]


class State:
    """The records of one topic. Changed by `put` alone; everybody else reads."""

    def __init__(self, kinds: Mapping[str, type[Record]]) -> None:
        self.kinds = kinds
        self.position = START
        # records by kind and id, and by group (the votes of a poll) where the kind has one
        self._records: dict[str, dict[str, Record]] = {kind: {} for kind in kinds}
        self._groups: dict[tuple[str, str], dict[str, Record]] = {}
        # (kind, id) → seq of its last change, in the order of change; a missing record is a tombstone
        self._changed: dict[tuple[str, str], int] = {}
        # those that are missing, in the order they went
        self._tombstones: dict[tuple[str, str], None] = {}
        # recent positions, to check where a returning client stood
        self._tags: dict[int, str] = {0: ""}
        # a client at or below this seq may have missed a tombstone
        self.horizon = 0
        # person → ref → answer
        self._answers: dict[str, dict[str, Answer]] = {}

    def get(self, kind: type[R], id: str) -> R | None:
        return self._records[kind.KIND].get(id)  # type: ignore[return-value]

    def all(self, kind: type[R]) -> Iterable[R]:
        return self._records[kind.KIND].values()  # type: ignore[return-value]

    def of(self, kind: type[R], group: str) -> Iterable[R]:
        """The records of a kind that belong to one group: the votes of a poll."""
        return self._groups.get((kind.KIND, group), {}).values()  # type: ignore[return-value]

    def count(self, kind: type[Record]) -> int:
        return len(self._records[kind.KIND])

    def answer(self, by: str, ref: str) -> Answer | None:
        return self._answers.get(by, {}).get(ref)

    def put(self, entry: Entry, tag: str) -> None:
        """Apply a committed entry. Facts cannot be refused, so this cannot fail."""
        for change in entry.changes:
            self._put_change(change, entry.seq)
        self.position = Position(entry.seq, tag)
        self._remember(entry, tag)

    def since(self, seq: int) -> list[Change]:
        """All records that changed after `seq`, latest version each, oldest change first."""
        news = []
        for (kind, id), changed in reversed(self._changed.items()):
            if changed <= seq:
                break
            record = self._records[kind].get(id)
            if record is not None or seq > 0:
                news.append(Change(kind, id, record))
        news.reverse()
        return news

    def knows(self, position: Position) -> bool:
        """Whether a client that stood at `position` can be brought up to date by `since`."""
        return self._tags.get(position.seq) == position.tag and position.seq >= self.horizon

    def tag(self, seq: int) -> str | None:
        """The tag at a recent seq of this history; `None` if it is too old, or not there yet."""
        return self._tags.get(seq)

    def _put_change(self, change: Change, seq: int) -> None:
        kind, id, record = change
        key = (kind, id)
        before = self._records[kind].pop(id, None)
        self._changed.pop(key, None)
        self._changed[key] = seq
        self._tombstones.pop(key, None)
        if before is not None and before.group is not None:
            self._groups[kind, before.group].pop(id, None)
        if record is None:
            self._bury(key)
            return
        self._records[kind][id] = record
        if record.group is not None:
            self._groups.setdefault((kind, record.group), {})[id] = record

    def _bury(self, key: tuple[str, str]) -> None:
        self._tombstones[key] = None
        if len(self._tombstones) > TOMBSTONES_KEPT:
            oldest = next(iter(self._tombstones))
            del self._tombstones[oldest]
            self.horizon = self._changed.pop(oldest)

    def _remember(self, entry: Entry, tag: str) -> None:
        self._tags[entry.seq] = tag
        self._tags.pop(entry.seq - TAGS_KEPT, None)
        if entry.ref:
            answers = self._answers.setdefault(entry.by, {})
            answers[entry.ref] = Answer(entry.seq, tag, entry.result)
            if len(answers) > ANSWERS_KEPT:
                del answers[next(iter(answers))]

    # snapshots

    def dump(self) -> bytes:
        """The whole state as msgpack: what a snapshot holds."""
        return msgspec.msgpack.encode(
            (
                self.position,
                self.horizon,
                [(kind, id, seq, self._records[kind].get(id)) for (kind, id), seq in self._changed.items()],
                self._answers,
                list(self._tags.items()),
            )
        )

    @classmethod
    def load(cls, kinds: Mapping[str, type[Record]], data: bytes) -> State:
        """The inverse of `dump`. Raises StorageError for bytes that are not a snapshot of these kinds."""
        state = cls(kinds)
        try:
            position, horizon, records, state._answers, tags = msgspec.msgpack.decode(data, type=_Dump)
            for kind, id, seq, raw in records:
                state._put_change(Change(kind, id, decode_record(raw, kinds[kind])), seq)
        except (msgspec.DecodeError, KeyError) as error:
            raise StorageError(
                f"a snapshot cannot be read ({fault(error)}); restore from a backup"
            ) from error
        state.position, state.horizon, state._tags = position, horizon, dict(tags)
        return state

    def records(self) -> Iterator[Record]:
        """Every record, oldest change first."""
        for kind, id in self._changed:
            record = self._records[kind].get(id)
            if record is not None:
                yield record


_Dump = tuple[
    Position,
    int,
    list[tuple[str, str, int, msgspec.Raw]],
    dict[str, dict[str, Answer]],
    list[tuple[int, str]],
]
