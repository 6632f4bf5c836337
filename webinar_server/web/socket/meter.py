"""Meter: how many frames and bytes one socket may send, whatever they are and whether they are asked for.

The generic cell rate algorithm, as in `live/pace.py`, for the two together. Every frame comes by here, so it
is two floats and no look-up.
"""

from __future__ import annotations

from webinar_server import security
from webinar_server.limits import BYTES, CONTROLS, FRAMES

CONTROLS_AHEAD = CONTROLS.each * CONTROLS.burst
FRAMES_AHEAD = FRAMES.each * FRAMES.burst
BYTES_AHEAD = BYTES.each * BYTES.burst
"""Seconds that somebody may be ahead of their rate."""


class Meter:
    """Of one socket. What is not `paced` is held to the pace of pings and pongs alone."""

    __slots__ = ("_bytes_until", "_controls_until", "_frames_until", "paced")

    def __init__(self, paced: bool = True) -> None:
        self.paced = paced
        # monotonic seconds: when all that came in is made up for
        self._frames_until = self._bytes_until = self._controls_until = 0.0

    def lets_control(self, now: float) -> bool:
        """Whether a ping or pong may be, beside what `lets` says of it."""
        self._controls_until = max(self._controls_until, now) + CONTROLS.each
        if self._controls_until - now <= CONTROLS_AHEAD:
            return True
        security.exceeded("controls")
        return False

    def lets_inflated(self, size: int, now: float) -> bool:
        """Whether a message may have become so many bytes, beside what `lets` says of its frames."""
        if not self.paced:
            return True
        self._bytes_until = max(self._bytes_until, now) + size * BYTES.each
        if self._bytes_until - now <= BYTES_AHEAD:
            return True
        security.exceeded("bytes")
        return False

    def lets(self, size: int, now: float) -> bool:
        """Whether a frame of so many bytes may be; counted in any case. `now` is monotonic."""
        if not self.paced:
            return True
        frames, taken = self._frames_until, self._bytes_until
        # comparisons, since a call of max() costs as much as all the rest
        self._frames_until = frames = (frames if frames > now else now) + FRAMES.each
        self._bytes_until = taken = (taken if taken > now else now) + size * BYTES.each
        if frames - now <= FRAMES_AHEAD and taken - now <= BYTES_AHEAD:
            return True
        security.exceeded("frame" if frames - now > FRAMES_AHEAD else "bytes")
        return False
