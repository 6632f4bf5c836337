"""Coming back: how long to stay away after a lost connection, as `static/js/comeback.js` does. Pure."""

from __future__ import annotations

import json
import random

FLOOR, CEILING = 0.5, 4.0
SETTLED = 5.0
"""Seconds of a connection after which earlier failures are forgotten."""

PASSING = (4408, 4429)
"""Of the codes from 4400 on, those after which coming back makes sense."""


def pause(failures: int, told: float | None, rng: random.Random) -> float:
    """Seconds to wait after so many failures in a row; `told` is what the server asked for, if it did."""
    ceiling = min(CEILING, FLOOR * 2.0**failures)
    backoff = FLOOR + rng.random() * (ceiling - FLOOR)
    if told is None:
        return backoff
    return max(told * (1 + rng.random() / 4), backoff if failures > 1 else 0.0)


def final(code: int) -> bool:
    """Whether a close code says not to come back by oneself."""
    return 4400 <= code < 4500 and code not in PASSING


def told(reason: str) -> float | None:
    """The `retry_after` of a close reason, in seconds."""
    try:
        seconds = float(json.loads(reason)["retry_after"])
        return max(0.0, seconds)
    except (ValueError, KeyError, TypeError):
        return None
