"""Pace: how often one person, or one address, may do what. A refusal says when to come back.

Token buckets (a burst, then a steady rate), counted in time rather than tokens so that a bucket is one
float: the generic cell rate algorithm (ITU-T I.371). The rates are in `limits.py`.
"""

from __future__ import annotations

from collections.abc import Mapping

from webinar_server import security
from webinar_server.clock import monotonic
from webinar_server.errors import Refusal
from webinar_server.limits import ANY, HOST, Rate
from webinar_server.state import Entry, Role, State, Topic
from webinar_server.topics import about

FORGET_AFTER = 60.0


class Pace:
    """Buckets by key; a key is a person or an address, and what they do."""

    def __init__(self, enabled: bool) -> None:
        self.enabled = enabled
        # when each bucket will be empty again
        self._empty_at: dict[tuple[str, str], float] = {}
        self._swept_at = 0.0

    def wait(self, who: str, what: str, rate: Rate, now: float) -> float:
        """Seconds to wait; 0 if it may happen now, which is then counted. `now` is monotonic, `what` the
        limit's name in docs/security.md, which is counted where somebody has to wait."""
        return self.wait_for(who, {what: rate}, now)

    def require(self, who: str, rates: Mapping[str, Rate], now: float, code: str, text: str) -> None:
        """Count it in all buckets. Raises Refusal with `retry_after` where one is full."""
        wait = self.wait_for(who, rates, now)
        if wait:
            raise Refusal(code, text, round(wait + 0.05, 1))

    def full(self, who: str, what: str, rate: Rate, now: float) -> float:
        """Seconds until one more would be let through; nothing is counted."""
        empty_at = max(self._empty_at.get((who, what), now), now)
        return max(0.0, empty_at + rate.each - now - rate.each * rate.burst) if self.enabled else 0.0

    def check_command(self, kind: Topic, person: str, role: Role, command: str, now: float) -> None:
        """Raises Refusal `pace.COMMAND` with `retry_after`."""
        rates = _rates(kind, role, command)
        self.require(person, rates, now, f"pace.{command}", "A little slower, please; nothing is lost.")

    def changed(self, topic: str, state: State, entry: Entry | None, ours: bool) -> None:
        """What somebody did at another worker counts here as well, once it is heard of, so that doors do not
        add up; never beyond a full bucket, since after an outage much may be heard of at once."""
        if ours or entry is None or not self.enabled:
            return
        kind = about(topic)
        command, somebody = kind.commands.get(entry.command), state.get(kind.attendance.record, entry.by)
        if command is None or command.INTERNAL or somebody is None:
            return
        now = monotonic()
        for what, rate in _rates(kind, somebody.role, entry.command).items():
            empty_at = max(self._empty_at.get((entry.by, what), now), now) + rate.each
            self._empty_at[entry.by, what] = min(empty_at, now + rate.each * rate.burst)

    def spend(self, who: str, what: str, rate: Rate, amount: int, now: float) -> None:
        """Count what was given already, and is known only now; who had too much waits before the next."""
        if self.enabled:
            self._empty_at[who, what] = max(self._empty_at.get((who, what), now), now) + rate.each * amount

    def wait_for(self, who: str, rates: Mapping[str, Rate], now: float) -> float:
        """The longest of several waits; counted in all buckets or, where one is full, in none."""
        if not self.enabled:
            return 0.0
        self._sweep(now)
        filled = {
            (who, what): max(self._empty_at.get((who, what), now), now) + rate.each
            for what, rate in rates.items()
        }
        waits = {what: filled[who, what] - now - rate.each * rate.burst for what, rate in rates.items()}
        fullest = max(waits, key=waits.__getitem__)
        if waits[fullest] > 1e-9:
            security.exceeded(fullest)
            return waits[fullest]
        self._empty_at |= filled
        return 0.0

    def _sweep(self, now: float) -> None:
        if now - self._swept_at > FORGET_AFTER:
            self._swept_at = now
            self._empty_at = {key: at for key, at in self._empty_at.items() if at > now}


def _rates(kind: Topic, role: Role, command: str) -> dict[str, Rate]:
    """What a command counts for, by the limits' names."""
    if role in kind.roles.leading:
        return {"commands": HOST}
    return {"commands": ANY} | ({command: kind.paces[command]} if command in kind.paces else {})
