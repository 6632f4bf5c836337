"""Five sessions of 300 people at once on one server, each a small keynote."""

from loadtests.casts.cast import Cast
from loadtests.casts.chatter import Chatter
from loadtests.casts.host import Host
from loadtests.casts.lurker import Lurker
from loadtests.scenes.scene import COMMON, Scene
from loadtests.seat import Seat
from loadtests.thresholds import delivered, p99


def casting(seat: Seat) -> Cast:
    if seat.role == "host":
        return Host(seat)
    if seat.number % 50 == 1:
        return Chatter(seat, pause=6, begin=seat.scaled(19), end=seat.scaled(41), claps=0)
    return Lurker(seat)


SCENE = Scene(
    name="five",
    proves="five sessions of 300 people, a message a second in each, disturb nobody; all is seen",
    casting=casting,
    seconds=45,
    arrival=16,
    sessions=5,
    hosts=1,
    limits=(*COMMON, delivered(), p99("WS join", 1500), p99("DO say", 500), p99("SEE say", 1000)),
)
