"""The file log.db: opened without harm, and every trouble with it told in one line that says what to do.

An existing file is looked at through a read-only connection first, so a file that is refused (newer,
damaged, not ours) is left as it was, byte for byte. Small files are checked whole; of large ones only the
ends of the chains are, since a server that starts slowly is no help after a crash.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from webinar_server.errors import StorageError
from webinar_server.log import private
from webinar_server.log.sqlite import rows

VERSION = 3
"""Of the tables below and what is in them, kept as SQLite's `user_version`; 2 added `base`, 3 the salt of an
entry. Files of both are opened.
"""

CHECKED_WHOLE = 4 << 20
"""Files up to this many bytes are checked whole at start (about 10 ms for each MiB)."""

TAIL = 20
"""Entries of each topic whose chain is checked at start."""

WAIT_S = 5.0
"""How long to wait for another program that holds the file (a backup)."""

_TABLES = """
CREATE TABLE entry (
    topic TEXT NOT NULL, seq INTEGER NOT NULL, tag TEXT NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (topic, seq)
) WITHOUT ROWID;
CREATE TABLE snapshot (
    topic TEXT PRIMARY KEY, seq INTEGER NOT NULL, tag TEXT NOT NULL, digest TEXT NOT NULL, data BLOB NOT NULL
);
CREATE TABLE memory (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_TABLES_2 = "CREATE TABLE base (topic TEXT PRIMARY KEY, seq INTEGER NOT NULL, tag TEXT NOT NULL)"


def connect(path: Path) -> sqlite3.Connection:
    """The file, checked, with its tables, ready to be written. Raises StorageError."""
    with told(path):
        if path.exists() and not path.is_file():
            raise StorageError(f"{path} is not a file; move it away, or choose another folder with --data")
        if path.exists() and path.stat().st_size > 0:
            _look(path)
        # SQLite itself would make it for everybody to read, and -wal and -shm after it
        os.close(private.open_file(path.resolve(), os.O_RDWR | os.O_CREAT))
        db = sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)
        db.text_factory = _text
        try:
            _prepare(db)
        except BaseException:
            db.close()
            raise
        return db


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into StorageError."""
    try:
        yield
    except (sqlite3.Error, OSError, UnicodeError) as error:  # messages quote damaged bytes as they are
        raise StorageError(_advice(error, path)) from error


def forget(db: sqlite3.Connection) -> None:
    """What was deleted is neither in the file nor in the log beside it (WAL) any more. Raises StorageError
    where a reader holds an older look at it."""
    # appends wait behind this, so it waits for nobody
    db.execute("PRAGMA busy_timeout = 0")
    try:
        busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        db.execute(f"PRAGMA busy_timeout = {int(WAIT_S * 1000)}")
    if busy:
        raise StorageError("somebody is reading the log (an export, a backup); it is tried again")


def read_only(path: Path) -> sqlite3.Connection:
    """A file that may be in use, for looking only; refused if it is newer. Raises sqlite3's errors too."""
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=WAIT_S, isolation_level=None)
    try:
        db.text_factory = _text
        version = _version(db)
        if version > VERSION:
            raise StorageError(
                f"{path} was written by a newer webinar-server (file version {version}, this program "
                f"reads {VERSION}); update webinar-server, nothing was changed"
            )
        if version == 1:
            db.execute(_TABLES_2.replace("TABLE", "TEMP TABLE"))
    except BaseException:
        db.close()
        raise
    return db


def _look(path: Path) -> None:
    with closing(read_only(path)) as db:
        if path.stat().st_size <= CHECKED_WHOLE:
            _check_whole(db)
        if _version(db):
            _check_tails(db)
        elif db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            raise StorageError(f"{path} is a database of another program; move it away, nothing was changed")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _text(raw: bytes) -> str:
    """Damaged text fails the chain; it need not fail to be read."""
    return raw.decode(errors="replace")


def _check_whole(db: sqlite3.Connection) -> None:
    found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(found.splitlines()[0])


def _check_tails(db: sqlite3.Connection) -> None:
    for topic in rows.with_entries(db):
        base = rows.base(db, topic)
        at = rows.position(db, topic, max(base.seq, rows.head(db, topic).seq - TAIL), base)
        if at is None:
            raise sqlite3.DatabaseError(f"entries of {topic} are missing")
        rows.read(db, topic, at)


def _prepare(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    # what is deleted is overwritten: pages that are free keep nothing of who was erased
    db.execute("PRAGMA secure_delete = ON")
    db.execute("BEGIN IMMEDIATE")
    found = _version(db)
    if found == 0:
        for statement in filter(str.strip, _TABLES.split(";")):
            db.execute(statement)
    if found < 2:
        db.execute(_TABLES_2)
    # written at every start, so that a file or disk that takes no more is noticed now
    db.execute(f"PRAGMA user_version = {VERSION}")
    db.execute("COMMIT")


def _advice(error: Exception, path: Path) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if "FULL" in name:
        return f"the disk of {path} is full; make room and try again, nothing was lost"
    if "READONLY" in name or "CANTOPEN" in name or isinstance(error, OSError):
        return f"{path} cannot be written ({error}); give this user the right to, or choose another folder"
    if "BUSY" in name or "LOCKED" in name:
        return f"another program is writing to {path}; close it and try again"
    if "IOERR" in name:
        return f"the disk of {path} does not answer as it should ({error}); check it and try again"
    if "NOTADB" in name:
        return f"{path} is not a database; move it away or restore it from a backup, nothing was changed"
    return f"{path} is damaged ({error}); restore it from a backup, nothing was changed"
