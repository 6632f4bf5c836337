"""Forty who tap within 20 s of one spotlight, at two workers, again and again: `python -m loadtests.taps`.

The demo's mission on a Valkey of its own; all who tap follow the session and the mission beside it, on either
worker. It stops by itself.
"""

from __future__ import annotations

import argparse
import asyncio
import pathlib
import tempfile
import time

from loadtests.bench import tables
from loadtests.bench.__main__ import RESULTS
from loadtests.bench.processes import audience_core, valkey
from loadtests.felt import NO_GUESTS, TOPIC, WORKERS, founded, served
from loadtests.swarm import quantile
from tests.web.client import Client
from webinar_server.demo import mission, week
from webinar_server.demo.script import SESSION

TAPS, WITHIN, ROUNDS = 40, 20.0, 5
TOLD_AFTER = 0.5
"""Seconds after the last tap until the moment is over, in which something could be told too early."""

Row = tuple[str, str, str]


async def both(url: str, token: str) -> Client:
    """Somebody in the session, who follows the mission beside it."""
    client = await (await Client(url, token, path=f"/live?topic={TOPIC}").open()).join(TOPIC)
    await client.send(op="join", topic=week.TOPIC, at=None)
    await client.until(lambda: bool(client.screen.of("mission")), week.TOPIC)
    return client


async def measure(url: str, tokens: dict[str, str], rounds: int) -> list[Row]:
    guests = [token for id, token in tokens.items() if id not in NO_GUESTS][:TAPS]
    host, reader = await both(url, tokens[mission.HOST]), await both(url, tokens[mission.READER])
    others = [await both(url, token) for token in guests]
    await host.do("open_session", topic=TOPIC)
    waits: list[float] = []
    early, lists, after = 0, [], []
    for number in range(rounds):
        # as their organisation: each question is asked for by itself
        asked = await reader.do("ask", topic=TOPIC, text=f"Question {number}?", shown="organisation")
        question = asked["result"]["id"]
        await host.until(lambda id=question: id in host.screen.of("question"), "the question")  # type: ignore[misc]
        await host.do("spotlight", topic=TOPIC, question=question, instead_of=None)
        before, began = len(_lists(reader)), time.monotonic()
        waits += await asyncio.gather(*(_taps(other, question, at) for at, other in enumerate(others)))
        await asyncio.sleep(TOLD_AFTER)
        early += len(_lists(reader)) - before
        before = len(_lists(reader))
        began = time.monotonic()
        await host.do("answer", topic=TOPIC, question=question)
        await reader.until(lambda at=before: len(_lists(reader)) > at, "the list")  # type: ignore[misc]
        after.append(time.monotonic() - began)
        await asyncio.sleep(TOLD_AFTER)
        lists += _lists(reader)[before:]
    for client in (host, reader, *others):
        client.abort()
    assert {len(one) for one in lists} == {TAPS}, [len(one) for one in lists]
    return [
        (
            f"{TAPS} taps in {WITHIN:.0f} s of one spotlight, {rounds} times, at {WORKERS} workers: lists",
            f"{len(lists)}",
            f"{rounds}",
        ),
        ("  of requests told before the moment was over", f"{early}", "0"),
        ("  a tap's answer, p50", f"{quantile(waits, 0.5) * 1000:.0f} ms", ""),
        ("  p99", f"{quantile(waits, 0.99) * 1000:.0f} ms", "200 ms"),
        ("  from the press that ends it to the list, the longest", f"{max(after) * 1000:.0f} ms", ""),
    ]


async def _taps(client: Client, question: str, number: int) -> float:
    """Seconds until it is answered."""
    await asyncio.sleep(WITHIN * number / TAPS)
    began = time.monotonic()
    target = {"where": "spotlight", "session": SESSION, "question": question}
    await client.do("ask_contact", topic=week.TOPIC, reason=f"Reason {number}", **target)
    return time.monotonic() - began


def _lists(client: Client) -> list[dict[str, object]]:
    """What frames said of requests, a frame each."""
    told = [frame["put"].get("request") for frame in client.screen.frames if frame["topic"] == week.TOPIC]
    return [requests for requests in told if requests]


def rows(rounds: int = ROUNDS) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder)
        with valkey(data / "valkey", durable=True) as redis:
            tokens = asyncio.run(founded(data, redis.url))
            with served(data, redis.url) as url, audience_core():
                return asyncio.run(measure(url, tokens, rounds))


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m loadtests.taps", description=__doc__)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--results", type=pathlib.Path, default=RESULTS, help="where they are kept")
    given = options.parse_args()
    found = rows(given.rounds)
    for what, seen, asked in found:
        print(f"{what:72} {seen:>8}   {'asked: ' + asked if asked else ''}", flush=True)
    tables.keep(given.results, "taps", found)


if __name__ == "__main__":
    main()
