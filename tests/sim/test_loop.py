"""The simulation's loop: virtual time, each owner's order kept, and nothing left to chance but the seed."""

import asyncio
import random

import pytest

from tests.sim.loop import OWNER, Deadlock, SimLoop, virtual
from webinar_server.clock import fresh_id, monotonic, now_ms


@pytest.fixture
def loop():
    with virtual(1) as loop:
        yield loop


def test_an_hour_passes_at_once_for_who_only_waits(loop: SimLoop) -> None:
    async def hour() -> tuple[float, int]:
        began = now_ms()
        await asyncio.sleep(3600)
        return monotonic(), now_ms() - began

    passed, passed_ms = loop.run_until_complete(hour())
    assert 3600 <= passed < 3601 and 3_600_000 <= passed_ms < 3_601_000


def turns(seed: int) -> list[str]:
    """In which order two owners' callbacks ran, five each, all ready at once."""
    ran: list[str] = []
    loop = SimLoop(random.Random(seed))
    for owner in ("a", "b"):
        context = loop.admit(owner)
        for n in range(5):
            loop.call_soon(ran.append, f"{owner}{n}", context=context)
    loop.run_until_complete(asyncio.sleep(1))
    loop.close()
    return ran


def test_an_owners_callbacks_keep_their_order_and_the_seed_mixes_owners() -> None:
    for seed in range(20):
        ran = turns(seed)
        assert [r for r in ran if r[0] == "a"] == ["a0", "a1", "a2", "a3", "a4"]
        assert [r for r in ran if r[0] == "b"] == ["b0", "b1", "b2", "b3", "b4"]
    assert turns(3) == turns(3)
    assert len({tuple(turns(seed)) for seed in range(20)}) > 5


def test_what_an_owner_starts_is_its_own(loop: SimLoop) -> None:
    async def child() -> str:
        await asyncio.sleep(0.1)
        return OWNER.get()

    async def parent() -> str:
        return await asyncio.ensure_future(child())

    assert loop.run_until_complete(loop.spawn(parent(), loop.admit("w"))) == "w"


def test_a_held_owner_runs_nothing_until_released_and_then_all_that_became_due(loop: SimLoop) -> None:
    ticks: list[float] = []

    async def tick() -> None:
        while True:
            await asyncio.sleep(1)
            ticks.append(loop.time())

    async def world() -> None:
        await asyncio.sleep(2.5)
        loop.hold("w")
        await asyncio.sleep(10)
        loop.release("w")
        await asyncio.sleep(1.7)

    loop.spawn(tick(), loop.admit("w"))
    loop.run_until_complete(world())
    assert ticks == pytest.approx([1, 2, 12.5, 13.5], abs=0.01)


def test_a_buried_owner_never_runs_again(loop: SimLoop) -> None:
    ran: list[int] = []

    async def work() -> None:
        try:
            await asyncio.sleep(1)
            ran.append(1)
        finally:
            ran.append(2)

    async def world() -> None:
        await asyncio.sleep(0.5)
        loop.bury("w")
        await asyncio.sleep(5)
        assert not ran
        task._log_destroy_pending = False  # type: ignore[attr-defined]

    task = loop.spawn(work(), loop.admit("w"))
    loop.run_until_complete(world())


def test_asyncios_own_tools_work_on_it(loop: SimLoop) -> None:
    async def tools() -> int:
        queue: asyncio.Queue[int] = asyncio.Queue(1)
        lock, event = asyncio.Lock(), asyncio.Event()

        async def put(n: int) -> None:
            async with lock:
                await queue.put(n)
            event.set()

        putting = asyncio.gather(*(put(n) for n in range(20)))
        got = [await queue.get() for _ in range(20)]
        await putting
        await event.wait()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(3):
                await asyncio.sleep(5)
        return sum(got)

    assert loop.run_until_complete(tools()) == 190


def test_ids_come_from_the_seed() -> None:
    def ids(seed: int) -> list[str]:
        with virtual(seed):
            return [fresh_id() for _ in range(3)]

    assert ids(1) == ids(1) != ids(2)
    assert all(len(id) == 12 for id in ids(1))


def test_waiting_for_nothing_is_told(loop: SimLoop) -> None:
    async def forever() -> None:
        await loop.create_future()

    with pytest.raises(Deadlock):
        loop.run_until_complete(forever())
    for task in asyncio.all_tasks(loop):
        task._log_destroy_pending = False  # type: ignore[attr-defined]


def test_there_are_no_threads(loop: SimLoop) -> None:
    async def thread() -> None:
        await asyncio.to_thread(print)

    with pytest.raises(RuntimeError, match="no threads"):
        loop.run_until_complete(thread())
