"""Client: one person's browser in virtual time: acts, repeats what was not answered, comes back by itself.

It remembers what it was told, and says at once where that cannot be: a position that goes back without a
reset, two answers to one ref, an answer ahead of the screen.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

import orjson

from tests.sim.play import Play
from tests.sim.wire import Wire
from tests.web.screen import Screen
from webinar_server.state import Identity

PENDING_MOST = 3
HALF = (0, "half")
"""Where a screen stands that was told the first half of a whole state."""

SILENCE = 9.0
"""Seconds without a word (the server's beat is shorter) after which a line is given up."""


class Sent(NamedTuple):
    """A command as it was asked, and when."""

    command: str
    args: dict[str, Any]
    at: float


class Told(NamedTuple):
    """What a command was answered."""

    seq: int
    tag: str
    result: dict[str, Any]


class Town(Protocol):
    """What a client needs of the world."""

    play: Play
    seen: Counter[str]
    lossy: bool

    def connect(self, client: Client, but: str = "") -> Wire | None: ...

    def wrong(self, what: str) -> None: ...

    def trace(self, what: str) -> None: ...


class Client:
    """`choose` says what this person does next; `None` for nothing now."""

    def __init__(
        self,
        identity: Identity,
        town: Town,
        dice: random.Random,
        choose: Callable[[Client], tuple[str, dict[str, Any]] | None],
        pause: float,
    ) -> None:
        self.identity = identity
        self.name = identity.id
        self.dice = dice
        self.screen = Screen()
        self.sent: dict[str, Sent] = {}
        self.pending: dict[str, Sent] = {}
        self.promised: dict[str, Told] = {}
        self.refused: dict[str, str] = {}
        # refs that went out more than once, or were refused for a while: their order may have changed
        self.repeated: set[str] = set()
        # refs that were given up after a refusal "for now", which must not have had an effect either
        self.given_up: set[str] = set()
        self.wires: list[Wire] = []
        self.main: Wire | None = None
        self.acting = True
        self.gone = False
        # reads nothing; and until when what it reads after that is old
        self.slow = False
        self.slow_until = 0.0
        # sends some commands over other workers too; gives up on what is refused for now
        self.doubles = dice.random() < 0.3
        self.quits = dice.random() < 0.3
        # every position it stood at since the last reset
        self.stood: list[tuple[int, str]] = []
        self.attached = False
        # its next line breaks at the first frame of state
        self.fragile = False
        self._town = town
        self._choose = choose
        self._pause = pause
        self._heard_at = 0.0
        self._refs = 0
        self._tries = 0

    # its life

    def start(self, delay: float) -> None:
        self._later(delay, self.connect)
        self._later(delay + self.dice.expovariate(1 / self._pause), self._act)
        self._later(delay + 1.0, self._watch)

    def connect(self) -> None:
        if self.gone or self.main is not None:
            return
        wire = self._town.connect(self)
        if wire is None:
            self._later(self.dice.uniform(0.1, 1.0), self.connect)
            return
        self.main = wire
        self.wires.append(wire)
        self.attached = False
        self._heard_at = self._now()
        self._join(wire)
        for ref, sent in list(self.pending.items()):
            self._ask(wire, ref, sent)

    def leave(self) -> None:
        """For good, whatever is still unanswered."""
        self.gone = True
        for wire in self.wires:
            wire.hang_up()
        self.main = None

    def _join(self, wire: Wire) -> None:
        at = list(self.screen.at) if self.screen.at else None
        wire.send({"op": "join", "topic": self.identity.topic, "at": at})

    def _watch(self) -> None:
        if self.main is not None and self._now() - self._heard_at > SILENCE:
            self._town.seen["a silent line was given up"] += 1
            self._give_up(self.main)
        elif self.main is not None and self._now() - self._heard_at > SILENCE / 3:
            self.main.send({"op": "ping"})
        if not self.gone:
            self._later(1.0, self._watch)

    def _give_up(self, wire: Wire) -> None:
        wire.hang_up()
        self.main = None
        self._later(self.dice.uniform(0.05, 0.5), self.connect)

    # acting

    def _act(self) -> None:
        if self.gone:
            return
        self._later(self.dice.expovariate(1 / self._pause), self._act)
        if self.acting and self.attached and len(self.pending) < PENDING_MOST:
            act = self._choose(self)
            if act is not None:
                self._do(*act)

    def _do(self, command: str, args: dict[str, Any]) -> None:
        self._refs += 1
        ref = f"{self.name}-{self._refs}"
        sent = self.sent[ref] = self.pending[ref] = Sent(command, args, self._now())
        self._town.trace(f"{self.name} asks {ref} {command} {args}")
        if self.main is not None:
            self._ask(self.main, ref, sent, first=True)
        if self.doubles and self.dice.random() < 0.4:
            self._double(ref, sent)

    def _ask(self, wire: Wire, ref: str, sent: Sent, first: bool = False) -> None:
        if not first:
            self.repeated.add(ref)
        wire.send(
            {"op": "do", "topic": self.identity.topic, "ref": ref, "command": sent.command, "args": sent.args}
        )

    def _double(self, ref: str, sent: Sent) -> None:
        """The same again, on this line and on a second one to another worker."""
        if self.main is not None and self.dice.random() < 0.5:
            self._ask(self.main, ref, sent)
        other = self._town.connect(self, but=self.main.worker if self.main else "")
        if other is not None:
            self.wires.append(other)
            self._join(other)
            self._ask(other, ref, sent)
            self._later(self.dice.uniform(0.5, 4.0), other.hang_up)

    # hearing

    def hear(self, wire: Wire, message: dict[str, Any]) -> None:
        if self.gone:
            return
        if wire is self.main:
            self._heard_at = self._now()
        match message["op"]:
            case "state":
                self._merge(wire, message)
            case "done":
                self._done(wire, message)
            case "refused":
                self._refused(wire, message)
            case "error":
                self._error(wire, message)
            case "beat":
                self._beat(wire, message)

    def closed(self, wire: Wire, code: int, reason: str) -> None:
        self._town.trace(f"{self.name} lost its line to {wire.worker}: {code}")
        if 4400 <= code < 4500 and code not in (4408, 4429):
            self._town.wrong(f"{self.name} was closed for good: {code} {reason}")
        if wire is self.main:
            self.main = None
            wait = orjson.loads(reason)["retry_after"] if reason.startswith("{") else 0.05
            self._later(wait * self.dice.uniform(1.0, 2.0), self.connect)

    def misled(self, wire: Wire) -> None:
        self._town.wrong(f"{wire.worker} slept longer than its lease and told {self.name} something")

    def _merge(self, wire: Wire, message: dict[str, Any]) -> None:
        if wire.since is None:
            wire.since = self._now()
        if wire is not self.main:
            return
        at = (message["at"][0], message["at"][1])
        if message.get("reset"):
            self._town.seen["a client was reset"] += 1
            self._town.trace(f"{self.name} is reset to {at}")
            lost = self._town.lossy
            if self.screen.at != HALF and not lost:
                self._town.wrong(f"{self.name} was at {self.screen.at} and is reset, though nothing was lost")
            self.stood.clear()
        elif self.screen.at is None or self.screen.at == HALF:
            self.stood.clear()
        elif self.stood and at[0] < self.stood[-1][0]:
            self._town.wrong(f"{self.name} was taken back from {self.stood[-1]} to {at} without a reset")
        self.screen.merge(message)
        if self.fragile:
            self.fragile = False
            wire.drop()
        if at == HALF:
            return
        self.attached = True
        self.stood.append(at)

    def _beat(self, wire: Wire, message: dict[str, Any]) -> None:
        at = message["at"].get(self.identity.topic)
        if wire is self.main and at is not None:
            if self.stood and at[0] < self.stood[-1][0]:
                self._town.wrong(f"{self.name} stands at {self.stood[-1]} and is told {at} by a beat")
            self.screen.at = (at[0], at[1])
            self.stood.append((at[0], at[1]))

    def _done(self, wire: Wire, message: dict[str, Any]) -> None:
        ref, told = message["ref"], Told(*message["at"], message["result"])
        self._town.trace(f"{self.name} has {ref} done at {told[:2]}")
        before = self.promised.get(ref)
        if before is not None:
            self._town.seen["a ref was answered twice, alike"] += 1
            if before != told and not self._town.lossy:
                self._town.wrong(f"{ref} was answered {before} and {told}")
        if ref not in self.repeated and (ref in self.given_up or ref in self.refused):
            self._town.wrong(f"{ref} was refused and done all the same")
        if wire is self.main and self.screen.at and self.screen.at[0] < told.seq:
            self._late_screen(ref, told)
        self.promised[ref] = told
        self.pending.pop(ref, None)

    def _late_screen(self, ref: str, told: Told) -> None:
        """An answer came before its news; only right where the news show this client nothing."""
        slow = self.slow or self._now() < self.slow_until
        if not slow and self.sent[ref].command in self._town.play.shown:
            self._town.wrong(f"{self.name} at {self.screen.at} has the answer of {ref} before its news")

    def _refused(self, wire: Wire, message: dict[str, Any]) -> None:
        ref, code = message["ref"], message["code"]
        self._town.trace(f"{self.name} has {ref} refused: {code}")
        if ref in self.promised and ref not in self.repeated:
            self._town.wrong(f"{ref} was done and refused all the same: {code}")
        if ref not in self.pending:
            return
        if code == "topic.not_joined":
            # the join before it has failed, and is being tried again
            self._later(0.5, self._again, ref)
        elif "retry_after" in message:
            self._town.seen[f"refused for now: {code}"] += 1
            self._refused_for_now(ref, message["retry_after"])
        else:
            self.refused[ref] = code
            self.pending.pop(ref)

    def _refused_for_now(self, ref: str, wait: float) -> None:
        if self.quits and ref not in self.repeated:
            self.given_up.add(ref)
            self.pending.pop(ref)
        else:
            self._later(wait, self._again, ref)

    def _again(self, ref: str) -> None:
        sent = self.pending.get(ref)
        if sent is not None and self.main is not None:
            self._ask(self.main, ref, sent)

    def _error(self, wire: Wire, message: dict[str, Any]) -> None:
        self._town.trace(f"{self.name} hears {message}")
        if message["code"] not in ("log.unavailable", "topic.unknown", "room.behind", "pace.join"):
            self._town.wrong(f"{self.name} was told {message}")
        if wire is self.main:
            self._later(0.3, self._rejoin, wire)

    def _rejoin(self, wire: Wire) -> None:
        if wire is self.main:
            self._join(wire)

    # clock

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _later(self, delay: float, call: Callable[..., None], *args: Any) -> None:
        asyncio.get_running_loop().call_later(delay, call, *args)


__all__ = ["Client", "Sent", "Told"]
