"""The moments of an hour with a full audience, one scene each, and the hosts' rehearsal."""

from __future__ import annotations

from loadtests.casts.audience import Asker, Chatter, Guest, Lurker, Supporter, Voter
from loadtests.casts.cast import Cast
from loadtests.casts.host import Host, PollTimes, StageTimes
from loadtests.people import Seat
from loadtests.scenes.scene import COMMON, Scene
from loadtests.verdict import delivered, did, of_dropped, p99, saw
from webinar_server.demo.script import POLLS

DOORS = Scene(
    name="doors",
    proves="300 people who open their link within 10 s have a usable page within a second each",
    casting=Lurker,
    seconds=16,
    arrival=10,
    door="page",
    limits=(
        *COMMON,
        p99("DOOR usable", 1000),
        p99("GET page", 250),
        p99("GET asset", 250),
        p99("POST enter", 250),
        p99("WS join", 500),
    ),
)


# keynote: a full room that mostly listens; some write and clap, a host greets and brings people on stage

CHATTERS = 12
"""One in so many writes: 25 of 300."""

PAUSE = 6.0
"""Seconds between two messages of a chatter: four a second from 300 people."""

QUIET = 4.0
"""Seconds before the end in which nothing new is said, so that all of it can arrive."""


def keynote(seat: Seat) -> Cast:
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


KEYNOTE = Scene(
    name="keynote",
    proves="300 people listen, some of them write four messages a second, and all see every message",
    casting=keynote,
    hosts=1,
    limits=(
        *COMMON,
        delivered(),
        p99("WS join", 500),
        p99("DO say", 250),
        p99("SEE say", 500),
        p99("SEE spotlight", 500),
    ),
)


# quiz: a host opens a poll, everybody votes, everybody sees the result

VOTING = 10.0
"""Seconds in which all votes come."""


def quiz(seat: Seat) -> Cast:
    if seat.role == "attendee":
        return Voter(seat, seat.scaled(VOTING))
    opens = seat.scaled(9)
    closes = opens + seat.scaled(VOTING + 2)
    poll = PollTimes(POLLS[0].question, POLLS[0].options, opens, closes, closes + seat.scaled(1))
    return Host(seat, polls=[poll])


QUIZ = Scene(
    name="quiz",
    proves="300 people vote within 10 s of a poll opening, and all see the result at once",
    casting=quiz,
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


# spotlight: a host brings a question on stage, and all others tap; what the tap is: Supporter

ASKERS = 2
"""Of them one is live and the other one next."""

TAPPING = 20.0


def spotlight(seat: Seat) -> Cast:
    if seat.role == "host":
        return Host(seat, stage=StageTimes(seat.scaled(11), seat.scaled(TAPPING + 10)))
    if seat.number < ASKERS:
        return Asker(seat, seat.scaled(7))
    return Supporter(seat, seat.scaled(TAPPING))


SPOTLIGHT = Scene(
    name="spotlight",
    proves="300 people see who asks at once, and their taps within 20 s are all counted",
    casting=spotlight,
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


# storm: every connection is cut in the same instant; all come back with their position

DROP_AT = 10.0


def storm(seat: Seat) -> Cast:
    drop_at = seat.scaled(DROP_AT)
    if seat.number % 30 == 1:
        return Chatter(seat, pause=4, begin=seat.scaled(7), end=seat.scaled(22), claps=0, drop_at=drop_at)
    return Lurker(seat, drop_at)


STORM = Scene(
    name="storm",
    proves="300 people who lose their connection in one instant are all back soon, and missed nothing",
    casting=storm,
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


# five sessions of 300 people at once on one server, each a small keynote


def five(seat: Seat) -> Cast:
    if seat.role == "host":
        return Host(seat)
    if seat.number % 50 == 1:
        return Chatter(seat, pause=6, begin=seat.scaled(19), end=seat.scaled(41), claps=0)
    return Lurker(seat)


FIVE = Scene(
    name="five",
    proves="five sessions of 300 people, a message a second in each, disturb nobody; all is seen",
    casting=five,
    seconds=45,
    arrival=16,
    sessions=5,
    hosts=1,
    limits=(*COMMON, delivered(), p99("WS join", 1500), p99("DO say", 500), p99("SEE say", 1000)),
)


# one session of 2,000 people, seven times what a session is made for


def full_house(seat: Seat) -> Cast:
    if seat.number % 200 == 1:
        return Chatter(seat, pause=10, begin=seat.scaled(40), end=seat.scaled(66), claps=0)
    return Lurker(seat)


FULL_HOUSE = Scene(
    name="full-house",
    proves="2,000 people in one session, one message a second, all of them seen",
    casting=full_house,
    people=2000,
    seconds=72,
    arrival=36,
    limits=(*COMMON, delivered(), p99("WS join", 3000), p99("DO say", 1000), p99("SEE say", 2000)),
)


# simulated people in a host's own session, to practise with: no thresholds, no marks

REHEARSAL = Scene(
    name="rehearsal",
    proves="a host practises with people who behave like people",
    casting=Guest,
    seconds=3600,
    door="profile",
    marks=False,
)

SCENES = (DOORS, KEYNOTE, QUIZ, SPOTLIGHT, STORM, FIVE, FULL_HOUSE, REHEARSAL)
