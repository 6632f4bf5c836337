"""The plan of a run: what the runner tells the locust processes, as one JSON file in the run's folder.

The folder is also where processes of one run share what they must: which seats are taken.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
from collections.abc import Iterator

import msgspec

from loadtests.people import Seat

ENVIRONMENT = "WEBINAR_LOAD_PLAN"
"""The variable that names the plan's file to locust."""


class Entrance(msgspec.Struct, frozen=True):
    """One session and the tokens of those who come, a token each; `hostile` is whoever attacks."""

    session: str
    attendees: list[str]
    hosts: list[str] = []
    hostile: list[str] = []


class Plan(msgspec.Struct, frozen=True):
    """One run of a scene of `seconds`; each viewer times one message in `sample`."""

    scene: str
    url: str
    folder: str
    seconds: float
    full: float
    arrival: float
    seed: int
    sample: int
    entrances: list[Entrance]

    def seats(self) -> Iterator[Seat]:
        for session, entrance in enumerate(self.entrances):
            for number in range(len(entrance.hosts)):
                yield self._seat(session, number, "host")
            for number in range(len(entrance.attendees)):
                yield self._seat(session, number, "attendee")

    def token(self, seat: Seat) -> str:
        entrance = self.entrances[seat.session]
        return (entrance.hosts if seat.role == "host" else entrance.attendees)[seat.number]

    def session(self, seat: Seat) -> str:
        return self.entrances[seat.session].session

    def _seat(self, session: int, number: int, role: str) -> Seat:
        people = len(self.entrances[session].attendees)
        return Seat(session, number, role, people, self.seed, self.seconds, self.full, self.arrival)  # type: ignore[arg-type]


def write(plan: Plan) -> pathlib.Path:
    path = pathlib.Path(plan.folder) / "plan.json"
    path.write_bytes(msgspec.json.encode(plan))
    return path


def read() -> Plan:
    """The plan of the run this process belongs to."""
    return msgspec.json.decode(pathlib.Path(os.environ[ENVIRONMENT]).read_bytes(), type=Plan)


def claim(plan: Plan, seats: Iterator[Seat]) -> Seat:
    """The next free seat: locust spreads users over processes as it likes; making a file takes one for all.

    Raises StopIteration where every seat is taken.
    """
    while True:
        seat = next(seats)
        path = pathlib.Path(plan.folder) / f"taken-{seat.role}-{seat.session}-{seat.number}"
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL))
            return seat
