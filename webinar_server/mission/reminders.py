"""Reminders: what somebody is reminded of, on their page and by e-mail, as far as they want that.

                 remind_leads, when it is time                 change_lead, done, drop_reminders
    quiet ─────────────────────────────────────▶ REMINDED ──────────────────────────────────────▶ known
                          │
                          └──▶ one letter of all that came up since the last

Each comes up once (`reminding.py`), also where several workers say so, and whoever wanted none then is not
reminded of it later.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import UNSET, UnsetType

from webinar_server.errors import Refusal
from webinar_server.limits_of_contacts import LEADS_MAX
from webinar_server.mission.leads import Lead, answered, mine
from webinar_server.mission.letters import queue
from webinar_server.mission.participants import Participant, takes_part
from webinar_server.mission.reminding import QUIET, Reminder, ReminderKind, on_day, passed
from webinar_server.state import (
    Actor,
    Alarm,
    Audience,
    Command,
    Draft,
    Private,
    Record,
    Records,
    State,
    View,
    drop_own,
    replace,
)
from webinar_server.words.sizes import so_many, up_to

AT_ONCE = 500


class Reminders(Private, frozen=True, kw_only=True):
    """Which of them a participant, whose id it has, wants, and whether by e-mail, too."""

    KIND: ClassVar[str] = "reminders"

    three: bool = True
    fourteen: bool = True
    day: bool = True
    mail: bool = True

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.id,)

    def own(self, person: str, audience: Audience) -> View:
        return {name: getattr(self, name) for name in (*QUIET, "day", "mail")}


class WantReminders(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which reminders I want; what is left out stays."""

    NAME: ClassVar[str] = "want_reminders"

    three: bool | UnsetType = UNSET
    fourteen: bool | UnsetType = UNSET
    day: bool | UnsetType = UNSET
    mail: bool | UnsetType = UNSET

    def run(self, draft: Draft, actor: Actor) -> None:
        given = {name: getattr(self, name) for name in self.__struct_fields__}
        known = wanted_by(draft, actor.id)
        changed = replace(known, **{name: on for name, on in given.items() if on is not UNSET})
        if changed != known:
            draft.put(changed)


class DropReminders(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """I know; these leads are not told me any more until they come up again."""

    NAME: ClassVar[str] = "drop_reminders"

    leads: Annotated[tuple[Annotated[str, up_to(100)], ...], so_many(1, LEADS_MAX)]

    def run(self, draft: Draft, actor: Actor) -> None:
        for lead in [mine(draft, actor, id) for id in dict.fromkeys(self.leads)]:
            if lead.reminder is not None:
                draft.put(answered(lead, actor.at))


class RemindLeads(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What comes up at that hour."""

    NAME: ClassVar[str] = "remind_leads"
    INTERNAL: ClassVar[bool] = True

    until: int

    def run(self, draft: Draft, actor: Actor) -> None:
        found = list(draft.of(Lead, "reminds", str(self.until)))
        if not found or self.until > actor.at:
            raise Refusal("contact.ended", "Another worker was faster.")
        for lead in found[:AT_ONCE]:
            _remind(draft, actor, lead)


def wanted_by(records: Records, participant: str) -> Reminders:
    return records.get(Reminders, participant) or Reminders(id=participant)


def reminded_since(records: Records, participant: str, at: int) -> list[Lead]:
    """Of what a letter that was asked for then (Unix ms) reminds somebody: those first whose day it is."""
    leads = records.of(Lead, "of", participant)
    found = [one for one in leads if one.reminder and one.reminder.at >= at and not one.hidden]
    return sorted(found, key=lambda one: (not one.due, one.at, one.id))


def due(state: State) -> Alarm | None:
    """The next hour at which something comes up."""
    until = min(map(int, state.counts(Lead, "reminds")), default=None)
    return None if until is None else Alarm(until, RemindLeads(until=until))


def _remind(draft: Draft, actor: Actor, lead: Lead) -> None:
    """Nobody who does not take part, or wants none of it."""
    is_day = bool(lead.due) and lead.due != lead.reminded_day and on_day(lead.due) <= actor.at
    times = passed(lead.at, actor.at)
    kind: ReminderKind = "day" if is_day else QUIET[times - 1]
    to, wants = draft.get(Participant, lead.of), wanted_by(draft, lead.of)
    told = to is not None and takes_part(to) and getattr(wants, kind)
    reminder = Reminder(kind=kind, at=actor.at) if told else lead.reminder
    past = lead.due if is_day else lead.reminded_day
    draft.put(replace(lead, reminded=times, reminded_day=past, reminder=reminder))
    if told and to is not None and wants.mail:
        queue(draft, actor, to, "follow_up")


def erase(draft: Draft, person: str, stump: str) -> None:
    drop_own(draft, Reminders, person)


RECORDS: list[type[Record]] = [Reminders]
EXAMPLES = [Reminders(id="ada", fourteen=False)]
COMMANDS: list[type[Command]] = [WantReminders, DropReminders, RemindLeads]
