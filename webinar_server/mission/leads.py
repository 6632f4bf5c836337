"""Leads: what somebody has of each contact that both agreed to: their own side of it, for them alone.

 a request is accepted, or both asked
──────────────────────────────────────▶ one of each side, on which each notes what they like (`noting.py`)

What it shows of the other is what they showed and agreed to give in that moment, like a card that is handed
over; what stands on it later is on their card.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from webinar_server.errors import Refusal
from webinar_server.limits_of_contacts import LEADS_MAX
from webinar_server.mission.consent import may_see
from webinar_server.mission.contacts import Asking, Began, told_of
from webinar_server.mission.participants import Participant
from webinar_server.mission.reminding import QUIET_DAYS, Reminder, after, on_day, passed
from webinar_server.mission.tallies import contacts_by, count
from webinar_server.state import (
    Actor,
    Audience,
    Command,
    Draft,
    Private,
    Record,
    Records,
    View,
    drop_all,
    replace,
)
from webinar_server.state.card import OrganisationKind

BEGAN_MAX = 5
"""Of where a contact began over again, the first and the newest."""

TOLD = ("name", "organisation", "email", "phone")
"""Of what is given; the rest is in one's files, and as it is now on their card."""

WRITTEN = ("asked", "reason", "notes", "next_step", "due", "done")
GIVEN = ("name", "organisation", "kind", "country", "place", "link", "email", "phone")
_DETAILS = ("email", "phone")


class Lead(Private, frozen=True, kw_only=True):
    """A contact of theirs, `whom`, with what that one gave. `at` is since when they are connected (Unix ms),
    `reason` what was said with it, by its owner if they `asked`; `due` is a day, as YYYY-MM-DD, or empty.
    They were `reminded` of it so often for its quiet, and of `reminded_day`; `reminder` stands until they do
    something."""

    KIND: ClassVar[str] = "lead"
    INDEXES: ClassVar[tuple[str, ...]] = ("of", "whom", "reminds")

    of: str
    whom: str
    name: str
    organisation: str = ""
    kind: OrganisationKind = ""
    country: str = ""
    place: str = ""
    link: str = ""
    email: str = ""
    phone: str = ""
    began: tuple[Began, ...]
    reason: str = ""
    asked: bool = False
    at: int
    notes: str = ""
    tags: tuple[str, ...] = ()
    next_step: str = ""
    due: str = ""
    done: bool = False
    hidden: bool = False
    reminded: int = 0
    reminded_day: str = ""
    reminder: Reminder | None = None

    @property
    def reminds(self) -> str | None:
        """The hour (Unix ms) at which they are reminded of it next."""
        if self.done or self.hidden:
            return None
        quiet = not (self.notes or self.next_step or self.due)
        hours = [after(self.at, days) for days in QUIET_DAYS[self.reminded :][:1] if quiet]
        hours += [on_day(self.due)] if self.due != self.reminded_day else []
        return str(min(hours)) if hours else None

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.of,)

    def own(self, person: str, audience: Audience) -> View | None:
        """What there is of it; nothing of somebody whom they blocked."""
        if self.hidden:
            return None
        told = {name: value for name in (*TOLD, *WRITTEN) if (value := getattr(self, name))}
        tags = {"tags": list(self.tags)} if self.tags else {}
        reminder = {"reminder": self.reminder.kind} if self.reminder else {}
        began = [told_of(began) for began in self.began]
        return {"whom": self.whom, "at": self.at, "began": began} | told | tags | reminder


def answered(lead: Lead, now: int) -> Lead:
    """The same, of which they know: what is past by now is not told them any more."""
    is_past = bool(lead.due) and on_day(lead.due) <= now
    return replace(
        lead,
        reminder=None,
        reminded=max(lead.reminded, passed(lead.at, now)),
        reminded_day=lead.due if is_past else "",
    )


def mine(draft: Draft, actor: Actor, id: str) -> Lead:
    """A lead of theirs; to everybody else, and of whom they blocked, there is none. Raises Refusal
    `lead.unknown`."""
    lead = draft.get(Lead, id)
    if lead is None or lead.of != actor.id or lead.hidden:
        raise Refusal("lead.unknown", "This is not among your contacts (any more).")
    return lead


def lead_of(records: Records, person: str, other: str) -> Lead | None:
    return records.get(Lead, lead_id(person, other))


def leads_of(records: Records, person: str) -> list[Lead]:
    """Somebody's, the newest first, without those whom they blocked."""
    leads = (lead for lead in records.of(Lead, "of", person) if not lead.hidden)
    return sorted(leads, key=lambda lead: (-lead.at, lead.id))


def lead_id(person: str, other: str) -> str:
    return f"{person}/{other}"


def refuse_full(records: Records, person: str) -> None:
    """Raises Refusal `lead.full`."""
    if sum(1 for _ in records.of(Lead, "of", person)) >= LEADS_MAX:
        raise Refusal("lead.full", f"You have {LEADS_MAX} contacts; remove some first.")


def connect(draft: Draft, asking: Asking, now: int) -> None:
    """Both agreed: each has the other among their leads, with what they give."""
    if lead_of(draft, asking.by, asking.whom) is None and lead_of(draft, asking.whom, asking.by) is None:
        count(draft, contacts_by(asking.began.where), asking.by, asking.whom)
    for of, other in ((asking.by, asking.whom), (asking.whom, asking.by)):
        known = lead_of(draft, of, other)
        if known is not None:
            began = (*known.began[:1], *(*known.began[1:], asking.began)[1 - BEGAN_MAX :])
            draft.put(replace(known, began=began))
        else:
            draft.put(_new(draft, of, other, asking, now))


def _new(draft: Draft, of: str, other: str, asking: Asking, now: int) -> Lead:
    return Lead(
        id=lead_id(of, other),
        of=of,
        whom=other,
        began=(asking.began,),
        reason=asking.reason,
        asked=asking.by == of,
        at=now,
        **_given(draft, other),
    )


def _given(records: Records, participant: str) -> dict[str, Any]:
    """What somebody gives to whom they are connected with, as they agreed."""
    known = records.get(Participant, participant)
    output: Mapping[str, Any] = {field: "details" if field in _DETAILS else "contact" for field in GIVEN}
    may = {field: may_see(records, participant, field, output[field]) for field in GIVEN}
    return {field: getattr(known, field) if may[field] else "" for field in GIVEN}


def erase(draft: Draft, person: str, stump: str) -> None:
    """Theirs, and what others had of them."""
    drop_all(draft, Lead, ("of", "whom"), person)


RECORDS: list[type[Record]] = [Lead]
EXAMPLES = [
    Lead(
        id="ada/tim",
        of="ada",
        whom="tim",
        name="Tim",
        organisation="Tulip Chargers",
        email="tim@tulip.example",
        phone="+31 6 1234",
        reason="Depot charging",
        notes="Wants an offer",
        next_step="Call",
        due="2027-03-15",
        asked=True,
        done=True,
        reminder=Reminder(kind="day", at=0),
        began=(Began(where="spotlight", at=0, session="smart-ports", question="q1"),),
        tags=("charging",),
        at=0,
    ),
    Lead(id="tim/ada", of="tim", whom="ada", name="Ada", began=(Began(where="directory", at=0),), at=0),
]
COMMANDS: list[type[Command]] = []
