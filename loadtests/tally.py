"""What one locust process counts besides request events, and the moments it must remember.

Counts are added up over processes; what they are called is said here and nowhere else.
"""

from __future__ import annotations

import functools
import pathlib
import re
import time
from collections import Counter
from typing import Any

from webinar_server.client.frames import JSON, shared

CODEC = shared(JSON)
"""For all users of this process."""

MARK = re.compile(r"@(\d{19})$")
"""At the end of a measured message: when it was said, in monotonic nanoseconds of this machine."""

VIEWERS, LATE, SAID, SEEN = "viewers", "late", "said", "seen"
RESUMED, RESET, BACK, DROPPED = "resumed", "reset", "came back", "dropped"
BUSY, FULL, ENDED = "told to come again", "door too busy", "closed for good"
"""`FULL` is a part of `BUSY`: handshakes answered 503, as a worker does that is late, whoever made it so."""

counts: Counter[str] = Counter()


def marked(text: str) -> str:
    """A message with the moment it is said."""
    return f"{text} @{time.monotonic_ns():019d}"


@functools.lru_cache(maxsize=256)
def marks(data: bytes) -> tuple[tuple[str, str, float], ...]:
    """Of a `state` frame: id, sender and moment (monotonic seconds) of each marked message."""
    messages: dict[str, dict[str, Any]] = CODEC.decode(data).get("put", {}).get("message", {})
    found = ((id, message["by"], MARK.search(message["text"])) for id, message in messages.items())
    return tuple((id, by, int(mark[1]) / 1e9) for id, by, mark in found if mark)


class Moments:
    """When a host did what all wait for, kept in the run's folder, as viewers may sit in other processes."""

    def __init__(self, folder: str) -> None:
        self._folder = pathlib.Path(folder)
        self._known: dict[str, float | None] = {}

    def note(self, what: str, session: int, text: str) -> None:
        (self._folder / self._name(what, session, text)).write_text(str(time.monotonic()))

    def since(self, what: str, session: int, text: str) -> float | None:
        """Seconds since then; `None` where nobody here did that."""
        name = self._name(what, session, text)
        if name not in self._known:
            path = self._folder / name
            self._known[name] = float(path.read_text()) if path.exists() else None
        then = self._known[name]
        return None if then is None else time.monotonic() - then

    def _name(self, what: str, session: int, text: str) -> str:
        return f"moment-{what}-{session}-{text.encode().hex()[:150]}"
