"""One session of 2,000 people, seven times what a session is made for."""

from loadtests.casts.cast import Cast
from loadtests.casts.chatter import Chatter
from loadtests.casts.lurker import Lurker
from loadtests.scenes.scene import COMMON, Scene
from loadtests.seat import Seat
from loadtests.thresholds import delivered, p99


def casting(seat: Seat) -> Cast:
    if seat.number % 200 == 1:
        return Chatter(seat, pause=10, begin=seat.scaled(40), end=seat.scaled(66), claps=0)
    return Lurker(seat)


SCENE = Scene(
    name="full-house",
    proves="2,000 people in one session, one message a second, all of them seen",
    casting=casting,
    people=2000,
    seconds=72,
    arrival=36,
    limits=(*COMMON, delivered(), p99("WS join", 3000), p99("DO say", 1000), p99("SEE say", 2000)),
)
