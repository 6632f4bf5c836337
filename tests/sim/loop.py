"""Loop: an asyncio event loop on a virtual clock, shared by several simulated processes.

Every handle belongs to the owner whose context it was made in: a worker, or nobody (the network, the
clients). asyncio promises that one loop's callbacks run in the order they were registered; between processes
nobody promises anything. So each owner's handles keep their order, and the seed decides who runs next. An
owner may be held (SIGSTOP: what becomes due waits) or buried (SIGKILL: it never runs again).
"""

from __future__ import annotations

import asyncio
import base64
import heapq
import random
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import Context, ContextVar, copy_context
from typing import Any, NoReturn, TypeVar

from webinar_server import clock
from webinar_server.tasks import Tasks

T = TypeVar("T")

NOBODY = ""
OWNER: ContextVar[str] = ContextVar("owner", default=NOBODY)

TURN_MOST = 6
"""Handles an owner runs before somebody else may."""

TURN_COST = 50e-6
"""Seconds a turn takes at most, so that timers fall between any two callbacks."""

EPOCH_S = 1_790_000_000


class Deadlock(AssertionError):
    """Everybody waits and no timer is set."""


class SimLoop(asyncio.BaseEventLoop):
    """Jumps to the next timer when nobody has anything to do."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__()
        self._dice = dice
        self._now = 0.0
        self._queues: dict[str, deque[asyncio.Handle]] = {NOBODY: deque()}
        self._held: set[str] = set()
        self.steps = 0

    def time(self) -> float:
        return self._now

    # owners

    def admit(self, owner: str) -> Context:
        """A new owner, and a context in which everything made is theirs."""
        self._queues[owner] = deque()
        context = copy_context()
        context.run(OWNER.set, owner)
        return context

    def hold(self, owner: str) -> None:
        self._held.add(owner)

    def release(self, owner: str) -> None:
        self._held.discard(owner)

    def bury(self, owner: str) -> None:
        del self._queues[owner]
        self._held.discard(owner)

    def spawn(self, work: Coroutine[Any, Any, T], context: Context) -> asyncio.Task[T]:
        return self.create_task(work, context=context)

    # what BaseEventLoop asks of a loop

    def call_soon(
        self, callback: Callable[..., Any], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self, context)
        self._enqueue(handle)
        return handle

    def call_soon_threadsafe(self, *args: Any, **options: Any) -> NoReturn:
        raise RuntimeError("a simulation has no threads")

    def run_in_executor(self, *args: Any) -> NoReturn:
        raise RuntimeError("a simulation has no threads")

    def _run_once(self) -> None:
        self._fire_due()
        owners = [owner for owner, queue in self._queues.items() if queue and owner not in self._held]
        if not owners:
            self._jump()
            return
        queue = self._queues[owners[self._dice.randrange(len(owners))]]
        for _ in range(min(len(queue), self._dice.randint(1, TURN_MOST))):
            handle = queue.popleft()
            if not handle.cancelled():
                self.steps += 1
                handle._run()
        self._now += self._dice.random() * TURN_COST

    def _enqueue(self, handle: asyncio.Handle) -> None:
        # the buried have no queue: what would wake them is dropped
        queue = self._queues.get(handle._context.get(OWNER, NOBODY))
        if queue is not None:
            queue.append(handle)

    def _fire_due(self) -> None:
        timers = self._scheduled
        while timers and (timers[0]._when <= self._now or timers[0].cancelled()):
            timer = heapq.heappop(timers)
            timer._scheduled = False
            if not timer.cancelled():
                self._enqueue(timer)

    def _jump(self) -> None:
        if not self._scheduled:
            raise Deadlock(f"at {self._now:.3f} everybody waits for somebody")
        self._now = max(self._now, self._scheduled[0]._when)

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """Cancelled timers are dropped when their time comes."""


class Ordered(dict[Any, None]):
    """A set in the order things were added: objects' own order is where they lie in memory, and no seed's."""

    def add(self, one: Any) -> None:
        self[one] = None

    def discard(self, one: Any) -> None:
        self.pop(one, None)


class _Time:
    """What clock.py takes for the module `time`. Wall clocks of different owners do not agree."""

    def __init__(self, loop: SimLoop, seed: int) -> None:
        self._loop = loop
        self._seed = seed
        self._skews = {NOBODY: 0.0}

    def time_ns(self) -> int:
        owner = OWNER.get()
        if owner not in self._skews:
            self._skews[owner] = random.Random(f"{self._seed}/clock/{owner}").uniform(-1, 1)
        return int((EPOCH_S + self._skews[owner] + self._loop.time()) * 1e9)

    def monotonic(self) -> float:
        return self._loop.time()

    def thread_time(self) -> float:
        """Nothing costs anything here."""
        return self._loop.time()


class _Secrets:
    """What clock.py takes for the module `secrets`."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice

    def token_urlsafe(self, size: int) -> str:
        return base64.urlsafe_b64encode(self._dice.randbytes(size)).decode()

    def token_bytes(self, size: int) -> bytes:
        return self._dice.randbytes(size)


@contextmanager
def virtual(seed: int) -> Iterator[SimLoop]:
    """A loop on which the package's clock and ids come from the seed too."""
    loop = SimLoop(random.Random(f"{seed}/loop"))
    before = clock.time, clock.secrets
    chance, made = random.getstate(), Tasks.__init__

    def ordered(self: Tasks) -> None:
        self._running = Ordered()  # type: ignore[assignment]

    random.seed(f"{seed}/jitter")
    clock.time, clock.secrets = _Time(loop, seed), _Secrets(random.Random(f"{seed}/ids"))  # type: ignore
    Tasks.__init__ = ordered  # type: ignore[method-assign]
    try:
        yield loop
    finally:
        clock.time, clock.secrets = before
        random.setstate(chance)
        Tasks.__init__ = made  # type: ignore[method-assign]
        loop.close()
