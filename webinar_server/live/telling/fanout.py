"""Fan-out: tells everyone who follows a room what changed, a flush at a time, and never waits for a viewer.

Per flush: one look at what changed and one frame for each audience and codec, plain and compressed, the same
bytes offered to every transport; the rhythm (`rhythm.py`) says when. A viewer is only ever behind: one whose
buffer is full does not take what it is offered, and gets everything since its seq later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

from webinar_server import metrics
from webinar_server.clock import cpu
from webinar_server.live.telling.codec import Codec
from webinar_server.live.telling.pulse import Pulse
from webinar_server.live.telling.rhythm import Rhythm
from webinar_server.live.telling.views import Lens
from webinar_server.seldom import seldom
from webinar_server.settings import Settings
from webinar_server.state import Audience, Position, State

NOWHERE = Position(-1, "")
"""A position no log ever holds: whoever stands there is told to forget."""


class Viewer(Protocol):
    """A connection as a room sees it."""

    person: str
    audience: Audience
    codec: Codec
    deflates: bool
    """Whether it takes compressed frames."""

    def write(self, frame: bytes) -> None:
        """Hand a ready frame to the transport; never blocks."""

    def offer(self, frame: bytes) -> bool:
        """The same, unless it has not got rid of what it was given before; tells whether it took it."""

    def away(self) -> None:
        """What it was told may be out of date: it is to leave and come back."""


class Follower:
    """One viewer's place in one room."""

    __slots__ = ("deflates", "lens", "offer", "person", "seq", "viewer")

    def __init__(self, viewer: Viewer, lens: Lens, seq: int) -> None:
        self.viewer = viewer
        # at hand, since each flush comes by here
        self.offer, self.person, self.deflates = viewer.offer, viewer.person, viewer.deflates
        self.lens = lens
        self.seq = seq


class FanOut:
    """The viewers of one room. `stale` says whether what this process holds may be out of date."""

    def __init__(
        self, topic: str, state: State, settings: Settings, stale: Callable[[], bool] = lambda: False
    ) -> None:
        self.topic = topic
        self.state = state
        self.rhythm = Rhythm(settings)
        self._settings = settings
        self._stale = stale
        self._lenses: dict[tuple[Audience, str], Lens] = {}
        self._followers: dict[Viewer, Follower] = {}
        self._pulses = Pulse(settings.pulse_pause, self._send_pulse)
        # did not take what they were offered at the last flush
        self._lagging: set[Viewer] = set()
        # up to where the last flush told
        self._told = state.position.seq
        # called once the news they announce has been told
        self._afterwards: list[Callable[[], None]] = []
        # the next flush, and whether it is due already
        self._timer: asyncio.Handle | None = None
        self._soon = False

    def __len__(self) -> int:
        return len(self._followers)

    def attach(self, viewer: Viewer, at: Position | None) -> int:
        """Follow from `at`, or from nothing. State and membership are taken together, without an `await`.

        Returns how many bytes that was.
        """
        state = self.state
        resumes = at is not None and state.knows(at)
        metrics.JOINS.labels("full" if at is None else "resume" if resumes else "reset").inc()
        lens = self._lens(viewer)
        bundle = lens.bundle(state, at.seq if at is not None and resumes else 0)
        self._followers[viewer] = Follower(viewer, lens, state.position.seq)
        reset = at is not None and not resumes
        frames = bundle.whole(viewer.person, reset, viewer.deflates)
        for frame in frames:
            viewer.write(frame)
        return sum(map(len, frames))

    def detach(self, viewer: Viewer) -> None:
        self._followers.pop(viewer, None)
        self._count_lagging(self._lagging - {viewer})

    def told(self, viewer: Viewer) -> Position | None:
        """The position a viewer may count on: the newest, or `None` while it is behind."""
        follower = self._followers.get(viewer)
        position = self.state.position
        return position if follower is not None and follower.seq == position.seq else None

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
        wait = 0.0 if much else self.rhythm.until_flush()
        self._soon = wait <= 0
        self._timer = loop.call_soon(self._flush) if self._soon else loop.call_later(wait, self._flush)

    def replace(self, state: State) -> None:
        """The state was read anew: who stands where it never was forgets, and starts from it."""
        before, self.state = self.state, state
        self._lenses.clear()
        self._told = min(self._told, state.position.seq)
        for viewer, follower in list(self._followers.items()):
            tag = before.tag(follower.seq)
            self.attach(viewer, NOWHERE if tag is None else Position(follower.seq, tag))

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

    def _lens(self, viewer: Viewer) -> Lens:
        key = (viewer.audience, viewer.codec.name)
        if key not in self._lenses:
            self._lenses[key] = Lens(self.topic, viewer.audience, viewer.codec)
        return self._lenses[key]

    def _flush(self) -> None:
        self._timer = None
        if self._stale():
            self._send_away()
        began = cpu()
        seq = self.state.position.seq
        if self._told < self.state.horizon or self._lagging:
            self._start_over()
        lagging = self._tell(seq)
        afterwards, self._afterwards = self._afterwards, []
        for tell in afterwards:
            _guarded(tell)
        self.rhythm.flushed(began)
        self._count(cpu() - began, seq, lagging)

    def _tell(self, seq: int) -> set[Viewer]:
        """Offer everyone what is new to them; who did not take it."""
        lagging: set[Viewer] = set()
        lens, at, deflates, news = None, NOWHERE.seq, False, None
        for follower in self._followers.values():
            if follower.seq == seq:
                continue
            try:
                here = (follower.lens, follower.seq, follower.deflates)
                if news is None or here != (lens, at, deflates):
                    # nearly all see alike and stand at the same place
                    (lens, at, deflates), news = here, None
                    bundle = lens.bundle(self.state, at)
                    common, owners, news = bundle.common(deflates), bundle.owners, bundle
                person = follower.person
                frame = news.frame(person, deflates) if person in owners else common
                if not frame or follower.offer(frame):
                    follower.seq = seq
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
        for viewer in [each.viewer for each in self._followers.values() if each.seq < horizon]:
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
        if self._stale():
            self._send_away()
        message: dict[str, Any] = {"op": "pulse", "topic": self.topic, "reactions": reactions}
        frames: dict[str, bytes] = {}
        for viewer in self._followers:
            name = viewer.codec.name
            if name not in frames:
                frames[name] = viewer.codec.frame(message)
            viewer.offer(frames[name])


def _guarded(tell: Callable[..., object], *arguments: object) -> None:
    """One viewer's fault must not keep the others from hearing."""
    try:
        tell(*arguments)
    except Exception as error:
        seldom.error("a viewer could not be told", error)
