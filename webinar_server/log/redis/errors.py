"""Errors of Redis, each told in one line that says what to do.

What a server answers as an error it has not done. No answer at all is `Unanswered`: it may have been done.
"""

from __future__ import annotations

import builtins
import errno
import os
import re
import socket
import ssl

from redis.exceptions import (
    AuthenticationError,
    AuthorizationError,
    BusyLoadingError,
    ClusterDownError,
    ConnectionError,
    MaxConnectionsError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisClusterException,
    RedisError,
    TimeoutError,
)
from redis.sentinel import MasterNotFoundError

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


_LOGIN = "Redis refuses this login; put the user and password into the address, or into its ACL"
_ANSWERED: tuple[tuple[type[Exception], str], ...] = (
    (AuthenticationError, _LOGIN),
    (AuthorizationError, _LOGIN),
    (NoPermissionError, "this Redis user may not do that; docs/operating.md lists the rights"),
    (ReadOnlyError, "this Redis is a read-only replica; give the address of its primary"),
    (OutOfMemoryError, "Redis is full; give it more maxmemory, nothing was lost"),
    (ClusterDownError, "the Redis cluster is down; look at CLUSTER INFO"),
)
_BY_WORD = {
    "MISCONF": "Redis cannot write to its disk; make room there and look at its log, nothing was lost",
    "NOAUTH": _LOGIN,
    "WRONGPASS": _LOGIN,
    "NOREPLICAS": "Redis has too few replicas for min-replicas-to-write; bring them back",
    "unknown command": "this is no Redis ≥ 7 or Valkey ≥ 8; give the address of one",
    "WRONGTYPE": "keys named wb:… are another program's; choose another database",
}


def told(error: BaseException) -> StorageError:
    """What to tell of an error of redis-py's or the operating system's, in words of ours alone.

    Theirs repeat the host, which may be half of a password, the user, and what a server echoes: one that
    knows no AUTH answers with the password. Raise it `from None`.
    """
    said = str(error)
    for kind, advice in _ANSWERED:
        if isinstance(error, kind):
            return StorageError(advice)
    for word, advice in _BY_WORD.items():
        if word in said:
            return StorageError(advice)
    if isinstance(error, BusyLoadingError):
        return Unanswered("Redis is still loading its data; it will be there in a moment")
    if isinstance(error, ConnectionError | TimeoutError) or not isinstance(error, RedisError):
        return Unanswered(f"Redis cannot be reached ({_reason(error)}); start it, or give another address")
    line = _SCRIPT_LINE.search(said)
    where = f"{type(error).__name__}, line {line[1]} of a script" if line else type(error).__name__
    return StorageError(f"Redis did not do what it was asked ({where}); look at its log")


def _reason(error: BaseException) -> str:
    """Why there is no connection: the first in the chain of causes that says so without an address."""
    cause: BaseException | None = error
    while cause is not None:
        for kind, words in _CAUSES:
            if isinstance(cause, kind):
                return words
        if isinstance(cause, OSError) and cause.errno and cause.errno in errno.errorcode:
            return os.strerror(cause.errno).lower()
        # the system's numbers survive in redis-py's words where it raises without a cause
        if found := _NUMBER.match(str(cause)):
            return os.strerror(int(found[1])).lower()
        cause = cause.__cause__ or cause.__context__
    return "the connection was closed"


_SCRIPT_LINE = re.compile(r"user_script:? ?(\d+)")
_NUMBER = re.compile(r"Error (\d{1,3}) ")
_CAUSES: tuple[tuple[type[BaseException], str], ...] = (
    (MasterNotFoundError, "its Sentinels know no primary of that name"),
    (MaxConnectionsError, "too many connections are in use"),
    (ssl.SSLCertVerificationError, "its certificate is not for this host, or not trusted"),
    (ssl.SSLError, "TLS was not agreed upon"),
    (socket.gaierror, "its host has no address"),
    (builtins.TimeoutError, "it does not answer"),
    (TimeoutError, "it does not answer"),
)
