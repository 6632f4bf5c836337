"""Killed in the middle of a snapshot, of the cut of a log, an export, a restore: all of it, or nothing."""

from __future__ import annotations

import asyncio
import pathlib
import random
import select
import subprocess
import sys
import time
from typing import IO

import pytest

from tests.faults.cutter import EACH, TOPIC, opened, snapshot
from tests.faults.trial import LONG
from tests.serve.test_archive import fill, long_session
from tests.valkey import Valkey
from tests.web.process import COMMAND, environment_of, prints
from webinar_server.log import Log, check_chain
from webinar_server.state import START, Position

KILLS = 20 if LONG else 2
ENTRIES = 4_000
READY_WITHIN = 60.0


def line_of(stream: IO[bytes]) -> list[str]:
    readable, _, _ = select.select([stream], [], [], READY_WITHIN)
    return stream.readline().decode().split() if readable else []


def written(engine: str, where: str, dice: random.Random, victim: Valkey | None) -> list[list[str]]:
    """Let it write, kill it or its Redis while a snapshot is under way, and tell what it had said by then."""
    command = [sys.executable, "-m", "tests.faults.cutter", engine, where]
    writer = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0, env=environment_of({})
    )
    assert writer.stdout is not None
    said: list[list[str]] = []
    snapshots, wanted = 0, dice.randint(3, 8)
    while snapshots < wanted:
        words = line_of(writer.stdout)
        assert words, said[-3:]
        said.append(words)
        snapshots += words[0] == "saving"
    time.sleep(dice.uniform(0, 0.002))
    if victim is not None:
        victim.kill()
    writer.kill()
    rest = writer.communicate()[0].decode()
    said += [words.split() for words in rest[: rest.rfind("\n") + 1].splitlines()]
    return said


async def stands(log: Log, said: list[list[str]]) -> None:
    """All that was acknowledged is there; what begins with a snapshot begins with a whole one."""
    base, head, kept = await log.base(TOPIC), await log.head(TOPIC), await log.snapshot(TOPIC)
    entries = await log.read(TOPIC, base.seq, 1_000_000)
    check_chain(TOPIC, base, entries)
    tags = {base.seq: base.tag, **{entry.seq: entry.tag for entry in entries}}
    assert head.seq == max(tags)
    acknowledged = [Position(int(seq), tag) for what, seq, tag in said if what == "entry"]
    assert all(tags.get(at.seq, at.tag) == at.tag and at.seq <= head.seq for at in acknowledged)
    assert kept is not None and kept == snapshot(kept.position), "a whole one"
    assert tags[kept.position.seq] == kept.position.tag and base.seq <= kept.position.seq
    saved = [int(seq) for what, seq, _ in said if what == "saved"]
    assert kept.position.seq >= max(saved)
    if base != START:
        assert len(entries) >= EACH


@pytest.mark.parametrize(
    ("engine", "killed"), [("sqlite", "the writer"), ("redis", "the writer"), ("redis", "its log")]
)
async def test_killed_during_snapshots_and_cuts_a_log_is_whole(
    engine: str, killed: str, valkey: Valkey, tmp_path: pathlib.Path
) -> None:
    dice = random.Random()
    where = valkey.url if engine == "redis" else str(tmp_path)
    for _ in range(KILLS):
        victim = valkey if killed == "its log" else None
        said = await asyncio.to_thread(written, engine, where, dice, victim)
        if victim is not None:
            await asyncio.to_thread(victim.start)
        log = opened(engine, where)
        await log.open()
        try:
            await stands(log, [words for words in said if len(words) == 3])
        finally:
            await log.close()


def killed_within(seconds: float, *arguments: object) -> bool:
    """Whether a command was killed before it ended."""
    command = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment_of({}),
    )
    try:
        command.wait(seconds)
    except subprocess.TimeoutExpired:
        command.kill()
    return command.wait() != 0


def body(file: pathlib.Path) -> list[bytes]:
    """An export without the line that says when it was made."""
    return file.read_bytes().splitlines()[1:]


def test_an_export_and_a_restore_killed_at_any_moment_leave_all_or_nothing(tmp_path: pathlib.Path) -> None:
    data, whole, part = tmp_path / "data", tmp_path / "whole.jsonl", tmp_path / "part.jsonl"
    fill(data, long_session(ENTRIES))
    began = time.monotonic()
    prints("export", "s1", "--output", whole, "--data", data)
    took, dice, killed = time.monotonic() - began, random.Random(), 0
    for number in range(KILLS):
        moment = dice.uniform(took / 2, took)
        killed += killed_within(moment, "export", "s1", "--output", part, "--overwrite", "--data", data)
        assert not part.exists() or body(part) == body(whole)
        new = tmp_path / f"new{number}"
        killed += killed_within(moment, "restore", whole, "--data", new)
        [told] = prints("restore", whole, "--data", new)
        assert "is restored" in told or "completed" in told or "is there already" in told
        prints("export", "s1", "--output", part, "--overwrite", "--data", new)
        assert body(part) == body(whole)
        part.unlink()
    assert killed > 0, "or nothing was tried"
