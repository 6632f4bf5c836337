"""The log in Redis or Valkey, for several workers: per topic a stream, a head and a snapshot.

Every change is one script (the .lua files beside this), so it happens whole or not at all, and all keys of
a topic share a hash tag, so a cluster keeps them together. The stream is the truth; what `channels.py` brings
of other workers only saves looking.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgpack

from webinar_server.errors import GivenUp, StorageError, Unanswered
from webinar_server.log import Conflict, Listener, Snapshot, check_chain, refuse_broken
from webinar_server.log.redis import errors
from webinar_server.log.redis.calls import Calls
from webinar_server.log.redis.channels import Channels
from webinar_server.log.redis.rewriting import Rewriting
from webinar_server.log.redis.scripts import APPEND, CLOCK, CUT, READ, RENEW, RESTORE, SNAPSHOT
from webinar_server.log.redis.servers import servers
from webinar_server.state import START, Position, Sealed, chain
from webinar_server.tasks import Tasks

VERSION = 2
"""Of the keys and what they hold, kept as `wb:version`; 2 added the salt of an entry."""

PAGE = 1_000
"""Entries asked for at once, so that nobody else's call waits long behind it."""

SILENCE_MAX = 2.5
"""Seconds without a probe after which the log counts as out of reach."""

WORKERS = "wb:{workers}"


class RedisLog:
    """`Log` behind an address (`servers.FORMS`)."""

    shared = True

    def __init__(self, url: str) -> None:
        self._servers = servers(url)
        self._calls: Calls | None = None
        self._rewriting = Rewriting(self._servers)
        # nothing is in there yet that a program of before could not read
        self._older = False

    # its life

    async def open(self) -> None:
        self._tasks = Tasks()
        calls = self._calls = Calls(self._servers, self._tasks, self._begin)
        self._channels = Channels(self._servers, self._tasks, calls)
        try:
            await calls.open(self._repair)
        except StorageError:
            await self.close()
            raise

    async def close(self) -> None:
        calls, self._calls = self._calls, None
        if calls is not None:
            await calls.close()
            await self._tasks.stop()

    async def check(self) -> None:
        calls = self._open
        if calls.trouble:
            raise Unanswered(calls.trouble)
        if self._channels.silence() > SILENCE_MAX:
            raise Unanswered("Redis takes commands, but what is published does not come back")

    @property
    def _open(self) -> Calls:
        if self._calls is None:
            raise StorageError("the log is closed; start the server again")
        return self._calls

    async def _begin(self) -> None:
        found = await self._open.commands.set("wb:version", VERSION, nx=True, get=True)
        version = VERSION if found is None else errors.version(found)
        if version > VERSION:
            raise errors.Newer(version, VERSION)
        self._older = version < VERSION
        await self._channels.begin()

    async def _repair(self) -> None:
        # a write: one that was emptied has its version again, one that is full or only read says so
        await self._open.commands.set("wb:version", VERSION, nx=True)
        if self._channels.silence() > SILENCE_MAX:
            await self._channels.settle()

    async def _outdate(self) -> None:
        """Before the first write: from then on older programs refuse it, which until then may go on."""
        if self._older:
            await self._open.ask("SET", "wb:version", VERSION)
            self._older = False

    # the contract

    async def topics(self) -> list[str]:
        return await self._open.call(self._scan)

    async def head(self, topic: str) -> Position:
        return _position(await self._open.ask("HMGET", _keys(topic)[1], "seq", "tag"))

    async def heads(self, topics: Iterable[str]) -> dict[str, Position]:
        asked = list(topics)
        found = await self._open.call(lambda: self._heads(asked))
        return {topic: _position(head) for topic, head in zip(asked, found, strict=True)}

    async def holds(self, topic: str, position: Position) -> bool:
        tag, base, _ = await self._page(topic, position.seq, 1)
        return position.seq >= base and tag == position.tag

    async def base(self, topic: str) -> Position:
        return _position(await self._open.ask("HMGET", _keys(topic)[1], "base", "base_tag"))

    async def append(
        self, topic: str, parent: Position, entries: Sequence[Sealed], vouched: bool = False
    ) -> Conflict | None:
        refuse_broken(parent, entries)
        await self._outdate()
        told = (*parent, int(vouched), PAGE, *self._channels.news(topic, entries), *_flat(entries))
        answer = await self._open.run(APPEND, _keys(topic)[:2], *told)
        match answer[0]:
            case b"ok":
                return None
            case b"missed":
                missed = _entries(answer[1])
                check_chain(topic, parent, missed)
                return Conflict(missed, rewound=False)
        return Conflict([], rewound=answer[0] == b"rewound", doubtful=answer[0] == b"doubtful")

    async def restore(
        self, topic: str, head: Position, entries: Sequence[Sealed], base: Snapshot | None = None
    ) -> bool:
        refuse_broken(base.position if base else head, entries)
        await self._outdate()
        stored = _stored(base) if base else ("",) * 4
        told = (*head, *self._channels.news(topic, entries), *stored, *_flat(entries))
        return bool(await self._open.run(RESTORE, _keys(topic), *told))

    async def read(self, topic: str, after: int, limit: int = 500) -> list[Sealed]:
        found: list[Sealed] = []
        while len(found) < limit:
            last, most = found[-1].seq if found else after, min(PAGE, limit - len(found))
            tag, base, entries = await self._page(topic, last, most)
            if last < base:
                raise GivenUp(f"the log of {topic} begins after entry {base}, with a snapshot")
            if tag is not None:
                check_chain(topic, Position(last, tag), entries)
                found += entries
            if tag is None or len(entries) < most:
                break
        return found

    async def snapshot(self, topic: str) -> Snapshot | None:
        key = _keys(topic)[2]
        seq, tag, digest, data = await self._open.ask("HMGET", key, "seq", "tag", "digest", "data")
        if seq is None or chain(tag.decode(), data) != digest.decode():
            return None
        return Snapshot(Position(int(seq), tag.decode()), data)

    async def save_snapshot(self, topic: str, snapshot: Snapshot) -> None:
        await self._open.run(SNAPSHOT, _keys(topic), *_stored(snapshot))

    async def cut(self, topic: str, seq: int) -> None:
        # that it is whole only we can tell
        snapshot = await self.snapshot(topic)
        if snapshot is not None:
            last = min(seq, snapshot.position.seq)
            await self._open.run(CUT, _keys(topic), last, *snapshot.position)

    async def forget(self) -> tuple[str, ...]:
        return await self._rewriting.forget(self._open)

    async def remember(self, key: str, value: str) -> str:
        commands = self._open.commands
        stood = await self._open.call(lambda: commands.set(f"wb:memory:{key}", value, nx=True, get=True))
        return value if stood is None else str(stood, "utf-8")  # type: ignore[arg-type]

    # among workers

    async def listen(self, topic: str, listener: Listener) -> None:
        await self._open.call(lambda: self._channels.listen(topic, listener))

    async def unlisten(self, topic: str) -> None:
        await self._open.call(lambda: self._channels.unlisten(topic))

    async def react(self, topic: str, reactions: Mapping[str, int]) -> None:
        with suppress(StorageError):
            await self._open.call(lambda: self._channels.react(topic, reactions))

    async def summon(self, topic: str, workers: Iterable[str], seconds: float) -> None:
        await self._open.call(lambda: self._channels.summon(topic, workers, seconds))

    async def now(self) -> int:
        return int(await self._open.run(CLOCK, [WORKERS]))

    async def renew(self, worker: str, seconds: float) -> frozenset[str]:
        self._channels.answer_as(worker)
        living = await self._open.run(RENEW, [WORKERS], worker, int(seconds * 1000))
        return frozenset(name.decode() for name in living)

    async def release(self, worker: str) -> None:
        await self._open.run(RENEW, [WORKERS], worker, 0)

    async def _page(self, topic: str, after: int, limit: int) -> tuple[str | None, int, list[Sealed]]:
        page = await self._open.run(READ, _keys(topic)[:2], after, limit)
        tag, base, entries = msgpack.unpackb(page, raw=True)
        return (tag.decode() if tag is not False else None), int(base), _entries(entries)

    async def _heads(self, topics: Sequence[str]) -> list[list[bytes | None]]:
        if not topics:
            return []
        pipeline = self._open.commands.pipeline(transaction=False)
        for topic in topics:
            pipeline.hmget(_keys(topic)[1], ["seq", "tag"])
        found: list[list[bytes | None]] = await pipeline.execute()
        return found

    async def _scan(self) -> list[str]:
        keys = [key.decode() async for key in self._open.commands.scan_iter(match="wb:{*}:head", count=1000)]
        return sorted({key.removeprefix("wb:{").removesuffix("}:head") for key in keys})


def _keys(topic: str) -> list[str]:
    return [f"wb:{{{topic}}}:stream", f"wb:{{{topic}}}:head", f"wb:{{{topic}}}:snapshot"]


def _position(found: list[bytes | None]) -> Position:
    seq, tag = found
    return START if seq is None or tag is None else Position(int(seq), tag.decode())


def _entries(found: list[Any]) -> list[Sealed]:
    return [Sealed(int(id.partition(b"-")[0]), tag.decode(), body) for id, (_, tag, _, body) in found]


def _flat(entries: Sequence[Sealed]) -> list[str | bytes]:
    return [part for entry in entries for part in (entry.tag, entry.body)]


def _stored(snapshot: Snapshot) -> tuple[int, str, str, bytes]:
    seq, tag = snapshot.position
    return seq, tag, chain(tag, snapshot.data), snapshot.data
