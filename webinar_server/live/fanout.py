"""Fan-out: tells everyone who follows a room what changed, a flush at a time, and never waits for a viewer.

A room that has been quiet is flushed at once; after that the next flush waits a multiple of what the last
one cost, so telling uses a bounded share of the worker and many messages share a frame when it is busy. A
viewer is only ever behind: one whose buffer is full is skipped, and gets everything since its seq later.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from webinar_server import metrics
from webinar_server.clock import monotonic
from webinar_server.live.codec import Codec
from webinar_server.live.views import Lens
from webinar_server.settings import Settings
from webinar_server.state import Audience, Position, State

log = logging.getLogger("webinar_server")

NOWHERE = Position(-1, "")
"""A position no log ever holds: whoever stands there is told to forget."""


class Viewer(Protocol):
    """A connection as a room sees it."""

    person: str
    audience: Audience
    codec: Codec

    def write(self, frame: bytes) -> None:
        """Hand a ready frame to the transport; never blocks."""

    def backlog(self) -> int:
        """Bytes the transport has not got rid of yet."""

    def away(self) -> None:
        """What it was told may be out of date: it is to leave and come back."""


class Follower:
    """One viewer's place in one room."""

    __slots__ = ("lens", "seq", "viewer")

    def __init__(self, viewer: Viewer, lens: Lens, seq: int) -> None:
        self.viewer = viewer
        self.lens = lens
        self.seq = seq


class FanOut:
    """The viewers of one room and the rhythm in which they are told."""

    def __init__(self, topic: str, state: State, settings: Settings) -> None:
        self.topic = topic
        self.state = state
        self._settings = settings
        self._lenses: dict[tuple[Audience, str], Lens] = {}
        self._followers: dict[Viewer, Follower] = {}
        # skipped at the last flush
        self._lagging: set[Viewer] = set()
        # up to where the last flush told
        self._told = state.position.seq
        # called once the news they announce has been told
        self._afterwards: list[Callable[[], None]] = []
        self._timer: asyncio.Handle | None = None
        # monotonic seconds before which the next flush must not begin
        self._not_before = 0.0
        self._pulses: dict[str, int] = {}
        self._pulse_timer: asyncio.Handle | None = None

    def __len__(self) -> int:
        return len(self._followers)

    def attach(self, viewer: Viewer, at: Position | None) -> None:
        """Follow from `at`, or from nothing. State and membership are taken together, without an `await`."""
        state = self.state
        resumes = at is not None and state.knows(at)
        metrics.JOINS.labels("full" if at is None else "resume" if resumes else "reset").inc()
        lens = self._lens(viewer)
        bundle = lens.bundle(state, at.seq if at is not None and resumes else 0, everything=True)
        self._followers[viewer] = Follower(viewer, lens, state.position.seq)
        for frame in bundle.whole(viewer.person, reset=at is not None and not resumes):
            viewer.write(frame)

    def detach(self, viewer: Viewer) -> None:
        self._followers.pop(viewer, None)
        self._count_lagging(self._lagging - {viewer})

    def told(self, viewer: Viewer) -> Position | None:
        """The position a viewer may count on: the newest, or `None` while it is behind."""
        follower = self._followers.get(viewer)
        position = self.state.position
        return position if follower is not None and follower.seq == position.seq else None

    def notify(self, afterwards: Callable[[], None] | None = None) -> None:
        """There is news: flush now if it has been quiet, else when the pause is over."""
        if afterwards is not None:
            self._afterwards.append(afterwards)
        if self._timer is None:
            loop = asyncio.get_running_loop()
            wait = self._not_before - monotonic()
            self._timer = loop.call_later(wait, self._flush) if wait > 0 else loop.call_soon(self._flush)

    def replace(self, state: State) -> None:
        """The state was read anew: who stands where it never was forgets, and starts from it."""
        before, self.state = self.state, state
        self._lenses.clear()
        for viewer, follower in list(self._followers.items()):
            tag = before.tag(follower.seq)
            self.attach(viewer, NOWHERE if tag is None else Position(follower.seq, tag))

    def pulse(self, reaction: str, count: int = 1) -> None:
        """Count a reaction; all of a tick are sent together, and only to those who can take it now."""
        self._pulses[reaction] = self._pulses.get(reaction, 0) + count
        if self._pulse_timer is None:
            loop = asyncio.get_running_loop()
            self._pulse_timer = loop.call_later(self._settings.pulse_pause, self._send_pulse)

    def dismiss(self) -> None:
        """Nobody is told anything any more; each viewer is to come back anew."""
        followers, self._followers, self._afterwards = self._followers, {}, []
        self._count_lagging(set())
        for viewer in followers:
            _guarded(viewer.away)

    def stop(self) -> None:
        """No more flushes; what waited for one is told now."""
        for timer in (self._timer, self._pulse_timer):
            if timer is not None:
                timer.cancel()
        self._flush()

    def _lens(self, viewer: Viewer) -> Lens:
        key = (viewer.audience, viewer.codec.name)
        if key not in self._lenses:
            self._lenses[key] = Lens(self.topic, viewer.audience, viewer.codec)
        return self._lenses[key]

    def _flush(self) -> None:
        self._timer = None
        began = monotonic()
        seq = self.state.position.seq
        behind = [follower for follower in self._followers.values() if follower.seq < seq]
        lagging = {each.viewer for each in behind if each.viewer.backlog() > self._settings.high_water}
        for follower in behind:
            if follower.viewer not in lagging:
                _guarded(self._bring_up_to_date, follower, seq)
        afterwards, self._afterwards = self._afterwards, []
        for tell in afterwards:
            _guarded(tell)
        ended = monotonic()
        self._rest(began, ended)
        self._count(ended - began, seq, lagging)

    def _count(self, seconds: float, seq: int, lagging: set[Viewer]) -> None:
        metrics.FLUSH_SECONDS.observe(seconds)
        if seq > self._told:
            metrics.FLUSH_ENTRIES.observe(seq - self._told)
        self._told = seq
        self._count_lagging(lagging)

    def _count_lagging(self, lagging: set[Viewer]) -> None:
        metrics.LAGGING.inc(len(lagging) - len(self._lagging))
        self._lagging = lagging

    def _bring_up_to_date(self, follower: Follower, seq: int) -> None:
        if follower.seq < self.state.horizon:
            # so far behind that the state no longer knows all that went since
            self.attach(follower.viewer, NOWHERE)
            return
        frames = follower.lens.bundle(self.state, follower.seq).frames(follower.viewer.person)
        follower.seq = seq
        for frame in frames:
            follower.viewer.write(frame)

    def _rest(self, began: float, ended: float) -> None:
        settings = self._settings
        pause = (ended - began) / settings.fan_out_share
        self._not_before = ended + min(max(pause, settings.pause_least), settings.pause_most)

    def _send_pulse(self) -> None:
        self._pulse_timer = None
        reactions, self._pulses = self._pulses, {}
        message = {"op": "pulse", "topic": self.topic, "reactions": reactions}
        frames: dict[str, bytes] = {}
        for viewer in self._followers:
            if viewer.backlog() <= self._settings.high_water:
                if viewer.codec.name not in frames:
                    frames[viewer.codec.name] = viewer.codec.frame(message)
                viewer.write(frames[viewer.codec.name])


def _guarded(tell: Callable[..., None], *arguments: object) -> None:
    """One viewer's fault must not keep the others from hearing."""
    try:
        tell(*arguments)
    except Exception:
        log.exception("a viewer could not be told")
