"""World: a topic on several workers with its audience, from a seed, and the run from opening to verdict."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import logging
import random
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, NamedTuple

from tests.sim import session
from tests.sim.client import Client
from tests.sim.log import SimLog
from tests.sim.loop import SimLoop, virtual
from tests.sim.net import Weather
from tests.sim.play import Nobody, Others, Play
from tests.sim.store import Store
from tests.sim.wire import Wire
from tests.sim.worker import Worker
from webinar_server.live import recent
from webinar_server.live.hub import say
from webinar_server.seldom import seldom
from webinar_server.settings import Settings
from webinar_server.state import Command, Identity, Role
from webinar_server.topics import about

NEVER_MS = 10**15


class Plan(NamedTuple):
    """What is not left to the seed: how many workers there are at first, and what may go wrong."""

    workers: int = 0
    ways: tuple[str, ...] = ()


class Wrong(AssertionError):
    """An invariant does not hold; the text says which, and how to see it again."""


ANY = Plan()

CALM_S = 12.0
"""Seconds after the last command until everybody is answered and up to date; half-open lines take nine."""

PRESENT_S = 22.0
"""Seconds after the last fault until presence is right: a lease, the grace, and time to see it."""

RESTART_S = 42.0
"""The same where all workers, or one that slept, began anew: clients have twenty more to come back."""


class World:
    """Everything of one run. `wrong` notes what must not be; `seen` counts what rarely is."""

    def __init__(
        self, seed: int, loop: SimLoop, plan: Plan = ANY, tracing: bool = False, play: Play = session.PLAY
    ) -> None:
        self.seed = seed
        self.plan = plan
        self.play, self.topic, self.about = play, play.topic, about(play.topic)
        self.loop = loop
        self.dice = random.Random(f"{seed}/world")
        self.store = Store()
        self.seen = self.store.seen
        self.weather = Weather()
        self.peers: list[SimLog] = []
        self.workers: list[Worker] = []
        self.clients: list[Client] = []
        self.others: Others = Nobody()
        self.wrongs: list[str] = []
        # data was lost with all who held it: acknowledged commands may be gone, and screens reset
        self.lossy = False
        # (from, to, worker or "" for all): when somebody could not be expected to serve
        self.troubles: list[tuple[float, float, str]] = []
        self.settings = Settings(
            pace=False,
            beat=3.0,
            stalled_after=6.0,
            high_water=self.dice.choice([300, 1_000, 64 * 1024]),
            snapshot_every=self.dice.choice([20, 100, 2_000]),
            drain=2.0,
            joins=self.dice.choice([3.0, 150.0]),
            joins_burst=self.dice.choice([2, 100]),
            batch_max=self.dice.choice([2, 500]),
            calm_pause=self.dice.choice([0.3, 2.0]),
        )
        # when all workers, or one that slept longer than its lease, began anew
        self.restarted_at = float("-inf")
        self.digest = ""
        self._digest = hashlib.sha256()
        self._tracing = tracing
        self.most_people = self.dice.choice([3, 4, 5, 6, 8, 10] + [20] * (self.dice.random() < 0.1))

    # telling

    def trace(self, what: str) -> None:
        line = f"{self.loop.time():9.4f} {what}"
        self._digest.update(line.encode())
        if self._tracing:
            print(line)

    def wrong(self, what: str) -> None:
        self.trace(f"WRONG: {what}")
        self.wrongs.append(f"at {self.loop.time():.3f}: {what}")

    def _told(self) -> str:
        """Of all that was told to anybody, and all that the log took."""
        for how, position in self.store.journal:
            self._digest.update(f"{how} {position}".encode())
        return self._digest.hexdigest()

    def forget(self) -> None:
        """Let go of all that took part; what was counted stays."""
        self.digest = self._told()
        self.workers, self.clients, self.peers, self.others = [], [], [], Nobody()

    # who there is

    def up(self) -> list[Worker]:
        return [worker for worker in self.workers if worker.state == "up"]

    def start_worker(self) -> Worker:
        name = f"w{len(self.workers) + 1}"
        worker = Worker(name, self.loop, self.store, self.weather, self.peers, str(self.seed))
        self.workers.append(worker)
        self.trace(f"{name} starts")
        worker.start(self.settings)
        return worker

    def door(self, dice: random.Random, but: str = "") -> Worker | None:
        """A balancer that knows nothing: any worker whose kernel answers, though not `but` if possible."""
        doors = [w for w in self.workers if w.takes and hasattr(w, "sockets")]
        doors = [w for w in doors if w.name != but] or doors
        return dice.choice(doors) if doors else None

    def connect(self, client: Client, but: str = "") -> Wire | None:
        worker = self.door(client.dice, but)
        if worker is None:
            return None
        room = worker.room(self.topic)
        if client.screen.at and room is not None and client.screen.at[0] > room.state.position.seq:
            self.seen["somebody came back ahead of the room"] += 1
        self.trace(f"{client.name} connects to {worker.name} at {client.screen.at}")
        return worker.accept(client, client.identity)

    def invite(self, role: Role) -> Client:
        number = len(self.clients)
        name = f"p{number}"
        identity = Identity(id=name, name=f"Person {number}", role=role, topic=self.topic, expires=NEVER_MS)
        choose = self.play.acts[role]
        dice = random.Random(f"{self.seed}/{name}")
        client = Client(identity, self, dice, choose, pause=dice.choice([0.4, 1.0, 3.0]))
        self.clients.append(client)
        client.start(dice.uniform(0.0, 2.0))
        return client

    # the run

    async def open(self) -> None:
        worker = self.start_worker()
        while not hasattr(worker, "sockets"):
            await asyncio.sleep(0.01)
            worker.check()
        for topic, begin in self.play.topics.items():
            await self._inside(worker, worker.hub.begin(topic, begin[0]))
            await self._inside(worker, self._make_ready(worker, topic, begin[1:]))
        many = self.dice.choice([1, 2, 2, 2, 3, 3, 4, 5])
        for _ in range((self.plan.workers or many) - 1):
            self.start_worker()
        for role in self.play.roles(self.dice, self.most_people):
            self.invite(role)
        self.others = self.play.others(self)

    async def _make_ready(self, worker: Worker, topic: str, commands: tuple[Command, ...]) -> None:
        live = await worker.hub.room(topic)
        assert live is not None
        for command in commands:
            await say(live, command)

    async def _inside(self, worker: Worker, work: Coroutine[Any, Any, Any]) -> None:
        await self.loop.spawn(work, worker.context)


class Listening(logging.Handler):
    """What the server logs: errors must be the log's being away, and nothing else."""

    def __init__(self, world: World) -> None:
        super().__init__(logging.WARNING)
        # what the world before this one said is said here anew
        seldom.forget()
        self._world = world

    def emit(self, record: logging.LogRecord) -> None:
        text = " ".join((record.getMessage(), getattr(record, "reason", ""))).strip()
        self._world.trace(f"logs {text}")
        if record.exc_info:
            kind = record.exc_info[0]
            text += f" ({kind.__name__ if kind else ''}: {record.exc_info[1]})"
        if record.exc_info or (record.levelno >= logging.ERROR and "the log" not in text):
            self._world.wrong(f"logged: {text}")


def run(seed: int, plan: Plan = ANY, tracing: bool = False, play: Play = session.PLAY) -> World:
    """One run from its seed. Raises Wrong."""
    from tests.sim.check import check
    from tests.sim.nemesis import Nemesis

    with virtual(seed) as loop:
        world = World(seed, loop, plan, tracing, play)
        listening = Listening(world)
        loggers = [logging.getLogger("webinar_server"), logging.getLogger("asyncio")]
        for logger in loggers:
            logger.addHandler(listening)
            logger.propagate = False
        gc.disable()
        kept, recent.ENTRIES_KEPT = recent.ENTRIES_KEPT, world.dice.choice([10, recent.ENTRIES_KEPT])
        try:
            loop.run_until_complete(_live(world, Nemesis(world)))
            check(world)
        finally:
            recent.ENTRIES_KEPT = kept
            logging.disable(logging.CRITICAL)
            loop.run_until_complete(_end())
            world.forget()
            # what is left complains now, and not in the middle of another run
            gc.collect()
            gc.enable()
            logging.disable(logging.NOTSET)
            for logger in loggers:
                logger.removeHandler(listening)
                logger.propagate = True
    if world.wrongs:
        again = f"python -m tests.sim {seed}"
        raise Wrong("\n".join([f"seed {seed} (see it again: {again})", *world.wrongs[:12]]))
    return world


async def _watch_lag(world: World) -> None:
    from tests.sim.check import LAG, check_lag

    while True:
        head = world.store.head(world.topic)
        await asyncio.sleep(LAG)
        if world.store.holds(world.topic, head):
            check_lag(world, head)


async def _live(world: World, nemesis: Any) -> None:
    from tests.sim.check import check_calm, check_presence

    await world.open()
    watching = asyncio.ensure_future(_watch_lag(world))
    await asyncio.sleep(3.0)
    await nemesis.rage(world.dice.choice([8.0, 12.0, 16.0, 22.0]))
    nemesis.heal()
    await asyncio.sleep(3.0)
    for client in world.clients:
        client.acting = False
    await asyncio.sleep(CALM_S)
    check_calm(world)
    await asyncio.sleep(PRESENT_S - CALM_S - 3.0)
    if not world.restarted_at > world.loop.time() - RESTART_S:
        check_presence(world)
    await asyncio.sleep(RESTART_S - PRESENT_S)
    watching.cancel()


async def _end() -> None:
    """Close what still runs, the work of the dead too, while there is a loop to close it on."""
    for task in asyncio.all_tasks() - {asyncio.current_task()}:  # type: ignore[operator]
        task._log_destroy_pending = False  # type: ignore[attr-defined]
        with suppress(BaseException):
            task.get_coro().close()  # type: ignore[union-attr]
