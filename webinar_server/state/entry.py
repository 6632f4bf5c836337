"""Entries: committed commands as the log keeps them, and the hash chain that makes histories comparable.

An entry holds facts, not intentions: whole new versions of the records the command changed. Replaying is
`State.put` and needs no rules. `tag(n) = sha256(tag(n-1) + body(n))`, cut to 16 hex digits, so equal tags
mean equal histories (the commit chain of git, the log matching of Raft, Ongaro & Ousterhout 2014, 5.3).

Viewers are told tags, also of what they may not see. A body therefore ends with a salt that no viewer is
told: without it whoever follows could try what somebody voted, or asked, until the tag comes out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from webinar_server.errors import StorageError
from webinar_server.state.record import Record


class Position(NamedTuple):
    """A place in a log: the number of an entry and the hash of the chain up to it."""

    seq: int
    tag: str


START = Position(0, "")


class Change(NamedTuple):
    """A record's new version, or `None` where it is gone."""

    kind: str
    id: str
    record: Record | None


class Sealed(NamedTuple):
    """An entry as engines see it: its position and the bytes its tag covers."""

    seq: int
    tag: str
    body: bytes


class Linked(Sealed):
    """One that was sealed here: that its tag follows `after` is known, and need not be computed again."""

    after: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One committed command: when (Unix ms), who, what, its ref and answer, and the records it changed.

    `salt` is secret and random; empty in entries of versions that had none.
    """

    seq: int
    at: int
    by: str
    command: str
    ref: str
    result: dict[str, Any]
    changes: tuple[Change, ...]
    salt: bytes = b""


class _Body(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """An entry's bytes, taken apart as far as that needs no kinds."""

    seq: int
    at: int
    by: str
    command: str
    ref: str
    result: dict[str, Any]
    changes: list[tuple[str, str, msgspec.Raw]]
    salt: bytes = b""


_encode = msgspec.msgpack.Encoder().encode
_decode_body = msgspec.msgpack.Decoder(_Body).decode


def chain(tag: str, body: bytes) -> str:
    """The tag after `tag` once `body` is appended."""
    return hashlib.sha256(tag.encode() + body).hexdigest()[:16]


def encode_body(fields: tuple[Any, ...], salt: bytes) -> bytes:
    """The bytes of an entry's fields up to its changes; without a salt as they were before there was one."""
    return _encode((*fields, salt) if salt else fields)


def seal(parent: Position, entry: Entry) -> Sealed:
    """Encode an entry (msgpack) and tag it as the successor of `parent`."""
    fields = (entry.seq, entry.at, entry.by, entry.command, entry.ref, entry.result, entry.changes)
    body = encode_body(fields, entry.salt)
    sealed = Linked(parent.seq + 1, chain(parent.tag, body), body)
    sealed.after = parent.tag
    return sealed


def follows(sealed: Sealed, parent: Position) -> bool:
    """Whether an entry is the next after `parent`, by its number and its tag."""
    if sealed.seq != parent.seq + 1:
        return False
    if isinstance(sealed, Linked):
        return sealed.after == parent.tag
    return sealed.tag == chain(parent.tag, sealed.body)


def unseal(sealed: Sealed, kinds: Mapping[str, type[Record]]) -> Entry:
    """Decode an entry. Raises StorageError for bytes that are not an entry of these kinds."""
    try:
        body = _decode_body(sealed.body)
        changes = tuple(
            Change(kind, id, decode_record(record, kinds[kind])) for kind, id, record in body.changes
        )
    except (msgspec.DecodeError, KeyError) as error:
        raise StorageError(
            f"entry {sealed.seq} cannot be read ({fault(error)}); restore from a backup"
        ) from error
    return Entry(
        seq=body.seq,
        at=body.at,
        by=body.by,
        command=body.command,
        ref=body.ref,
        result=body.result,
        changes=changes,
        salt=body.salt,
    )


def fault(error: msgspec.DecodeError | KeyError) -> str:
    """What is wrong with stored bytes; the decoder's own words may quote what people wrote."""
    return f"unknown kind {error}" if isinstance(error, KeyError) else type(error).__name__


def decode_record(raw: msgspec.Raw, kind: type[Record]) -> Record | None:
    """A record of one kind, or `None`, from its msgpack bytes."""
    return msgspec.msgpack.decode(raw, type=kind | None)
