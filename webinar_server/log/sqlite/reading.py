"""A data folder's log, read beside the server that may hold it.

SQLite's readers and its writer do not wait for each other (WAL), and each question here is a short one of
its own, so neither an append nor a checkpoint is ever held up. Nothing is written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from webinar_server.errors import StorageError
from webinar_server.log import Snapshot
from webinar_server.log.sqlite import file, rows
from webinar_server.state import Position, Sealed


class SqliteReading:
    """The part of `Log` that only reads, on `FOLDER/log.db`, without holding the folder."""

    def __init__(self, folder: Path | str) -> None:
        self._path = Path(folder) / "log.db"
        self._db: sqlite3.Connection | None = None

    async def open(self) -> None:
        """Raises StorageError where there is nothing to read."""
        with file.told(self._path):
            if not self._path.is_file() or not self._path.stat().st_size:
                raise StorageError(f"there is no log in {self._path.parent}; say which folder with --data")
            self._db = file.read_only(self._path)

    async def close(self) -> None:
        db, self._db = self._db, None
        if db is not None:
            db.close()

    async def topics(self) -> list[str]:
        with self._asked() as db:
            return rows.topics(db)

    async def head(self, topic: str) -> Position:
        with self._asked() as db:
            return rows.head(db, topic)

    async def base(self, topic: str) -> Position:
        with self._asked() as db:
            return rows.base(db, topic)

    async def snapshot(self, topic: str) -> Snapshot | None:
        with self._asked() as db:
            return rows.snapshot(db, topic)

    async def read(self, topic: str, after: int, limit: int = 500) -> list[Sealed]:
        with self._asked() as db:
            return rows.read_after(db, topic, after, limit)

    @contextmanager
    def _asked(self) -> Iterator[sqlite3.Connection]:
        if self._db is None:
            raise StorageError("the log is closed; start again")
        with file.told(self._path):
            yield self._db
