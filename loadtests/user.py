"""LiveUser: a locust user that speaks the wire. One greenlet acts as its cast wants, another reads.

What it tells locust, as request events:

    GET page, GET asset, POST enter, DOOR usable    coming in by the page, in the scenes that do
    WS connect, WS join                             the handshake; from asking to holding the full state
    WS come back, WS rejoin                         from losing the connection to the state; of that, the join
    DO say, DO vote …                               from a command to its `done`
    SEE say                                         from saying to seeing it, at everybody else who is there
    SEE open_poll, SEE reveal_poll, SEE spotlight   from the host's click to the screens
"""

from __future__ import annotations

import heapq
import itertools
import math
import time
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import gevent
from gevent.event import Event
from locust import User, task

from loadtests import tally
from loadtests.casts.cast import LOOK, Cast
from loadtests.casts.host import Host
from loadtests.link import Link
from loadtests.people import Seat
from loadtests.plan import Plan
from loadtests.scenes import SCENES
from loadtests.wire import Door
from webinar_server.client.comeback import Turned
from webinar_server.client.conversation import News as Told
from webinar_server.client.door import Way
from webinar_server.demo.act import ARRIVE, DROP, LEAVE, PULSE, Act
from webinar_server.demo.watch import Live, News, PollOpened, PollRevealed

WATCHED = {PollOpened: "open_poll", PollRevealed: "reveal_poll", Live: "spotlight"}
"""News of something all wait for, and the host's command that caused it."""


class LiveUser(User):
    """Somebody in a seat of the plan."""

    abstract = True
    plan: ClassVar[Plan]
    moments: ClassVar[tally.Moments]
    claim: ClassVar[Callable[[], Seat]]
    began: ClassVar[Callable[[], float]]
    """The beginning of the scene, in monotonic seconds, the same for all users of a process."""

    def on_start(self) -> None:
        self._scene = SCENES[self.plan.scene]
        self._seat = type(self).claim()
        self._cast: Cast = self._scene.casting(self._seat)
        self._me = ""
        self._seen: set[str] = set()
        self._link: Link | None = None
        self._reader: gevent.Greenlet | None = None
        # (when, tie-breaker, what), the next one first; woken when there is something new in it
        self._order = itertools.count()
        self._due: list[tuple[float, int, Act]] = []
        self._news = Event()
        self._add(self._cast.plan(), type(self).began())

    def on_stop(self) -> None:
        if self._reader is not None:
            self._reader.kill(block=False)

    @task
    def live(self) -> None:
        """Do what is due, until locust ends the run."""
        while True:
            self._news.clear()
            wait = self._due[0][0] - time.monotonic() if self._due else None
            if wait is None or wait > 0:
                self._news.wait(wait)
            else:
                self._let(heapq.heappop(self._due)[2])

    def failed(self, error: Exception) -> None:
        """A mistake in these load tests themselves."""
        self._fire("LOCUST", "user", 0.0, error)

    # what the link tells

    def known(self, you: dict[str, str]) -> None:
        self._me = you["id"]
        self._cast.known_as(self._me)

    def told(self, news: Told, data: bytes) -> None:
        self._look_for_marks(data)
        seen, acts = self._cast.see(news.changes, news.fresh)
        for item in seen:
            self._note(item)
        self._add(acts, time.monotonic())

    # acting

    def _add(self, acts: Iterable[Act], since: float) -> None:
        for act in acts:
            heapq.heappush(self._due, (since + act.at, next(self._order), act))
        self._news.set()

    def _let(self, act: Act) -> None:
        if act.command == ARRIVE:
            self._reader = gevent.spawn(self._arrive)
            self._reader.link_exception(lambda reader: self.failed(reader.exception))
        elif act.command == LOOK:
            self._add(self._cast.look(time.monotonic() - type(self).began()), time.monotonic())
        elif self._link is None:
            pass  # who did not come in has nothing to say
        elif act.command in (DROP, LEAVE):
            self._link.drop(act.args.get("seconds", math.inf))
        elif self._cast.over:
            pass
        elif act.command == PULSE:
            self._link.pulse(act.args["reaction"])
        else:
            self._do(act)

    def _do(self, act: Act) -> None:
        assert self._link is not None
        args = act.args
        if act.command == "say" and self._scene.marks:
            args = {"text": tally.marked(args["text"])}
            tally.counts[f"{tally.SAID} {self._seat.session}"] += 1
        if isinstance(self._cast, Host) and act.command in WATCHED.values():
            self.moments.note(act.command, self._seat.session, self._text_of(self._cast, args))
        self._link.do(act.command, args)

    def _text_of(self, host: Host, args: dict[str, Any]) -> str:
        """What the audience will read: news names a poll or a question by its text."""
        if "poll" in args:
            return str(host.desk.of("poll")[args["poll"]]["question"])
        return str(host.desk.of("question")[args["question"]]["text"])

    def _arrive(self) -> None:
        """Come in as the scene says, then stay. Runs as the reading greenlet."""
        began = time.monotonic()
        headers = self._headers()
        if headers is None:
            return
        topic = f"session/{self.plan.session(self._seat)}"
        url = "ws" + self.plan.url.removeprefix("http") + "/live"
        self._link = Link(Way(url, topic, headers), self._cast.copy, self, self._fire, self._cast.rng)
        gevent.spawn(self._note_arrived, self._link, began)
        self._link.run()

    def _headers(self) -> dict[str, str] | None:
        """What shows the socket who this is; `None` where the door stayed shut, which locust was told."""
        token = self.plan.token(self._seat)
        if self._scene.door == "none" or self._seat.role == "host":
            return {"Authorization": f"Bearer {token}"}
        door = Door(self.plan.url, self.environment.events, self)
        try:
            if self._scene.door == "page":
                door.load(self.plan.session(self._seat))
            return door.enter(token, self._cast.person)
        except Turned:
            return None

    def _note_arrived(self, link: Link, began: float) -> None:
        link.here.wait()
        tally.counts[f"{tally.VIEWERS} {self._seat.session}"] += 1
        tally.counts[f"{tally.LATE} {self._seat.session}"] += self._cast.late
        if self._scene.door == "page":
            self._fire("DOOR", "usable", time.monotonic() - began, None)

    # measuring

    def _look_for_marks(self, data: bytes) -> None:
        """Count each message once; time one in `plan.sample`, if somebody else said it while I was there."""
        assert self._link is not None
        now = time.monotonic()
        for id, by, said in tally.marks(data):
            if id in self._seen or said < type(self).began():  # of an earlier run in this session
                continue
            self._seen.add(id)
            tally.counts[f"{tally.SEEN} {self._seat.session}"] += not self._cast.late
            mine = (len(self._seen) + self._seat.number) % self.plan.sample == 0
            if mine and by != self._me and said > self._link.joined_at:
                self._fire("SEE", "say", now - said, None)

    def _note(self, news: News) -> None:
        command = WATCHED.get(type(news))
        if command is not None:
            tally.counts[f"saw {command}"] += 1
            seconds = self.moments.since(command, self._seat.session, news.text)
            if seconds is not None:
                self._fire("SEE", command, seconds, None)

    def _fire(self, type: str, name: str, seconds: float, error: Exception | None) -> None:
        self.environment.events.request.fire(
            request_type=type,
            name=name,
            response_time=seconds * 1000,
            response_length=0,
            exception=error,
            context={},
        )
