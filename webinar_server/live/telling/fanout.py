"""Fan-out: tells everyone who follows a room what changed, a flush at a time, and never waits for a viewer.

Per flush: one look at what changed and one frame for each audience and codec, plain and compressed, the same
bytes offered to every transport; the rhythm (`rhythm.py`) says when. A viewer is only ever behind: one whose
buffer is full does not take what it is offered, and gets everything since its seq later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from webinar_server import metrics
from webinar_server.clock import cpu, monotonic
from webinar_server.live.telling.follower import Follower, Viewer
from webinar_server.live.telling.place import Place, place
from webinar_server.live.telling.pulse import Pulse
from webinar_server.live.telling.rhythm import Rhythm
from webinar_server.live.telling.share import Share
from webinar_server.live.telling.views import Lens
from webinar_server.seldom import seldom
from webinar_server.settings import Settings
from webinar_server.state import Audience, Position, State

NOWHERE = Position(-1, "")
"""A position no log ever holds: whoever stands there is told to forget."""


class Teller(Protocol):
    """The worker that tells: what it may use for that, and whether what it holds may be out of date."""

    settings: Settings
    share: Share

    def asleep(self, now: float) -> bool: ...


class FanOut:
    """The viewers of one room, and the state they are told."""

    def __init__(self, topic: str, state: State, worker: Teller) -> None:
        self.topic, self.state = topic, state
        self.rhythm = Rhythm(worker.settings, worker.share)
        self._settings = worker.settings
        self._worker = worker
        self._lenses: dict[tuple[Audience, str], Lens] = {}
        self._followers: dict[Viewer, Follower] = {}
        self._pulses = Pulse(self._settings.pulse_pause, self._send_pulse)
        # who did not take what they were offered at the last flush, and up to where that told
        self._lagging: set[Viewer] = set()
        self._told = state.position.seq
        # called once the news they announce has been told
        self._afterwards: list[Callable[[], None]] = []
        # the next flush, whether it is due already, and the next time for what nobody waits for, if any
        self._timer: asyncio.Handle | None = None
        self._soon = False
        self._calm_timer: asyncio.Handle | None = None

    def __len__(self) -> int:
        return len(self._followers)

    def attach(self, viewer: Viewer, at: Position | None) -> int:
        """Follow from `at`, or from nothing. State and membership are taken together, without an `await`.

        Returns how many bytes that was.
        """
        state = self.state
        stood = None if at is None else place(at)
        resumes = stood is not None and stood.known(state)
        metrics.JOINS.labels("full" if at is None else "resume" if resumes else "reset").inc()
        lens = self._lens(viewer)
        bundle = lens.bundle(state, *((stood.at.seq, stood.calm) if stood and resumes else (0, 0)))
        self._followers[viewer] = Follower(viewer, lens, state.position.seq)
        reset = at is not None and not resumes
        frames = bundle.whole(viewer.person, reset, viewer.deflates)
        for frame in frames:
            viewer.write(frame)
        return sum(map(len, frames))

    def detach(self, viewer: Viewer) -> None:
        self._followers.pop(viewer, None)
        self._count_lagging(self._lagging - {viewer})

    def knows(self, at: Position) -> bool:
        """Whether somebody who was told this position can be told what changed since."""
        return place(at).known(self.state)

    def told(self, viewer: Viewer) -> Position | None:
        """The position a viewer may count on: the newest, or `None` while it is behind."""
        follower = self._followers.get(viewer)
        position = self.state.position
        if follower is None or follower.seq != position.seq:
            return None
        return Place(position, follower.calm).position()

    def notify(self, afterwards: Callable[[], None] | None = None) -> None:
        """There is news: flush now if it has been quiet or there is much of it, else after the pause."""
        if afterwards is not None:
            self._afterwards.append(afterwards)
        much = self.state.position.seq - self._told >= self._settings.flush_most
        if self._timer is not None and (self._soon or not much):
            return
        if self._timer is not None:
            self._timer.cancel()
        loop = asyncio.get_running_loop()
        self._soon = (wait := 0.0 if much else self.rhythm.until_flush()) <= 0
        self._timer = loop.call_soon(self._flush) if self._soon else loop.call_later(wait, self._flush)

    def replace(self, state: State) -> None:
        """The state was read anew: who stands where it never was forgets, and starts from it."""
        before, self.state = self.state, state
        self._lenses.clear()
        self._told = min(self._told, state.position.seq)
        for viewer, follower in list(self._followers.items()):
            tag = before.tag(follower.seq)
            stood = NOWHERE if tag is None else Place(Position(follower.seq, tag), follower.calm).position()
            self.attach(viewer, stood)

    def forget(self) -> None:
        """Nothing is kept that was made to be told before."""
        for lens in self._lenses.values():
            lens.clear()

    def pulse(self, reaction: str, count: int = 1) -> None:
        """Count a reaction; all of a tick are sent together, and only to those who can take it now."""
        self._pulses.count(reaction, count)

    def dismiss(self) -> None:
        """Nobody is told anything any more; each viewer is to come back anew."""
        self._afterwards = []
        self._send_away()

    def stop(self) -> None:
        """No more flushes; what waited for one is told now."""
        self._pulses.stop()
        if self._timer is not None:
            self._timer.cancel()
        self._flush()
        if self._calm_timer is not None:
            self._calm_timer.cancel()

    def _lens(self, viewer: Viewer) -> Lens:
        key = (viewer.audience, viewer.codec.name)
        if key not in self._lenses:
            self._lenses[key] = Lens(self.topic, viewer.audience, viewer.codec)
        return self._lenses[key]

    def _flush(self) -> None:
        self._timer = None
        if self._worker.asleep(monotonic()):
            self._send_away()
        began = cpu()
        seq = self.state.position.seq
        calm = min((lens.calm.at for lens in self._lenses.values()), default=self._told)
        if min(self._told, calm) < self.state.horizon or self._lagging:
            self._start_over()
        self._settle()
        lagging = self._tell(seq)
        afterwards, self._afterwards = self._afterwards, []
        for tell in afterwards:
            _guarded(tell)
        self.rhythm.flushed(began)
        self._count(cpu() - began, seq, lagging)

    def _settle(self) -> None:
        """Have what nobody waits for told now, or later."""
        # what somebody who came since was told with the rest is told to all now, and once
        lenses = self._lenses.values()
        waiting = [lens for lens in lenses if lens.calm.settle(self.state, due=lens.calm.at > self._told)]
        wait = self.rhythm.until_calm()
        if waiting and wait <= 0:
            self.rhythm.calmed()
            for lens in waiting:
                lens.calm.settle(self.state, due=True)
        elif waiting and self._calm_timer is None:
            self._calm_timer = asyncio.get_running_loop().call_later(wait, self._grow_calm)

    def _grow_calm(self) -> None:
        self._calm_timer = None
        # a clock may be a little behind the timer that it rang
        self.rhythm.let_calm()
        self.notify()

    def _tell(self, seq: int) -> set[Viewer]:
        """Offer everyone what is new to them; who did not take it."""
        lagging: set[Viewer] = set()
        lens, at, calm, deflates, news = None, NOWHERE.seq, NOWHERE.seq, False, None
        for follower in self._followers.values():
            if follower.seq == seq and follower.calm == follower.lens.calm.at:
                continue
            try:
                here = (follower.lens, follower.seq, follower.calm, follower.deflates)
                if news is None or here != (lens, at, calm, deflates):
                    # nearly all see alike and stand at the same place
                    (lens, at, calm, deflates), news = here, None
                    bundle = lens.live(self.state, at, calm)
                    common, owners, news = bundle.common(deflates), bundle.owners, bundle
                person = follower.person
                frame = news.frame(person, deflates) if person in owners else common
                if not frame or follower.offer(frame):
                    follower.seq, follower.calm = seq, follower.lens.calm.at
                else:
                    lagging.add(follower.viewer)
            except Exception as error:
                # one viewer's fault must not keep the others from hearing
                seldom.error("a viewer could not be told", error)
                lagging.add(follower.viewer)
        return lagging

    def _start_over(self) -> None:
        """Whoever is so far behind that the state no longer knows all that went since starts from nothing."""
        horizon = self.state.horizon
        for viewer in [each.viewer for each in self._followers.values() if each.calm < horizon]:
            _guarded(self.attach, viewer, NOWHERE)

    def _send_away(self) -> None:
        followers, self._followers = self._followers, {}
        self._count_lagging(set())
        for viewer in followers:
            _guarded(viewer.away)

    def _count(self, seconds: float, seq: int, lagging: set[Viewer]) -> None:
        metrics.FLUSH_SECONDS.observe(seconds)
        if seq > self._told:
            metrics.FLUSH_ENTRIES.observe(seq - self._told)
        self._told = seq
        self._count_lagging(lagging)

    def _count_lagging(self, lagging: set[Viewer]) -> None:
        metrics.LAGGING.inc(len(lagging) - len(self._lagging))
        self._lagging = lagging

    def _send_pulse(self, reactions: dict[str, int]) -> None:
        if self._worker.asleep(monotonic()):
            self._send_away()
        message = {"op": "pulse", "topic": self.topic, "reactions": reactions}
        frames: dict[str, bytes] = {}
        for viewer in self._followers:
            if viewer.codec.name not in frames:
                frames[viewer.codec.name] = viewer.codec.frame(message)
            viewer.offer(frames[viewer.codec.name])


def _guarded(tell: Callable[..., object], *arguments: object) -> None:
    """One viewer's fault must not keep the others from hearing."""
    try:
        tell(*arguments)
    except Exception as error:
        seldom.error("a viewer could not be told", error)
