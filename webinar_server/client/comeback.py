"""Coming back: whether, and after how long, once a connection is lost; as the pages do."""

from __future__ import annotations

import json
from collections.abc import Callable

FLOOR, CEILING = 0.5, 4.0
"""Seconds between which a pause is drawn by chance; the upper one doubles with each failure up to this."""

SETTLED = 5.0
"""Seconds of a connection after which earlier failures are forgotten."""

PASSING = (4408, 4429)
"""Of the close codes from 4400 on, those after which coming back makes sense."""

UNKNOWN = (401, 403)
"""How a handshake is answered for good: whoever it is may not be here."""

FOR_GOOD = float("inf")


class Closed(Exception):
    """A connection is over: its close code, 1006 where nobody said goodbye, and the reason that was given."""

    def __init__(self, code: int, reason: str = "") -> None:
        super().__init__(f"closed {code} {reason}".strip())
        self.code = code
        self.reason = reason


class Turned(Exception):
    """A handshake was answered with an HTTP status instead; `retry_after` in seconds, where it was said."""

    def __init__(self, status: int, retry_after: float | None = None) -> None:
        super().__init__(f"handshake answered {status}")
        self.status = status
        self.retry_after = retry_after


class Comeback:
    """One client's failures in a row, and the pauses they cost. `chance` draws from 0 to 1."""

    def __init__(self, chance: Callable[[], float]) -> None:
        self.failures = 0
        self._chance = chance
        self._here_since: float | None = None
        self._planned: float | None = None

    def here(self, now: float) -> None:
        """The topic is joined, at so many seconds of a clock that never jumps."""
        self._here_since = now

    def plan(self, seconds: float) -> None:
        """The next end is the client's own doing: stay away for so long, or `FOR_GOOD`."""
        self._planned = seconds

    @property
    def leaves(self) -> bool:
        """Whether it was planned to stay away for good."""
        return self._planned == FOR_GOOD

    def after(self, end: Exception, now: float) -> float:
        """Seconds to stay away after such an end; `FOR_GOOD` where nobody comes back by themselves."""
        planned, self._planned = self._planned, None
        since, self._here_since = self._here_since, None
        if planned is not None:
            return planned
        if since is not None and now - since > SETTLED:
            self.failures = 0
        self.failures += 1
        asked = None
        if isinstance(end, Turned):
            if end.status in UNKNOWN:
                return FOR_GOOD
            asked = end.retry_after
        elif isinstance(end, Closed):
            if final(end.code):
                return FOR_GOOD
            asked = told(end.reason)
        return pause(self.failures, asked, self._chance)


def pause(failures: int, asked: float | None, chance: Callable[[], float]) -> float:
    """Seconds to wait after so many failures in a row; `asked` is what the server asked for, if it did."""
    ceiling = min(CEILING, FLOOR * 2.0 ** min(failures, 10))
    backoff = FLOOR + chance() * (ceiling - FLOOR)
    if asked is None:
        return backoff
    return max(spread(asked, chance), backoff if failures > 1 else 0.0)


def spread(seconds: float, chance: Callable[[], float]) -> float:
    """A little longer, so that not all who were told the same come at once."""
    return seconds * (1 + chance() / 4)


def final(code: int) -> bool:
    """Whether a close code says not to come back by oneself."""
    return 4400 <= code < 4500 and code not in PASSING


def told(reason: str) -> float | None:
    """The `retry_after` of a close reason, in seconds."""
    try:
        return max(0.0, float(json.loads(reason)["retry_after"]))
    except (ValueError, KeyError, TypeError):
        return None
