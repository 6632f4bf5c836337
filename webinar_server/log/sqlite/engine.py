"""The log in one SQLite file, for one process: the engine that needs nothing but a data folder.

Every call becomes a job for one thread. It takes all jobs that wait, runs those that write in one
transaction, and answers their callers after its COMMIT (group commit): under load hundreds of entries
share one fsync, and while it lasts the next batch gathers. Calls are answered in the order they came,
except that a batch's reads run after its writes, outside the transaction, so a full disk stops no reader.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

from webinar_server.clock import now_ms
from webinar_server.errors import StorageError
from webinar_server.log import Conflict, Listener, Snapshot, refuse_broken
from webinar_server.log.sqlite import file, rows
from webinar_server.log.sqlite.jobs import Job, Outcome, answer, run
from webinar_server.log.sqlite.lock import FolderLock
from webinar_server.state import Position, Sealed

T = TypeVar("T")

BATCH_MAX = 1_000  # jobs in one transaction


class SqliteLog:
    """`Log` in `FOLDER/log.db`."""

    shared = False

    def __init__(self, folder: Path | str) -> None:
        self._path = Path(folder) / "log.db"
        self._lock = FolderLock(Path(folder))
        # jobs for the thread; None ends it
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        # while open
        self._thread: Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def open(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._jobs = SimpleQueue()
        opened: asyncio.Future[None] = self._loop.create_future()
        # a daemon, because a process that fails elsewhere must be able to end
        self._thread = Thread(target=self._live, args=(opened,), name="log", daemon=True)
        self._thread.start()
        try:
            await opened
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            self._jobs.put(None)
            await asyncio.to_thread(thread.join)

    async def check(self) -> None:
        await self._read(lambda db: db.execute("SELECT count(*) FROM sqlite_schema").fetchone())

    async def topics(self) -> list[str]:
        return await self._read(rows.topics)

    async def head(self, topic: str) -> Position:
        return await self._read(lambda db: rows.head(db, topic))

    async def heads(self, topics: Iterable[str]) -> dict[str, Position]:
        return await self._read(lambda db: {topic: rows.head(db, topic) for topic in topics})

    async def holds(self, topic: str, position: Position) -> bool:
        return await self._read(lambda db: rows.holds(db, topic, position))

    async def base(self, topic: str) -> Position:
        return await self._read(lambda db: rows.base(db, topic))

    async def append(
        self, topic: str, parent: Position, entries: Sequence[Sealed], vouched: bool = False
    ) -> Conflict | None:
        refuse_broken(parent, entries)
        return await self._write(lambda db: rows.append(db, topic, parent, entries))

    async def restore(
        self, topic: str, head: Position, entries: Sequence[Sealed], base: Snapshot | None = None
    ) -> bool:
        refuse_broken(base.position if base else head, entries)
        return await self._write(lambda db: rows.restore(db, topic, head, entries, base))

    async def read(self, topic: str, after: int, limit: int = 500) -> list[Sealed]:
        return await self._read(lambda db: rows.read_after(db, topic, after, limit))

    async def snapshot(self, topic: str) -> Snapshot | None:
        return await self._read(lambda db: rows.snapshot(db, topic))

    async def save_snapshot(self, topic: str, snapshot: Snapshot) -> None:
        return await self._write(lambda db: rows.save_snapshot(db, topic, snapshot))

    async def cut(self, topic: str, seq: int) -> None:
        return await self._write(lambda db: rows.cut(db, topic, seq))

    async def forget(self) -> tuple[str, ...]:
        await self._read(file.forget)
        return ()

    async def remember(self, key: str, value: str) -> str:
        return await self._write(lambda db: rows.remember(db, key, value))

    # among workers: there is one

    async def listen(self, topic: str, listener: Listener) -> None:
        pass

    async def unlisten(self, topic: str) -> None:
        pass

    async def react(self, topic: str, reactions: Mapping[str, int]) -> None:
        pass

    async def summon(self, topic: str, workers: Iterable[str], seconds: float) -> None:
        pass

    async def now(self) -> int:
        return now_ms()

    async def renew(self, worker: str, seconds: float) -> frozenset[str]:
        return frozenset((worker,))

    async def release(self, worker: str) -> None:
        pass

    def announce(self, url: str, public: str | None = None) -> None:
        """Tell those who find the folder in use where this server is reached."""
        self._lock.announce(url, public)

    async def _read(self, run: Callable[[sqlite3.Connection], T]) -> T:
        return await self._ask(run, writes=False)

    async def _write(self, run: Callable[[sqlite3.Connection], T]) -> T:
        return await self._ask(run, writes=True)

    async def _ask(self, run: Callable[[sqlite3.Connection], T], writes: bool) -> T:
        if self._thread is None or self._loop is None:
            raise StorageError("the log is closed; start the server again")
        waiter: asyncio.Future[T] = self._loop.create_future()
        self._jobs.put(Job(run, writes, waiter))
        return await waiter

    # the thread

    def _live(self, opened: asyncio.Future[None]) -> None:
        try:
            self._lock.take()
            db = file.connect(self._path)
        except Exception as error:
            self._lock.release()
            self._settle([Outcome(opened, None, error)])
            return
        self._settle([Outcome(opened, None, None)])
        try:
            while batch := self._next_batch():
                self._do(db, batch)
        finally:
            db.close()
            self._lock.release()

    def _next_batch(self) -> list[Job]:
        """All jobs that wait, at least one; none at the end."""
        batch: list[Job] = []
        job = self._jobs.get()
        while job is not None:
            batch.append(job)
            if len(batch) == BATCH_MAX:
                return batch
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return batch
        if batch:
            self._jobs.put(None)
        return batch

    def _do(self, db: sqlite3.Connection, batch: list[Job]) -> None:
        writes = [job for job in batch if job.writes]
        if writes:
            self._settle(self._commit(db, writes))
        reads = [job for job in batch if not job.writes]
        if reads:
            self._settle([self._look_up(db, job) for job in reads])

    def _commit(self, db: sqlite3.Connection, jobs: list[Job]) -> list[Outcome]:
        """Run jobs in one transaction. What the disk refuses is refused to all of them, and undone."""
        try:
            with file.told(self._path):
                db.execute("BEGIN IMMEDIATE")
                outcomes = [run(db, job) for job in jobs]
                db.execute("COMMIT")
                return outcomes
        except StorageError as error:
            with suppress(sqlite3.Error):
                db.execute("ROLLBACK")
            return [Outcome(job.waiter, None, error) for job in jobs]

    def _look_up(self, db: sqlite3.Connection, job: Job) -> Outcome:
        try:
            with file.told(self._path):
                return run(db, job)
        except StorageError as error:
            return Outcome(job.waiter, None, error)

    def _settle(self, outcomes: list[Outcome]) -> None:
        assert self._loop is not None
        try:
            self._loop.call_soon_threadsafe(answer, outcomes)
        except RuntimeError:
            pass  # the loop is closed: nobody waits any more
