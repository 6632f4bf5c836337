"""Reading an archive: a file of the format `jsonl`, read back and verified line by line (write.py wrote it).

An entry counts only if its bytes have the tag of the chain, are an entry of its topic, and say what its
readable fields say; the end only if it is where the header said. So neither damage nor a slip of an editor
passes.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TypeVar

import msgspec

from webinar_server import limits
from webinar_server.errors import StorageError
from webinar_server.log import Snapshot
from webinar_server.log.archive.write import (
    FORMAT,
    VERSION,
    EntryLine,
    Header,
    SnapshotLine,
    body_of,
    entry_line,
    json,
    snapshot_line,
)
from webinar_server.state import START, Position, Record, Sealed, State, chain, unseal
from webinar_server.topics import about, find

T = TypeVar("T")


@contextmanager
def opened(path: Path, called: str = "") -> Iterator[Archive]:
    """A file to be read, under the name it is `called` by. Raises StorageError if it cannot be, or is not
    an export.
    """
    called = called or str(path)
    try:
        with path.open("rb") as file:
            encoding = _encoding(file)
            yield Archive(called, _lines(file, encoding), again=encoding is not None)
    except OSError as error:
        raise StorageError(f"{called} cannot be read ({error.strerror})") from error


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"{\0", "utf-16-le"),
    (b"\0{", "utf-16-be"),
)
"""How a file begins that was written again by another program, as Windows PowerShell does for `>`."""

AGAIN = (
    "another program wrote it again in an encoding of its own, as Windows PowerShell does for `>`, and "
    "changed letters; export with --output instead"
)


def _encoding(file: BinaryIO) -> str | None:
    """Another than ours, told by the first bytes."""
    begin = file.read(4)
    file.seek(0)
    return next((encoding for mark, encoding in _MARKS if begin.startswith(mark)), None)


def _lines(file: BinaryIO, encoding: str | None) -> Callable[[int], bytes]:
    """Reads a line, or so much of it, as UTF-8; empty at the end. What is no text raises UnicodeError."""
    if encoding is None:
        return file.readline
    text = io.TextIOWrapper(file, encoding, newline="\n")
    return lambda most: text.readline(most).encode()


def not_an_export(called: str) -> StorageError:
    return StorageError(f"{called} is not an export in the format jsonl; only those are restored")


class _Format(msgspec.Struct, frozen=True):
    """What a first line must say before anything else is read."""

    format: str
    version: int


class Archive:
    """An open file, read once from its beginning to its end; what is wrong is told with its line."""

    def __init__(self, called: str, readline: Callable[[int], bytes], again: bool = False) -> None:
        self._path = called
        self._readline = readline
        self._advice = AGAIN if again else "take another copy of it"
        self._line = 0
        self.header = self._header()
        self._about = about(self.header.topic)
        self.snapshot = self._snapshot() if self.header.base != START else None

    def __iter__(self) -> Iterator[Sealed]:
        at = self._reached(self.header.base)
        while raw := self._next(limits.EXPORT_ENTRY_MAX):
            sealed = self._entry(raw, at)
            at = self._reached(Position(sealed.seq, sealed.tag))
            yield sealed
        if at != self.header.at:
            self._damaged(f"it ends at entry {at.seq}, but was exported up to {self.header.at.seq}")

    def _next(self, most: int) -> bytes:
        """The next line, which has so many bytes at most."""
        raw = self._read(most + 1)
        if len(raw) > most:
            self._damaged(f"the line has more than {most} bytes")
        return raw

    def _read(self, most: int) -> bytes:
        """The next line, or so much of it."""
        self._line += 1
        try:
            return self._readline(most)
        except UnicodeError:
            self._damaged("this is no text")

    def _header(self) -> Header:
        raw = self._read(limits.EXPORT_HEADER_MAX)
        try:
            found = msgspec.json.decode(raw, type=_Format)
        except (msgspec.DecodeError, ValueError):
            found = _Format("", 0)
        if found.format != FORMAT:
            raise not_an_export(self._path)
        if found.version > VERSION:
            raise StorageError(
                f"{self._path} was exported by a newer webinar-server (export version {found.version}, this "
                f"program reads {VERSION}); update webinar-server, nothing was changed"
            )
        header = self._decoded(raw, Header)
        if find(header.topic) is None:
            self._damaged(f"{header.topic[:40]!r} is nothing that is kept here")
        return header

    def _snapshot(self) -> Snapshot:
        line = self._decoded(self._next(limits.EXPORT_SNAPSHOT_MAX), SnapshotLine)
        inside = self.header.base.seq <= line.at.seq <= self.header.at.seq
        if chain(line.at.tag, line.data) != line.digest or not inside:
            self._damaged("this snapshot is not what was exported")
        snapshot = Snapshot(line.at, line.data)
        with self._understood():
            state, same = State.load(self._about.kinds, line.data), snapshot_line(self.header.topic, snapshot)
        self._check_same(line, same)
        self._check_topic(state.all(self._about.itself))
        return snapshot

    def _entry(self, raw: bytes, parent: Position) -> Sealed:
        line = self._decoded(raw, EntryLine)
        with self._understood():
            body = body_of(line) if line.body is None else line.body
        if line.seq != parent.seq + 1 or line.tag != chain(parent.tag, body):
            self._damaged("this entry is not what was exported, or does not follow the one before")
        sealed = Sealed(line.seq, line.tag, body)
        with self._understood():
            entry, same = unseal(sealed, self._about.kinds), entry_line(sealed)
        self._check_same(line, same)
        self._check_topic(change.record for change in entry.changes)
        return sealed

    def _reached(self, at: Position) -> Position:
        """The snapshot's own digest says nothing about the history it belongs to; the chain does."""
        snapshot = self.snapshot
        if snapshot is not None and snapshot.position.seq == at.seq and snapshot.position != at:
            self._damaged("the snapshot on line 2 is of another history")
        return at

    def _check_same(self, line: SnapshotLine | EntryLine, same: SnapshotLine | EntryLine) -> None:
        """Where bytes are carried beside fields, both must say the same."""
        if not _agrees(*(msgspec.json.decode(json.encode(each)) for each in (line, same))):
            self._damaged("its fields are not what was exported")

    def _check_topic(self, records: Iterable[Record | None]) -> None:
        """No tag covers the header: it may not give one topic's history to another."""
        for record in records:
            if isinstance(record, self._about.itself):
                topic = self._about.topic(record.id)
                if topic != self.header.topic:
                    self._damaged(f"this is of {topic}, line 1 says {self.header.topic[:80]}")

    def _decoded(self, raw: bytes, kind: type[T]) -> T:
        try:
            return msgspec.json.decode(raw, type=kind)
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            self._damaged(str(error))

    @contextmanager
    def _understood(self) -> Iterator[None]:
        """Whole, but of what this version does not know: perhaps a newer one wrote it."""
        try:
            yield
        except (StorageError, ValueError, TypeError, OverflowError, RecursionError) as error:
            self._damaged(f"{error}; webinar-server {self.header.by[:20]} exported it")

    def _damaged(self, reason: str) -> NoReturn:
        raise StorageError(
            f"{self._path} is damaged at line {self._line} ({' '.join(reason.split())}); "
            f"{self._advice}, nothing was changed"
        )


def _agrees(said: Any, there: Any) -> bool:
    """Whether all that is said is there; an older version knew fewer kinds and fields of records."""
    if isinstance(said, dict) and isinstance(there, dict):
        return all(key in there and _agrees(value, there[key]) for key, value in said.items())
    if isinstance(said, list) and isinstance(there, list):
        return len(said) == len(there) and all(map(_agrees, said, there))
    return bool(said == there)
