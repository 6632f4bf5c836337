"""The doorstep: connections by which nobody is known yet, how many there may be, and who makes room.

Where it is full, or the process is short of file descriptors, the connection goes that has waited longest
for its own client: for the rest of a request, or for the next one. Who asks at once, as people's browsers do,
is answered long before, however many a hostile neighbour at the same address holds open. Who was refused and
lingers, so that the answer arrives, goes before anybody else.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import Protocol

from webinar_server import security
from webinar_server.errors import Refusal
from webinar_server.limits import DESCRIPTORS_KEPT, HELD_FREE, HELD_MAX, OPEN_EACH, OPEN_MAX
from webinar_server.seldom import seldom
from webinar_server.web.who.visitors import Proxies

FULL_FOR = 5.0
"""Seconds after which to come back where everybody is being answered."""

DESCRIPTORS = "file descriptors"
NOTICES = {
    "connections": "as many connections are open as may be; a silent one made room",
    "connections of an address": "an address has as many connections as may be; a silent one made room",
    DESCRIPTORS: "hardly any file descriptors are left, raise LimitNOFILE; a connection made room",
}
"""What is logged, by the name of a limit."""


class Guest(Protocol):
    """A connection. `give_way` closes it, however much of a request came."""

    def give_way(self) -> None: ...


class Step:
    """Who is there, who of them is waited for (in the order in which they began to be), who was refused."""

    __slots__ = ("leaving", "open", "waiting")

    def __init__(self) -> None:
        self.open: set[Guest] = set()
        self.waiting: dict[Guest, None] = {}
        self.leaving: set[Guest] = set()


class Doorstep:
    """All of one worker. Not `paced`, one address may be a whole load test; a proxy brings everybody."""

    def __init__(
        self,
        paced: bool = True,
        each: int = OPEN_EACH,
        most: int = OPEN_MAX,
        descriptors: int | None = None,
        proxies: Proxies | None = None,
    ) -> None:
        self.paced = paced
        self._proxies = proxies or Proxies()
        self._each, self._most = each if paced else most, most
        self._descriptors = usable_descriptors() if descriptors is None else descriptors
        self._all = Step()
        self._by_address: dict[str, Step] = {}
        # bytes of requests that are not all here, of each and of all
        self._held: Counter[Guest] = Counter()
        self._held_by_all = 0

    def __len__(self) -> int:
        return len(self._all.open)

    def come(self, guest: Guest, address: str, descriptor: int) -> None:
        """Somebody is there. Raises Refusal `server.full` where it is full and nobody gives way."""
        step = self._by_address.setdefault(address, Step())
        for one in (self._all, step):
            one.open.add(guest)
            one.waiting[guest] = None
        if len(step.open) > self._each and not self._proxies.trusts(address):
            self._make_room(step, guest, "connections of an address")
        elif len(self._all.open) > self._most:
            self._make_room(self._all, guest, "connections")
        elif descriptor >= self._descriptors:
            self._make_room(self._all, guest, DESCRIPTORS)

    def answer(self, guest: Guest, address: str) -> None:
        """They have asked; it is us they wait for."""
        self._all.waiting.pop(guest, None)
        if step := self._by_address.get(address):
            step.waiting.pop(guest, None)

    def wait(self, guest: Guest, address: str) -> None:
        """They were answered, and may ask again."""
        self.answer(guest, address)
        step = self._by_address.get(address)
        if step is not None and guest in step.open:
            self._all.waiting[guest] = step.waiting[guest] = None

    def hold(self, guest: Guest, size: int) -> None:
        """So many bytes more of a request that is not all here. Raises Refusal `server.full` where all
        together keep too many, and this one not just a few."""
        self._held[guest] += size
        self._held_by_all += size
        if self._held_by_all > HELD_MAX and self._held[guest] > HELD_FREE:
            security.exceeded("bytes held")
            raise full()

    def leave(self, guest: Guest, address: str) -> None:
        """They were refused; once they have read why they are gone."""
        self.answer(guest, address)
        self.let_go(guest)
        for step in (self._all, self._by_address.get(address)):
            if step is not None and guest in step.open:
                step.leaving.add(guest)

    def let_go(self, guest: Guest) -> None:
        """Their request is all here, or refused."""
        self._held_by_all -= self._held.pop(guest, 0)

    def go(self, guest: Guest, address: str) -> None:
        """They are gone, or known."""
        self.answer(guest, address)
        self.let_go(guest)
        for step in (self._all, self._by_address.get(address)):
            if step is not None:
                step.open.discard(guest)
                step.leaving.discard(guest)
        if step := self._by_address.get(address):
            if not step.open:
                del self._by_address[address]

    def _make_room(self, step: Step, newest: Guest, limit: str) -> None:
        security.exceeded(limit)
        seldom.warning(NOTICES[limit])
        leaving = list(step.leaving)
        for refused in leaving:
            refused.give_way()
        if leaving and limit != DESCRIPTORS:
            return
        # a descriptor that was lent to a refusal is none for who comes next
        longest = next(iter(step.waiting))
        if longest is newest:
            raise full()
        longest.give_way()


def full() -> Refusal:
    return Refusal("server.full", "Too many come at once; please try again in a moment.", FULL_FOR)


def usable_descriptors() -> int:
    """The number of the first file descriptor that is not for connections: the kernel gives out the lowest
    that is free, so a connection's own number tells how many are left."""
    if sys.platform == "win32":
        return sys.maxsize
    import resource

    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if most == resource.RLIM_INFINITY else most - min(DESCRIPTORS_KEPT, most // 8)
