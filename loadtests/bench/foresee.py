"""`python -m loadtests.bench.foresee`: a large event by the cost model, second by second, without a server.

Everybody comes within five minutes around the hour; sessions chat, now and then in a burst, and hold a quiz.
Workers are filled by their costs (`model.py`): joins wait for the admission and for the processor, what is
told waits for the pause of its room, the append, and whatever else the worker does just then.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from typing import NamedTuple

from loadtests.bench.model import COSTS, SETTINGS, Limits, Load, Use, come, first, idle, rhythm, talk, used

COMING = (-240, 60)
"""Seconds around the hour in which all come; most of them at the hour."""

CHAT, BURST, QUIZ = 0.2, 10.0, 30.0
"""Messages a second of a session of 300: usually, in a burst, and when 300 vote within ten seconds."""

BURST_S, BURST_EACH, QUIZ_S = 20, 180, 10
APPEND_S = 0.004
"""How long an append takes, disk included."""

STEP = 2
"""Seconds."""


class Event(NamedTuple):
    """Who comes, to how many workers, and whether a session's people are all sent to the same one."""

    viewers: int = 100_000
    sessions: int = 300
    workers: int = 30
    sticky: bool = True
    minutes: int = 10
    seed: int = 1


class Moment(NamedTuple):
    """All workers at one time: seconds since the hour, and for each the use, and people waiting to join."""

    at: int
    workers: list[Use]
    waiting: list[float]


class Outcome(NamedTuple):
    moments: list[Moment]
    told_p99: float
    "seconds until a message is told, as the 99th percentile of all tellings"
    join_wait: float
    "longest wait for a join, seconds"

    @property
    def peak(self) -> Moment:
        """When the busiest worker is busiest."""
        return max(self.moments, key=lambda moment: max(one.cores for one in moment.workers))


class Place(NamedTuple):
    """Sessions of one simulated worker, and how many of all workers hold each; others are like it."""

    sessions: list[int]
    holders: int


def places(event: Event) -> list[Place]:
    """Which worker has which sessions. Not sticky, all workers have the same, so one is enough."""
    everything = list(range(event.sessions))
    if not event.sticky:
        return [Place(everything, event.workers)]
    # shuffled, but as many each as can be: what a balancer does that counts connections
    random.Random(event.seed).shuffle(everything)
    return [Place(everything[number :: event.workers], 1) for number in range(event.workers)]


def talking(event: Event) -> list[list[float]]:
    """Messages a second for each session and step after the beginning."""
    chance = random.Random(event.seed)
    scale = event.viewers / event.sessions / 300
    return [[scale * rate for rate in _one_session(event, chance)] for _ in range(event.sessions)]


def _one_session(event: Event, chance: random.Random) -> Iterator[float]:
    end, burst_until = event.minutes * 60, COMING[0]
    quiz = chance.randrange(COMING[1], max(COMING[1] + 1, end - QUIZ_S))
    for at in range(COMING[0], end, STEP):
        if chance.random() < STEP / BURST_EACH and at >= 0:
            burst_until = at + BURST_S
        yield QUIZ if quiz <= at < quiz + QUIZ_S else BURST if at < burst_until else CHAT


def arriving(event: Event) -> list[float]:
    """People of one session who come in each step: a ramp up to the hour, and what is late after it."""
    begin, end = COMING
    ramp = [
        (at - begin) / -begin if at < 0 else (end - at) / end if at < end else 0.0
        for at in range(begin, event.minutes * 60, STEP)
    ]
    return [event.viewers / event.sessions * share / sum(ramp) for share in ramp]


def foresee(event: Event) -> Outcome:
    """The whole event. Conserves who comes: everybody is there, or waits."""
    talked, coming, chance = talking(event), arriving(event), random.Random(event.seed)
    at_places = places(event)
    there, waiting = [0.0] * len(at_places), [0.0] * len(at_places)
    moments, waits = [], []
    joined_by: list[list[float]] = [[] for _ in at_places]
    for step, arrivals in enumerate(coming):
        uses = []
        for number, place in enumerate(at_places):
            part = len(place.sessions) / place.holders
            waiting[number] += arrivals * part
            rates = [talked[session][step] for session in place.sessions]
            use, joined, told = _step(place, there[number], waiting[number], rates, chance)
            there[number] += joined
            waiting[number] -= joined
            joined_by[number].append(there[number])
            waits += told
            uses.append(use)
        moments.append(Moment(COMING[0] + step * STEP, uses * _alike(event), waiting * _alike(event)))
    longest = max(
        _longest([arrivals * len(place.sessions) / place.holders for arrivals in coming], joined)
        for place, joined in zip(at_places, joined_by, strict=True)
    )
    return Outcome(moments, _weighted(waits, 0.99), longest)


def _longest(coming: list[float], joined: list[float]) -> float:
    """Longest wait of one worker's people, who join in turn (seconds); some until the end."""
    came, at, longest = 0.0, 0, 0
    for step, arrivals in enumerate(coming):
        came += arrivals
        while at < len(joined) - 1 and joined[at] < came - 1:
            at += 1
        longest = max(longest, at - step)
    return float(longest * STEP)


def _alike(event: Event) -> int:
    return 1 if event.sticky else event.workers


def _step(
    place: Place, there: float, waiting: float, rates: list[float], chance: random.Random
) -> tuple[Use, float, list[tuple[float, float]]]:
    """One worker for one step: what it uses, who joined, and waits with how many tellings had them."""
    rooms = max(1, len(place.sessions))
    here, wanted = there / rooms, min(waiting / STEP, SETTINGS.joins)
    quiet, full = (
        sum(
            (talk(load) for load in _loads(place, here, rates, joins)),
            idle(Load(rooms, here, holders=place.holders)),
        )
        + come(Load(1, here, joins=joins))
        for joins in (0.0, wanted)
    )
    # who is there is served first; joins have what is left of the processor
    more = full.cores - quiet.cores
    part = min(1.0, max(0.0, 1 - quiet.cores) / more) if more > 0 else 0.0
    use = Use(*(calm + part * (most - calm) for calm, most in zip(quiet, full, strict=True)))
    loads = _loads(place, here, rates, wanted * part)
    return use, wanted * part * STEP, [_wait(load, use.cores, chance) for load in loads if here >= 1]


def _loads(place: Place, here: float, rates: list[float], joins: float) -> list[Load]:
    """Each of its rooms; what joins at all workers is told here, too."""
    each = joins * place.holders / max(1, len(place.sessions))
    return [Load(1, here, rate, each, place.holders) for rate in rates]


def _wait(load: Load, cores: float, chance: random.Random) -> tuple[float, float]:
    """Seconds until one message of a room is told, and how many tellings that stands for."""
    rates = rhythm(load.here, load.messages + load.joins)
    flush = load.here * COSTS.telling
    busy = min(cores, 0.99)
    # a quiet room tells at once; a busy one when its pause is over, on average half of it
    paused = chance.uniform(0, rates.pause) if chance.random() < rates.flushes * rates.pause else 0.0
    queued = chance.expovariate(1 / max(1e-9, flush * busy / (1 - busy)))
    return paused + APPEND_S + queued + flush, load.messages * load.here


def _weighted(samples: list[tuple[float, float]], q: float) -> float:
    total, seen = sum(weight for _, weight in samples), 0.0
    for value, weight in sorted(samples):
        seen += weight
        if seen >= q * total:
            return value
    return 0.0


def told(event: Event, outcome: Outcome) -> str:
    """One line of the table."""
    peak, last = outcome.peak, outcome.moments[-1]
    most = max(used(m.workers)["bandwidth"] for m in outcome.moments) * Limits().bandwidth * 8 / 1e9
    redis = max(sum(one.redis_cores for one in m.workers) for m in outcome.moments)
    calls = max(sum(one.redis_calls for one in m.workers) for m in outcome.moments)
    heard = max(sum(one.redis_deliveries for one in m.workers) for m in outcome.moments)
    cells = (
        f"{event.workers}",
        "one worker" if event.sticky else "any worker",
        f"{max(one.cores for m in outcome.moments if m.at <= COMING[1] for one in m.workers):.0%}",
        f"{max(one.cores for m in outcome.moments if m.at > COMING[1] for one in m.workers):.0%}",
        f"{max(sum(one.cores for one in m.workers) for m in outcome.moments):.1f}",
        f"{outcome.join_wait:.0f} s",
        f"{outcome.told_p99 * 1e3:.0f} ms",
        f"{redis:.0%}",
        f"{calls:,.0f}",
        f"{heard:,.0f}",
        f"{most:.1f} Gbit/s",
        f"{sum(one.memory_mb for one in last.workers) / 1e3:.1f} GB",
        first(peak.workers),
    )
    return "| " + " | ".join(cells) + " |"


HEAD = (
    "workers", "a session's people go to", "busiest worker, coming", "busiest worker, later",
    "all workers, cores", "join waits", "told after, p99", "Redis, of a core", "calls/s", "deliveries/s",
    "bandwidth", "memory", "first limit",
)  # fmt: skip


def main() -> None:
    cli = argparse.ArgumentParser(prog="python -m loadtests.bench.foresee", description=__doc__)
    cli.add_argument("--viewers", type=int, default=Event().viewers)
    cli.add_argument("--sessions", type=int, default=Event().sessions)
    cli.add_argument("--workers", default="4,8,16,30")
    cli.add_argument("--seed", type=int, default=1)
    given = cli.parse_args()
    print(f"| {' | '.join(HEAD)} |\n{'|---' * len(HEAD)}|")
    for sticky in (True, False):
        for workers in map(int, given.workers.split(",")):
            event = Event(given.viewers, given.sessions, workers, sticky, seed=given.seed)
            print(told(event, foresee(event)), flush=True)


if __name__ == "__main__":
    main()
