"""Quiz: a host opens a poll, everybody votes within ten seconds, everybody sees the result."""

from loadtests.casts.cast import Cast
from loadtests.casts.host import Host, PollTimes
from loadtests.casts.voter import Voter
from loadtests.scenes.scene import COMMON, Scene
from loadtests.seat import Seat
from loadtests.thresholds import did, p99, saw
from webinar_server.demo.script import POLLS

VOTING = 10.0
"""Seconds in which all votes come."""


def casting(seat: Seat) -> Cast:
    if seat.role == "attendee":
        return Voter(seat, seat.scaled(VOTING))
    opens = seat.scaled(9)
    closes = opens + seat.scaled(VOTING + 2)
    poll = PollTimes(POLLS[0].question, POLLS[0].options, opens, closes, closes + seat.scaled(1))
    return Host(seat, polls=[poll])


SCENE = Scene(
    name="quiz",
    proves="300 people vote within 10 s of a poll opening, and all see the result at once",
    casting=casting,
    seconds=28,
    hosts=1,
    limits=(
        *COMMON,
        did("vote", 100),
        saw("open_poll"),
        saw("reveal_poll"),
        p99("DO vote", 500),
        p99("SEE open_poll", 500),
        p99("SEE reveal_poll", 500),
    ),
)
