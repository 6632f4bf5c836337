"""Redis killed, frozen, emptied, shortened: while a worker remembers, nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
import os
import pathlib
import signal

from tests.faults.trial import LONG, REPETITIONS, Trial
from tests.valkey import Valkey

FROZEN = 10.0 if LONG else 4.0
KILLED_EACH = 0.5
CUT = (1, 65_536)
"""Bytes of the append-only file that a crash of the machine may cost."""


async def test_redis_killed_under_load_loses_nothing_and_no_socket_closes(trial: Trial) -> None:
    await trial.begin()
    for _ in range(REPETITIONS):
        await trial.load()
        await restart(trial, pause=trial.dice.uniform(0.2, 5.0 if LONG else 1.5))
        await trial.load()
    row = await trial.end("SIGKILL of Redis, AOF always")
    assert trial.gaps() == [] and row.resets == 0, "sockets stayed open meanwhile"


async def test_redis_frozen_for_long_loses_nothing_and_no_socket_closes(trial: Trial) -> None:
    await trial.begin()
    for _ in range(REPETITIONS):
        await trial.load()
        trial.site.valkey.signal(signal.SIGSTOP)
        await asyncio.sleep(FROZEN)
        trial.site.valkey.signal(signal.SIGCONT)
        await trial.load()
    row = await trial.end(f"Redis frozen for {FROZEN:.0f} s")
    assert trial.gaps() == [] and row.resets == 0


async def test_pubsub_connections_killed_all_the_time_are_no_gap_on_any_screen(trial: Trial) -> None:
    await trial.begin()
    killed = 0

    def kill() -> int:
        with trial.site.valkey.client() as client:
            return int(client.execute_command("CLIENT", "KILL", "TYPE", "PUBSUB"))

    async def keep_killing() -> None:
        nonlocal killed
        while True:
            killed += await asyncio.to_thread(kill)
            await asyncio.sleep(KILLED_EACH)

    killing = asyncio.ensure_future(keep_killing())
    try:
        for _ in range(REPETITIONS):
            await trial.load()
            await trial.load()
            await asyncio.sleep(4 * KILLED_EACH)
    finally:
        killing.cancel()
    assert killed >= 4 * REPETITIONS
    trial.remark = f"{killed} connections killed"
    row = await trial.end("pub/sub connections killed every 500 ms")
    assert trial.gaps() == [] and row.resets == 0


async def test_an_emptied_redis_is_filled_again_by_the_workers(trial: Trial) -> None:
    await trial.begin()
    for _ in range(REPETITIONS):
        await trial.load()
        with trial.site.valkey.client() as client:
            client.flushall()
        await trial.load()
    row = await trial.end("FLUSHALL, workers live on")
    assert row.resets == 0


async def test_a_shortened_log_is_completed_by_the_workers(trial: Trial) -> None:
    await trial.begin()
    cuts = []
    for _ in range(REPETITIONS):
        await trial.load()
        cuts.append(await restart(trial, cut=trial.dice.randint(*CUT)))
        await trial.load()
    trial.remark = f"{sum(cuts)} bytes cut"
    row = await trial.end("AOF's end cut, workers live on")
    assert row.resets == 0


async def test_a_shortened_log_without_a_survivor_is_told_to_everybody_who_saw_more(trial: Trial) -> None:
    await trial.begin()
    for _ in range(REPETITIONS):
        await trial.load()
        for worker in trial.site.workers:
            worker.kill()
        await restart(trial, cut=trial.dice.randint(2_000, 20_000))
        for worker in trial.site.workers:
            await asyncio.to_thread(worker.start)
        await trial.swarm.all_live()
        await trial.load()
    row = await trial.end("AOF's end cut, no survivor (lost, but told)", rewound=True)
    assert row.lost > 0 and row.resets > 0


async def test_the_log_lives_on_when_both_redis_and_a_worker_die(trial: Trial) -> None:
    await trial.begin()
    for _ in range(REPETITIONS):
        await trial.load()
        worker = trial.dice.choice(trial.site.workers)
        worker.kill()
        await restart(trial, cut=trial.dice.randint(*CUT))
        await asyncio.to_thread(worker.start)
        await trial.load()
        await trial.swarm.all_live()
    row = await trial.end("AOF's end cut and a worker killed")
    assert row.resets == 0


async def restart(trial: Trial, pause: float = 0.0, cut: int = 0) -> int:
    """SIGKILL, perhaps a shorter file, and back; bytes that were cut."""
    valkey = trial.site.valkey
    valkey.kill()
    done = cut_end(valkey, cut) if cut else 0
    await asyncio.sleep(pause)
    await asyncio.to_thread(valkey.start)
    return done


def cut_end(valkey: Valkey, size: int) -> int:
    """Cut the append-only file as a power cut may; never more than half of it."""
    [file] = newest(valkey.folder)
    whole = file.stat().st_size
    cut = min(size, whole // 2)
    os.truncate(file, whole - cut)
    return cut


def newest(folder: pathlib.Path) -> list[pathlib.Path]:
    return sorted((folder / "appendonlydir").glob("*.incr.aof"))[-1:]


def test_valkey_itself_starts_from_a_shortened_file(valkey: Valkey) -> None:
    """What the cuts above rest on."""
    with valkey.client() as client:
        for number in range(100):
            client.rpush("list", number)
    valkey.kill()
    assert cut_end(valkey, 50) == 50
    valkey.start()
    with valkey.client() as client:
        assert 90 <= client.llen("list") < 100
