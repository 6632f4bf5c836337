"""Sharing: two colleagues of one organisation let each other read their list of leads.

      ask_sharing               agree_sharing, or both asked
    ───────────────▶ ASKED ─────────────────────────────────▶ SHARED ──▶ end_sharing, by either: gone
                       │
                       └── end_sharing by who is asked: gone for them; who asked sees what they saw

What is shared is said before: who it is, since when, where it began, and what is next on which day. Notes,
tags, reasons and what somebody gave of their e-mail and telephone are not: these were given to one person. Of
who is not listed in the directory, or is blocked by the reader, nothing is.

It ends where one is of another organisation (`colleagues.py`). Nobody but the two is told of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from webinar_server.errors import Refusal
from webinar_server.limits_of_contacts import SHARINGS_MAX
from webinar_server.mission.colleagues import Sharing, are_colleagues, sharing_id
from webinar_server.mission.consent import may_see
from webinar_server.mission.contacts import Block, block_id, is_blocked
from webinar_server.mission.leads import Lead, leads_of
from webinar_server.mission.participants import Participant
from webinar_server.state import (
    Actor,
    Command,
    Draft,
    Record,
    Records,
    View,
    replace,
)
from webinar_server.words.sizes import up_to

ID_MAX = 100
SHOWN = ("name", "organisation", "kind", "country")


class AskSharing(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A colleague may read my leads if I may read theirs."""

    NAME: ClassVar[str] = "ask_sharing"

    whom: Annotated[str, up_to(ID_MAX)]

    def run(self, draft: Draft, actor: Actor) -> None:
        me, whom = actor.id, self.whom
        known = draft.get(Sharing, sharing_id(me, whom))
        # they asked: so they are known, listed or not
        asks_me = known is not None and known.by == whom and known.own(me, "participant") is not None
        if not are_colleagues(draft, me, whom) or not (asks_me or may_see(draft, whom, "name", "directory")):
            raise _unknown()
        if draft.get(Block, block_id(me, whom)) is not None:
            raise Refusal("contact.blocked", "You blocked this person; take that back first.")
        if known is not None and known.by == whom and not known.withdrawn:
            _agree(draft, known, actor.at)
        elif known is None or known.withdrawn or known.by == whom:
            _refuse_full(draft, me)
            _ask(draft, known, me, whom, actor.at)


class AgreeSharing(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Yes, each may read the other's."""

    NAME: ClassVar[str] = "agree_sharing"

    sharing: Annotated[str, up_to(2 * ID_MAX + 1)]

    def run(self, draft: Draft, actor: Actor) -> None:
        known = _seen(draft, actor.id, self.sharing)
        if known.by == actor.id or not are_colleagues(draft, *known.people):
            raise _unknown()
        _agree(draft, known, actor.at)


class EndSharing(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """No more, or not at all."""

    NAME: ClassVar[str] = "end_sharing"

    sharing: Annotated[str, up_to(2 * ID_MAX + 1)]

    def run(self, draft: Draft, actor: Actor) -> None:
        _end(draft, _seen(draft, actor.id, self.sharing), actor.id)


def colleagues_of(records: Records, person: str) -> list[Participant]:
    """Whom somebody may ask: those listed of their organisation whom they did not block, by name."""
    me = records.get(Participant, person)
    if me is None or me.employer is None:
        return []
    found = (
        one
        for one in records.of(Participant, "employer", me.employer)
        if are_colleagues(records, person, one.id)
        and may_see(records, one.id, "name", "directory")
        and records.get(Block, block_id(person, one.id)) is None
    )
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def sharing_with(records: Records, person: str) -> Iterator[tuple[Sharing, str]]:
    """With whom somebody shares now, by id, the longest first."""
    sharings = (one for one in records.of(Sharing, "people", person) if one.agreed)
    for one in sorted(sharings, key=lambda one: (one.agreed, one.id)):
        other = one.to if one.by == person else one.by
        if are_colleagues(records, person, other) and not is_blocked(records, person, other):
            yield one, other


def shared_with(records: Records, person: str) -> list[View]:
    """What somebody reads of each colleague with whom they share, JSON-ready: `id`, `name`, `leads`."""
    found = []
    for one, other in sharing_with(records, person):
        name = one.names[other == one.to]
        found.append({"id": other, "name": name, "leads": shared_leads(records, other, person)})
    return found


def shared_leads(records: Records, of: str, reader: str) -> list[View]:
    """What a colleague of somebody reads of their leads, JSON-ready, the newest first."""
    return [_shown(lead) for lead in leads_of(records, of) if _may_read(records, lead, reader)]


def part_colleagues(draft: Draft, me: str, whom: str) -> None:
    """I blocked them."""
    known = draft.get(Sharing, sharing_id(me, whom))
    if known is not None and known.own(me, "participant") is not None:
        _end(draft, known, me)


def _may_read(records: Records, lead: Lead, reader: str) -> bool:
    # of whom blocked the reader it stays, else its going would tell them
    if lead.whom == reader or records.get(Block, block_id(reader, lead.whom)) is not None:
        return False
    return may_see(records, lead.whom, "name", "shared")


def _shown(lead: Lead) -> View:
    shown: dict[str, Any] = {name: getattr(lead, name) for name in SHOWN}
    began = {"at": lead.at, "where": lead.began[0].where, "session": lead.began[0].session}
    next_one = {"next_step": lead.next_step, "due": lead.due, "done": lead.done}
    return {"whom": lead.whom} | shown | began | next_one


def _ask(draft: Draft, known: Sharing | None, me: str, whom: str, now: int) -> None:
    """Anew, too: who wanted none of it is not told again."""
    unwanted = known is not None and known.by == me and known.unwanted
    unheard = is_blocked(draft, me, whom)
    names = (draft.need(Participant, me).name, draft.need(Participant, whom).name)
    id = sharing_id(me, whom)
    draft.put(Sharing(id=id, by=me, to=whom, names=names, asked=now, unwanted=unwanted or unheard))


def _agree(draft: Draft, known: Sharing, now: int) -> None:
    """Also of what they wanted none of before."""
    if not known.agreed:
        draft.put(replace(known, agreed=now, unwanted=False))


def _end(draft: Draft, known: Sharing, by: str) -> None:
    if known.agreed or (known.by == by and not known.unwanted):
        draft.drop(known)
    elif known.by == by:
        draft.put(replace(known, withdrawn=True))
    else:
        draft.put(replace(known, unwanted=True))


def _seen(draft: Draft, person: str, id: str) -> Sharing:
    """One that somebody knows of. Raises Refusal `sharing.unknown`."""
    known = draft.get(Sharing, id)
    if known is None or person not in known.people or known.own(person, "participant") is None:
        raise _unknown()
    return known


def _refuse_full(records: Records, person: str) -> None:
    """Raises Refusal `sharing.full`; counts what they asked for or agreed to alone."""
    theirs = (one for one in records.of(Sharing, "people", person) if one.by == person or one.agreed)
    if sum(1 for one in theirs if not one.withdrawn) >= SHARINGS_MAX:
        raise Refusal("sharing.full", f"You share with {SHARINGS_MAX} colleagues, or asked; end some first.")


def _unknown() -> Refusal:
    return Refusal("sharing.unknown", "This is no colleague of your organisation here (any more).")


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [AskSharing, AgreeSharing, EndSharing]
