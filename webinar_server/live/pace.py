"""Pace: how often one person, or one address, may do what. A refusal says when to come back.

Token buckets (a burst, then a steady rate), counted in time rather than tokens so that a bucket is one
float: the generic cell rate algorithm (ITU-T I.371). Rates are the start values of reliability.md 4.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from webinar_server.errors import Refusal
from webinar_server.state import HOSTS, Role


class Rate(NamedTuple):
    """`each` seconds for one, `burst` of them at once."""

    each: float
    burst: int


COMMANDS: Mapping[str, Rate] = {
    "say": Rate(2.0, 5),
    "ask": Rate(15.0, 3),
    "support": Rate(0.5, 10),
    "unsupport": Rate(0.5, 10),
    "vote": Rate(1.0, 5),
    "raise_hand": Rate(5.0, 3),
    "lower_hand": Rate(5.0, 3),
}
ANY = Rate(0.2, 20)
HOST = Rate(0.05, 100)
PULSE = Rate(1 / 3, 10)
BAD_TOKEN = Rate(0.5, 20)
HANDSHAKE = Rate(0.02, 600)
"""By address, with a valid token: a company's 300 people share one address."""

UNKNOWN = Rate(0.2, 20)
"""By everybody together: sessions the log does not know, since each has all workers look."""

FORGET_AFTER = 60.0


class Pace:
    """Buckets by key; a key is a person or an address, and what they do."""

    def __init__(self, enabled: bool) -> None:
        self.enabled = enabled
        # when each bucket will be empty again
        self._empty_at: dict[tuple[str, str], float] = {}
        self._swept_at = 0.0

    def wait(self, who: str, what: str, rate: Rate, now: float) -> float:
        """Seconds to wait; 0 if it may happen now, which is then counted. `now` is monotonic."""
        return self._wait(who, {what: rate}, now)

    def check_command(self, person: str, role: Role, command: str, now: float) -> None:
        """Raises Refusal `pace.COMMAND` with `retry_after`."""
        rates = {"*": HOST if role in HOSTS else ANY}
        if role not in HOSTS and command in COMMANDS:
            rates[command] = COMMANDS[command]
        wait = self._wait(person, rates, now)
        if wait:
            raise Refusal(
                f"pace.{command}", "A little slower, please; nothing is lost.", round(wait + 0.05, 1)
            )

    def _wait(self, who: str, rates: Mapping[str, Rate], now: float) -> float:
        """The longest of several waits; counted in all buckets or, where one is full, in none."""
        if not self.enabled:
            return 0.0
        self._sweep(now)
        filled = {
            (who, what): max(self._empty_at.get((who, what), now), now) + rate.each
            for what, rate in rates.items()
        }
        bursts = (rate.each * rate.burst for rate in rates.values())
        wait = max(at - now - burst for at, burst in zip(filled.values(), bursts, strict=True))
        if wait > 1e-9:
            return wait
        self._empty_at |= filled
        return 0.0

    def _sweep(self, now: float) -> None:
        if now - self._swept_at > FORGET_AFTER:
            self._swept_at = now
            self._empty_at = {key: at for key, at in self._empty_at.items() if at > now}
