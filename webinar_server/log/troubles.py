"""Troubles with Redis, each told in one line that says what to do.

What a server answers as an error it has not done. No answer at all is `Unanswered`: it may have been done.
"""

from __future__ import annotations

from redis.exceptions import (
    AuthenticationError,
    AuthorizationError,
    BusyLoadingError,
    ClusterDownError,
    ConnectionError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisClusterException,
    RedisError,
    TimeoutError,
)

from webinar_server.errors import StorageError, Unanswered

FAILURES = (RedisError, RedisClusterException, OSError, RuntimeError, AttributeError)
"""What a call may raise. The last two are uvloop's and redis-py's words for a connection that was closed
between being chosen and being written to."""


class Newer(StorageError):
    """A newer program wrote here; trying again is of no use."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"this Redis was written by a newer webinar-server (version {found} of its data, this program "
            f"reads {known}); update webinar-server, nothing was changed"
        )


def version(found: object) -> int:
    """What `wb:version` says. Raises StorageError where that is another program's."""
    if not isinstance(found, bytes) or not found.isdigit():
        raise StorageError("the key wb:version is another program's; choose another database")
    return int(found)


_LOGIN = "Redis refuses this login ({error}); put the user and password into the address, or into its ACL"
_ANSWERED: tuple[tuple[type[Exception], str], ...] = (
    (AuthenticationError, _LOGIN),
    (AuthorizationError, _LOGIN),
    (
        NoPermissionError,
        "this Redis user may not do that ({error}); docs/operating.md lists the rights",
    ),
    (ReadOnlyError, "this Redis is a read-only replica; give the address of its primary"),
    (OutOfMemoryError, "Redis is full ({error}); give it more maxmemory, nothing was lost"),
    (ClusterDownError, "the Redis cluster is down ({error}); look at CLUSTER INFO"),
)
_BY_WORD = {
    "MISCONF": "Redis cannot write to its disk; make room there and look at its log, nothing was lost",
    "NOAUTH": _LOGIN,
    "WRONGPASS": _LOGIN,
    "NOREPLICAS": "Redis has too few replicas for min-replicas-to-write; bring them back",
    "unknown command": "this is no Redis ≥ 7 or Valkey ≥ 8 ({error}); give the address of one",
    "WRONGTYPE": "keys named wb:… are another program's ({error}); choose another database",
}


def told(error: Exception) -> StorageError:
    """What to tell of an error of redis-py's or the operating system's."""
    said = str(error).splitlines()[0] if str(error) else type(error).__name__
    for kind, advice in _ANSWERED:
        if isinstance(error, kind):
            return StorageError(advice.format(error=said))
    for word, advice in _BY_WORD.items():
        if word in said:
            return StorageError(advice.format(error=said))
    if isinstance(error, BusyLoadingError):
        return Unanswered("Redis is still loading its data; it will be there in a moment")
    if isinstance(error, ConnectionError | TimeoutError) or not isinstance(error, RedisError):
        return Unanswered(f"Redis cannot be reached ({said}); start it, or give another address")
    return StorageError(f"Redis did not do what it was asked ({said})")
