"""Calm: for what an audience does not wait for (who comes and goes) no frame is made, but once in a while.

    news of such ──▶ waits ──▶ told with what is told anyway, or when it is time

So two thousand who come to a quiet room are told in a frame or so a second, and not in one after another to
all who are there. Some news of such a record hurry: a name that is another now. One's own are told at once. A
viewer's place (`place.py`) does not pass what waits, so whoever comes back meanwhile is told that too.
"""

from __future__ import annotations

from webinar_server.state import Audience, State


class Calm:
    """Of one audience. `at` is the seq up to which all has been told."""

    def __init__(self, audience: Audience) -> None:
        self._audience = audience
        self._heard: int | None = None
        self.at = 0
        # whether any such news came since, and any that is told anyway
        self._waits = self._hurries = False

    def includes(self, state: State, kind: str) -> bool:
        """Whether the audience does not wait for news of such records."""
        return self._audience in state.kinds[kind].UNHURRIED

    def settle(self, state: State, due: bool) -> bool:
        """Have it told by whatever is told next, where that is not it alone, or if it is time; whether some
        waits still."""
        seq = state.position.seq
        if self._heard is None:
            self.at = self._heard = seq
        if self._heard != seq:
            self._hear(state)
        if due or self._hurries or not self._waits:
            self.at, self._waits, self._hurries = seq, False, False
        return self._waits

    def _hear(self, state: State) -> None:
        for kind, id, _ in state.since(self._heard or 0):
            if state.seen_since(kind, id, self._audience) > (self._heard or 0):
                if self.includes(state, kind) and state.hurried(kind, id) <= (self._heard or 0):
                    self._waits = True
                else:
                    self._hurries = True
        self._heard = state.position.seq
