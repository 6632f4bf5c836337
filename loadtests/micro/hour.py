"""A room late in its hour: everybody there, much said, asked and voted, in the words of the demo's audience.

What it takes on the wire depends on the words; these are of some seventy sentences in two languages with
places, organisations and topics in them, so they repeat less than a load test's and more than people's.
"""

from __future__ import annotations

import base64
import random

from loadtests.micro.room import committed
from webinar_server.demo import texts_en, texts_nl
from webinar_server.demo.cast import Guest, cast
from webinar_server.demo.script import POLLS, Texts, fill
from webinar_server.live.batch import Request
from webinar_server.session import SESSION
from webinar_server.session.attendance import Arrive
from webinar_server.session.programme import CreateSession, OpenSession
from webinar_server.state import Actor, Command, Role, State

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
