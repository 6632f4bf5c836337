"""Voices: the demo's people and what they say, lent to the seats of a scene. Pure."""

from __future__ import annotations

import functools
import random

from loadtests.seat import Seat
from webinar_server.demo.cast import CAST_MAX, Guest, cast
from webinar_server.demo.react import TEXTS
from webinar_server.demo.script import Lines, fill


@functools.lru_cache(maxsize=4)
def people(seed: int, size: int) -> tuple[Guest, ...]:
    """The demo's people; more than it has come a second time."""
    return tuple(cast(seed, min(size, CAST_MAX)))


def person(seat: Seat) -> Guest:
    """Who sits here."""
    audience = people(seat.seed, max(1, seat.people))
    return audience[seat.number % len(audience)]


def remark(person: Guest, rng: random.Random) -> str:
    return _line(TEXTS[person.language].remarks, person, rng)


def question(person: Guest, rng: random.Random) -> str:
    return _line(TEXTS[person.language].questions, person, rng)


def _line(lines: Lines, person: Guest, rng: random.Random) -> str:
    return fill(rng.choice(lines), person, rng, TEXTS[person.language])
