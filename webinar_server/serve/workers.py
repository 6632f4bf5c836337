"""Workers: several processes on one listening socket, kept alive, ended and renewed together.

    SIGTERM, SIGINT ──▶ all are told who leaves, and leave; a second one hurries them
    SIGHUP ──▶ one after another: start a new worker, wait until it is ready, let the old one drain

All accept on the same socket, so one that is stopped simply accepts nothing. Between the parent and each
worker is a pair of sockets: the worker says on it how it fares (`ready NAME`, `waits REASON`, `failed
REASON`), is told on it when all leave (their names: nobody is to be sent to them), and notices by its end
that the parent is gone.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from webinar_server.clock import monotonic
from webinar_server.errors import StorageError
from webinar_server.logs import WORKER
from webinar_server.tasks import Tasks

BACK_OFF = (0.5, 5.0)
"""Seconds before a worker that died is started again: after the first death, and at most."""

SETTLED = 20.0
"""Seconds a worker must have lived for its death to be a first one."""

CLOSING = 10.0
"""Seconds beyond the drain after which a worker that was told to end is killed."""


class Worker:
    """One process, and what it says of itself."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.pid = process.pid
        self.began = monotonic()
        self.ready = False
        # what the others know it by
        self.name = ""
        # why it ended, if it said so
        self.failure = ""
        self._process = process
        self._reader = reader
        self._writer = writer

    async def hear(self, waits: Callable[[str], None]) -> None:
        """Follow what it says until it is ready or gone."""
        while not self.ready and (line := await self._reader.readline()):
            word, _, rest = line.decode(errors="replace").strip().partition(" ")
            if word == "ready":
                self.ready, self.name = True, rest
            elif word == "failed":
                self.failure = rest
            else:
                waits(rest)

    async def ended(self) -> str:
        """How it ended, in words."""
        code = await self._process.wait()
        self._writer.close()
        how = f"by {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"
        return f"{how} ({self.failure})" if self.failure else how

    def tell(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(number)

    async def end(self, within: float, leaving: Iterable[str] = ()) -> None:
        """Let it drain, to all others but those that are `leaving`, too; no mercy after that."""
        if self.ready and leaving:
            self._writer.write(" ".join(leaving).encode() + b"\n")
        else:
            self.tell(signal.SIGTERM)
        try:
            async with asyncio.timeout(within):
                await self._process.wait()
        except TimeoutError:
            self.tell(signal.SIGKILL)
            await self._process.wait()


async def start_worker(
    command: Sequence[str], environment: Mapping[str, str], listener: socket.socket, place: int
) -> Worker:
    """Start a process; it is told its place and two sockets' numbers: where to listen, and where we are."""
    ours, theirs = socket.socketpair()
    with theirs:
        sockets = (listener.fileno(), theirs.fileno())
        process = await asyncio.create_subprocess_exec(
            *command,
            "--worker",
            *map(str, sockets),
            env={**os.environ, **environment, WORKER: str(place)},
            pass_fds=sockets,
            # a Ctrl-C is for us alone, who pass it on; it would hear it twice
            start_new_session=True,
        )
    return Worker(process, *await asyncio.open_connection(sock=ours))


class Supervisor:
    """The parent: as many workers as asked for, for as long as it lives."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        count: int,
        listener: socket.socket,
        drain: float,
        ready: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        self._start_one = partial(start_worker, command, environment, listener)
        self._end_within = drain + CLOSING
        self._ready = ready
        self._say = say
        self._tasks = Tasks()
        # who serves at each place, and everybody who lives, those being replaced included
        self._places: list[Worker | None] = [None] * count
        self._alive: dict[Worker, asyncio.Task[None]] = {}
        # held while somebody is put at a place
        self._changing = asyncio.Lock()
        self._leaving = asyncio.Event()
        self._renewing: asyncio.Task[None] | None = None
        # what was said already
        self._told_ready = False
        self._told_waiting = False
        self._failure = ""

    async def run(self) -> None:
        """Until told to stop. Raises StorageError if a worker says at the start that it cannot begin."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._leave)
        loop.add_signal_handler(signal.SIGHUP, self._renew)
        for place in range(len(self._places)):
            self._tasks.start(f"worker {place}", self._keep(place))
        await self._leaving.wait()
        leaving = {worker.name for worker in self._alive if worker.ready}
        await asyncio.gather(*(worker.end(self._end_within, leaving) for worker in self._alive))
        await self._tasks.stop()
        if self._failure:
            raise StorageError(self._failure)

    def _leave(self) -> None:
        if self._leaving.is_set():
            for worker in self._alive:
                worker.tell(signal.SIGTERM)
        self._leaving.set()

    # keeping them

    async def _keep(self, place: int) -> None:
        """Have a worker at a place, whatever happens to it."""
        deaths = 0
        while not self._leaving.is_set():
            async with self._changing:
                worker = self._places[place] = self._places[place] or await self._start(place)
            how = await self._gone(worker)
            if self._places[place] is worker and not self._leaving.is_set():
                self._places[place] = None
                deaths = 1 if monotonic() - worker.began > SETTLED else deaths + 1
                await self._after_death(f"worker {worker.pid} ended {how}", deaths)

    async def _start(self, place: int) -> Worker:
        worker = await self._start_one(place)
        self._alive[worker] = self._tasks.start(f"hear {worker.pid}", self._hear(worker))
        if self._leaving.is_set():
            worker.tell(signal.SIGTERM)
        return worker

    async def _gone(self, worker: Worker) -> str:
        """Wait until it ended and all it said was heard."""
        await worker.ended()
        if worker in self._alive:
            await asyncio.wait([self._alive[worker]])
        self._alive.pop(worker, None)
        return await worker.ended()

    async def _after_death(self, what: str, deaths: int) -> None:
        first, most = BACK_OFF
        wait = min(most, first * 2 ** (deaths - 1))
        self._say(f"{what}; starting another in {wait:g} s")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self._leaving.wait()

    async def _hear(self, worker: Worker) -> None:
        await worker.hear(self._waits)
        if self._told_ready:
            return
        if worker.failure:
            # it would be so for all of them, and again
            self._failure = worker.failure
            self._leaving.set()
        elif all(one is not None and one.ready for one in self._places):
            self._told_ready = True
            self._ready()

    def _waits(self, reason: str) -> None:
        if not self._told_waiting and not self._told_ready:
            self._told_waiting = True
            self._say(f"not ready yet: {reason}")

    # renewing them

    def _renew(self) -> None:
        if self._renewing is None or self._renewing.done():
            self._renewing = self._tasks.start("renew", self._renew_all())

    async def _renew_all(self) -> None:
        for place in range(len(self._places)):
            if self._leaving.is_set() or not await self._renew_one(place):
                return

    async def _renew_one(self, place: int) -> bool:
        fresh = await self._start(place)
        await asyncio.wait([self._alive[fresh]])
        if not fresh.ready:
            self._say(f"a new worker does not start: it ended {await self._gone(fresh)}; the others go on")
            return False
        async with self._changing:
            old, self._places[place] = self._places[place], fresh
        if old is not None:
            await old.end(self._end_within)
        return True
