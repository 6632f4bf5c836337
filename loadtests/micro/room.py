"""Rooms to measure: in the middle of an evening, and late in an hour in the words of the demo's audience.

What an hour takes on the wire depends on the words; these are of some seventy sentences in two languages with
places, organisations and topics in them, so they repeat less than a load test's and more than people's.
"""

from __future__ import annotations

import base64
import itertools
import random
from collections.abc import Iterator

from webinar_server.demo import texts_en, texts_nl
from webinar_server.demo.cast import Guest, cast
from webinar_server.demo.script import POLLS, Texts, fill
from webinar_server.live.committing import Batch, Request
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


TEXTS: dict[str, Texts] = {"en": texts_en.TEXTS, "nl": texts_nl.TEXTS}
BEGAN = 1_790_000_000_000


class Hour:
    """A session in which things are done, a second after the other."""

    def __init__(self, people: int, seed: int = 1) -> None:
        self.rng = random.Random(f"hour/{seed}")
        self.state = State(SESSION.kinds)
        self.guests = [guest._replace(id=self._id()) for guest in cast(seed, people)]
        self._done = 0
        self._do(CreateSession(session="s", title="Ports"), "organiser")
        self._do(OpenSession(), "host")
        for guest in self.guests:
            self.arrive(guest)

    def arrive(self, guest: Guest) -> None:
        at = guest.organisation
        coming = Arrive(organisation=at.name, kind=at.kind, country=at.country, worker="w")
        self._do(coming, "attendee", guest)

    def come(self) -> None:
        """Somebody nobody has seen before."""
        self.arrive(self.rng.choice(self.guests)._replace(id=self._id()))

    def say(self) -> None:
        self._by_somebody("say", text=self._line("remarks"))

    def ask(self) -> None:
        self._by_somebody("ask", text=self._line("questions"))

    def poll(self, voters: int) -> None:
        """One that is drafted, opened, voted in, closed and revealed."""
        planned = self.rng.choice(POLLS)
        choose = "many" if planned.many else "one"
        drafted = self._parsed(
            "draft_poll", question=planned.question, options=list(planned.options), choose=choose
        )
        poll = self._do(drafted, "host")
        self._do(self._parsed("open_poll", poll=poll), "host")
        for guest in self.guests[:voters]:
            chosen = self.rng.choice(range(len(planned.options)))
            self._do(self._parsed("vote", poll=poll, options=[str(chosen + 1)]), "attendee", guest)
        self._do(self._parsed("close_poll", poll=poll), "host")
        self._do(self._parsed("reveal_poll", poll=poll), "host")

    def _by_somebody(self, command: str, **args: object) -> None:
        guest = self.guests[self._done % len(self.guests)]
        self._do(self._parsed(command, **args), "attendee", guest)

    def _line(self, block: str) -> str:
        guest = self.rng.choice(self.guests)
        texts = TEXTS[guest.language]
        return fill(self.rng.choice(getattr(texts, block)), guest, self.rng, texts)

    def _parsed(self, command: str, **args: object) -> Command:
        return SESSION.parse(command, args)

    def _do(self, command: Command, role: Role, guest: Guest | None = None) -> str:
        """The id of what it may have created. Somebody asks twenty questions at most."""
        self._done += 1
        fresh = self._id()
        who, name = (guest.id, guest.name) if guest else ("the-host", "Ada Visser")
        actor = Actor(who, name, role, BEGAN + 1_000 * self._done, fresh)
        refused: list[object] = []
        if not committed(self.state, [Request(actor, f"r-{self._done}", command, refused.append)]):
            raise RuntimeError(f"{command} was refused: {refused}")
        return fresh

    def _id(self) -> str:
        return base64.urlsafe_b64encode(self.rng.randbytes(9)).decode()


def late(people: int = 300, messages: int = 500, questions: int = 200, polls: int = 20) -> Hour:
    """The hour whose joins are measured; every poll voted in by all."""
    hour = Hour(people)
    for _ in range(polls):
        hour.poll(people)
    for done in _mixed(hour.rng, messages, questions):
        (hour.say if done == "say" else hour.ask)()
    return hour


def _mixed(rng: random.Random, messages: int, questions: int) -> list[str]:
    order = ["say"] * messages + ["ask"] * questions
    rng.shuffle(order)
    return order
