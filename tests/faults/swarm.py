"""Swarm: up to some hundred people in the test's own process, spread over the workers.

Each does things now and then, repeats what was not answered under the same ref, and writes down what was
said to it. What that is worth is the checker's business.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Callable, Coroutine, Sequence
from functools import cache
from typing import Any

from tests.faults import deeds
from tests.faults.line import TOPIC, Frame, Line
from tests.faults.told import Asked, Done, Refused, Told
from tests.web.server import SECRET
from webinar_server.clock import now_ms
from webinar_server.state import Identity, Role
from webinar_server.web.who.tokens import DAY_MS, Signer

PENDING = 3
"""Commands of one person on their way at a time."""

HOST_PAUSE = 0.5
PATIENCE = 60.0
"""Seconds after which something that was to happen counts as not happening."""


@cache
def token(person: str, role: Role) -> str:
    """One for each: another would be another device in their list."""
    identity = Identity(id=person, name=person, role=role, topic="session/s1", expires=now_ms() + DAY_MS)
    return Signer(SECRET).sign(identity)


class Member:
    """One person with one or more lines; sends each command `copies` times at most, over any of them."""

    def __init__(
        self, number: int, role: Role, doors: Sequence[str], dice: random.Random, lines: int, copies: int
    ) -> None:
        self.told = Told(f"guest{number}", role, orderly=lines == copies == 1)
        # by ref, in the order they were first said
        self.pending: dict[str, Frame] = {}
        self._copies = copies
        self._dice = dice
        self._refs = (f"{self.told.person}-{count}" for count in itertools.count(1))
        self._turn = asyncio.Lock()
        self._again: set[asyncio.Future[None]] = set()
        signed = token(self.told.person, role)
        self.lines = [
            Line(signed, doors, number + extra, dice, self._joined, self._heard) for extra in range(lines)
        ]
        self.told.lines.extend(line.seen for line in self.lines)

    @property
    def live(self) -> bool:
        return all(line.live for line in self.lines)

    async def talk(self, pause: float, stopping: Callable[[], bool]) -> None:
        """Do something every `pause` seconds in the mean."""
        while True:
            await asyncio.sleep(self._dice.expovariate(1 / pause))
            if stopping():
                return
            if self.lines and self.lines[0].at and len(self.pending) < PENDING:
                await self.act()

    async def act(self) -> None:
        choose = deeds.of_host if self.told.role == "host" else deeds.of_attendee
        words = f"{self.told.person} says number {len(self.told.asked)}"
        await self.do(*choose(self.lines[0].seen.screen, self._dice, words))

    async def do(self, command: str, args: dict[str, Any]) -> Asked:
        ref = next(self._refs)
        asked = self.told.asked[ref] = Asked(ref, command, args, time.monotonic())
        self.pending[ref] = {"op": "do", "topic": TOPIC, "ref": ref, "command": command, "args": args}
        async with self._turn:
            for _ in range(self._dice.randint(1, self._copies)):
                await self._send(ref, self._dice.choice(self.lines))
        return asked

    async def _send(self, ref: str, line: Line) -> None:
        frame = self.pending.get(ref)
        if frame is not None and line.live:
            self.told.asked[ref].sent += 1
            await line.send(**frame)

    async def _joined(self, line: Line) -> None:
        async with self._turn:
            for ref in list(self.pending):
                await self._send(ref, line)

    def _heard(self, line: Line, frame: Frame) -> None:
        asked = self.told.asked[frame["ref"]]
        if frame["op"] == "done":
            asked.done.append(Done(*frame["at"], frame["result"], time.monotonic()))
            self.pending.pop(asked.ref, None)
            return
        after = frame.get("retry_after")
        asked.refused.append(Refused(frame["code"], after is not None))
        if after is None:
            self.pending.pop(asked.ref, None)
        elif asked.ref in self.pending:
            task = asyncio.ensure_future(self._repeat(asked.ref, line, after))
            self._again.add(task)
            task.add_done_callback(self._again.discard)

    async def _repeat(self, ref: str, line: Line, after: float) -> None:
        await asyncio.sleep(after * (1 + self._dice.random() / 4))
        async with self._turn:
            await self._send(ref, line)


class Swarm:
    """Members, number 0 a host; together they do about `rate` things a second."""

    def __init__(
        self,
        doors: Sequence[str],
        size: int,
        seed: int,
        rate: float = 60.0,
        lines: int = 1,
        copies: int = 1,
    ) -> None:
        self.dice = random.Random(seed)
        self.members = [
            Member(number, "attendee" if number else "host", doors, self.dice, lines, copies)
            for number in range(size)
        ]
        self._pause = size / rate
        self._quiet = False
        self._tasks: list[asyncio.Future[None]] = []

    @property
    def lines(self) -> list[Line]:
        return [line for member in self.members for line in member.lines]

    @property
    def told(self) -> list[Told]:
        return [member.told for member in self.members]

    @property
    def acknowledged(self) -> int:
        return sum(bool(asked.done) for told in self.told for asked in told.asked.values())

    async def start(self) -> Swarm:
        """Everybody in, then everybody talking."""
        for line in self.lines:
            self._begin(line.keep())
        await self.all_live()
        for member in self.members:
            pause = min(self._pause, HOST_PAUSE) if member.told.role == "host" else self._pause
            self._begin(member.talk(pause, lambda: self._quiet))
        return self

    async def join(self, members: Sequence[Member]) -> None:
        """More people, who only look on."""
        self.members.extend(members)
        for member in members:
            for line in member.lines:
                self._begin(line.keep())
        await self.all_live()

    async def dismiss(self, members: Sequence[Member]) -> None:
        """People who close what they have open and do not come back; what was told to them still counts."""
        lines = [line for member in members for line in member.lines]
        # before anything is awaited: who still had a line would ask by it, and hear of nothing
        for member in members:
            member.lines = []
            member.told.lines.clear()
        await asyncio.gather(*(line.leave() for line in lines))

    def hush(self) -> None:
        """No more deeds of their own."""
        self._quiet = True

    async def all_live(self) -> None:
        await eventually(lambda: all(line.live for line in self.lines), "everybody live", self._who_is_not)

    async def more(self, count: int) -> None:
        """Go on until so many more commands are acknowledged."""
        goal = self.acknowledged + count
        within = PATIENCE + 4 * count * self._pause / len(self.members)
        await eventually(lambda: self.acknowledged >= goal, f"{count} more answers", self._who_waits, within)

    async def settle(self) -> float:
        """No more deeds; everything answered and every screen at one place. Seconds that took.

        The last word is said by everybody's host and seen by all, so that all screens can end alike.
        """
        self.hush()
        began = time.monotonic()
        # who was dismissed may have been about to ask
        here = [member for member in self.members if member.lines]
        await eventually(lambda: not any(m.pending for m in here), "all answered", self._who_waits)
        last = await self.members[0].do("say", {"text": "That was all."})
        await eventually(lambda: bool(last.done), "the last word", self._who_waits)
        await self.alike()
        return time.monotonic() - began

    async def alike(self) -> None:
        """All screens stand at one place, for a moment at least."""
        steady = 0
        async with asyncio.timeout(PATIENCE):
            while steady < 5:
                places = {line.at for line in self.lines if line.live}
                steady = steady + 1 if len(places) == 1 and all(line.live for line in self.lines) else 0
                await asyncio.sleep(0.05)

    async def leave(self) -> None:
        self.hush()
        await asyncio.gather(*(line.leave() for line in self.lines), return_exceptions=True)
        assert not (faults := await self.abandon()), faults

    async def abandon(self) -> list[Exception]:
        """End all tasks, and what they ended with if it was not that."""
        for task in self._tasks:
            task.cancel()
        ended = await asyncio.gather(*self._tasks, return_exceptions=True)
        return [error for error in ended if isinstance(error, Exception)]

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.ensure_future(work))

    def _who_is_not(self) -> str:
        away = [
            (m.told.person, line.seen.closes[-3:]) for m in self.members for line in m.lines if not line.live
        ]
        return f"{len(away)} are not: {away[:5]}"

    def _who_waits(self) -> str:
        waiting = [(m.told.asked[ref], m.live) for m in self.members for ref in m.pending]
        return f"{len(waiting)} wait: {waiting[:5]}; faults {self._faults()}"

    def _faults(self) -> list[object]:
        return [task.exception() for task in self._tasks if task.done() and not task.cancelled()][:3]


async def eventually(
    holds: Callable[[], bool], what: str, why: Callable[[], object] = str, within: float = PATIENCE
) -> float:
    """Wait for something nobody sends news of; seconds it took."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > within:
            raise AssertionError(f"after {within:.0f} s still not: {what}; {why()}")
        await asyncio.sleep(0.01)
    return time.monotonic() - began
