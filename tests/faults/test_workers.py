"""Workers that are killed, stopped, frozen: nobody's promise is broken and hardly anybody notices."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Sequence

from tests.faults.line import TOPIC, Line
from tests.faults.site import Worker
from tests.faults.swarm import eventually
from tests.faults.trial import LONG, REPETITIONS, Trial, three
from webinar_server.clock import now_ms
from webinar_server.log.redis.engine import RedisLog
from webinar_server.session import SESSION
from webinar_server.session.people import Person
from webinar_server.state import Entry, unseal

BACK_WITHIN = 5.0 if LONG else 15.0
"""At the 99th percentile. The short form runs beside whatever else a machine does."""

FELT_AT_MOST = 5.0 if LONG else 15.0
PRESENT_WITHIN = 20.0
FROZEN_SHORT, FROZEN_LONG = 2.0, 9.0
"""Seconds: below a lease of six, and above."""


def on(trial: Trial, worker: Worker) -> list[Line]:
    """Who is connected to a worker now."""
    lines = trial.swarm.lines
    return [line for line in lines if line.live and line.doors[line.door % len(line.doors)] == worker.url]


async def entries(trial: Trial) -> Sequence[Entry]:
    log = RedisLog(trial.site.valkey.url)
    await log.open()
    sealed = await log.read(TOPIC, 0, 10_000_000)
    await log.close()
    return [unseal(entry, SESSION.kinds) for entry in sealed]


def came_and_went(entries: Sequence[Entry], since: int) -> list[tuple[str, bool]]:
    """Who was not here and then was, or the other way round, from a time on (Unix ms)."""
    here: dict[str, bool] = {}
    seen = []
    for entry in entries:
        for _kind, id, record in entry.changes:
            if isinstance(record, Person):
                if entry.at >= since and here.get(id, False) != record.here:
                    seen.append((id, record.here))
                here[id] = record.here
    return seen


async def test_a_killed_worker_loses_nothing_and_its_people_are_back_soon(trial: Trial) -> None:
    await trial.begin()
    for _ in range(REPETITIONS):
        await trial.load()
        worker = trial.dice.choice(trial.site.workers)
        worker.kill()
        await trial.load()
        await trial.swarm.all_live()
        await asyncio.to_thread(worker.start)
        await worker.until_ready()
    row = await trial.end("SIGKILL of one of two workers")
    assert row.resets == 0 and row.resumes > 0
    assert row.offline[1] <= BACK_WITHIN


async def test_all_workers_killed_at_once_lose_nothing(trial: Trial) -> None:
    await trial.begin()
    for _ in range(REPETITIONS):
        await trial.load()
        for worker in trial.site.workers:
            worker.kill()
        for worker in trial.site.workers:
            worker.launch()
        for worker in trial.site.workers:
            await asyncio.to_thread(worker.announced)
        await trial.load()
        await trial.swarm.all_live()
    row = await trial.end("SIGKILL of all workers")
    assert row.resets == 0


async def test_a_rolling_restart_under_load_is_hardly_felt(trial: Trial) -> None:
    await trial.begin()
    for _ in range(REPETITIONS):
        for worker in trial.site.workers:
            await trial.load()
            assert await asyncio.to_thread(worker.stop) == 0
            await asyncio.to_thread(worker.start)
            await worker.until_ready()
    await trial.swarm.all_live()
    row = await trial.end("rolling restart of all workers")
    assert row.resets == 0 and row.resumes > 0
    assert row.offline[2] <= FELT_AT_MOST


async def test_a_worker_frozen_for_a_moment_keeps_its_people(trial: Trial) -> None:
    await trial.begin()
    for _ in range(REPETITIONS):
        worker = trial.dice.choice(trial.site.workers)
        await trial.load()
        worker.signal(signal.SIGSTOP)
        await asyncio.sleep(FROZEN_SHORT)
        worker.signal(signal.SIGCONT)
        await trial.load()
    row = await trial.end("worker frozen for 2 s")
    assert trial.gaps() == [], "nobody had to come back"
    assert row.resets == 0


async def test_a_worker_that_slept_too_long_serves_nothing_stale_when_it_wakes(trial: Trial) -> None:
    await trial.begin()
    for _ in range(REPETITIONS):
        await trial.load()
        # the other one has nobody, once these have moved to it
        worker = max(trial.site.workers, key=lambda worker: len(on(trial, worker)))
        its_people = on(trial, worker)
        worker.signal(signal.SIGSTOP)
        await asyncio.sleep(FROZEN_LONG)
        woken = time.monotonic()
        worker.signal(signal.SIGCONT)
        await all_sent_away(its_people, woken)
        await trial.swarm.all_live()
        stale = [line.seen.places[-3:] for line in its_people if was_told(line, woken)]
        assert not stale, f"told after it woke at {woken}: {stale[:5]}"
        await worker.until_ready()
        await trial.load()
    row = await trial.end("worker frozen for 9 s")
    assert row.resets == 0


async def all_sent_away(lines: list[Line], since: float) -> None:
    await eventually(
        lambda: all(line.seen.lost and line.seen.lost[-1] >= since for line in lines), "all sent away"
    )


def was_told(line: Line, since: float) -> bool:
    """Whether the socket that stood when the worker woke brought a state before it was closed."""
    closed = next(at for at in line.seen.lost if at >= since)
    return any(since <= place.at < closed for place in line.seen.places)


async def test_presence_is_right_soon_after_a_worker_died_and_a_return_is_not_seen(trial: Trial) -> None:
    swarm = await trial.begin()
    await trial.load()
    # with either: on a busy machine everybody may have come in by one
    worker = max(trial.site.workers, key=lambda worker: len(on(trial, worker)))
    gone = [member for member in swarm.members[1:] if set(member.lines) & set(on(trial, worker))][:5]
    names = {member.told.person for member in gone}
    assert names
    await eventually(lambda: not any(member.pending for member in gone), "nothing of theirs under way")
    died = now_ms()
    worker.kill()
    await swarm.dismiss(gone)
    screen = swarm.members[0].lines[0].seen.screen

    def away() -> set[str]:
        return {id for id, person in screen.of("person").items() if not person["here"]}

    await eventually(lambda: away() == names, "who died with it is away", away, PRESENT_WITHIN + 10)
    took = (now_ms() - died) / 1000
    seen = came_and_went(await entries(trial), since=died)
    assert sorted(seen) == sorted((name, False) for name in names), "nobody else left or came"
    assert took <= PRESENT_WITHIN or not LONG
    trial.remark = f"presence right after {took:.1f} s"
    await trial.end("a worker's people gone for good", repetitions=1)
    print(three(trial.gaps()))
