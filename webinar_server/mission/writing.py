"""Writing: what somebody writes to whom they are connected with, and what they have read of it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from webinar_server.errors import Refusal
from webinar_server.limits_of_conversations import WRITTEN_A_DAY, WRITTEN_MAX
from webinar_server.mission.contacts import DAY_MS, HOUR_MS, Block, block_id, is_blocked, shown_of
from webinar_server.mission.conversations import (
    Conversation,
    PrivateMessage,
    newest,
    order_of,
    seen_in,
    side_id,
    side_of,
    side_seen,
    unknown,
)
from webinar_server.mission.leads import lead_of
from webinar_server.mission.participants import Participant, takes_part
from webinar_server.mission.tallies import MESSAGES, count
from webinar_server.state import Actor, Command, Draft, Record, Records, Unseen, drop_own, replace
from webinar_server.words.sizes import Time, up_to
from webinar_server.words.text import clean

TEXT_MAX = 1_000
ID_MAX = 100

MISSED_MS = 3 * HOUR_MS
"""How long something waits to be read before a letter says so."""


class Written(Unseen, frozen=True, kw_only=True):
    """How much somebody, whose id it has, wrote since a time (Unix ms): within a day of it no more."""

    KIND: ClassVar[str] = "written"

    since: int
    count: int


class Write(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A message to somebody with whom I am connected, or who wrote to me."""

    NAME: ClassVar[str] = "write"

    to: Annotated[str, up_to(ID_MAX)]
    text: Annotated[str, up_to(TEXT_MAX)]

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        me, to = actor.id, self.to
        _refuse(draft, me, to)
        text = clean(self.text, "conversation", TEXT_MAX, lines=True)
        _count(draft, actor)
        unheard = is_blocked(draft, me, to)
        mine, theirs = side_of(draft, me, to), side_of(draft, to, me)
        at = max([actor.at, *(side.last.at + 1 for side in (mine, theirs) if side.last)])
        message = PrivateMessage(id=actor.fresh, by=me, to=to, text=text, at=at, unheard=unheard)
        _make_room(draft, message.pair)
        draft.put(message)
        # unheard or not: the sum is seen by who wrote it
        count(draft, MESSAGES, me)
        draft.put(replace(mine, last=newest(mine, message), **_called(draft, to)))
        if not unheard:
            draft.put(_heard(draft, theirs, message, actor.at))
        return {"id": message.id}


class ReadConversation(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """I have read what somebody wrote until then (the time of a message); nobody is told."""

    NAME: ClassVar[str] = "read_conversation"

    whom: Annotated[str, up_to(ID_MAX)]
    until: Time

    def run(self, draft: Draft, actor: Actor) -> None:
        side = side_seen(draft, actor.id, self.whom)
        newest = side.last.at if side.last else 0
        read = min(self.until, newest)
        if read <= side.read:
            return
        left = sum(1 for one in seen_in(draft, side) if one.at > read and one.by != actor.id)
        draft.put(replace(side, read=read, unread=left, missed=side.missed if left else None))


def _refuse(records: Records, me: str, to: str) -> None:
    if records.get(Block, block_id(me, to)) is not None:
        raise Refusal("contact.blocked", "You blocked this person; take that back first.")
    if lead_of(records, me, to) is None and records.get(Conversation, side_id(me, to)) is None:
        raise unknown()
    if not takes_part(records.get(Participant, to)):
        raise Refusal("conversation.over", "They take no part in this mission any more.")


def _count(draft: Draft, actor: Actor) -> None:
    """Raises Refusal `conversation.day` for one more than a day's."""
    known = draft.get(Written, actor.id)
    if known is None or known.since + DAY_MS <= actor.at:
        known = Written(id=actor.id, since=actor.at, count=0)
    if known.count >= WRITTEN_A_DAY:
        text = f"You wrote {WRITTEN_A_DAY} messages within a day; the next one, please, when that is over."
        raise Refusal("conversation.day", text, retry_after=(known.since + DAY_MS - actor.at) / 1000)
    draft.put(replace(known, count=known.count + 1))


def _heard(draft: Draft, side: Conversation, message: PrivateMessage, now: int) -> Conversation:
    """The side of whom it was written to. To the hour, so that many are looked at at once."""
    missed = side.missed if side.missed is not None else -(-(now + MISSED_MS) // HOUR_MS) * HOUR_MS
    called = _called(draft, message.by)
    return replace(side, last=newest(side, message), unread=side.unread + 1, missed=missed, **called)


def _called(records: Records, whom: str) -> dict[str, str]:
    shown = shown_of(records, whom, "contact")
    return {"name": shown.name, "organisation": shown.organisation}


def _make_room(draft: Draft, pair: str) -> None:
    draft.make_room(draft.of(PrivateMessage, "pair", pair), WRITTEN_MAX, order_of)


def erase(draft: Draft, person: str, stump: str) -> None:
    drop_own(draft, Written, person)


RECORDS: list[type[Record]] = [Written]
COMMANDS: list[type[Command]] = [Write, ReadConversation]
