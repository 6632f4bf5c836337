"""The log: one contract for every engine, and what each engine promises besides."""

from collections.abc import Sequence

from webinar_server.log import Conflict, Log
from webinar_server.state import Position, Sealed, chain


def link(parent: Position, *bodies: str | bytes) -> list[Sealed]:
    """Entries that follow a position, one for each body."""
    entries: list[Sealed] = []
    for body in bodies:
        raw = body.encode() if isinstance(body, str) else body
        entry = Sealed(parent.seq + 1, chain(parent.tag, raw), raw)
        entries.append(entry)
        parent = end(entry)
    return entries


def end(entry: Sealed) -> Position:
    """Where a log stands after an entry."""
    return Position(entry.seq, entry.tag)


def bodies(entries: list[Sealed]) -> list[str]:
    return [entry.body.decode() for entry in entries]


async def vouched(log: Log, topic: str, parent: Position, entries: Sequence[Sealed]) -> Conflict | None:
    """An append after a restore, which a log may doubt at first: somebody might hold still more."""
    conflict = await log.append(topic, parent, entries)
    if conflict is not None and conflict.doubtful:
        return await log.append(topic, parent, entries, vouched=True)
    return conflict
