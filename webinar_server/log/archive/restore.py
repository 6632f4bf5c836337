"""Restoring an archive: an exported session, verified to its last line, then written into a log.

          ┌─ no such topic ─────────────────────▶ everything is written
    file ─┼─ the log's history begins the file's ▶ what is missing is written
          ├─ the file's history begins the log's ▶ it is there already
          └─ they differ ────────────────────────▶ refused

A file is written in one piece, or not at all, unless it is so large that it takes several: each piece then
follows the one before, so a crash leaves a history the file goes on from, and a second run completes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from webinar_server.errors import StorageError
from webinar_server.log import Log
from webinar_server.log.archive.read import Archive, opened
from webinar_server.state import START, Position, Sealed

PIECE = 10_000
"""Entries written at once: more than most sessions have."""

PIECE_BYTES = 8 << 20


class Restored(NamedTuple):
    """What came of it: where the log stood, where the file ends, where the log stands now."""

    topic: str
    before: Position
    at: Position
    now: Position


async def restore(log: Log, path: Path, called: str = "") -> Restored:
    """Write a file's session into a log, read twice, under the name it is `called` by. Raises StorageError:
    the file is damaged, the log holds another history (nothing was written then), or the log fails.
    """
    with opened(path, called) as archive:
        topic, at = archive.header.topic, archive.header.at
        before = await log.head(topic)
        plan = Plan(archive, before)
    if plan.follows:
        await _write(log, topic, plan, path, called)
    elif before != at and not await log.holds(topic, at):
        raise StorageError(
            f"{topic} is there already, at entry {before.seq}, and its history is not that of "
            f"{called or path}; nothing was changed. Choose another --data or --redis to restore it into"
        )
    return Restored(topic, before, at, await log.head(topic))


class Plan:
    """What is to be written after which position, found by reading a file to its end."""

    def __init__(self, archive: Archive, head: Position) -> None:
        self.head = head
        # a history that is there already has the snapshot's records
        self.snapshot = archive.snapshot if head == START else None
        self.begin = self.snapshot.position if self.snapshot else head
        found = self.begin == archive.header.base
        for entry in archive:
            found = found or self.begin == (entry.seq, entry.tag)
        self.follows = found and head != archive.header.at


async def _write(log: Log, topic: str, plan: Plan, path: Path, called: str) -> None:
    head, snapshot = plan.head, plan.snapshot
    with opened(path, called) as archive:
        for piece in _pieces(entry for entry in archive if entry.seq > plan.begin.seq):
            if not await log.restore(topic, head, piece, snapshot):
                raise StorageError(f"somebody wrote into {topic} meanwhile; run this again")
            last = piece[-1] if piece else plan.begin
            head, snapshot = Position(last.seq, last.tag), None


def _pieces(entries: Iterable[Sealed]) -> Iterator[list[Sealed]]:
    """Entries by the piece, each as large as may be written at once; one that is empty if there is none."""
    piece: list[Sealed] = []
    size = 0
    for sealed in entries:
        size += len(sealed.body)
        if piece and (len(piece) == PIECE or size > PIECE_BYTES):
            yield piece
            piece, size = [], len(sealed.body)
        piece.append(sealed)
    yield piece
