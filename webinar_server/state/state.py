"""State: all records of a topic at one position, and for each the seq that last changed it, and for whom.

`since(seq)` answers everything a client can need: the first join (since 0), the live tick, the return
after a lost connection, the slow reader that skipped five ticks. Ten votes between two ticks are one new
version of the poll.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias, TypeVar

import msgspec

from webinar_server.errors import StorageError
from webinar_server.state.answers import Answer, Answered, Answers
from webinar_server.state.entry import START, Change, Entry, Position, decode_record, fault
from webinar_server.state.order import Order
from webinar_server.state.record import Kinds, Record
from webinar_server.state.roles import Audience
from webinar_server.state.sight import Sight, sight_after, sight_of_all
from webinar_server.state.snapshot import Dump, flat, kept_sight

R = TypeVar("R", bound=Record)
Key: TypeAlias = tuple[str, str]
"""Kind and id."""

TAGS_KEPT = 20_000
"""Positions a client can resume from; older ones get the whole state again."""

VERSION = 3
"""Of what `dump` writes; 2 did not say when answers were given, 1 not who saw what."""

TOMBSTONES_KEPT = 2_000
"""Records that went, of which those who come back are told; of more it is cheaper to be told all there is."""

_NONE: dict[str, Record] = {}


class State:
    """The records of one topic. Changed by `put` alone; everybody else reads."""

    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds
        self._owning = kinds.roles.owning
        self.position = START
        # by kind and id (ordered, as in `Answers`), and by what stands in each of their kind's indexes
        self._records = {kind: OrderedDict[str, Record]() for kind in kinds}
        self._indexed: dict[Key, dict[str, dict[str, Record]]] = defaultdict(dict)
        # those of a kind with a window, as they follow each other
        self._orders = {kind: Order(window.by) for kind, window in kinds.windows.items()}
        # (kind, id) → seq of its last change, in the order of change; a missing record is a tombstone
        self._changed: dict[Key, int] = {}
        # whose sight of a record changed when; without an entry all who may see it saw its last change
        self._sights: dict[Key, Sight] = {}
        # of kinds that can wait: when one last became what nobody should wait for
        self._hurried: dict[Key, int] = {}
        # person → the records they own
        self._owned: dict[str, dict[Key, None]] = {}
        # those that are missing, in the order they went
        self._tombstones: OrderedDict[Key, None] = OrderedDict()
        # recent positions, to check where a returning client stood
        self._tags: dict[int, str] = {0: ""}
        # a client at or below this seq may have missed a tombstone
        self.horizon = 0
        self._answers = Answers()

    def get(self, kind: type[R], id: str) -> R | None:
        return self._records[kind.KIND].get(id)  # type: ignore[return-value]

    def all(self, kind: type[R]) -> Iterable[R]:
        return self._records[kind.KIND].values()  # type: ignore[return-value]

    def of(self, kind: type[R], index: str, key: str) -> Iterable[R]:
        """The records of a kind that are found in one of its indexes: the questions by somebody."""
        if index not in kind.INDEXES:
            raise KeyError(f"{kind.__name__} has no index {index}")
        return self._indexed[kind.KIND, index].get(key, _NONE).values()  # type: ignore[return-value]

    def order(self, kind: str) -> Order:
        """The records of a kind that has a window."""
        return self._orders[kind]

    def owned(self, person: str) -> list[Record]:
        """The records somebody owns."""
        return [self._records[kind][id] for kind, id in self._owned.get(person, ())]

    def count(self, kind: type[Record]) -> int:
        return len(self._records[kind.KIND])

    def count_of(self, kind: type[Record], index: str, key: str) -> int:
        return len(self._indexed[kind.KIND, index].get(key, _NONE))

    def counts(self, kind: type[Record], index: str) -> dict[str, int]:
        """All that records of a kind are found by in one of its indexes, and how many."""
        return {key: len(found) for key, found in self._indexed[kind.KIND, index].items()}

    def answered(self, by: str, ref: str) -> Answered | None:
        return self._answers.get(by, ref)

    def answer(self, by: str, ref: str) -> Answer | None:
        answered = self.answered(by, ref)
        return None if answered is None else answered.answer

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

    def sight(self, kind: str, id: str) -> Sight:
        """Since when who sees of a record, or of one that is gone, what they see."""
        if (sight := self._sights.get((kind, id))) is not None:
            return sight
        record = self._records[kind].get(id)
        return {} if record is None else sight_of_all(record, self._changed[kind, id], self._owning)

    def seen_since(self, kind: str, id: str, audience: Audience) -> int:
        """The seq at which an audience's sight of a record last changed, 0 if it never saw any of it."""
        sight = self._sights.get((kind, id))
        if sight is None:
            return self._changed[kind, id] if audience in self.kinds[kind].SEEN_BY else 0
        return sight.get((audience, ""), 0)

    def hurried(self, kind: str, id: str) -> int:
        """The seq at which news of a record last were to be told without waiting, 0 if they never were."""
        return self._hurried.get((kind, id), 0)

    def knows(self, position: Position) -> bool:
        """Whether a client that stood at `position` can be brought up to date by `since`."""
        return self._tags.get(position.seq) == position.tag and position.seq >= self.horizon

    def tag(self, seq: int) -> str | None:
        """The tag at a recent seq of this history; `None` if it is too old, or not there yet."""
        return self._tags.get(seq)

    def _put_change(self, change: Change, seq: int) -> None:
        kind, id, record = change
        before = self._records[kind].get(id)
        if record is not None and before is not None and record.UNHURRIED and record.hurries(before):
            self._hurried[kind, id] = seq
        self._place(change, seq, sight_after(before, record, self.sight(kind, id), seq, self._owning))

    def _place(self, change: Change, seq: int, sight: Sight) -> None:
        """Put a record, or a tombstone, where its old version was."""
        kind, id, record = change
        key = (kind, id)
        self._take_out(key)
        if record is None:
            return self._bury(key, seq, sight)
        self._changed[key] = seq
        if sight != sight_of_all(record, seq, self._owning):
            self._sights[key] = sight
        self._records[kind][id] = record
        if kind in self._orders:
            self._orders[kind].add(record)
        for index in record.INDEXES:
            for found in record.keys(index):
                self._indexed[kind, index].setdefault(found, {})[id] = record
        for owner in record.owners:
            self._owned.setdefault(owner, {})[key] = None

    def _take_out(self, key: Key) -> None:
        kind, id = key
        for kept in (self._changed, self._sights, self._tombstones):
            kept.pop(key, None)
        before = self._records[kind].pop(id, None)
        if before is None:
            return
        if kind in self._orders:
            self._orders[kind].drop(before)
        for index in before.INDEXES:
            for found in before.keys(index):
                listed = self._indexed[kind, index]
                del listed[found][id]
                if not listed[found]:
                    del listed[found]
        for owner in before.owners:
            del self._owned[owner][key]

    def _bury(self, key: Key, seq: int, sight: Sight) -> None:
        """That it is gone is kept for those who saw it."""
        self._hurried.pop(key, None)
        if sight:
            self._changed[key], self._sights[key], self._tombstones[key] = seq, sight, None
        if len(self._tombstones) > TOMBSTONES_KEPT:
            oldest = next(iter(self._tombstones))
            self.horizon = self._changed[oldest]
            self._take_out(oldest)

    def _remember(self, entry: Entry, tag: str) -> None:
        self._tags[entry.seq] = tag
        self._tags.pop(entry.seq - TAGS_KEPT, None)
        self._answers.add(entry, tag)

    # snapshots

    def dump(self) -> bytes:
        """The whole state as msgpack: what a snapshot holds."""
        kept = [
            (kind, id, seq, self._records[kind].get(id), flat(self._sights.get((kind, id))))
            for (kind, id), seq in self._changed.items()
        ]
        answers, commands = [each[:4] for each in self._answers], [each.command for each in self._answers]
        return msgspec.msgpack.encode(
            (self.position, self.horizon, kept, answers, list(self._tags.items()), VERSION, commands)
        )

    @classmethod
    def load(cls, kinds: Kinds, data: bytes) -> State:
        """The inverse of `dump`. Raises StorageError for bytes that are not a snapshot of these kinds."""
        state = cls(kinds)
        try:
            dump = msgspec.msgpack.decode(data, type=Dump)
            for kept in dump.records:
                record = decode_record(kept.record, kinds[kept.kind])
                change = Change(kept.kind, kept.id, record)
                state._place(change, kept.seq, kept_sight(kept, record, kinds.roles.owning))
        except (msgspec.DecodeError, KeyError) as error:
            raise StorageError(
                f"a snapshot cannot be read ({fault(error)}); restore from a backup"
            ) from error
        state.position, state.horizon = dump.position, dump.horizon
        dump.load_answers(state._answers)
        state._tags = dict(dump.tags)
        if dump.version < 2:
            # who saw what before it is not known: whoever comes back from there starts anew
            state.horizon = dump.position.seq
        return state

    def records(self) -> Iterator[Record]:
        """Every record, oldest change first."""
        for kind, id in self._changed:
            record = self._records[kind].get(id)
            if record is not None:
                yield record
