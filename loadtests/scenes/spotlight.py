"""Spotlight: a host brings a question on stage, and 300 people tap within twenty seconds.

What the tap is until there are contacts: see casts/supporter.py.
"""

from loadtests.casts.asker import Asker
from loadtests.casts.cast import Cast
from loadtests.casts.host import Host, StageTimes
from loadtests.casts.supporter import Supporter
from loadtests.scenes.scene import COMMON, Scene
from loadtests.seat import Seat
from loadtests.thresholds import did, p99, saw

ASKERS = 2
"""Of them one is live and the other one next."""

TAPPING = 20.0


def casting(seat: Seat) -> Cast:
    if seat.role == "host":
        return Host(seat, stage=StageTimes(seat.scaled(11), seat.scaled(TAPPING + 10)))
    if seat.number < ASKERS:
        return Asker(seat, seat.scaled(7))
    return Supporter(seat, seat.scaled(TAPPING))


SCENE = Scene(
    name="spotlight",
    proves="300 people see who asks at once, and their taps within 20 s are all counted",
    casting=casting,
    seconds=36,
    hosts=1,
    limits=(
        *COMMON,
        did("support", 100, but=ASKERS),
        saw("spotlight"),
        p99("DO support", 500),
        p99("SEE spotlight", 500),
    ),
)
