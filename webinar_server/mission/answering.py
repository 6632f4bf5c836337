"""Answering: what somebody makes of those who would like to talk to them, and whom they want nothing of.

 accept_contacts ──▶ a lead on each side        put_off_contacts ──▶ it waits, as before for who asks
 decline_contacts ─▶ it is gone, for them alone            block ──▶ so is all between the two, and to come

Whoever asked is told of the first alone (`contacts.py`). Several are answered at once, as they come.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from webinar_server.errors import Refusal
from webinar_server.limits_of_contacts import BLOCKED_MAX, REQUESTS_MAX
from webinar_server.mission.asking import ID_MAX, end, is_known, settle
from webinar_server.mission.contacts import (
    Asking,
    Block,
    Declined,
    Request,
    block_id,
    declined_id,
    shown_of,
)
from webinar_server.mission.conversations import hide_side
from webinar_server.mission.leads import lead_of, refuse_full
from webinar_server.mission.meetings_leaving import part
from webinar_server.mission.sharing import part_colleagues
from webinar_server.state import Actor, Command, Draft, Record, replace, sees
from webinar_server.words.sizes import so_many, up_to

Requests = Annotated[tuple[Annotated[str, up_to(ID_MAX)], ...], so_many(1, REQUESTS_MAX)]


class AcceptContacts(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Yes, let us talk: each has the other's contact."""

    NAME: ClassVar[str] = "accept_contacts"

    requests: Requests

    def run(self, draft: Draft, actor: Actor) -> dict[str, int]:
        accepted = 0
        for _, asking in _answered(draft, actor, self.requests):
            refuse_full(draft, actor.id)
            settle(draft, asking, actor.at)
            accepted += 1
        return {"accepted": accepted}


class PutOffContacts(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Not now, perhaps later."""

    NAME: ClassVar[str] = "put_off_contacts"

    requests: Requests

    def run(self, draft: Draft, actor: Actor) -> None:
        for request, _ in _answered(draft, actor, self.requests):
            if not request.later:
                draft.put(replace(request, later=True))


class DeclineContacts(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """No, and nobody is told; whoever asked does not come up again with it as long as it would have stood."""

    NAME: ClassVar[str] = "decline_contacts"

    requests: Requests

    def run(self, draft: Draft, actor: Actor) -> None:
        for request, asking in _answered(draft, actor, self.requests):
            draft.drop(request)
            id = declined_id(asking)
            draft.put(Declined(id=id, by=actor.id, whom=asking.by, until=asking.until))


class BlockPerson(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """I want nothing of somebody any more, and see them in no list; they are told nothing of it. `session`:
    where I came to know them."""

    NAME: ClassVar[str] = "block"

    person: Annotated[str, up_to(ID_MAX)]
    session: Annotated[str, up_to(ID_MAX)] = ""

    def run(self, draft: Draft, actor: Actor) -> None:
        me, whom = actor.id, self.person
        if whom == me:
            raise Refusal("contact.yourself", "This is you.")
        if draft.get(Block, block_id(me, whom)) is not None:
            return
        asks_me = any(one.by == whom for one in draft.of(Request, "to", me))
        if not (asks_me or lead_of(draft, me, whom) or is_known(draft, actor, whom, self.session)):
            raise Refusal("contact.unknown", "Nobody is here (any more) whom you could block.")
        if sum(1 for _ in draft.of(Block, "by", me)) >= BLOCKED_MAX:
            raise Refusal("block.full", f"You blocked {BLOCKED_MAX} people; take some of that back first.")
        shown = shown_of(draft, whom, "asked")
        draft.put(Block(id=block_id(me, whom), by=me, whom=whom, shown=shown, at=actor.at))
        _part(draft, me, whom)
        part(draft, actor, me, whom)
        part_colleagues(draft, me, whom)


class UnblockPerson(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """As if I never had, from now on."""

    NAME: ClassVar[str] = "unblock"

    person: Annotated[str, up_to(ID_MAX)]

    def run(self, draft: Draft, actor: Actor) -> None:
        block = draft.get(Block, block_id(actor.id, self.person))
        if block is None:
            return
        draft.drop(block)
        lead = lead_of(draft, actor.id, self.person)
        if lead is not None:
            draft.put(replace(lead, hidden=False))
        hide_side(draft, actor.id, self.person, False)


def _answered(draft: Draft, actor: Actor, ids: tuple[str, ...]) -> Iterator[tuple[Request, Asking]]:
    """Those that wait for their answer still; what was withdrawn meanwhile is left out. Raises Refusal
    `request.unknown` where it is all of them."""
    found = [pair for id in dict.fromkeys(ids[:REQUESTS_MAX]) if (pair := _waiting(draft, actor, id))]
    if not found:
        raise Refusal("request.unknown", "Nobody waits for this answer (any more).")
    yield from found


def _waiting(draft: Draft, actor: Actor, id: str) -> tuple[Request, Asking] | None:
    request, asking = draft.get(Request, id), draft.get(Asking, id)
    if request is None or asking is None or asking.over or asking.until <= actor.at:
        return None
    seen = request.to == actor.id and sees(request, draft.roles.audience_of[actor.role], actor.id)
    return (request, asking) if seen else None


def _part(draft: Draft, me: str, whom: str) -> None:
    """What one asked of the other is not told any more, what I asked of them by name is withdrawn, and what I
    have of them is out of sight. What I asked of whom I know no name stands for me, else I would know it."""
    for to, by in ((me, whom), (whom, me)):
        for request in [one for one in draft.of(Request, "to", to) if one.by == by]:
            draft.drop(request)
    for asking in [one for one in draft.of(Asking, "by", me) if one.target == whom]:
        end(draft, asking)
    lead = lead_of(draft, me, whom)
    if lead is not None:
        draft.put(replace(lead, hidden=True))
    hide_side(draft, me, whom, True)


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [
    AcceptContacts,
    PutOffContacts,
    DeclineContacts,
    BlockPerson,
    UnblockPerson,
]
