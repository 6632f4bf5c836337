"""Power gone, process killed, disk full: whatever was acknowledged is there, and the chain holds."""

import asyncio
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from time import sleep

import pytest

from tests.log import bodies, end, link
from webinar_server.errors import StorageError
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.state import START, Position, Sealed

ROOT = Path(__file__).parents[3]
KILLS = 24


async def chains(log: SqliteLog) -> dict[str, list[Sealed]]:
    """Everything in a log; reading checks the chain."""
    return {topic: await log.read(topic, 0, 1_000_000) for topic in await log.topics()}


def acknowledged(folder: Path, wait: float) -> list[tuple[str, Position]]:
    """What a writer in another process was acknowledged until it was killed."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.log.writer", str(folder)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert writer.stdout is not None and writer.stdout.readline() == b"ready\n"
    sleep(wait)
    writer.send_signal(signal.SIGKILL)
    said = writer.communicate()[0].decode()
    whole = said[: said.rfind("\n") + 1].split("\n")[:-1]
    fields = (line.split(" ") for line in whole)
    return [(topic, Position(int(seq), tag)) for topic, seq, tag in fields]


async def test_a_writer_killed_at_any_moment_loses_nothing_acknowledged(tmp_path: Path) -> None:
    dice, promised = random.Random(), []
    kills = 0
    # a busy machine may need more of them to be promised so much
    while kills < KILLS or len(promised) <= 1_000:
        kills += 1
        assert kills < KILLS * 10, len(promised)
        wait = dice.uniform(0, 0.06)
        promised += await asyncio.to_thread(acknowledged, tmp_path, wait)
        log = SqliteLog(tmp_path)
        await log.open()
        found = await chains(log)
        await log.close()
        for topic, at in promised:
            assert end(found[topic][at.seq - 1]) == at


@pytest.mark.parametrize("seed", range(24))
async def test_a_torn_write_ahead_log_loses_only_its_end(tmp_path: Path, seed: int) -> None:
    dice, at, said = random.Random(seed), START, []
    log, copy = SqliteLog(tmp_path), tmp_path / "copy"
    await log.open()
    for n in range(30):
        entries = link(at, f"{n} " + "x" * dice.randrange(2_000))
        await log.append("t", at, entries)
        at, said = end(entries[-1]), said + entries
    copy.mkdir()
    for name in ("log.db", "log.db-wal"):
        shutil.copy(tmp_path / name, copy / name)
    await log.close()
    tear(copy / "log.db-wal", dice)

    torn = SqliteLog(copy)
    await torn.open()
    left = await torn.read("t", 0)
    assert left == said[: len(left)]
    at = await torn.head("t")
    assert await torn.append("t", at, link(at, "on")) is None
    await torn.close()


def tear(path: Path, dice: random.Random) -> None:
    """Lose what comes after a random byte, or leave something else there."""
    place = dice.randrange(path.stat().st_size)
    if dice.random() < 0.5:
        os.truncate(path, place)
    else:
        with path.open("r+b") as file:
            file.seek(place)
            file.write(dice.randbytes(5_000))


def done(*command: str) -> bool:
    """Whether a command could be run and succeeded."""
    return bool(shutil.which(command[0])) and not subprocess.run(command, capture_output=True).returncode


class CrowdedDisk:
    """A folder with little room left: a small file system, or a small file where mounting is not allowed."""

    def __init__(self, folder: Path) -> None:
        self.log = SqliteLog(folder)
        self._ballast = folder / "ballast"
        mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)]
        self.mounted = (
            bool(shutil.which("mount")) and subprocess.run(mount, capture_output=True).returncode == 0
        )

    async def fill(self) -> None:
        if not self.mounted:
            return await self._pages("(SELECT page_count FROM pragma_page_count)")
        with suppress(OSError), self._ballast.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))

    async def make_room(self) -> None:
        if not self.mounted:
            return await self._pages("1000000")
        self._ballast.unlink()

    async def _pages(self, limit: str) -> None:
        def set_limit(db):
            count = db.execute(f"SELECT {limit}").fetchone()[0]
            db.execute(f"PRAGMA max_page_count = {count}")

        await self.log._read(set_limit)


@pytest.fixture
async def crowded(tmp_path: Path) -> AsyncIterator[CrowdedDisk]:
    disk = CrowdedDisk(tmp_path)
    yield disk
    await disk.log.close()
    if disk.mounted:
        assert done("umount", str(tmp_path))


BIG = "x" * 20_000


async def test_a_full_disk_is_told_to_writers_while_readers_go_on(crowded: CrowdedDisk) -> None:
    log = crowded.log
    await log.open()
    first = link(START, "a")
    await log.append("t", START, first)
    at = end(first[-1])
    await crowded.fill()
    tries = [log.append("t", at, link(at, BIG)), log.append("u", START, link(START, BIG)), log.read("t", 0)]
    one, other, read = await asyncio.gather(*tries, return_exceptions=True)
    for answer in (one, other):
        assert isinstance(answer, StorageError) and "full; make room" in str(answer)
    assert read == first
    assert await log.topics() == ["t"] and await log.head("t") == at, "nothing half written"

    await crowded.make_room()
    assert await log.append("t", at, link(at, BIG)) is None, "no restart is needed"
    assert bodies(await log.read("t", 0)) == ["a", BIG]


async def test_a_full_disk_at_the_start_is_told_and_loses_nothing(crowded: CrowdedDisk) -> None:
    log = crowded.log
    await log.open()
    await log.append("t", START, link(START, "a"))
    await log.close()
    if crowded.mounted:
        await crowded.fill()
        with pytest.raises(StorageError, match=r"full|cannot be written|room on the disk"):
            await log.open()
        await crowded.make_room()
    await log.open()
    assert bodies(await log.read("t", 0)) == ["a"]


async def test_a_disk_that_fails_to_write_is_told_and_comes_back(sqlite: SqliteLog, tmp_path: Path) -> None:
    await sqlite.append("t", START, link(START, "a"))
    at = await sqlite.head("t")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = (tmp_path / "log.db-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096, limits[1]))
    try:
        with pytest.raises(StorageError, match="disk"):
            await sqlite.append("t", at, link(at, BIG))
        assert bodies(await sqlite.read("t", 0)) == ["a"]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert await sqlite.append("t", at, link(at, BIG)) is None
    assert bodies(await sqlite.read("t", 0)) == ["a", BIG]
