"""Host: greets by name, approves, lines up, spotlights and answers questions, runs polls. Pure.

Looks at the desk twice a second and does what is due, as far as the desk shows that it was not done yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from loadtests.casts.cast import LOOK, Cast
from loadtests.people import Seat
from webinar_server.client.copy import Change, Copy, Record
from webinar_server.demo.act import Act
from webinar_server.demo.watch import News


class Desk(Copy):
    """What a host has before them."""

    def __init__(self) -> None:
        super().__init__(("session", "person", "question", "poll", "stage"))

    @property
    def waiting(self) -> bool:
        """Whether the doors are still to be opened."""
        return any(session["state"] == "waiting" for session in self.of("session").values())

    @property
    def stage(self) -> Record:
        return self.get("stage", "now") or {}

    def questions(self, *states: str) -> list[tuple[str, Record]]:
        """In these states, the most supported first, then the oldest."""
        found = [(id, q) for id, q in self.of("question").items() if q["state"] in states]
        return sorted(found, key=lambda item: (-item[1]["supporters"], item[1]["at"], item[0]))

    def poll(self, question: str, but: frozenset[str]) -> tuple[str, Record] | None:
        """The newest poll that asks this, leaving out some ids."""
        polls = self.of("poll").items()
        found = [(id, poll) for id, poll in polls if poll["question"] == question and id not in but]
        return max(found, key=lambda item: item[1]["at"], default=None)

    def to_greet(self) -> list[str]:
        """Who is here and was not welcomed, in the order they came."""
        people = self.of("person").items()
        new = [(p.get("since") or 0, id) for id, p in people if p.get("here") and not p.get("greeted")]
        return [id for _, id in sorted(new)]


GLANCE = 0.5
"""Seconds between two looks at the desk."""

FEEDBACK = 3.0
"""Seconds after which a step that the desk does not show is taken once more."""


class PollTimes(NamedTuple):
    """A poll, and when it is opened, closed and revealed: seconds from the beginning."""

    question: str
    options: tuple[str, ...]
    opens: float
    closes: float
    reveals: float


class StageTimes(NamedTuple):
    """From when a question is brought on stage, and how long each is there, in seconds."""

    begins: float
    lasts: float


class Host(Cast):
    """One host of a session."""

    def __init__(self, seat: Seat, polls: Iterable[PollTimes] = (), stage: StageTimes | None = None) -> None:
        super().__init__(seat)
        self.copy = self.desk = Desk()
        self._me = ""
        self._polls = tuple(polls)
        self._stage = stage
        # polls, and what was live, when I came in: left by an earlier run in this session
        self._old: frozenset[str] | None = None
        # when each step was taken last, so that none is taken twice before the desk shows it
        self._taken: dict[tuple[str, str], float] = {}
        self._live_since: tuple[str, float] = ("", 0.0)

    def of_own(self) -> Iterable[Act]:
        yield self.act(0.0, LOOK)

    def known_as(self, id: str) -> None:
        self._me = id

    def see(self, changes: list[Change], fresh: bool) -> tuple[list[News], list[Act]]:
        if self._old is None:
            self._old = frozenset((*self.desk.of("poll"), str(self.desk.stage.get("live"))))
        return [], []

    def look(self, now: float) -> Iterable[Act]:
        yield from (step for step in self._due(now) if self._first(step, now))
        yield self.act(GLANCE, LOOK)

    def _due(self, now: float) -> Iterator[Act]:
        if not self.desk.of("session"):
            return
        if self.desk.waiting:
            yield self.act(0.0, "open_session")
        for person in [id for id in self.desk.to_greet() if id != self._me][:1]:
            yield self.act(0.0, "greet", person=person, aloud=True)
        for id, _ in self.desk.questions("held"):
            yield self.act(0.0, "approve", question=id)
        for poll in self._polls:
            yield from self._run_poll(poll, now)
        if self._stage is not None:
            yield from self._run_stage(self._stage, now)

    def _run_poll(self, times: PollTimes, now: float) -> Iterator[Act]:
        found = self.desk.poll(times.question, self._old or frozenset())
        if found is None:
            yield self.act(0.0, "draft_poll", question=times.question, options=list(times.options))
            return
        due = {
            "draft": ("open_poll", times.opens),
            "open": ("close_poll", times.closes),
            "closed": ("reveal_poll", times.reveals),
        }
        step = due.get(found[1]["state"])
        if step is not None and now >= step[1]:
            yield self.act(0.0, step[0], poll=found[0])

    def _run_stage(self, times: StageTimes, now: float) -> Iterator[Act]:
        """Everything open stands in line; the first of it is next, then live, then answered."""
        for id, _ in self.desk.questions("open"):
            yield self.act(0.0, "queue", question=id)
        live, queue = self.desk.stage.get("live"), self.desk.stage.get("queue", [])
        on_deck = self.desk.stage.get("on_deck")
        if live:
            yield from self._end_of(live, times, now)
        elif on_deck and now >= times.begins:
            yield self.act(0.0, "spotlight", question=on_deck)
        if not on_deck and queue:
            yield self.act(0.0, "deck", question=queue[0])

    def _end_of(self, live: str, times: StageTimes, now: float) -> Iterator[Act]:
        if self._live_since[0] != live:
            self._live_since = (live, now)
        if now - self._live_since[1] >= times.lasts or live in (self._old or ()):
            yield self.act(0.0, "answer", question=live)

    def _first(self, step: Act, now: float) -> bool:
        """Whether this step is not already on its way."""
        key = (step.command, str(sorted(step.args.items())))
        if now - self._taken.get(key, -FEEDBACK) < FEEDBACK:
            return False
        self._taken[key] = now
        return True
