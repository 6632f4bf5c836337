"""The audience: a process of its own that brings all guests over real WebSockets.

Its parent gives it one line of JSON on standard input (`Orders`) and keeps that pipe open: when it closes,
the audience goes home, so none is left behind. Once a second it prints a report, a line of JSON.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import sys

import msgspec

from webinar_server.clock import monotonic
from webinar_server.demo.act import ARRIVE, DROP, LEAVE, Act
from webinar_server.demo.cast import cast
from webinar_server.demo.home import Home
from webinar_server.demo.member import Member, Place
from webinar_server.demo.orders import Orders
from webinar_server.demo.react import Reactions
from webinar_server.demo.second import Second
from webinar_server.demo.tally import Tally
from webinar_server.demo.timetable import Timetable
from webinar_server.demo.watch import News

LOOK = 0.2
"""Seconds between two looks at what is due; nobody sees the difference in an audience."""


class Audience:
    """All guests, the plan of what they do, and what their reactions add to it."""

    def __init__(self, orders: Orders) -> None:
        guests = cast(orders.seed, len(orders.tokens))
        place = Place(orders.url, orders.topic, orders.home, self._hear)
        self._tally = Tally()
        self._reactions = Reactions(guests, orders.seed, orders.reader)
        followers = frozenset(self._reactions.interested)
        self._members = [
            Member(number, guest.id, token, place, self._tally, Home() if number in followers else None)
            for number, (guest, token) in enumerate(zip(guests, orders.tokens, strict=True))
        ]
        self._second = Second(orders.reader)
        alone = place._replace(hear=lambda number, news: None)
        # a host is none of the audience that is counted
        self._host = Member(len(guests), "", orders.second, alone, Tally(), copy=self._second)
        self._started = monotonic()
        # (when, tie-breaker, what), the next one first
        self._order = itertools.count()
        self._due: list[tuple[float, int, Act]] = []
        for act in Timetable(guests, orders.seed, orders.seconds).acts():
            self._plan(act.at, act)

    async def run(self) -> None:
        """Until cancelled: let everybody do what is due."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._host.live(), name="the second host")
            while True:
                if step := self._second.next(self._now()):
                    await self._host.do(Act(0, len(self._members), *step), monotonic())
                while self._due and self._due[0][0] <= self._now():
                    await self._let(heapq.heappop(self._due)[2], group)
                await asyncio.sleep(LOOK)

    def report(self) -> bytes:
        """A line of JSON about everybody."""
        watch = self._members[0].watch
        self._tally.polls, self._tally.questions = len(watch.of("poll")), len(watch.of("question"))
        live = watch.get("question", watch.stage.get("live") or "")
        self._tally.live = live["text"] if live else ""
        return msgspec.json.encode(self._tally) + b"\n"

    async def _let(self, act: Act, group: asyncio.TaskGroup) -> None:
        member = self._members[act.guest]
        if act.command == ARRIVE:
            group.create_task(member.live(), name=f"guest {act.guest}")
        elif act.command in (DROP, LEAVE):
            member.drop(act.args.get("seconds", float("inf")))
        elif not member.watch.closed:
            await member.do(act, monotonic())

    def _hear(self, number: int, news: News) -> None:
        for act in self._reactions.to(news, number):
            self._plan(self._now() + act.at, act)

    def _plan(self, when: float, act: Act) -> None:
        heapq.heappush(self._due, (when, next(self._order), act))

    def _now(self) -> float:
        return monotonic() - self._started


async def _attend(orders: Orders, leash: asyncio.StreamReader) -> None:
    """Run the audience until its parent lets go of the leash, or its time is over."""
    audience = Audience(orders)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(audience.run()), group.create_task(_print_reports(audience))]
        try:
            async with asyncio.timeout(orders.seconds):
                await leash.read()
        except TimeoutError:
            pass
        for task in tasks:
            task.cancel()


async def _print_reports(audience: Audience) -> None:
    while True:
        sys.stdout.buffer.write(audience.report())
        sys.stdout.buffer.flush()
        await asyncio.sleep(1)


async def _main() -> None:
    leash = asyncio.StreamReader(limit=16 * 1024 * 1024)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(leash), sys.stdin)
    orders = msgspec.json.decode(await leash.readline(), type=Orders)
    await _attend(orders, leash)


if __name__ == "__main__":
    try:
        asyncio.run(_main())
    except (KeyboardInterrupt, BrokenPipeError):
        pass
