"""A room as it is in the middle of an evening: 300 people who arrived, and a chat that is full."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from webinar_server.live.batch import Batch, Request
from webinar_server.live.telling.codec import Codec
from webinar_server.session import SESSION
from webinar_server.session.attendance import Arrive
from webinar_server.session.chat import Say
from webinar_server.session.programme import CreateSession, OpenSession
from webinar_server.state import Actor, Audience, Command, Entry, Role, Sealed, State

PEOPLE = 300
SAID = (
    "hello from a viewer in the chat, a sentence of about a hundred bytes so that it looks real to all of us"
)
_numbers = itertools.count()


def asked(command: Command, person: int = 0, role: Role = "attendee") -> Request:
    number = next(_numbers)
    actor = Actor(f"person-{person}", f"Viewer {person}", role, 1_790_000_000_000 + number, f"fresh-{number}")
    return Request(actor, f"m-{number}", command, lambda outcome: None)


def says(count: int) -> list[Request]:
    return [asked(Say(text=SAID), number % PEOPLE) for number in range(count)]


def committed(state: State, requests: list[Request]) -> list[tuple[Entry, Sealed]]:
    """What a room does with a batch, without a log."""
    entries = Batch(SESSION, state, requests).entries
    for entry, sealed in entries:
        state.put(entry, sealed.tag)
    return entries


def evening(messages: int = 600) -> State:
    """An open session with everybody there."""
    state = State(SESSION.kinds)
    committed(state, [asked(CreateSession(session="s", title="Ports"), role="organiser")])
    committed(state, [asked(OpenSession(), role="host")])
    arrive = Arrive(organisation="Voltline", kind="sme", country="NL")
    committed(state, [asked(arrive, number) for number in range(PEOPLE)])
    for _ in range(messages):
        committed(state, says(1))
    return state


def next_entries(state: State, count: int = 1) -> Iterator[tuple[Entry, Sealed]]:
    """What would be committed next; not put."""
    yield from Batch(SESSION, state, says(count)).entries


class Counting:
    """A viewer that counts what it is told."""

    def __init__(self, person: str, audience: Audience, codec: Codec) -> None:
        self.person = person
        self.audience = audience
        self.codec = codec
        self.deflates = False
        self.frames = 0

    def write(self, frame: bytes) -> None:
        self.frames += 1

    def offer(self, frame: bytes) -> bool:
        self.frames += 1
        return True

    def away(self) -> None:
        raise AssertionError("nobody is sent away here")
