"""Liveness: whether the other side of a socket reads and is there, and that it can tell the same of us.

silent for a beat ──▶ a beat, with a ping ──▶ anything at all comes in ──▶ there
                                          └─▶ nothing for `pong_within` ──▶ ended (1011)
bytes wait and none is taken for `stalled_after` ──▶ ended (4408)
"""

from __future__ import annotations

from collections.abc import Callable

from webinar_server.clock import monotonic
from webinar_server.settings import Settings
from webinar_server.web.socket.receiver import Wire

TOO_SLOW, SILENT = 4408, 1011


class Liveness:
    """Looked at every few seconds. `beat` makes a beat's frame."""

    __slots__ = (
        "_asked",
        "_beat",
        "_due",
        "_moved_at",
        "_pinged_at",
        "_settings",
        "_taken",
        "_wire",
        "_wrote_at",
    )

    def __init__(self, wire: Wire, settings: Settings, beat: Callable[[], bytes]) -> None:
        self._wire = wire
        self._settings = settings
        self._beat = beat
        # monotonic seconds
        self._wrote_at = self._moved_at = self._pinged_at = monotonic()
        # a ping of ours has no answer yet
        self._asked = False
        # bytes the other side took, while some waited
        self._taken = 0
        # before this nothing can be due, unless bytes wait
        self._due = 0.0

    def calm(self, now: float) -> bool:
        """Whether there is nothing to do; so it is for most of thousands of connections, most of the time."""
        outlet = self._wire.outlet
        if outlet.wrote:
            outlet.wrote, self._wrote_at = False, now
        return now < self._due and not outlet.backlog()

    def check(self, now: float) -> None:
        """End it, or keep it alive. `now` is monotonic."""
        if not self._reads(now):
            self._wire.end(TOO_SLOW, "too slow")
            self._wire.transport.abort()
        elif not self._is_there(now):
            self._wire.end(SILENT, "no answer to a ping")
        else:
            self._keep_alive(now)

    def _reads(self, now: float) -> bool:
        """Whether it took some of what waits for it lately, or nothing waits."""
        outlet = self._wire.outlet
        # what the other side took, not how the backlog changed: our own beats change that
        backlog = outlet.backlog()
        taken = outlet.written - backlog
        if not backlog or taken > self._taken:
            self._taken, self._moved_at = taken, now
        return now - self._moved_at <= self._settings.stalled_after

    def _is_there(self, now: float) -> bool:
        """Whether anything at all came in since the last ping, or may still."""
        if self._wire.heard:
            self._wire.heard = self._asked = False
        return not self._asked or now - self._pinged_at < self._settings.pong_within

    def _keep_alive(self, now: float) -> None:
        """A beat where nothing was said for long; with it, or by itself, a ping as often."""
        settings = self._settings
        beat = b""
        if now - self._wrote_at >= settings.beat:
            self._wrote_at, beat = now, self._beat()
        if now - self._pinged_at >= settings.beat:
            self._pinged_at, self._asked = now, True
            self._wire.outlet.ping(beat)
        elif beat:
            self._wire.outlet.write(beat)
        # sooner than need be where something was said since; an answer is looked for each time
        self._due = now if self._asked else min(self._wrote_at, self._pinged_at) + settings.beat
