"""Clients that repeat themselves, all leave at once, or hardly read: each effect once, nobody left behind."""

from __future__ import annotations

import asyncio
import bisect
import pathlib
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack

from tests.faults.line import SETTLED, Line
from tests.faults.proxy import Proxy
from tests.faults.site import Site
from tests.faults.swarm import Member, Swarm, eventually
from tests.faults.trial import COMMANDS, LONG, PEOPLE, REPETITIONS, Trial, three
from webinar_server.state import Role

STORMS = 10 if LONG else 2
BETWEEN_STORMS = SETTLED + 0.5 if LONG else 1.0
"""Seconds; a client that is dropped again sooner backs off longer each time, up to fifteen."""

EACH_SAYS = 8.0
"""Seconds between what one person does where the pace is on: below it, mostly."""

BACK_WITHIN = 10.0 if LONG else 25.0
SLOW = PEOPLE // 10
SLOW_RATE = 1_000.0
HELD_MOST = 512 * 1024
OTHERS_P99 = 0.150
ACROSS_MEDIAN = 0.005
SAID_AMONG_SLOW = 750 if LONG else 50
SAID = 200 if LONG else 50


async def test_a_command_sent_many_times_over_many_connections_happens_once(trial: Trial) -> None:
    await trial.begin(PEOPLE // 3, lines=3, copies=5)
    await trial.swarm.more(COMMANDS * REPETITIONS)
    sent = sum(asked.sent for told in trial.swarm.told for asked in told.asked.values())
    asked = sum(len(told.asked) for told in trial.swarm.told)
    trial.remark = f"each sent {sent / asked:.1f} times"
    assert sent > 2 * asked
    row = await trial.end("each command 1–5 times over 3 connections")
    assert row.resets == 0


async def test_all_dropped_at_once_and_again_are_soon_back_where_they_were(
    open_site: Callable[..., Site], try_on: Callable[[Site], Trial]
) -> None:
    # with the limits of a real server: a storm is let in at the rate it can bear
    trial = try_on(await asyncio.to_thread(open_site, WEBINAR_PACE=None))
    swarm = await trial.begin(rate=PEOPLE / EACH_SAYS)
    worst = []
    for _ in range(STORMS):
        await asyncio.sleep(BETWEEN_STORMS)
        lost = [len(line.seen.lost) for line in swarm.lines]
        began = time.monotonic()
        for line in swarm.lines:
            line.drop()
        await eventually(lambda lost=lost: all_lost(swarm.lines, lost), "all lost")
        await swarm.all_live()
        worst.append(time.monotonic() - began)
    await swarm.more(COMMANDS // 4)
    trial.remark = f"all back within {max(worst):.1f} s each time"
    row = await trial.end("all dropped at once", repetitions=STORMS)
    assert max(worst) <= BACK_WITHIN
    assert row.resumes >= 0.95 * STORMS * PEOPLE


def all_lost(lines: list[Line], before: list[int]) -> bool:
    return all(len(line.seen.lost) > count for line, count in zip(lines, before, strict=True))


async def test_what_one_worker_commits_is_soon_on_the_others_screens(trial: Trial) -> None:
    swarm = await trial.begin(4)
    swarm.hush()
    await swarm.all_live()
    speaker = swarm.members[1]
    [here] = speaker.lines
    others = [line for line in swarm.lines if door(line) != door(here)]
    assert others
    for number in range(SAID):
        asked = await speaker.do("say", {"text": f"mark {number}"})
        await eventually(lambda asked=asked: bool(asked.done), "an answer")
        await asyncio.sleep(0.02)
    await eventually(
        lambda: len(list(delays([speaker], others))) >= SAID * len(others), "the last is there too"
    )
    across = list(delays([speaker], others))
    there = [arrived - done for _, done, arrived in across]
    whole = [arrived - first for first, _, arrived in across]
    assert len(across) == SAID * len(others)
    median, p99, most = three(there)
    trial.remark = (
        f"on the other worker's screens {median * 1000:.1f} / {p99 * 1000:.1f} / {most * 1000:.1f} ms after "
        f"done, {three(whole)[0] * 1000:.1f} ms after it was sent"
    )
    await trial.end("two workers, nothing broken", repetitions=1)
    assert median <= ACROSS_MEDIAN or not LONG


def door(line: Line) -> str:
    return line.doors[line.door % len(line.doors)]


def delays(speakers: list[Member], lines: list[Line]) -> Iterator[tuple[float, float, float]]:
    """Of each acknowledged command and each line: when it was sent, done, and there."""
    for line in lines:
        seqs = [place.seq for place in line.seen.places]
        for member in speakers:
            for asked in member.told.asked.values():
                if asked.done:
                    index = bisect.bisect_left(seqs, asked.done[0].seq)
                    if 0 < index < len(seqs):
                        yield asked.first, asked.done[0].at, line.seen.places[index].at


async def test_a_tenth_that_hardly_reads_does_not_hold_up_the_others(trial: Trial) -> None:
    async with AsyncExitStack() as stack:
        proxies = [await Proxy(worker.port).start() for worker in trial.site.workers]
        for proxy in proxies:
            stack.push_async_callback(proxy.stop)
        # as many commands a second as the figures to reach are about
        swarm = await trial.begin(rate=50.0)
        healthy = swarm.lines
        begun, small = time.monotonic(), grown(trial)
        await swarm.more(SAID_AMONG_SLOW)
        slow = await slow_ones(trial, swarm, [f"http://127.0.0.1:{proxy.port}" for proxy in proxies])
        for proxy in proxies:
            proxy.down.slice, proxy.down.rate = 100, SLOW_RATE
        # every other one does not read at all
        for line in slow[::2]:
            line.deafen()
        slowed, medium = time.monotonic(), grown(trial)
        await swarm.more(SAID_AMONG_SLOW)
        over, large = time.monotonic(), grown(trial)
        for proxy in proxies:
            proxy.heal()
        for line in slow:
            line.hearken()
        # what as many commands cost without them is not theirs
        each = max(0.0, (large - medium) - (medium - small)) / len(slow)
        usual = p99(swarm, healthy, begun, slowed)
        others = p99(swarm, healthy, slowed, over)
        trial.remark = (
            f"others p99 {others * 1000:.0f} ms ({usual * 1000:.0f} before), {each / 1024:.0f} kB a slow one"
        )
        await trial.end(f"{len(slow)} of {len(swarm.lines)} hardly read", repetitions=1)
        assert not LONG or (others <= max(OTHERS_P99, 1.5 * usual) and each <= HELD_MOST)


def p99(swarm: Swarm, lines: list[Line], since: float, until: float) -> float:
    """From what was sent in a time until it was on these people's screens, in seconds."""
    return three([t - first for first, _, t in delays(swarm.members, lines) if since <= first < until])[1]


def grown(trial: Trial) -> int:
    """Resident bytes of the workers."""
    pages = [int(pathlib.Path(f"/proc/{w.pid}/statm").read_text().split()[1]) for w in trial.site.workers]
    return sum(pages) * 4096


async def slow_ones(trial: Trial, swarm: Swarm, doors: list[str]) -> list[Line]:
    """More people, who come through the proxies and say nothing."""
    role: Role = "attendee"
    slow = [Member(PEOPLE + number, role, doors, trial.dice, 1, 1) for number in range(SLOW)]
    await swarm.join(slow)
    return [line for member in slow for line in member.lines]
