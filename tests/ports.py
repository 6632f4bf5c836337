"""Ports for servers that are told one, or come back on it: this process's own, as long as it lives.

They lie below those that the kernel gives to whoever connects. One of those could go to a client while its
server is away, even to one that tries to reach that very server and then finds itself.
"""

from __future__ import annotations

import itertools
import socket
from contextlib import closing, suppress
from functools import cache

LOWEST, SHARES, SHARE = 10_000, 200, 100

REFUSED = frozenset({10_080})
"""Of these, what browsers open no page at: the "bad ports" of https://fetch.spec.whatwg.org/#port-blocking."""

_turns = itertools.count()


def free_port() -> int:
    """A port that no other process of any tests on this machine is given."""
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """So many in a row, as workers take them for their metrics."""
    _, first = _share()
    for _ in range(SHARE):
        ports = [first + next(_turns) % SHARE for _ in range(count)]
        if ports[-1] - ports[0] == count - 1 and all(map(_is_free, ports)):
            return ports
    raise RuntimeError(f"no {count} ports in a row are free from {first} on")


@cache
def _share() -> tuple[socket.socket, int]:
    """The first of our ports, and what tells others that they are ours: UDP's port of that number."""
    for first in range(LOWEST, LOWEST + SHARES * SHARE, SHARE):
        guard = socket.socket(type=socket.SOCK_DGRAM)
        with suppress(OSError):
            guard.bind(("127.0.0.1", first))
            return guard, first
        guard.close()
    raise RuntimeError("too many processes of tests on this machine")


def _is_free(port: int) -> bool:
    if port in REFUSED:
        return False
    with closing(socket.socket()) as asking, suppress(OSError):
        # what an ended server left behind stops no new one
        asking.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        asking.bind(("127.0.0.1", port))
        return True
    return False
