"""The only place that knows the time and makes random ids and salts; all above gets them handed in."""

import secrets
import time


def now_ms() -> int:
    """Wall clock, integer Unix milliseconds, UTC."""
    return time.time_ns() // 1_000_000


def monotonic() -> float:
    """Seconds on a clock that never jumps, for pauses and leases."""
    return time.monotonic()


def cpu() -> float:
    """Seconds of processor time this thread has used: what something cost, whatever else runs beside it."""
    return time.thread_time()


def fresh_id() -> str:
    """A new opaque id: 12 URL-safe characters, 72 random bits."""
    return secrets.token_urlsafe(9)


def fresh_salt() -> bytes:
    """A new secret for one entry: 144 random bits, which base64 writes without a rest (log/archive)."""
    return secrets.token_bytes(18)
