"""Asking: somebody would like to talk to another, and may think better of it.

What is refused, and how, follows from what they did themselves and from what all may see. What the other side
made of it before decides only whether that one is told (`contacts.py`).
"""

from __future__ import annotations

from typing import Annotated, ClassVar, NamedTuple

from webinar_server.errors import Refusal
from webinar_server.limits_of_contacts import ASKED_A_DAY, ASKED_MAX, REQUESTS_MAX
from webinar_server.mission.consent import may_see
from webinar_server.mission.contacts import (
    DAY_MS,
    HOUR_MS,
    KEPT_DAYS,
    Asked,
    Asking,
    Began,
    Block,
    Declined,
    Request,
    Shown,
    Where,
    block_id,
    declined_id,
    is_blocked,
    named,
    open_askings,
    shown_of,
)
from webinar_server.mission.history import parts_of
from webinar_server.mission.leads import connect, lead_of, refuse_full
from webinar_server.mission.moments import Moment, is_live, moment_id
from webinar_server.mission.participants import Participant, takes_part
from webinar_server.mission.programme import Slot
from webinar_server.state import Actor, Command, Draft, Record, Records
from webinar_server.words.sizes import up_to
from webinar_server.words.text import clean_or_empty

REASON_MAX = 200
ID_MAX = 100


class Target(NamedTuple):
    """Who is asked; `key` is by what they were named, themselves or a question of theirs."""

    key: str
    whom: str
    shown: Shown

    @property
    def is_named(self) -> bool:
        return self.key == self.whom


class AskContact(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """I would like to talk to somebody: to `whom`, or to who asked that `question` on stage in that
    `session`. It stands for 14 days."""

    NAME: ClassVar[str] = "ask_contact"

    where: Where
    whom: Annotated[str, up_to(ID_MAX)] = ""
    session: Annotated[str, up_to(ID_MAX)] = ""
    question: Annotated[str, up_to(ID_MAX)] = ""
    reason: Annotated[str, up_to(REASON_MAX)] = ""

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        reason = clean_or_empty(self.reason, "contact", REASON_MAX, field="reason")
        target = self._target(draft, actor)
        _refuse(draft, actor, target)
        asking = Asking(
            id=actor.fresh,
            by=actor.id,
            whom=target.whom,
            target=target.key,
            shown=target.shown,
            reason=reason,
            began=Began(where=self.where, at=actor.at, session=self._session(draft), question=self.question),
            # to the hour, so that thousands end in few entries
            until=-(-(actor.at + KEPT_DAYS * DAY_MS) // HOUR_MS) * HOUR_MS,
        )
        _count(draft, actor)
        _forget_over(draft, asking)
        theirs = named(draft, target.whom, actor.id, actor.at) if target.is_named else None
        if theirs is not None:
            settle(draft, theirs, actor.at)
        else:
            draft.put(asking)
            tell(draft, asking)
        return {"id": actor.fresh}

    def _session(self, records: Records) -> str:
        """The one in which it began, if the programme has it."""
        return self.session if records.get(Slot, self.session) else ""

    def _target(self, draft: Draft, actor: Actor) -> Target:
        """Raises Refusal `contact.yourself` or `contact.unknown`."""
        moment = draft.get(Moment, moment_id(self.session, self.question)) if self.question else None
        whom = moment.participant if moment else "" if self.question else self.whom
        if whom == actor.id:
            raise Refusal("contact.yourself", "This is you.")
        if moment is not None:
            known = may_see(draft, whom, "organisation", "moment")
        else:
            known = takes_part(draft.get(Participant, whom)) and is_known(draft, actor, whom, self.session)
        if known and moment is not None and moment.shown == "organisation":
            return Target(moment.id, whom, shown_of(draft, whom, "moment"))
        if known:
            return Target(whom, whom, shown_of(draft, whom, "asked"))
        raise Refusal("contact.unknown", "Nobody is here (any more) whom you could ask.")


class WithdrawContact(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """I do not ask for it any more; whoever was asked is told as little as if I never had."""

    NAME: ClassVar[str] = "withdraw_contact"

    asking: Annotated[str, up_to(ID_MAX)]

    def run(self, draft: Draft, actor: Actor) -> None:
        asking = draft.get(Asking, self.asking)
        if asking is None or asking.by != actor.id:
            raise Refusal("asking.unknown", "You do not ask for this (any more).")
        end(draft, asking)


def is_known(records: Records, actor: Actor, whom: str, session: str) -> bool:
    """Whether one may know that another takes part: they are listed, lead or speak, were in that session
    with them, or asked them by name."""
    if may_see(records, whom, "name", "directory") or named(records, whom, actor.id, actor.at):
        return True
    slots = (*records.of(Slot, "hosts", whom), *records.of(Slot, "speakers", whom))
    return bool(slots) or (bool(session) and all(_was_in(records, one, session) for one in (actor.id, whom)))


def settle(draft: Draft, asking: Asking, now: int) -> None:
    """Both agreed: it has done its work, and so has what either would not be asked again before."""
    connect(draft, asking, now)
    end(draft, asking)
    for by, whom in ((asking.by, asking.whom), (asking.whom, asking.by)):
        for declined in [one for one in draft.of(Declined, "by", by) if one.whom == whom]:
            draft.drop(declined)
        # who they are is known to both by now, so what stands by name has come to the same
        if (other := named(draft, by, whom, now)) is not None:
            end(draft, other)


def end(draft: Draft, asking: Asking) -> None:
    """Neither side has it any more."""
    for record in (draft.get(Asking, asking.id), draft.get(Request, asking.id)):
        if record is not None:
            draft.drop(record)


def drop_request(draft: Draft, asking: Asking) -> None:
    """Nobody is to answer it any more, if it was told."""
    request = draft.get(Request, asking.id)
    if request is not None:
        draft.drop(request)


def _was_in(records: Records, participant: str, session: str) -> bool:
    slot = records.get(Slot, session)
    leads = slot is not None and participant in (*slot.hosts, *slot.speakers)
    return leads or any(part.session == session for part in parts_of(records, participant))


def _refuse(draft: Draft, actor: Actor, target: Target) -> None:
    """What hinders who asks, of their own; of whom they know no name nothing may tell who it is."""
    if target.is_named:
        if draft.get(Block, block_id(actor.id, target.whom)) is not None:
            raise Refusal("contact.blocked", "You blocked this person; take that back first.")
        if lead_of(draft, actor.id, target.whom) is not None:
            raise Refusal("contact.connected", "You have each other's contact already.")
    standing = list(open_askings(draft, actor.id, actor.at))
    if any(one.target == target.key for one in standing):
        raise Refusal("contact.asked", "You asked this already; it stands until it is answered, or 14 days.")
    if len(standing) >= ASKED_MAX:
        text = f"{ASKED_MAX} people have not answered you yet; withdraw some, or wait."
        raise Refusal("contact.many", text)
    refuse_full(draft, actor.id)


def _count(draft: Draft, actor: Actor) -> None:
    """Raises Refusal `contact.day` for one more than a day's."""
    asked = draft.get(Asked, actor.id)
    recent = tuple(at for at in (asked.at if asked else ()) if at > actor.at - DAY_MS)
    if len(recent) >= ASKED_A_DAY:
        text = f"You asked {ASKED_A_DAY} people within a day; the next one, please, when that is over."
        raise Refusal("contact.day", text, retry_after=(recent[0] + DAY_MS - actor.at) / 1000)
    draft.put(Asked(id=actor.id, at=(*recent, actor.at)))


def _forget_over(draft: Draft, asking: Asking) -> None:
    """One that is over has its place taken by the next, and of many the oldest goes."""
    over = [one for one in draft.of(Asking, "by", asking.by) if one.over]
    kept = sorted((one for one in over if one.target != asking.target), key=lambda one: (one.until, one.id))
    for one in (*(one for one in over if one.target == asking.target), *kept[:-ASKED_MAX]):
        draft.drop(one)


def tell(draft: Draft, asking: Asking) -> None:
    """Whoever is asked, unless they want nothing of it."""
    declined = draft.get(Declined, declined_id(asking))
    hinders = declined is not None and declined.until > asking.began.at
    if hinders or is_blocked(draft, asking.by, asking.whom):
        return
    draft.make_room(draft.of(Request, "to", asking.whom), REQUESTS_MAX, lambda one: (one.began.at, one.id))
    draft.put(
        Request(
            id=asking.id,
            to=asking.whom,
            by=asking.by,
            shown=shown_of(draft, asking.by, "asked"),
            reason=asking.reason,
            began=asking.began,
            until=asking.until,
            waits=is_live(draft, asking.whom),
        )
    )


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [AskContact, WithdrawContact]
