"""Timeouts: somebody is to be quiet for some minutes. They are told, and why; it ends by itself.

          time_out                its minutes are over, end_timeout
    ────────────────▶ QUIET ──────────────────────────────────────▶ as before

Whoever is quiet reads, votes and supports as before; they say nothing, ask nothing and raise no hand, on any
device. Hosts give and end it in `timing_out.py`.
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.session.programme import Session, refuse_when_closed
from webinar_server.state import (
    Actor,
    Audience,
    Command,
    Draft,
    Record,
    View,
    drop_own,
    replace,
)


class Timeout(Record, frozen=True, kw_only=True):
    """Of the person whose id it has; by which host, from `at` `until` when (Unix ms), and why."""

    KIND: ClassVar[str] = "timeout"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("host",)
    INDEXES: ClassVar[tuple[str, ...]] = ("by",)

    by: str
    name: str
    at: int
    until: int
    reason: str = ""

    def view(self, audience: Audience) -> View | None:
        return {"by": self.by, "name": self.name} | self._told() if audience == "host" else None

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.id,)

    def own(self, person: str, audience: Audience) -> View:
        """They are told how long and why, and not by whom: hosts answer for each other."""
        return self._told()

    def _told(self) -> View:
        return {"at": self.at, "until": self.until, "reason": self.reason}


def _refuse_when_quiet(draft: Draft, actor: Actor) -> None:
    """Raises Refusal `person.timed_out`, with the seconds that are left and why."""
    timeout = draft.get(Timeout, actor.id)
    if timeout is not None and timeout.until > actor.at:
        left = round((timeout.until - actor.at) / 1_000 + 0.05, 1)
        text = "A host asked you to be quiet for some minutes; you can write again after that."
        raise Refusal("person.timed_out", text, left, reason=timeout.reason)


def refuse_unheard(draft: Draft, actor: Actor) -> Session:
    """For what all would see: the session is not over, and nobody asked them to be quiet."""
    session = refuse_when_closed(draft, actor)
    _refuse_when_quiet(draft, actor)
    return session


def erase(draft: Draft, person: str, stump: str) -> None:
    """Whom they asked to be quiet is so for as long, asked by nobody."""
    drop_own(draft, Timeout, person)
    for other in list(draft.of(Timeout, "by", person)):
        draft.put(replace(other, by=stump, name="", reason=""))


RECORDS: list[type[Record]] = [Timeout]
EXAMPLES = [Timeout(id="ada", by="hal", name="Hal", at=0, until=60_000)]
COMMANDS: list[type[Command]] = []
