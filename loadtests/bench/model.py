"""A cost model of this server: what viewers, messages and joins cost workers and Redis, and what gives first.

Times of the rhythm and of what workers ask while nothing happens are those of the code; costs were measured
(`COSTS`, see docs/scale.md). Everything is per second; CPU is in cores, that is seconds of CPU a second.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from webinar_server.log.redis.calls import TRY_EACH
from webinar_server.log.redis.subscription import PROBE_EACH
from webinar_server.settings import Settings

SETTINGS = Settings()


class Costs(NamedTuple):
    """Seconds of CPU, unless said otherwise, on one core of a small cloud machine with Python 3.11."""

    worker: float = 4.9e-3
    "a second of a worker without viewers, with its line to Redis"
    viewer: float = 5.7e-6
    "a second of a viewer nobody tells anything"
    room: float = 220e-6
    "a second of a copy of a room of 300: who is there, and whether it is in step with the log"
    message: float = 71e-6
    "a command: read, check, decide, apply"
    append: float = 960e-6
    "a call of the script by the worker that appends, with the frame made for its viewers"
    foreign_append: float = 350e-6
    "the same append taken and applied by another worker that holds the room, with the frame for its viewers"
    telling: float = 9.3e-6
    "one viewer told by one flush"
    join: float = 2.4e-3
    "page, files, door, socket and state of one person, without the telling of it"
    redis_append: float = 310e-6
    "of Redis: the script, and its entries on the disk"
    redis_entry: float = 4e-6
    redis_delivery: float = 5e-6
    "of Redis: one publication brought to one subscriber; assumed, too little to be measured"
    redis_idle: float = 0.8e-3
    "of Redis: a second of a worker that asks nothing but whether all is well"
    viewer_kb: float = 14.5
    "memory"
    worker_mb: float = 75.0
    "memory of a worker without viewers"
    person_kb: float = 11.0
    "memory of one person in one copy of a room"
    entry_bytes: float = 230.0
    "of one message in a frame"
    frame_bytes: float = 205.0
    "around them, with TCP, IP and TLS"
    join_bytes: float = 210e3
    "of page, files and state, compressed"


COSTS = Costs()


class Limits(NamedTuple):
    """What may be used for good: beyond it what people wait for grows without a bound sooner or later."""

    worker_cores: float = 0.6
    redis_cores: float = 0.6
    bandwidth: float = 0.6 * 10e9 / 8
    "bytes a second, of all: most of what one balancer's 10 Gbit/s carry"
    joins: float = SETTINGS.joins
    "a second and worker; the admission's"


class Rates(NamedTuple):
    """What one room on one worker does a second."""

    appends: float
    flushes: float
    pause: float


class Load(NamedTuple):
    """What is asked of one worker: so many rooms alike, each with so many viewers here and elsewhere.

    Messages and joins are a second and room, of all workers; `holders` is how many of them hold each room.
    """

    rooms: float
    here: float
    messages: float = 0.0
    joins: float = 0.0
    holders: int = 1

    @property
    def viewers(self) -> float:
        return self.rooms * self.here


class Use(NamedTuple):
    """What one worker uses, and its part of what is used of Redis."""

    cores: float = 0.0
    redis_cores: float = 0.0
    redis_calls: float = 0.0
    redis_deliveries: float = 0.0
    bandwidth: float = 0.0
    memory_mb: float = 0.0
    joins: float = 0.0
    told: float = 0.0
    "messages that reached a viewer"

    def __add__(self, other: tuple[float, ...]) -> Use:  # type: ignore[override]
        return Use(*(one + more for one, more in zip(self, other, strict=True)))


def rhythm(viewers: float, events: float, costs: Costs = COSTS) -> Rates:
    """How often a room tells its viewers, if so much happens in it; nothing waits longer than one pause."""
    cost = viewers * costs.telling
    pause = min(max(cost / SETTINGS.fan_out_share, SETTINGS.pause_least), SETTINGS.pause_most)
    flushes = min(events, 1 / (pause + cost))
    # commands that come during a flush are committed after it, the others shortly before the next one
    return Rates(min(events, 2 * flushes), flushes, pause)


def worker(load: Load, costs: Costs = COSTS) -> Use:
    """One worker, with all its rooms and viewers."""
    return idle(load, costs) + talk(load, costs) + come(load, costs)


def idle(load: Load, costs: Costs = COSTS) -> Use:
    """Leases, probes, comparisons; viewers who are there."""
    asked = redis_idle_calls(load.rooms)
    viewer_kb = costs.viewer_kb + load.holders * costs.person_kb
    return Use(
        cores=costs.worker + load.viewers * costs.viewer + load.rooms * costs.room,
        redis_cores=costs.redis_idle + load.rooms / SETTINGS.compare_every * 5e-6,
        redis_calls=asked,
        memory_mb=costs.worker_mb + viewer_kb * load.viewers / 1e3,
    )


def redis_idle_calls(rooms: float) -> float:
    """A second and worker: a lease is a script of four, a probe a publication, a comparison one a room."""
    return 3 / SETTINGS.lease * 5 + 1 / PROBE_EACH + 1 / TRY_EACH + rooms / SETTINGS.compare_every


def talk(load: Load, costs: Costs = COSTS) -> Use:
    """Messages, and joins as far as they are told to all; of them a worker decides its own part only."""
    events = load.messages + load.joins
    own = events / load.holders
    rates = rhythm(load.here, events, costs)
    appends = min(own, rates.appends)
    foreign = appends * (load.holders - 1)
    tellings = rates.flushes * load.here
    each = Use(
        cores=own * costs.message
        + appends * costs.append
        + foreign * costs.foreign_append
        + tellings * costs.telling,
        redis_cores=appends * (costs.redis_append + load.holders * costs.redis_delivery)
        + own * costs.redis_entry,
        # evalsha, hmget, hset, publish; xadd
        redis_calls=appends * 4 + own,
        redis_deliveries=appends * load.holders,
        bandwidth=tellings * costs.frame_bytes + events * load.here * costs.entry_bytes,
        told=load.messages * load.here,
    )
    return Use(*(load.rooms * one for one in each))


def come(load: Load, costs: Costs = COSTS) -> Use:
    """Joins by themselves."""
    joins = load.rooms * load.joins / load.holders
    return Use(cores=joins * costs.join, bandwidth=joins * costs.join_bytes, joins=joins)


def together(workers: Iterable[Use]) -> Use:
    return sum(workers, Use())


def used(workers: list[Use], limits: Limits | None = None) -> dict[str, float]:
    """Which part of each limit is used, by the busiest worker, by Redis, and on the wire by all."""
    limits, all_ = limits or Limits(), together(workers)
    return {
        "a worker's core": max(one.cores for one in workers) / limits.worker_cores,
        "admission of a worker": max(one.joins for one in workers) / limits.joins,
        "Redis": all_.redis_cores / limits.redis_cores,
        "bandwidth": all_.bandwidth / limits.bandwidth,
    }


def first(workers: list[Use], limits: Limits | None = None) -> str:
    """The limit that is reached before all others."""
    shares = used(workers, limits)
    return max(shares, key=lambda name: shares[name])


def even(
    viewers: int, sessions: int, messages: float, workers: int, sticky: bool, joins: float = 0.0
) -> Load:
    """Each worker's load, if messages (all together, a second) and viewers are spread evenly.

    Sticky: a session is on one worker. Otherwise each worker holds every session.
    """
    if sticky:
        return Load(sessions / workers, viewers / sessions, messages / sessions, joins / sessions, holders=1)
    return Load(
        sessions, viewers / sessions / workers, messages / sessions, joins / sessions, holders=workers
    )
