"""Keynote: a full room that mostly listens; some write and clap, a host greets and brings people on stage."""

from loadtests.casts.asker import Asker
from loadtests.casts.cast import Cast
from loadtests.casts.chatter import Chatter
from loadtests.casts.host import Host, StageTimes
from loadtests.casts.lurker import Lurker
from loadtests.scenes.scene import COMMON, Scene
from loadtests.seat import Seat
from loadtests.thresholds import Limit, delivered, p99

CHATTERS = 12
"""One in so many writes: 25 of 300."""

PAUSE = 6.0
"""Seconds between two messages of a chatter: four a second from 300 people."""

QUIET = 4.0
"""Seconds before the end in which nothing new is said, so that all of it can arrive."""


def casting(seat: Seat) -> Cast:
    if seat.role == "host":
        return Host(seat, stage=StageTimes(seat.scaled(14), seat.scaled(8)))
    if seat.number % CHATTERS == 1:
        return Chatter(
            seat,
            pause=PAUSE * min(1.0, seat.people / 100),  # a small room still hears something
            begin=seat.scaled(8),
            end=seat.scaled(seat.full - QUIET),
            claps=2,
        )
    if seat.number % 75 == 2:
        return Asker(seat, seat.scaled(8) + seat.rng("ask").random())
    return Lurker(seat)


LIMITS: tuple[Limit, ...] = (
    *COMMON,
    delivered(),
    p99("WS join", 500),
    p99("DO say", 250),
    p99("SEE say", 500),
    p99("SEE spotlight", 500),
)

SCENE = Scene(
    name="keynote",
    proves="300 people listen, some of them write four messages a second, and all see every message",
    casting=casting,
    hosts=1,
    limits=LIMITS,
)
