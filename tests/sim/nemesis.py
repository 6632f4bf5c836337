"""Nemesis: breaks things at random moments, each seed its own kinds of them, and at last mends everything."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias, TypeVar

from tests.sim.client import Client
from tests.sim.net import later
from tests.sim.worker import Worker
from tests.sim.world import World
from webinar_server.log import Listener
from webinar_server.state import Position

T = TypeVar("T")
Fault: TypeAlias = Callable[[], Awaitable[None]]

RESTORED_WITHIN = 8.0
"""Seconds until what a log lost is written back by whoever holds it."""


class Nemesis:
    """Knows how to break, and how to mend."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.dice = world.dice

    async def rage(self, seconds: float) -> None:
        """Break things for so long; a seed knows only some ways, so that rare ones meet each other."""
        loop = self.world.loop
        end = loop.time() + seconds
        ways = self.dice.sample(self._ways(), self.dice.randint(1, 7))
        if self.world.plan.ways:
            ways = [getattr(self, way) for way in self.world.plan.ways]
        pause = self.dice.choice([0.3, 1.0, 2.5])
        while loop.time() < end:
            await asyncio.sleep(self.dice.expovariate(1 / pause))
            way = self.dice.choice(ways)
            self.world.trace(f"--- {way.__name__}")
            await way()

    def heal(self) -> None:
        """Everything works from now on."""
        world = self.world
        world.trace("--- healed")
        world.weather.clear()
        world.weather.up = True
        for worker in world.workers:
            if worker.state == "stopped":
                self._go_on(worker)
            if worker.cable.cut_out or worker.cable.cut_in:
                worker.cable.mend(worker.log)
        for client in world.clients:
            if client.slow:
                self._read_on(client)
        if not world.up():
            world.start_worker()

    def _ways(self) -> list[Fault]:
        return [
            self.kill_a_worker,
            self.kill_all_workers,
            self.start_a_worker,
            self.stop_a_worker,
            self.upgrade_a_worker,
            self.log_away,
            self.log_full,
            self.log_replaced,
            self.log_loses_its_end,
            self.log_emptied,
            self.lost_for_good,
            self.cut_a_worker_off,
            self.news_connection_lost,
            self.bad_weather,
            self.last_news_lost,
            self.forge_news,
            self.drop_a_line,
            self.drop_all_lines,
            self.mute_a_line,
            self.break_a_join,
            self.slow_reader,
            self.somebody_leaves,
            self.somebody_comes,
            *([self.trouble_who_tells] if self.world.play.beside else []),
        ]

    # workers

    async def kill_a_worker(self) -> None:
        worker = self._one([w for w in self.world.workers if w.state != "dead"])
        if worker is not None and len(self.world.up()) + (worker.state == "stopped") > 1:
            self._kill(worker)
            if self.dice.random() < 0.7:
                await asyncio.sleep(self.dice.uniform(0.0, 2.0))
                self.world.start_worker()

    async def kill_all_workers(self) -> None:
        if self.dice.random() < 0.5:
            for worker in self.world.workers:
                if worker.state != "dead":
                    self._kill(worker)
            await asyncio.sleep(self.dice.uniform(0.1, 1.5))
            for _ in range(self.dice.randint(1, 3)):
                self.world.start_worker()

    async def start_a_worker(self) -> None:
        if len(self.world.up()) < 5:
            self.world.start_worker()

    async def stop_a_worker(self) -> None:
        worker = self._one(self.world.up())
        if worker is not None:
            self._stop(worker, self.dice.choice([0.3, 2.0, 4.0, 7.5, 12.0]))

    async def upgrade_a_worker(self) -> None:
        worker = self._one(self.world.up())
        if worker is not None and hasattr(worker, "sockets"):
            self.world.start_worker()
            await asyncio.sleep(self.dice.uniform(0.1, 1.0))
            if worker.state == "up":
                self.world.seen["a worker left cleanly"] += 1
                worker.leave()

    async def trouble_who_tells(self) -> None:
        """A worker ends, or stands still, between what one topic has and what another is to make of it."""
        for _ in range(500):
            await asyncio.sleep(0.002)
            telling = [worker for worker in self.world.up() if worker.tells]
            if telling and len(self.world.up()) > 1:
                break
        else:
            return
        worker = self.dice.choice(telling)
        await asyncio.sleep(self.dice.choice([0.0, 0.002, 0.01]))
        self.world.seen["who told was in trouble"] += 1
        if self.dice.random() < 0.5 and worker.state == "up":
            self._stop(worker, self.dice.choice([2.5, 4.0, 7.5]))
        elif worker.state == "up":
            self._kill(worker)
            self.world.start_worker()

    # the log

    async def log_away(self) -> None:
        await self._away(self.dice.choice([0.3, 1.0, 3.0, 6.0, 11.0]))

    async def log_full(self) -> None:
        seconds = self.dice.choice([0.5, 2.0, 5.0])
        self._trouble(seconds + 3.0, "")
        self.world.store.full = True
        await asyncio.sleep(seconds)
        self.world.store.full = False

    async def log_replaced(self) -> None:
        self.world.store.replace_server()
        await self._away(self.dice.uniform(0.2, 2.0))

    async def log_loses_its_end(self) -> None:
        if self.dice.random() < 0.4:
            # somebody who holds nothing is about to read what is left
            self.world.start_worker()
            await asyncio.sleep(0.5)
            await self.drop_all_lines()
        if self._may_lose():
            self.world.store.replace_server()
            lost = self.world.store.lose_tail(self.dice.choice([1, 1, 2, 5, 20]))
            self.world.seen["the log lost its end"] += bool(lost)
            await self._away(self.dice.uniform(0.2, 1.0))
            await self._restored()

    async def log_emptied(self) -> None:
        if self._may_lose() and not self.world.weather.answering:
            self.world.seen["the log was emptied"] += 1
            if self.dice.random() < 0.5:
                self.world.store.replace_server()
            self.world.store.empty()
            await self._restored()

    async def lost_for_good(self) -> None:
        """All workers and the log's end, at once: nobody can write it back, and screens must be told."""
        self.world.lossy = True
        self._trouble(RESTORED_WITHIN, "")
        for worker in self.world.workers:
            if worker.state != "dead":
                self._kill(worker)
        self.world.store.replace_server()
        self.world.store.lose_tail(self.dice.choice([1, 5, 20]))
        await asyncio.sleep(self.dice.uniform(0.1, 1.5))
        for _ in range(self.dice.randint(1, 3)):
            self.world.start_worker()

    async def cut_a_worker_off(self) -> None:
        worker = self._one(self.world.up())
        if worker is not None:
            out, back = self.dice.choice([(True, True), (True, False), (False, True)])
            seconds = self.dice.choice([0.5, 2.0, 4.0, 9.0])
            self.world.trace(f"{worker.name} is cut off for {seconds}: {out=} {back=}")
            self._trouble(seconds + 3.0, worker.name)
            worker.cable.cut(out, back)
            later(seconds, worker.cable.mend, worker.log)

    async def news_connection_lost(self) -> None:
        worker = self._one(self.world.up())
        if worker is not None:
            worker.cable.reconnect(worker.log)

    async def bad_weather(self) -> None:
        weather = self.world.weather
        weather.lose_answer = self.dice.choice([0.0, 0.05, 0.3])
        weather.lose_news = self.dice.choice([0.0, 0.1, 0.6])
        weather.double_news = self.dice.choice([0.0, 0.3])
        weather.slow_news = self.dice.choice([0.0, 0.3])
        seconds = self.dice.uniform(1.0, 6.0)
        if weather.lose_answer:
            self._trouble(seconds + 3.0, "")
        later(seconds, weather.clear)

    async def last_news_lost(self) -> None:
        """Nobody hears the last of it, and then nobody says anything for a while."""
        self.world.weather.lose_news = 1.0
        await asyncio.sleep(self.dice.uniform(0.1, 1.0))
        for client in self.world.clients:
            client.acting = False
        await asyncio.sleep(1.0)
        self.world.weather.lose_news = 0.0
        await asyncio.sleep(self.dice.choice([0.0, 6.0, 11.0]))
        for client in self.world.clients:
            client.acting = True

    async def forge_news(self) -> None:
        """Somebody can publish: they name positions that were never there, and have workers look."""
        worker = self._one(self.world.up())
        room = worker.room(self.world.topic) if worker else None
        if worker is not None and room is not None and worker.log.context is not None:
            self.world.seen["news were forged"] += 1
            seq = room.state.position.seq + self.dice.choice([-1, 0, 1, 5])

            def tell(listener: Listener) -> None:
                listener.moved(Position(seq, "0123456789abcdef"))

            later(0.0, worker.log.heard, self.world.topic, tell, context=worker.log.context)

    # lines

    async def drop_a_line(self) -> None:
        client = self._one(self._connected())
        if client is not None and client.main is not None:
            client.main.drop()

    async def drop_all_lines(self) -> None:
        for client in self._connected():
            if client.main is not None:
                client.main.drop()

    async def break_a_join(self) -> None:
        """A line that breaks while the state is on its way."""
        client = self._one(self._connected())
        if client is not None and client.main is not None:
            client.fragile = True
            client.main.drop()

    async def mute_a_line(self) -> None:
        client = self._one(self._connected())
        if client is not None and client.main is not None:
            client.main.mute()

    async def slow_reader(self) -> None:
        client = self._one(self._connected())
        if client is not None and client.main is not None and not client.slow:
            client.slow = True
            client.main.slow()
            later(self.dice.uniform(0.5, 8.0), self._read_on, client)

    async def somebody_leaves(self) -> None:
        client = self._one(
            [c for c in self.world.clients if not c.gone and c.identity.role == self.world.play.crowd]
        )
        if client is not None and len(self._connected()) > 2:
            client.leave()

    async def somebody_comes(self) -> None:
        if len(self.world.clients) < 25:
            self.world.invite(self.world.play.crowd)

    # how

    def _kill(self, worker: Worker) -> None:
        now = self.world.loop.time()
        self.world.trace(f"{worker.name} is killed")
        self.world.seen["a worker was killed"] += 1
        self.world.troubles.append((now, float("inf"), worker.name))
        worker.kill()
        if not self.world.up():
            self.world.restarted_at = now

    def _stop(self, worker: Worker, seconds: float) -> None:
        self.world.trace(f"{worker.name} stops for {seconds}")
        self._trouble(seconds + 3.0, worker.name)
        worker.stop()
        later(seconds, self._go_on, worker)

    def _go_on(self, worker: Worker) -> None:
        if worker.state == "stopped":
            self.world.trace(f"{worker.name} goes on")
            if self.world.loop.time() - worker.stopped_at > 6.0:
                self.world.seen["a worker slept longer than its lease"] += 1
                self.world.restarted_at = self.world.loop.time()
            worker.go_on()

    def _read_on(self, client: Client) -> None:
        client.slow = False
        client.slow_until = self.world.loop.time() + 1.5
        for wire in client.wires:
            if not wire.reading:
                wire.read_on()

    async def _away(self, seconds: float) -> None:
        self._trouble(seconds + 3.0, "")
        self.world.weather.up = False
        await asyncio.sleep(seconds)
        self.world.weather.up = True
        for worker in self.world.workers:
            if worker.state in ("up", "stopped"):
                worker.cable.reconnect(worker.log)

    def _may_lose(self) -> bool:
        """Data is only taken where somebody who is well holds it all; this is what is promised to survive."""
        world = self.world
        well = [w for w in world.workers if w.state == "up" and w.cable.reachable()]
        ill = [w for w in world.workers if w.state != "dead" and w not in well]
        return not ill and all(self._is_held(topic, well) for topic in world.play.topics)

    def _is_held(self, topic: str, well: list[Worker]) -> bool:
        rooms = [w.room(topic) for w in self.world.workers]
        most = max((room.state.position.seq for room in rooms if room), default=0)
        holders = [room for w in well if (room := w.room(topic)) and room.state.position.seq >= most]
        return bool(holders) and most >= self.world.store.head(topic).seq

    async def _restored(self) -> None:
        """Nothing else breaks until it is all there again."""
        world = self.world
        world.weather.clear()
        self._trouble(RESTORED_WITHIN, "")
        held = {topic: self._most(topic) for topic in world.play.topics}
        for _ in range(int(RESTORED_WITHIN * 10)):
            await asyncio.sleep(0.1)
            if all(self._is_back(topic, most) for topic, most in held.items()):
                return
        world.wrong(f"{held} was lost and is not written back after {RESTORED_WITHIN} s")

    def _most(self, topic: str) -> Position:
        rooms = [w.room(topic) for w in self.world.up()]
        return max((room.state.position for room in rooms if room), key=lambda at: at.seq)

    def _is_back(self, topic: str, most: Position) -> bool:
        store = self.world.store
        return most.seq < store.base(topic).seq or store.holds(topic, most)

    def _trouble(self, seconds: float, worker: str) -> None:
        now = self.world.loop.time()
        self.world.troubles.append((now, now + seconds, worker))

    def _connected(self) -> list[Client]:
        return [client for client in self.world.clients if client.main is not None]

    def _one(self, of: list[T]) -> T | None:
        return self.dice.choice(of) if of else None
