"""The numbers and switches of a running server, in one place, with their reasons.

Defaults are for sessions of 300 people; the environment may change the few
that an operator has a reason to.
"""

import math
import os
from dataclasses import dataclass, field

from webinar_server.errors import StorageError


@dataclass(frozen=True)
class Settings:
    """How a server behaves. Times in seconds, sizes in bytes, unless said otherwise."""

    beat: float = 15.0
    """Silence after which a client is told its position, so that both sides notice a dead link."""

    pong_within: float = 10.0
    """Each side of a link is to be heard of every `beat`; who is silent this long after a ping is gone."""

    grace: float = 10.0
    """A reload or a tunnel shorter than this shows nothing in the people list."""

    fan_out_share: float = 0.10
    """Part of a worker that telling viewers may use, in all rooms; the pauses follow from what it costs."""

    fan_out_most: float = 0.50
    """The part it may use before pauses grow beyond `pause_most`: the worker has more to do than to tell."""

    pause_least: float = 0.058
    """Nobody sees whether a message came 10 or 50 ms later, but what a busy room costs is shared by five
    times as many; a quiet one is told at once."""

    pause_most: float = 0.150
    flush_most: int = 250
    """Entries at which viewers are told whatever the pause: together with a batch no more than the messages
    kept, so that none is dropped from the state before it was told."""

    calm_pause: float = 0.8
    """What nobody waits for (attendees for who comes and goes) makes frames of its own at most so often."""

    pulse_pause: float = 0.250

    high_water: int = 64 * 1024
    """Unsent bytes at which a viewer is skipped until it drained."""

    stalled_after: float = 30.0
    """A viewer that read nothing for this long is closed (4408)."""

    frame_max: int = 16 * 1024
    """Largest message from an attendee; hosts may send `frame_max_host`."""

    frame_max_host: int = 64 * 1024
    errors_max: int = 10
    """Frames not understood before the socket is closed (4400)."""

    connections_each: int = 8
    """Open sockets of one person: tabs and devices."""

    inbox_max: int = 10_000
    """Commands waiting in a room before new ones are told to come back."""

    batch_max: int = 250
    """Commands committed in one append."""

    hold: float = 10.0
    """How long commands wait for a log that does not answer, before new ones are told to come back."""

    lease: float = 6.0
    """A worker not heard of for so long counts as gone; each says thrice as often that it lives."""

    compare_every: float = 2.0
    """How often all open topics are compared with the log, for a last message that was lost."""

    idle: float = 60.0
    """A room in which nobody has been for so long is closed and its memory given back; opening it again takes
    some milliseconds for each megabyte of its log (`WEBINAR_IDLE`)."""

    snapshot_every: int = 2_000
    """Entries between two snapshots; bounds the replay at start."""

    drain: float = 10.0
    """A worker on its way out sends its viewers to the others within so long, each at a moment of its own."""

    handshakes: float = 300.0
    """Sockets a worker lets in per second, beyond `handshakes_burst` at once: a full session that was dropped
    comes back as one. One costs half a millisecond; a loop that is late all the same lets nobody in."""

    handshakes_burst: int = 2_000

    joins: float = 300.0
    """Joins per second that need the whole state, beyond `joins_burst` at once; others wait their turn. One
    costs a millisecond, and all who are there are told of it."""

    joins_burst: int = 300
    join_patience: float = 10.0
    """How long a join waits for its turn before its socket is told to come back (1013)."""

    late: float = 0.5
    """A loop that is so much behind lets nobody in before those who are there have been served."""

    pace: bool = True
    """Limits per person and per address; off for load measurements only (`WEBINAR_PACE=off`)."""

    smtp: str = field(default="", repr=False)
    """The mail server that letters go to (`WEBINAR_SMTP`); without one none go out."""

    smtp_from: str = ""
    """As whom (`WEBINAR_SMTP_FROM`)."""

    def frame_max_of(self, leads: bool) -> int:
        return self.frame_max_host if leads else self.frame_max


def from_environment() -> Settings:
    """The defaults, changed by `WEBINAR_PACE`, `WEBINAR_IDLE`, `WEBINAR_SMTP` and `WEBINAR_SMTP_FROM`. Raises
    StorageError with what to do."""
    idle = os.environ.get("WEBINAR_IDLE") or f"{Settings.idle}"
    return Settings(
        pace=os.environ.get("WEBINAR_PACE", "on").lower() != "off",
        idle=_seconds(idle),
        smtp=os.environ.get("WEBINAR_SMTP", "").strip(),
        smtp_from=os.environ.get("WEBINAR_SMTP_FROM", "").strip(),
    )


def _seconds(given: str) -> float:
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if not 0.0 < seconds < math.inf:
        raise StorageError(f"WEBINAR_IDLE is {given!r}; give seconds, like 60")
    return seconds
