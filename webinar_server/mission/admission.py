"""Admission: who takes part, who leads, and since when somebody's links count.

 invite                    (their first arrival)            leave_mission
────────▶ INVITED ─────────────────────────────▶ ADMITTED ───────────────▶ LEFT
 apply                admit                       ▲    ▲                     │
────────▶ APPLIED ────────────────────────────────┘    └───────── admit ─────┤
              decline                                                        │
           ────────────▶ DECLINED ───────────────────────────────────────────┘
           ◀──────────── undo_decline
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from webinar_server.errors import Refusal
from webinar_server.mission.cards import Said, owner_of, refuse_known, refuse_like_house
from webinar_server.mission.leaving import come_back, go
from webinar_server.mission.letters import UNDONE_MS, answer_to, queue, take_back
from webinar_server.mission.meetings_leaving import leave, rejoin
from webinar_server.mission.participants import (
    PARTICIPANTS_MAX,
    Participant,
    ParticipantState,
    Reads,
    takes_part,
)
from webinar_server.mission.roles import ORGANISERS, MissionRole
from webinar_server.state import Actor, Command, Draft, Record, Records, Role, replace
from webinar_server.words.sizes import up_to
from webinar_server.words.text import clean_or_empty

REASON_MAX = 200


class Invite(Said, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An organiser adds somebody, who need not apply; `reads` is the language of letters to them."""

    NAME: ClassVar[str] = "invite"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    role: MissionRole = "participant"
    reads: Reads = ""

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        draft.put(_new(draft, actor, self.said(), state="invited", role=self.role, reads=self.reads))
        return {"id": actor.fresh}


class Apply(Said, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody asks to take part; said at the door, which knows whether that admits them.

    Where somebody with that address is there already, a letter with their link goes to it, and whoever asks
    is told nothing of that: who is admitted comes in as somebody else, to whom the address was never proven.
    """

    NAME: ClassVar[str] = "apply"
    INTERNAL: ClassVar[bool] = True

    admitted: bool = False
    reads: Reads = ""

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        said = self.said()
        refuse_like_house(said)
        own_words = tuple(sorted(said))
        known = _let_go_of(draft, owner_of(draft, said.get("email", "")))
        if known is not None:
            queue(draft, actor, known, answer_to(known))
            said |= {"email": "", "unproven": said["email"]}
        state: ParticipantState = "admitted" if self.admitted else "applied"
        new = _new(draft, actor, said, state=state, own_words=own_words, reads=self.reads)
        if known is None or self.admitted:
            draft.put(new)
            queue(draft, actor, new, "welcome" if self.admitted else "applied")
        return {"id": actor.fresh}


class Admit(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who applied takes part; so does again who was declined, or left."""

    NAME: ClassVar[str] = "admit"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    participant: str

    def run(self, draft: Draft, actor: Actor) -> None:
        known = draft.need(Participant, self.participant)
        if known.state not in ("invited", "admitted"):
            admitted = come_back(draft, known, "admitted", actor.at)
            rejoin(draft, actor, known.id)
            take_back(draft, known, "applied")
            # who was here and never heard of the contrary need not hear of this
            if not take_back(draft, known, "declined") or not known.has_come:
                queue(draft, actor, admitted, "admitted", UNDONE_MS)


class Decline(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody does not take part, or not any more; they are told the reason."""

    NAME: ClassVar[str] = "decline"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    participant: str
    reason: Annotated[str, up_to(REASON_MAX)] = ""

    def run(self, draft: Draft, actor: Actor) -> None:
        known = draft.need(Participant, self.participant)
        refuse_last_organiser(draft, known)
        reason = clean_or_empty(self.reason, "participant", REASON_MAX, field="reason")
        declined = go(draft, known, "declined", reason)
        leave(draft, actor, known.id)
        for about in ("admitted", "applied"):
            take_back(draft, known, about)
        queue(draft, actor, declined, "declined", UNDONE_MS)


class UndoDecline(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A slip of an organiser's: who was declined is again what they were before."""

    NAME: ClassVar[str] = "undo_decline"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    participant: str
    state: Literal["invited", "applied", "admitted"]

    def run(self, draft: Draft, actor: Actor) -> None:
        known = draft.need(Participant, self.participant)
        if known.state != "declined":
            return
        before = come_back(draft, known, self.state, actor.at)
        rejoin(draft, actor, known.id)
        if not take_back(draft, known, "declined") and takes_part(before):
            queue(draft, actor, before, "admitted", UNDONE_MS)


class LeaveMission(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """I do not take part any more."""

    NAME: ClassVar[str] = "leave_mission"

    def run(self, draft: Draft, actor: Actor) -> None:
        me = draft.need(Participant, actor.id)
        refuse_last_organiser(draft, me)
        go(draft, me, "left")
        leave(draft, actor, me.id)


class ChangeRole(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody becomes an organiser, of which a letter tells them, or is one no more."""

    NAME: ClassVar[str] = "change_role"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    participant: str
    role: MissionRole

    def run(self, draft: Draft, actor: Actor) -> None:
        known = draft.need(Participant, self.participant)
        if self.role != "organiser":
            refuse_last_organiser(draft, known)
        changed = replace(known, role=self.role)
        draft.put(changed)
        if self.role != known.role and known.id != actor.id:
            take_back(draft, known, "organiser")
            queue(draft, actor, changed, "organiser", UNDONE_MS)


class EndLinksOf(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody's links, and whoever came in by them, count no more."""

    NAME: ClassVar[str] = "end_links_of"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    participant: str

    def run(self, draft: Draft, actor: Actor) -> None:
        known = draft.need(Participant, self.participant)
        # an organiser's clock may be behind that of who did it before
        draft.put(replace(known, generation=max(actor.at, known.generation + 1)))


def refuse_last_organiser(records: Records, participant: Participant) -> None:
    """Raises Refusal `participant.last_organiser`: nobody could undo that."""
    others = (one for one in records.of(Participant, "role", "organiser") if one.id != participant.id)
    if participant.role == "organiser" and not any(map(takes_part, others)):
        text = "This is the only organiser; make somebody else one first."
        raise Refusal("participant.last_organiser", text)


def _let_go_of(draft: Draft, known: Participant | None) -> Participant | None:
    """Who has an address; nobody, where they left: it goes to whoever says it next."""
    if known is None or known.state != "left":
        return known
    draft.put(replace(known, email=""))
    return None


def _new(draft: Draft, actor: Actor, said: dict[str, Any], **more: Any) -> Participant:
    if "name" not in said:
        raise Refusal("participant.name", "A participant has a name.", field="name")
    if draft.count(Participant) >= PARTICIPANTS_MAX:
        raise Refusal("participant.full", f"This mission holds {PARTICIPANTS_MAX} people and is full.")
    refuse_known(draft, said.get("email", ""), besides="")
    return Participant(id=actor.fresh, **said, **more)


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [
    Invite,
    Apply,
    Admit,
    Decline,
    UndoDecline,
    LeaveMission,
    ChangeRole,
    EndLinksOf,
]
