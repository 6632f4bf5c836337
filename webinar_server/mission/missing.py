"""Missing: what waits unread for hours, of whom is not here, is told by a letter, one a day at most.

 unread for three hours ─▶ here? an hour later again ─▶ a letter today? when that day is over ─▶ a letter

It says how many wait and from whom, never what (`post/letter.py`), as it is when it is sent. Who wants no
letters but answers gets none, and what was read meanwhile is nothing to tell.
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.mission.contacts import DAY_MS, HOUR_MS
from webinar_server.mission.conversations import Conversation
from webinar_server.mission.letters import Letter, queue
from webinar_server.mission.participants import Participant
from webinar_server.state import Actor, Alarm, Command, Draft, Record, Records, State, replace

AT_ONCE = 200


class TellMissed(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What waits since that hour is looked at."""

    NAME: ClassVar[str] = "tell_missed"
    INTERNAL: ClassVar[bool] = True

    missed: int

    def run(self, draft: Draft, actor: Actor) -> None:
        found = list(draft.of(Conversation, "misses", str(self.missed)))
        if not found or self.missed > actor.at:
            raise Refusal("conversation.told", "Another worker was faster.")
        for person in dict.fromkeys(side.of for side in found[:AT_ONCE]):
            _tell(draft, actor, person)


def due(state: State) -> Alarm | None:
    """The next hour at which something has waited long enough."""
    missed = min(map(int, state.counts(Conversation, "misses")), default=None)
    return None if missed is None else Alarm(missed, TellMissed(missed=missed))


def waiting_for(records: Records, person: str) -> list[Conversation]:
    """What somebody has not read, the newest first."""
    sides = (side for side in records.of(Conversation, "of", person) if side.unread and not side.hidden)
    return sorted(sides, key=lambda side: (-(side.last.at if side.last else 0), side.id))


def _tell(draft: Draft, actor: Actor, person: str) -> None:
    """A letter of all that waits for somebody; or later."""
    known = draft.get(Participant, person)
    again: int | None = None
    if known is not None:
        again = _later(draft, actor.at, known)
        if again is None and waiting_for(draft, person):
            queue(draft, actor, known, "digest")
    for side in [one for one in draft.of(Conversation, "of", person) if one.missed is not None]:
        if again is None or (side.missed or 0) <= actor.at:
            draft.put(replace(side, missed=again))


def _later(records: Records, now: int, known: Participant) -> int | None:
    """When to look again, if not now."""
    if known.here:
        return _to_hour(now + 1)
    before = records.get(Letter, f"digest.{known.id}")
    over = before.asked + DAY_MS if before is not None else 0
    return _to_hour(over) if over > now else None


def _to_hour(at: int) -> int:
    return -(-at // HOUR_MS) * HOUR_MS


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [TellMissed]
