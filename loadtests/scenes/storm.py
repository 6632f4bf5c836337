"""Reconnect storm: every connection is cut in the same instant; all come back with their position."""

from loadtests.casts.cast import Cast
from loadtests.casts.chatter import Chatter
from loadtests.casts.lurker import Lurker
from loadtests.scenes.scene import COMMON, Scene
from loadtests.seat import Seat
from loadtests.thresholds import delivered, of_dropped, p99

DROP_AT = 10.0


def casting(seat: Seat) -> Cast:
    drop_at = seat.scaled(DROP_AT)
    if seat.number % 30 == 1:
        return Chatter(seat, pause=4, begin=seat.scaled(7), end=seat.scaled(22), claps=0, drop_at=drop_at)
    return Lurker(seat, drop_at)


SCENE = Scene(
    name="storm",
    proves="300 people who lose their connection in one instant are all back soon, and missed nothing",
    casting=casting,
    seconds=28,
    limits=(
        *COMMON,
        of_dropped("came back", 100),
        of_dropped("resumed", 95),
        p99("WS come back", 5000),
        p99("WS rejoin", 1000),
        delivered(),
    ),
)
