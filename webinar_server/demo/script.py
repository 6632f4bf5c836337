"""What the audience says: texts of two languages, the polls of the hour, and how a line is filled. Pure.

A line has slots: {first}, {city}, {organisation}, {topic} and {host}. A thread is a few lines said by
different people, one after the other.
"""

from __future__ import annotations

import random
from typing import NamedTuple

from webinar_server import session
from webinar_server.demo.cast import Guest

Lines = tuple[str, ...]


class Texts(NamedTuple):
    """All that is said in one language."""

    topics: Lines
    hellos: Lines
    remarks: Lines
    questions: Lines
    thanks_for_greeting: Lines
    thanks_for_spotlight: Lines
    thanks_for_answer: Lines
    good_question: Lines
    about_poll: Lines
    threads: tuple[Lines, ...]

    @classmethod
    def of(cls, *, threads: str, **blocks: str) -> Texts:
        """From blocks of text: a line each; threads are parted by empty lines, answers begin with `>`."""
        lines = {name: tuple(block.strip().splitlines()) for name, block in blocks.items()}
        talks = (thread.replace("> ", "") for thread in threads.strip().split("\n\n"))
        return cls(**lines, threads=tuple(tuple(talk.splitlines()) for talk in talks))


class Poll(NamedTuple):
    """A poll the host finds prepared; `weights` say how the audience leans."""

    question: str
    options: Lines
    weights: tuple[int, ...]
    many: bool = False


SESSION = "charging-at-scale"
TOPIC = session.SESSION.topic(SESSION)
TITLE = "Charging at scale: lessons from the Netherlands and California"
EARLIER_SESSION = session.SESSION.topic("opening-day")
HELD = (
    "Will the slides be shared, and may we use them inside our own organization?",
    "Komt er een vervolg op locatie, in Nederland of in Californië?",
    "Our product does all of this already. May I present it for five minutes?",
)
"""Questions handed in at registration; a host finds them held."""

POLLS = (
    Poll(
        "What holds you back most today?",
        ("Grid connection", "Cost of vehicles", "Permits", "Skilled people", "Nothing, we are rolling"),
        (9, 5, 4, 4, 1),
    ),
    Poll(
        "Waar wil je na vandaag mee verder? What would you like to continue with?",
        (
            "Depot charging · laden op het depot",
            "Mobility hubs · mobiliteitshubs",
            "Vehicle-to-grid · slim terugleveren",
            "Training technicians · monteurs opleiden",
        ),
        (6, 4, 5, 3),
        many=True,
    ),
    Poll(
        "When will half of your fleet, or your city's buses, be electric?",
        ("It is already", "Before 2028", "Before 2032", "Later", "I have no fleet"),
        (2, 5, 6, 2, 5),
    ),
)


def fill(line: str, guest: Guest, rng: random.Random, texts: Texts, host: str = "") -> str:
    """A line as this guest says it; a host is called by their first name."""
    return line.format(
        first=guest.first,
        city=guest.organisation.city,
        organisation=guest.organisation.name,
        topic=rng.choice(texts.topics),
        host=host.split(" ", 1)[0] or "all",
    )
