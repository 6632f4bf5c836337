"""Soak: a lively hour on one server, looked at all the way: memory, descriptors, p99, what it logs.

    python -m tests.faults.soak --minutes 40        or: make soak MINUTES=40

A lean audience talks; a few people do everything a session knows, and are told apart; some come and go. When
all have left, the room closes and memory is given back.
"""

from __future__ import annotations

import asyncio
import pathlib
import random
import tempfile
import time
from collections.abc import Callable
from typing import NamedTuple

import click
import httpx
import uvloop

from loadtests.bench.processes import allow_files, rss_kb
from loadtests.swarm import Swarm as Audience
from loadtests.swarm import quantile
from loadtests.viewer import Ear, ours
from tests.faults.line import TOPIC
from tests.faults.site import Worker
from tests.faults.swarm import Swarm, eventually, token
from tests.ports import free_port
from tests.web.process import prints

ACTIVE = 8
"""People who do everything, the first of them a host."""

LOOKS = 10
IDLE_S = 3
"""Seconds after which the server closes a room, so that the end need not be waited for."""

GIVEN_BACK_WITHIN = 60.0


class Look(NamedTuple):
    """At a moment: seconds since the beginning, entries committed so far, MB resident, descriptors; and the
    ms within which 99 of 100 messages came to a viewer since the last look (-1 if there were none)."""

    at: float
    entries: int
    memory: float
    files: int
    p99: float


class Soak:
    """One run. `people` talk `rate` times a second in all; `coming` times a second one is replaced."""

    def __init__(self, folder: pathlib.Path, people: int, rate: float, coming: float) -> None:
        self.looks: list[Look] = []
        self.settled = 0.0
        self._people, self._rate, self._coming = people, rate, coming
        self._metrics = free_port()
        data = folder / "data"
        prints("session", "add", "s1", "--title", "Soak", "--data", data)
        options = ("--data", str(data), "--metrics", str(self._metrics))
        self.worker = Worker(folder, *options, WEBINAR_IDLE=str(IDLE_S)).start()
        self._dice = random.Random(2020)
        self._ear = Ear()
        self._began = time.monotonic()

    def counted(self, metric: str) -> float:
        """A metric of the server without labels."""
        text = httpx.get(f"http://127.0.0.1:{self._metrics}/metrics", trust_env=False).text
        found = [line.split()[1] for line in text.splitlines() if line.startswith(f"{metric} ")]
        return float(found[0])

    def look(self) -> Look:
        files = len(list(pathlib.Path(f"/proc/{self.worker.pid}/fd").iterdir()))
        entries = int(self.counted("webinar_entries_total"))
        p99 = quantile(self._ear.latencies, 0.99)
        del self._ear.latencies[:]
        memory = rss_kb(self.worker.pid) / 1024
        look = Look(time.monotonic() - self._began, entries, memory, files, p99 / 1e6 if p99 >= 0 else -1)
        self.looks.append(look)
        return look

    async def run(self, seconds: float, say: Callable[[Look], object] = str) -> None:
        """All come, talk for so long, and leave."""
        say(await asyncio.to_thread(self.look))
        speech = ours(TOPIC)
        audience = Audience(self.worker.port)
        self._ear = audience.ear
        await audience.come(speech, [token(f"viewer{n}", "attendee") for n in range(self._people)])
        active = await Swarm([self.worker.url], ACTIVE, 2020, rate=ACTIVE / 2).start()
        try:
            for _ in range(LOOKS):
                say(await asyncio.to_thread(self.look))
                coming = asyncio.ensure_future(self._come_and_go(audience, seconds / LOOKS))
                await audience.talk(self._rate, seconds / LOOKS)
                await coming
            say(await asyncio.to_thread(self.look))
            self.settled = await active.settle()
        finally:
            audience.leave()
            await active.leave()
        await eventually(lambda: self.counted("webinar_rooms") == 0, "closed", within=GIVEN_BACK_WITHIN)
        await eventually(self._given_back, "given back", lambda: self.looks[-2:], within=GIVEN_BACK_WITHIN)
        say(self.looks[-1])

    def _given_back(self) -> bool:
        """A look at what is left; whether that is all there was before anybody came, in descriptors."""
        return self.look().files <= self.looks[0].files + 2

    async def _come_and_go(self, audience: Audience, seconds: float) -> None:
        speech = ours(TOPIC)
        for _ in range(round(seconds * self._coming)):
            leaver = audience.viewers.pop(self._dice.randrange(len(audience.viewers)))
            leaver.leave()
            person = token(f"viewer{self._dice.randrange(2 * self._people)}", "attendee")
            await asyncio.gather(
                audience.bring(speech, f"Authorization: Bearer {person}\r\n"), asyncio.sleep(1 / self._coming)
            )

    def grown_kb(self) -> float:
        """Of memory, for each entry committed in the second half."""
        inside = self.looks[1 : LOOKS + 2]
        middle, last = inside[len(inside) // 2], inside[-1]
        return (last.memory - middle.memory) * 1024 / max(1, last.entries - middle.entries)


@click.command()
@click.option("--minutes", type=click.FloatRange(0.1), default=40.0, show_default=True)
@click.option("--people", type=click.IntRange(2), default=300, show_default=True)
@click.option("--rate", type=float, default=5.0, show_default=True, help="Messages a second, of all.")
def main(minutes: float, people: int, rate: float) -> None:
    """Play a lively hour on a server of our own, and say what it took."""
    allow_files()
    with tempfile.TemporaryDirectory(prefix="webinar-soak-") as folder:
        soak = Soak(pathlib.Path(folder), people, rate, coming=0.5)
        try:
            uvloop.run(soak.run(minutes * 60, _say))
        finally:
            soak.worker.kill()
        click.echo(f"grew {soak.grown_kb():.2f} kB for each entry in the second half")
        click.echo(f"log: {soak.worker.said().strip() or 'nothing'}")


def _say(look: Look) -> None:
    click.echo(
        f"{look.at:7.0f} s  {look.entries:7} entries  {look.memory:6.1f} MB  {look.files:5} descriptors"
        f"  p99 {look.p99:4.0f} ms"
    )


if __name__ == "__main__":
    main()
