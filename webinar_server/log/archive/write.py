"""Writing an archive: a topic's whole history as a file, to read, keep, and restore into another engine.

    log ──▶ lines ──▶ FILE.jsonl ──▶ read.py, verified ──▶ restore.py ──▶ log of any engine
    log ──▶ document ──▶ FILE.json, for people and their tools

`jsonl` is one line a thing: a header, the snapshot the history begins with (if it does), then the entries.
An entry's fields are readable; where encoding them again would not give the very bytes its tag covers, they
follow as `body` (base64). So the chain of tags makes a file its own check.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any, Protocol

import msgspec

from webinar_server.errors import StorageError
from webinar_server.log import Snapshot, check_chain
from webinar_server.state import START, Position, Record, Sealed, State, chain, encode_body, unseal
from webinar_server.topics import about, find

FORMAT, DOCUMENT = "webinar-server export", "webinar-server document"
VERSION = 2
"""Of both formats below; 2 has entries with a salt."""

PAGE = 500
"""Entries in memory at a time."""

NAMED_MAX = 20
"""Topics listed to somebody who named none of them."""

Readable = dict[str, Any]
json = msgspec.json.Encoder(enc_hook=repr)
"""What JSON has no word for is told by its looks; `body` keeps what it is."""


class Source(Protocol):
    """The part of `Log` that is read."""

    async def topics(self) -> list[str]: ...

    async def head(self, topic: str) -> Position: ...

    async def base(self, topic: str) -> Position: ...

    async def snapshot(self, topic: str) -> Snapshot | None: ...

    async def read(self, topic: str, after: int, limit: int = 500) -> list[Sealed]: ...


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """First line of a file: its entries follow `base` and end `at`; when (Unix ms) and by which version."""

    format: str = FORMAT
    version: int = VERSION
    topic: str
    at: Position
    base: Position
    exported_at: int
    by: str


class SnapshotLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All records at a position: readable by kind, and as the log keeps them (`data`, under `digest`)."""

    at: Position
    records: Any
    digest: str
    data: bytes


class EntryLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One entry. `changes` are `[kind, id, record or null]`, `salt` is base64."""

    seq: int
    tag: str
    at: Any
    by: Any
    command: Any
    ref: Any
    result: Any
    changes: Any
    salt: bytes = b""
    body: bytes | None = None


class _Fields(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """An entry's bytes, of whatever kinds."""

    seq: Any
    at: Any
    by: Any
    command: Any
    ref: Any
    result: Any
    changes: Any
    salt: bytes = b""


class Taken:
    """A history as it stands at one moment; what is appended later is not part of it."""

    def __init__(self, source: Source, header: Header, snapshot: Snapshot | None) -> None:
        self.header = header
        self.snapshot = snapshot
        self._source = source

    async def pages(self) -> AsyncIterator[list[Sealed]]:
        """The entries from `base` to `at`. Raises StorageError where the log has them no more."""
        topic, at, end = self.header.topic, self.header.base, self.header.at
        self._check(at)
        while at != end:
            page = await self._source.read(topic, at.seq, min(PAGE, end.seq - at.seq))
            check_chain(topic, at, page)
            if not page:
                raise StorageError(f"the log of {topic} changed while it was exported; export it again")
            for entry in page:
                at = Position(entry.seq, entry.tag)
                self._check(at)
            yield page

    def _check(self, at: Position) -> None:
        """A snapshot that is not of this history would be found out only when it is restored."""
        if self.snapshot and self.snapshot.position.seq == at.seq and self.snapshot.position != at:
            raise StorageError(f"the snapshot of {self.header.topic} is of another history; restore a backup")


async def take(source: Source, topic: str, now: int, by: str) -> Taken:
    """What there is of a topic now (Unix ms). Raises StorageError where there is none, or only a part."""
    # in this order: the snapshot is never older than the base, and the head never older than the snapshot
    base = await source.base(topic)
    snapshot = await source.snapshot(topic) if base != START else None
    at = await source.head(topic)
    if at == START:
        raise StorageError(_unknown(topic, await source.topics()))
    if base != START and (snapshot is None or not base.seq <= snapshot.position.seq <= at.seq):
        raise StorageError(f"the log of {topic} has lost the snapshot it begins with; restore a backup")
    return Taken(source, Header(topic=topic, at=at, base=base, exported_at=now, by=by), snapshot)


async def lines(taken: Taken) -> AsyncIterator[bytes]:
    """Format `jsonl`: everything, to keep and to restore."""
    yield json.encode(taken.header) + b"\n"
    if taken.snapshot is not None:
        yield json.encode(snapshot_line(taken.header.topic, taken.snapshot)) + b"\n"
    async for page in taken.pages():
        yield b"".join(json.encode(entry_line(sealed)) + b"\n" for sealed in page)


async def document(taken: Taken) -> AsyncIterator[bytes]:
    """Format `json`: the records as they stand, by kind, and the entries that led there."""
    state = await state_of(taken)
    # what hosts see holds more than the record (a line's `hidden`), the record what they do not see
    records = _by_kind(state, lambda record: record.view("host") or {})
    head = {**msgspec.to_builtins(taken.header), "format": DOCUMENT, "records": records}
    yield json.encode(head)[:-1] + b',"entries":[\n'
    between = b""
    async for page in taken.pages():
        yield between + b",\n".join(json.encode(_readable(sealed, _fields(sealed))) for sealed in page)
        between = b",\n"
    yield b"\n]}\n"


def snapshot_line(topic: str, snapshot: Snapshot) -> SnapshotLine:
    """A snapshot as a line. Raises StorageError if it is none of such a topic."""
    state = State.load(about(topic).kinds, snapshot.data)
    return SnapshotLine(
        at=snapshot.position,
        records=_by_kind(state, lambda record: {}),
        digest=chain(snapshot.position.tag, snapshot.data),
        data=snapshot.data,
    )


def entry_line(sealed: Sealed) -> EntryLine:
    """An entry as a line, with its bytes where its fields alone would not give them back."""
    fields = _fields(sealed)
    line = EntryLine(**_readable(sealed, fields), salt=fields.salt)
    if body_of(msgspec.json.decode(json.encode(line), type=EntryLine)) == sealed.body:
        return line
    return msgspec.structs.replace(line, body=sealed.body)


def body_of(line: EntryLine) -> bytes:
    """The bytes that an entry's readable fields come to."""
    fields = (line.seq, line.at, line.by, line.command, line.ref, line.result, line.changes)
    return encode_body(fields, line.salt)


def _fields(sealed: Sealed) -> _Fields:
    """Raises StorageError for bytes that are no entry."""
    try:
        return msgspec.msgpack.decode(sealed.body, type=_Fields)
    except (msgspec.DecodeError, ValueError, TypeError) as error:
        raise StorageError(f"entry {sealed.seq} cannot be read ({error}); restore from a backup") from error


def _readable(sealed: Sealed, fields: _Fields) -> Readable:
    """What there is to read of an entry. Its salt is not: a document that was cut for others to read, of
    which the tags are left, must not let them try what was cut out.
    """
    return {
        "seq": sealed.seq,
        "tag": sealed.tag,
        "at": fields.at,
        "by": fields.by,
        "command": fields.command,
        "ref": fields.ref,
        "result": fields.result,
        "changes": fields.changes,
    }


def _by_kind(state: State, more: Callable[[Record], Readable]) -> dict[str, list[Readable]]:
    """All records, oldest change first, each with whatever is to be told besides its fields."""
    found: dict[str, list[Readable]] = {kind: [] for kind in state.kinds}
    for record in state.records():
        found[record.KIND].append(more(record) | msgspec.to_builtins(record))
    return found


async def state_of(taken: Taken) -> State:
    """All records as they are then, read entry by entry."""
    kinds = about(taken.header.topic).kinds
    state = State.load(kinds, taken.snapshot.data) if taken.snapshot else State(kinds)
    async for page in taken.pages():
        for sealed in page:
            if sealed.seq > state.position.seq:
                state.put(unseal(sealed, kinds), sealed.tag)
    return state


def _unknown(topic: str, topics: list[str]) -> str:
    kind = about(topic)
    there = [kind.id_of(found) for found in topics if find(found) is kind]
    some = ", ".join(there[:NAMED_MAX]) + (f" and {len(there) - NAMED_MAX} more" if there[NAMED_MAX:] else "")
    return f"there is no {kind.name} {kind.id_of(topic)!r}; " + (
        f"there are: {some}" if there else "there is none at all"
    )
