"""Inspect: what is wrong, or about to be, with where the log is kept, and what to do about it.

`webinar-server doctor` prints all of it; a server says what is not as it should be when it starts
(`advice`). The judging is pure, on what Redis says of itself (`Facts`); the asking is a few lines beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Literal, NamedTuple, TypeAlias

from redis import RedisError
from redis.asyncio import Redis, RedisCluster

from webinar_server.clock import now_ms
from webinar_server.errors import StorageError
from webinar_server.log import private
from webinar_server.log.redis import errors
from webinar_server.log.redis.address import Node
from webinar_server.log.redis.engine import VERSION
from webinar_server.log.redis.servers import ALONE, Servers, servers
from webinar_server.log.sqlite import file
from webinar_server.log.sqlite.lock import holder, unwritable

Level: TypeAlias = Literal["OK", "WARN", "FAIL"]
Facts: TypeAlias = Mapping[str, str]
"""INFO's fields by their own names, CONFIG's `appendfsync`, `wb:version`, and `skew_ms` to our clock."""

OLDEST = 7
SKEW_WARN_MS, SKEW_FAIL_MS = 1_000, 60_000
ASKED = ("server", "memory", "persistence", "replication")


class Finding(NamedTuple):
    """One thing that was looked at; a text that is not OK says after a semicolon what to do."""

    level: Level
    about: str
    text: str


# Redis


def judge(facts: Facts) -> list[Finding]:
    """What one server's settings mean for the log."""
    judged = (_version(facts), _evicts(facts), _persists(facts), _writes(facts), _keys(facts), _clock(facts))
    return [finding for finding in judged if finding is not None]


def advice(facts: Facts) -> list[str]:
    """What is not as it should be, one line each."""
    return [f"Redis: {finding.text}" for finding in judge(facts) if finding.level != "OK"]


async def facts_of(client: Redis) -> Facts:
    """Ask one server. Raises RedisError or OSError; what it refuses to tell is left out."""
    facts: dict[Any, Any] = {}
    for section in ASKED:
        facts |= await client.info(section)
    with suppress(RedisError):
        facts |= dict(await client.config_get("appendfsync"))
    seconds, micros = await client.time()
    facts["skew_ms"] = now_ms() - (int(seconds) * 1000 + int(micros) // 1000)
    facts["wb:version"] = await _kept_version(client)
    return {_word(name): _word(value) for name, value in facts.items()}


async def look_at_redis(url: str) -> list[Finding]:
    """Every primary that an address leads to, asked and judged."""
    try:
        there = servers(url)
        findings: list[Finding] = []
        for node in await _primaries(there):
            async with there.hearing(node) as client:
                where = f" at {node[0]}:{node[1]}" if node != ALONE else ""
                judged = judge(await facts_of(client))
                findings += [Finding(level, f"redis{where}", text) for level, _, text in judged]
        return findings
    except StorageError as error:
        return [Finding("FAIL", "redis", str(error))]
    except errors.FAILURES as error:
        return [Finding("FAIL", "redis", str(errors.told(error)))]


async def _primaries(there: Servers) -> list[Node]:
    client = there.commands()
    async with client:
        if not isinstance(client, RedisCluster):
            return [ALONE]
        await client.initialize()
        return [(str(node.host), int(node.port)) for node in client.get_primaries()]


async def _kept_version(client: Redis) -> str:
    # in a cluster the key is kept by one of many, and the others say where
    with suppress(RedisError):
        return _word(await client.get("wb:version") or "")
    return ""


def _word(value: Any) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def _version(facts: Facts) -> Finding:
    spoken = facts.get("redis_version", "0")
    name = "Valkey" if "valkey_version" in facts else "Redis"
    shown = facts.get("valkey_version", spoken)
    major = spoken.partition(".")[0]
    if not major.isdigit() or int(major) < OLDEST:
        return Finding(
            "FAIL", "redis", f"{name} {shown} is too old; use Redis 7 or newer, or Valkey 8 or newer"
        )
    return Finding("OK", "redis", f"{name} {shown} answers")


def _evicts(facts: Facts) -> Finding:
    policy = facts.get("maxmemory_policy", "unknown")
    if policy != "noeviction":
        return Finding(
            "FAIL",
            "redis",
            f"maxmemory-policy is {policy}, so parts of the log vanish when memory is short; "
            "set maxmemory-policy noeviction",
        )
    return Finding("OK", "redis", "maxmemory-policy is noeviction")


def _persists(facts: Facts) -> Finding:
    how = facts.get("appendfsync")
    if facts.get("aof_enabled") != "1":
        return Finding(
            "FAIL",
            "redis",
            "AOF is off, so a restart loses the log; set appendonly yes and appendfsync always",
        )
    if how is None:
        return Finding(
            "WARN", "redis", "AOF is on, how it is written cannot be asked; see that appendfsync is always"
        )
    if how != "always":
        lost = "a second" if how == "everysec" else "much"
        return Finding(
            "WARN",
            "redis",
            f"appendfsync is {how}, so a power cut may lose {lost} of what was promised; set it to always",
        )
    return Finding("OK", "redis", "AOF is on, appendfsync is always")


def _writes(facts: Facts) -> Finding | None:
    if facts.get("role", "master") != "master":
        return Finding("FAIL", "redis", "this server is a replica; give the address of its primary")
    if facts.get("aof_last_write_status", "ok") != "ok":
        return Finding("FAIL", "redis", "the AOF could not be written; look at the disk of Redis and its log")
    return None


def _keys(facts: Facts) -> Finding | None:
    found = facts.get("wb:version", "")
    if found.isdigit() and int(found) > VERSION:
        return Finding("FAIL", "redis", str(errors.Newer(int(found), VERSION)))
    return None


def _clock(facts: Facts) -> Finding:
    skew = abs(int(facts.get("skew_ms", "0")))
    if skew < SKEW_WARN_MS:
        return Finding("OK", "clock", "this clock and that of Redis agree")
    level: Level = "FAIL" if skew > SKEW_FAIL_MS else "WARN"
    return Finding(
        level, "clock", f"this clock and that of Redis are {skew / 1000:.1f} s apart; set up NTP on both"
    )


# SQLite


def look_at_folder(folder: Path) -> list[Finding]:
    """The data folder of a server with SQLite: writable, held by whom, and is its file whole."""
    if not folder.exists():
        return [Finding("OK", "data folder", f"{folder} is made at the first start")]
    try:
        TemporaryFile(dir=folder).close()
    except OSError as error:
        return [Finding("FAIL", "data folder", str(unwritable(folder, error)))]
    return [Finding("OK", "data folder", f"{folder} can be written{_held(folder)}"), _file(folder / "log.db")]


def look_at_private_files(folder: Path) -> list[Finding]:
    """Whether anybody else on this machine can look into a data folder; none where there is no folder yet."""
    try:
        wide = [path for path in private.wide(folder) if path.name != "secret"]
        others = " ".join(map(str, private.of_others(folder)))
    except OSError as error:
        return [Finding("FAIL", "private files", str(unwritable(folder, error)))]
    if others:
        text = f"another user owns {others}, and can read and change it; chown it to who runs the server"
        return [Finding("WARN", "private files", text)]
    files = " ".join(str(path) for path in wide if path != folder)
    if files:
        return [
            Finding("FAIL", "private files", f"others on this machine can use {files}; chmod 600 {files}")
        ]
    if wide:
        text = f"others on this machine can look into {folder}; chmod 700 {folder}"
        return [Finding("WARN", "private files", text)]
    return [Finding("OK", "private files", f"{folder} is its owner's alone")] if folder.exists() else []


def _held(folder: Path) -> str:
    said = holder(folder)
    return f"; process {said['pid']} serves from it" if said else "; no server runs on it now"


def _file(path: Path) -> Finding:
    if not path.exists():
        return Finding("OK", "log", f"{path} is made at the first start")
    try:
        with file.told(path):
            return Finding("OK", "log", f"{path} is whole, file version {_checked(path)}")
    except StorageError as error:
        return Finding("FAIL", "log", str(error))


def _checked(path: Path) -> int:
    uri = f"{path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=file.WAIT_S)) as db:
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        if version > file.VERSION:
            raise StorageError(
                f"{path} has file version {version}, this program reads {file.VERSION}; update it"
            )
        found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found.splitlines()[0])
        return version
