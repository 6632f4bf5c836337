"""Rows: what is asked of the tables of log.db, each a plain function on an open connection.

file.py opens the file and says what the tables are; engine.py calls these on its thread.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from webinar_server.errors import GivenUp
from webinar_server.log import Conflict, Snapshot, check_chain
from webinar_server.state import START, Position, Sealed, chain

# the casts keep values of a damaged file from being of another type than declared
_HEAD = "SELECT CAST(seq AS INTEGER), CAST(tag AS TEXT) FROM entry WHERE topic = ? ORDER BY seq DESC LIMIT 1"
_TAG = "SELECT CAST(tag AS TEXT) FROM entry WHERE topic = ? AND seq = ?"
_ENTRIES = """
SELECT CAST(seq AS INTEGER), CAST(tag AS TEXT), CAST(body AS BLOB)
FROM entry WHERE topic = ? AND seq > ? ORDER BY seq LIMIT ?
"""

# each step of the recursion jumps to the next topic by the primary key, without reading the entries
_TOPICS = """
WITH RECURSIVE found(topic) AS (
    SELECT min(topic) FROM entry
    UNION ALL
    SELECT (SELECT min(entry.topic) FROM entry WHERE entry.topic > found.topic)
    FROM found WHERE found.topic IS NOT NULL
)
SELECT CAST(topic AS TEXT) FROM found WHERE topic IS NOT NULL
"""
_BASE = "SELECT CAST(seq AS INTEGER), CAST(tag AS TEXT) FROM base WHERE topic = ?"


def topics(db: sqlite3.Connection) -> list[str]:
    bases = db.execute("SELECT CAST(topic AS TEXT) FROM base").fetchall()
    return sorted({*with_entries(db), *(topic for (topic,) in bases)})


def with_entries(db: sqlite3.Connection) -> list[str]:
    return [topic for (topic,) in db.execute(_TOPICS)]


def head(db: sqlite3.Connection, topic: str) -> Position:
    row = db.execute(_HEAD, (topic,)).fetchone()
    return Position(*row) if row else base(db, topic)


def base(db: sqlite3.Connection, topic: str) -> Position:
    """What the oldest entry follows: START, unless the history begins with a snapshot."""
    row = db.execute(_BASE, (topic,)).fetchone()
    return Position(*row) if row else START


def position(db: sqlite3.Connection, topic: str, seq: int, base: Position) -> Position | None:
    """Where a topic stood after entry `seq`; `None` if there is none."""
    if seq == base.seq:
        return base
    row = db.execute(_TAG, (topic, seq)).fetchone()
    return Position(seq, row[0]) if row else None


def holds(db: sqlite3.Connection, topic: str, at: Position) -> bool:
    return position(db, topic, at.seq, base(db, topic)) == at


def read(db: sqlite3.Connection, topic: str, after: Position, limit: int = -1) -> list[Sealed]:
    """The entries that follow a position. Raises StorageError if their chain is broken."""
    entries = [Sealed(*row) for row in db.execute(_ENTRIES, (topic, after.seq, limit))]
    check_chain(topic, after, entries)
    return entries


def read_after(db: sqlite3.Connection, topic: str, after: int, limit: int) -> list[Sealed]:
    begin = base(db, topic)
    if after < begin.seq:
        raise GivenUp(f"the log of {topic} begins after entry {begin.seq}, with a snapshot")
    at = position(db, topic, after, begin)
    return [] if at is None else read(db, topic, at, limit)


def append(
    db: sqlite3.Connection, topic: str, parent: Position, entries: Sequence[Sealed]
) -> Conflict | None:
    if head(db, topic) != parent:
        rewound = not holds(db, topic, parent)
        return Conflict([] if rewound else read(db, topic, parent), rewound)
    _insert(db, topic, entries)
    return None


def restore(
    db: sqlite3.Connection, topic: str, found: Position, entries: Sequence[Sealed], begin: Snapshot | None
) -> bool:
    if head(db, topic) != found:
        return False
    if begin is not None:
        for table in ("entry", "base", "snapshot"):
            db.execute(f"DELETE FROM {table} WHERE topic = ?", (topic,))
        db.execute("INSERT INTO base VALUES (?, ?, ?)", (topic, *begin.position))
        save_snapshot(db, topic, begin)
    _insert(db, topic, entries)
    return True


def snapshot(db: sqlite3.Connection, topic: str) -> Snapshot | None:
    query = "SELECT seq, CAST(tag AS TEXT), CAST(data AS BLOB), digest FROM snapshot WHERE topic = ?"
    row = db.execute(query, (topic,)).fetchone()
    # a damaged snapshot is as good as none: it only saves replaying the entries, which are all here
    if row is None or chain(row[1], row[2]) != row[3]:
        return None
    return Snapshot(Position(row[0], row[1]), row[2])


def save_snapshot(db: sqlite3.Connection, topic: str, snapshot: Snapshot) -> None:
    seq, tag = snapshot.position
    if base(db, topic) != START and not holds(db, topic, snapshot.position):
        return  # what begins with a snapshot is lost with it
    db.execute(
        "INSERT INTO snapshot (topic, seq, tag, digest, data) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (topic) DO UPDATE SET seq = excluded.seq, tag = excluded.tag, "
        "digest = excluded.digest, data = excluded.data WHERE excluded.seq >= seq",
        (topic, seq, tag, chain(tag, snapshot.data), snapshot.data),
    )


def cut(db: sqlite3.Connection, topic: str, seq: int) -> None:
    found, begin = snapshot(db, topic), base(db, topic)
    if found is None or not holds(db, topic, found.position):
        return
    last = position(db, topic, min(seq, found.position.seq), begin)
    if last is None or last.seq <= begin.seq:
        return
    db.execute("INSERT OR REPLACE INTO base VALUES (?, ?, ?)", (topic, *last))
    db.execute("DELETE FROM entry WHERE topic = ? AND seq <= ?", (topic, last.seq))


def remember(db: sqlite3.Connection, key: str, value: str) -> str:
    db.execute("INSERT OR IGNORE INTO memory VALUES (?, ?)", (key, value))
    kept: str = db.execute("SELECT value FROM memory WHERE key = ?", (key,)).fetchone()[0]
    return kept


def _insert(db: sqlite3.Connection, topic: str, entries: Sequence[Sealed]) -> None:
    db.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", [(topic, *entry) for entry in entries])
