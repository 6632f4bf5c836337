"""Expiring: what nobody accepted within 14 days is over, on both sides alike, whatever became of it."""

from __future__ import annotations

from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.mission.asking import drop_request
from webinar_server.mission.contacts import Asking, Declined
from webinar_server.state import Actor, Alarm, Command, Draft, Record, State, replace

AT_ONCE = 500


class EndContacts(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was to stand until that hour is over."""

    NAME: ClassVar[str] = "end_contacts"
    INTERNAL: ClassVar[bool] = True

    until: int

    def run(self, draft: Draft, actor: Actor) -> None:
        ends = str(self.until)
        found: list[Asking | Declined] = [*draft.of(Asking, "ends", ends), *draft.of(Declined, "ends", ends)]
        if not found or self.until > actor.at:
            raise Refusal("contact.ended", "Another worker was faster.")
        for one in found[:AT_ONCE]:
            if isinstance(one, Declined):
                draft.drop(one)
            else:
                # who asked sees that it is over until they ask again
                draft.put(replace(one, over=True))
                drop_request(draft, one)


def due(state: State) -> Alarm | None:
    """The next hour at which something is over."""
    hours = [int(ends) for kind in (Asking, Declined) for ends in state.counts(kind, "ends")]
    until = min(hours, default=None)
    return None if until is None else Alarm(until, EndContacts(until=until))


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [EndContacts]
