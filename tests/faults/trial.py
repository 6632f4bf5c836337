"""Trial: a site under load, something broken, and what became of it: checked, and a row of figures.

`FAULTS=long` repeats each fault at least twenty times over at least ten thousand acknowledged commands, with
three hundred people; without it a trial is a few seconds with some dozens. `FAULTS_TIMES` says how often
instead, and `FAULTS_SEED` repeats the dice of a run.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
from collections.abc import Callable, Iterable, Sequence
from statistics import quantiles
from typing import NamedTuple

from tests.faults import checker
from tests.faults.line import TOPIC
from tests.faults.site import Site
from tests.faults.swarm import Swarm
from tests.faults.told import Told
from webinar_server.errors import StorageError, Unanswered
from webinar_server.log.redis.engine import RedisLog
from webinar_server.state import Position, Sealed

LONG = os.environ.get("FAULTS") == "long"
PEOPLE = 300 if LONG else 40
REPETITIONS = int(os.environ.get("FAULTS_TIMES", 20 if LONG else 1))
COMMANDS = 550 if LONG else 60
"""Acknowledged in each repetition, half of them before the fault."""

RATE = 100.0 if LONG else 60.0
WATCH_EACH = 0.1


class Row(NamedTuple):
    """Figures of one trial; offline in seconds, with a screen without a socket."""

    fault: str
    seed: int
    repetitions: int
    acknowledged: int
    lost: int
    doubled: int
    offline: tuple[float, float, float]
    resumes: int
    resets: int
    remark: str = ""


class Watch:
    """Reads the log along the way: a log that was emptied may begin with a snapshot afterwards."""

    def __init__(self, url: str) -> None:
        self._log = RedisLog(url)
        self._read: dict[int, Sealed] = {}

    async def begin(self) -> None:
        await self._log.open()
        self._task = asyncio.ensure_future(self._keep())

    async def end(self) -> list[Sealed]:
        """The whole history: what is in the log now, and before its beginning what was there once."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        base, now = await self._whole()
        await self._log.close()
        return [self._read[seq] for seq in sorted(self._read) if seq <= base.seq] + now

    async def _whole(self) -> tuple[Position, list[Sealed]]:
        """With a long history this process may be too busy to hear an answer in time, so it asks again."""
        for _ in range(20):
            with contextlib.suppress(Unanswered):
                base = await self._log.base(TOPIC)
                return base, await self._log.read(TOPIC, base.seq, 10_000_000)
        raise AssertionError("the log cannot be read")

    async def _keep(self) -> None:
        while True:
            try:
                last = max(self._read, default=0)
                for entry in await self._log.read(TOPIC, last, 10_000):
                    self._read[entry.seq] = entry
            except StorageError:
                pass
            await asyncio.sleep(WATCH_EACH)


class Trial:
    """One scenario on one site."""

    def __init__(self, site: Site, seed: int, rows: list[Row]) -> None:
        self.site = site
        self.seed = seed
        self.dice = random.Random(seed)
        self._rows = rows
        self._swarm: Swarm | None = None
        self.remark = ""

    @property
    def swarm(self) -> Swarm:
        assert self._swarm is not None
        return self._swarm

    async def begin(
        self, size: int = PEOPLE, doors: Sequence[str] = (), rate: float = RATE, **more: int
    ) -> Swarm:
        """Workers ready, everybody in and talking."""
        print(f"seed {self.seed}")
        await self.site.ready()
        self._watch = Watch(self.site.valkey.url)
        await self._watch.begin()
        self._swarm = Swarm(doors or self.site.doors, size, self.seed, rate, **more)
        await self._swarm.start()
        return self._swarm

    async def load(self) -> None:
        """Half a repetition's commands."""
        await self.swarm.more(COMMANDS // 2)

    async def end(self, fault: str, repetitions: int = REPETITIONS, rewound: bool = False) -> Row:
        """All settle, leave and are checked; with `rewound` acknowledged commands may be lost, but not in
        silence."""
        took = await self.swarm.settle()
        await self.swarm.leave()
        sealed = await self._watch.end()
        told = self.swarm.told
        found = self._rewound(told, sealed) if rewound else checker.broken(told, sealed)
        row = self._row(
            fault, repetitions, checker.History(sealed), f"settled in {took:.1f} s; {self.remark}"
        )
        print(row)
        assert not found, checker.report(found)
        assert not (faults := self.site.complaints()), faults[:20]
        self._rows.append(row)
        return row

    async def close(self) -> None:
        """Whatever happened, nothing of the swarm goes on."""
        if self._swarm is not None:
            for line in self._swarm.lines:
                line.drop()
            await self._swarm.abandon()

    def gaps(self) -> list[float]:
        return sorted(gap for line in self.swarm.lines for gap in line.seen.gaps)

    def _rewound(self, told: Sequence[Told], sealed: Sequence[Sealed]) -> list[str]:
        history = checker.History(sealed)
        rules: Iterable[Callable[..., Iterable[str]]] = (checker.followed_since_reset, checker.alike)
        return [found for rule in rules for found in rule(told, history)] + [
            *checker.counted(history),
            *checker.one_spotlight(history),
            *checker.allowed(told, history),
        ]

    def _row(self, fault: str, repetitions: int, history: checker.History, remark: str) -> Row:
        lines = [line.seen for line in self.swarm.lines]
        return Row(
            fault,
            self.seed,
            repetitions,
            self.swarm.acknowledged,
            checker.lost(self.swarm.told, history),
            checker.doubled(history),
            three(self.gaps()),
            sum(line.resumes for line in lines),
            sum(line.resets for line in lines),
            remark,
        )


def three(values: Sequence[float]) -> tuple[float, float, float]:
    """Median, 99th percentile and greatest; zeros of nothing."""
    ordered = sorted(values)
    if len(ordered) < 2:
        return (ordered * 3)[0:3] if ordered else (0.0, 0.0, 0.0)  # type: ignore[return-value]
    cuts = quantiles(ordered, n=100, method="inclusive")
    return cuts[49], cuts[98], ordered[-1]


def table(rows: Sequence[Row]) -> list[str]:
    """The rows as Markdown, to be pasted into the documentation."""
    head = (
        "fault | seed | times | acknowledged | lost | doubled | offline p50/p99/max (s) | resumes | resets |"
    )
    lines = [f"| {head} remark |", "|---" * 10 + "|"]
    for row in rows:
        offline = " / ".join(f"{seconds:.2f}" for seconds in row.offline)
        cells = (*row[:6], offline, *row[7:])
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return lines
