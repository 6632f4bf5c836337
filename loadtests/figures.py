"""The figures of one live webinar, measured on this machine: `python -m loadtests.figures [--seconds 60]`.

Starts a server of its own on a fresh data folder and core 0, brings 300 viewers from core 1, and prints what
it saw beside what was asked. Everything is on but the pace per person. Loopback only; it stops by itself.
"""

from __future__ import annotations

import argparse
import gzip
import pathlib
import re
import tempfile
import time
import urllib.request

import uvloop

from loadtests.bench import processes, tables
from loadtests.bench.__main__ import RESULTS
from loadtests.bench.loads import STEADY
from loadtests.bench.measure import FULL, QUIET, Site, gathered, idled, talked
from loadtests.bench.processes import audience_core
from loadtests.swarm import Swarm, quantile

VIEWERS = 300
IDLE_S = 20.0


def page_weight(port: int, session: str) -> tuple[int, int]:
    """Bytes (compressed) and requests before the attendee's page is usable."""
    base = f"http://127.0.0.1:{port}"
    page = fetch(f"{base}/session/{session}")
    links = re.findall(rb'(?:src|href)="(/static/[^"]+)"', page)
    parts = [fetch(base + link.decode(), compressed=True) for link in dict.fromkeys(links)]
    return len(gzip.compress(page)) + sum(map(len, parts)), 1 + len(parts)


def fetch(url: str, compressed: bool = False) -> bytes:
    headers = {"Accept-Encoding": "br"} if compressed else {}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        return bytes(answer.read())


async def measure(site: Site, audience: processes.Audience, seconds: float) -> None:
    swarm = Swarm(site.port)
    waits: list[float] = []
    began = time.monotonic()

    async def come() -> None:
        waits.extend(await swarm.come(audience.speech, audience.tokens, over=1.0))
        row("300 connect in 1 s, all hold the state after", f"{time.monotonic() - began:.2f} s", "3 s")
        row("  each, from connecting to the state, p99", f"{quantile(waits, 0.99) * 1000:.0f} ms", "")

    row("memory per connection", f"{await gathered(site, swarm, [come()]):.1f} kB", "60 kB")
    row("300 idle viewers", f"{(await idled(site, IDLE_S))['core']:.2%} of a core", "2 %")
    await steady(site, swarm, seconds)
    swarm.leave()


async def steady(site: Site, swarm: Swarm, seconds: float) -> None:
    seen = await talked(site, swarm, STEADY._replace(seconds=seconds))
    row(f"50 messages/s for {seconds:.0f} s, delivered", f"{seen['delivered']:.2%}", "100 %")
    row("  p50", f"{seen['p50_ms']:.0f} ms", "")
    row("  p99", f"{seen['p99_ms']:.0f} ms", "100 ms")
    row("  server CPU per delivery", f"{seen['us']:.1f} µs", "15 µs")
    if seen["audience"] > FULL:
        print(f"the audience used {seen['audience']:.0%} of its core: the last three are its own")


ROWS: list[tuple[str, str, str]] = []


def row(what: str, seen: str, asked: str) -> None:
    ROWS.append((what, seen, asked))
    print(f"{what:48} {seen:>14}   {'asked: ' + asked if asked else ''}", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m loadtests.figures", description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--results", type=pathlib.Path, default=RESULTS, help="where they are kept")
    seconds, results = (given := options.parse_args()).seconds, given.results
    with tempfile.TemporaryDirectory() as data:
        [audience] = processes.gather(pathlib.Path(data), VIEWERS, VIEWERS)
        began = time.monotonic()
        server, port = processes.serve(pathlib.Path(data))
        try:
            row("from command to ready", f"{time.monotonic() - began:.2f} s", "1.5 s")
            # the very first visitor's files are compressed in a hurry
            page_weight(port, audience.session)
            time.sleep(QUIET)
            weight, requests = page_weight(port, audience.session)
            row(f"attendee's page, {requests} requests", f"{weight / 1000:.1f} kB", "45 kB")
            with audience_core():
                uvloop.run(measure(Site(server, port), audience, seconds))
        finally:
            server.end()
    tables.keep(results, "webinar", ROWS)


if __name__ == "__main__":
    main()
