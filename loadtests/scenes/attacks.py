"""One hostile client while 300 people talk, a scene for each attack; and the same talk without, to compare.

The attacker shares its address with everybody. Half of the audience writes 50 messages a second; some come
only during the attack, by the page, and some lose their connection in it: nobody may notice.
"""

from collections.abc import Iterable

from loadtests.casts.audience import Chatter, Late, Lurker
from loadtests.casts.cast import Cast
from loadtests.people import Seat
from loadtests.scenes.scene import COMMON, Scene
from loadtests.verdict import (
    Limit,
    attacked,
    delivered,
    door_never_busy,
    grew,
    nobody_refused,
    of_dropped,
    p99,
)

PAUSE = 3.0
"""Seconds between two messages of one of 150 people."""

TALK = (11.0, 45.0)
ATTACKED = (13.0, 43.0)
LATE = (15.0, 40.0)
DROP_AT = 28.0
EACH = 10
"""One in so many comes late, and as many are dropped."""


def casting(seat: Seat) -> Cast:
    if seat.number % 2:
        begin, end = map(seat.scaled, TALK)
        return Chatter(seat, pause=PAUSE, begin=begin, end=end, claps=0.1)
    if seat.number % EACH == 2:
        begin, end = map(seat.scaled, LATE)
        return Late(seat, begin + (end - begin) * seat.number / seat.people)
    return Lurker(seat, seat.scaled(DROP_AT) if seat.number % EACH == 4 else None)


LIMITS: tuple[Limit, ...] = (
    *COMMON,
    nobody_refused(),
    door_never_busy(),
    delivered(),
    of_dropped("came back", 100),
    p99("DO say", 150),
    p99("SEE say", 150),
    p99("DOOR usable", 1000),
    grew(30),
)


def _scene(attack: str, proves: str, happened: Iterable[Limit]) -> Scene:
    return Scene(
        name=f"attack-{attack}" if attack else "talk",
        proves=proves,
        casting=casting,
        seconds=50,
        arrival=10,
        door="page",
        attack=attack,
        attacked=ATTACKED,
        limits=(*LIMITS, *happened),
    )


SCENES = (
    _scene("", "300 people talk at 50 messages a second, and nobody attacks", ()),
    _scene("headers", "nobody notices heads, bodies and URLs that never end", [attacked("connections", 10)]),
    _scene("pongs", "nobody notices floods of pongs, pings and texts", [attacked("connections", 10)]),
    _scene(
        "opens",
        "nobody at an address is kept out by who opens and closes there",
        [attacked("connections", 50)],
    ),
    _scene("joins", "nobody notices joins with old positions and future ones", [attacked("joins", 50)]),
    _scene(
        "slow", "nobody notices 1,500 connections that never ask for anything", [attacked("connections", 100)]
    ),
    _scene("renames", "nobody notices who enters again and again under other names", [attacked("names", 20)]),
    _scene("cookies", "nobody notices thousands of cookies in a request", [attacked("asked", 20)]),
    _scene(
        "unread", "nobody notices who asks for much and reads nothing of it", [attacked("connections", 100)]
    ),
    _scene("behind", "nobody notices large frames that wait behind a join", [attacked("sockets", 4)]),
    _scene("unknown", "nobody notices who asks for sessions that do not exist", [attacked("asked", 50)]),
)
