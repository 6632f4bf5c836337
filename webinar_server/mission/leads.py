"""Leads: what somebody has of each contact that both agreed to: their own side of it, for them alone.

 a request is accepted, or both asked                     change_lead: notes, tags, next step, done
──────────────────────────────────────▶ one of each side ──────────────────────────────────────────▶ …
                                                         drop_lead: this side is gone

What it shows of the other is what they showed and agreed to give in that moment, like a card that is handed
over; what stands on it later is on their card.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar

from msgspec import UNSET, UnsetType

from webinar_server.errors import Refusal
from webinar_server.limits_of_contacts import LEADS_MAX
from webinar_server.mission.consent import may_see
from webinar_server.mission.contacts import Asking, Began, told_of
from webinar_server.mission.mission import day_number
from webinar_server.mission.participants import Participant
from webinar_server.mission.tallies import contacts_by, count
from webinar_server.state import Actor, Audience, Command, Draft, Private, Record, Records, View, replace
from webinar_server.state.card import OrganisationKind
from webinar_server.words.sizes import so_many, up_to
from webinar_server.words.text import clean, clean_or_empty, is_filled

NOTES_MAX = 1_000
TAG_MAX = 40
TAGS_MAX = 10
STEP_MAX = 160
BEGAN_MAX = 5
"""Of where a contact began over again, the first and the newest."""

TOLD = ("name", "organisation", "email", "phone")
"""Of what is given; the rest is in one's files, and as it is now on their card."""

WRITTEN = ("asked", "reason", "notes", "next_step", "due", "done")
GIVEN = ("name", "organisation", "kind", "country", "place", "link", "email", "phone")
_DETAILS = ("email", "phone")


class Lead(Private, frozen=True, kw_only=True):
    """A contact of theirs, `whom`, with what that one gave. `at` is since when they are connected (Unix ms),
    `reason` what was said with it, by its owner if they `asked`; `due` is a day, as YYYY-MM-DD, or empty."""

    KIND: ClassVar[str] = "lead"
    INDEXES: ClassVar[tuple[str, ...]] = ("of", "whom")

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

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.of,)

    def own(self, person: str, audience: Audience) -> View | None:
        """What there is of it; nothing of somebody whom they blocked."""
        if self.hidden:
            return None
        told = {name: value for name in (*TOLD, *WRITTEN) if (value := getattr(self, name))}
        tags = {"tags": list(self.tags)} if self.tags else {}
        began = [told_of(began) for began in self.began]
        return {"whom": self.whom, "at": self.at, "began": began} | told | tags


class ChangeLead(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Write down what is given; what is left out stays."""

    NAME: ClassVar[str] = "change_lead"

    lead: Annotated[str, up_to(100)]
    notes: Annotated[str, up_to(NOTES_MAX)] | UnsetType = UNSET
    tags: Annotated[tuple[Annotated[str, up_to(TAG_MAX)], ...], so_many(0, TAGS_MAX)] | UnsetType = UNSET
    next_step: Annotated[str, up_to(STEP_MAX)] | UnsetType = UNSET
    due: Annotated[str, up_to(10)] | UnsetType = UNSET
    done: bool | UnsetType = UNSET

    def run(self, draft: Draft, actor: Actor) -> None:
        lead = mine(draft, actor, self.lead)
        given = {name: getattr(self, name) for name in self.__struct_fields__ if name != "lead"}
        said = {name: _CLEAN[name](value) for name, value in given.items() if value is not UNSET}
        changed = replace(lead, **said)
        if changed != lead:
            draft.put(changed)


class DropLead(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """My side of a contact is gone, with what I wrote; the other keeps theirs."""

    NAME: ClassVar[str] = "drop_lead"

    lead: Annotated[str, up_to(100)]

    def run(self, draft: Draft, actor: Actor) -> None:
        draft.drop(mine(draft, actor, self.lead))


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


def _clean_notes(notes: str) -> str:
    return clean(notes, "lead", NOTES_MAX, lines=True, field="notes") if is_filled(notes) else ""


def _clean_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    if len(tags) > TAGS_MAX:
        raise Refusal("lead.tags", f"At most {TAGS_MAX} tags.", field="tags")
    cleaned = [clean(tag, "lead", TAG_MAX, field="tags") for tag in tags if is_filled(tag)]
    return tuple({tag.casefold(): tag for tag in reversed(cleaned)}.values())[::-1]


def _clean_step(step: str) -> str:
    return clean_or_empty(step, "lead", STEP_MAX, field="next_step")


def _clean_day(day: str) -> str:
    if day:
        day_number(day, "due")
    return day


_CLEAN: Mapping[str, Callable[[Any], Any]] = {
    "notes": _clean_notes,
    "tags": _clean_tags,
    "next_step": _clean_step,
    "due": _clean_day,
    "done": bool,
}

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
        began=(Began(where="spotlight", at=0, session="smart-ports", question="q1"),),
        tags=("charging",),
        at=0,
    ),
    Lead(id="tim/ada", of="tim", whom="ada", name="Ada", began=(Began(where="directory", at=0),), at=0),
]
COMMANDS: list[type[Command]] = [ChangeLead, DropLead]
