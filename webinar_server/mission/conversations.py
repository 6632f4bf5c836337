"""Conversations: private messages between two who are connected, told to these two alone.

              write                                 read_conversation
 connected ──────────▶ one side of each, unread ──────────────────────▶ read

Each has a side of their own (`Conversation`), of which a join tells the newest message and how many are
unread; the messages themselves are told to nobody by the log's news, but asked for a page at a time
(`messages_of`). What the one has read is never told to the other.

**A block is not disclosed.** What is written to who blocked its writer is kept for its writer alone
(`unheard`): they see it as any other, and so it stays when the block is taken back. Who blocked finds the
conversation nowhere, and writes nothing there.

**Erasing** drops with `drop_conversations` all that stands between somebody and others: both sides, found by
`of` and `whom`, and the messages, found by the `pair`. What was reported stands by itself (`reporting.py`),
and how much they wrote today in `writing.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import ClassVar

import msgspec

from webinar_server.errors import Refusal
from webinar_server.limits_of_conversations import LAST_MAX
from webinar_server.state import (
    Audience,
    Command,
    Draft,
    Private,
    Record,
    Records,
    Unseen,
    View,
    replace,
)


class Last(msgspec.Struct, frozen=True, kw_only=True):
    """The newest message of a side, and `before` it the id of the one that side has before; `cut` if this is
    only its beginning."""

    id: str
    by: str
    text: str
    at: int
    before: str = ""
    cut: bool = False


class Conversation(Private, frozen=True, kw_only=True):
    """One's own side of what is between them and `whom`, who was called so when it was last written there.
    `read` is the time of the newest message that they have read, `edition` grows when one that stood there
    becomes another; `missed` is the hour from which a letter may say that something waits (all Unix ms)."""

    KIND: ClassVar[str] = "conversation"
    INDEXES: ClassVar[tuple[str, ...]] = ("of", "whom", "misses")

    of: str
    whom: str
    name: str = ""
    organisation: str = ""
    last: Last | None = None
    unread: int = 0
    read: int = 0
    edition: int = 0
    missed: int | None = None
    hidden: bool = False

    @property
    def misses(self) -> str | None:
        return None if self.missed is None or self.hidden else str(self.missed)

    @property
    def pair(self) -> str:
        return pair_of(self.of, self.whom)

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.of,)

    def own(self, person: str, audience: Audience) -> View | None:
        """Nothing of somebody whom they blocked."""
        if self.hidden:
            return None
        told = {name: getattr(self, name) for name in ("whom", "name", "organisation", "unread", "read")}
        return told | {"edition": self.edition, "last": msgspec.to_builtins(self.last)}


class PrivateMessage(Unseen, frozen=True, kw_only=True):
    """What somebody wrote `to` another, at a time (Unix ms); taken away by an organiser it has no words."""

    KIND: ClassVar[str] = "private_message"
    INDEXES: ClassVar[tuple[str, ...]] = ("pair",)

    by: str
    to: str
    text: str
    at: int
    unheard: bool = False
    removed: bool = False

    @property
    def pair(self) -> str:
        return pair_of(self.by, self.to)

    def is_seen_by(self, person: str) -> bool:
        return person == self.by or (person == self.to and not self.unheard)


def pair_of(one: str, other: str) -> str:
    """By what their messages are found, whoever asks."""
    return "/".join(sorted((one, other)))


def side_id(of: str, whom: str) -> str:
    return f"{of}/{whom}"


def side_of(records: Records, of: str, whom: str) -> Conversation:
    """Somebody's side, empty before anything was written."""
    return records.get(Conversation, side_id(of, whom)) or Conversation(
        id=side_id(of, whom), of=of, whom=whom
    )


def side_seen(records: Records, person: str, whom: str) -> Conversation:
    """A side of theirs that they see. Raises Refusal `conversation.unknown`."""
    side = records.get(Conversation, side_id(person, whom))
    if side is None or side.hidden:
        raise unknown()
    return side


def seen_in(records: Records, side: Conversation) -> Iterator[PrivateMessage]:
    """The messages that somebody sees on their side, as they are found."""
    return (one for one in records.of(PrivateMessage, "pair", side.pair) if one.is_seen_by(side.of))


def messages_of(records: Records, person: str, whom: str) -> list[PrivateMessage]:
    """What somebody sees of what is between them and another, oldest first. Raises Refusal
    `conversation.unknown`."""
    found = seen_in(records, side_seen(records, person, whom))
    return sorted(found, key=order_of)


def told_of(message: PrivateMessage) -> View:
    """A message to who sees it."""
    told = {"id": message.id, "by": message.by, "text": message.text, "at": message.at}
    return told | ({"removed": True} if message.removed else {})


def all_seen_by(records: Records, person: str) -> Iterator[PrivateMessage]:
    """Every message that somebody sees on a side of theirs."""
    for side in records.of(Conversation, "of", person):
        if not side.hidden:
            yield from sorted(seen_in(records, side), key=order_of)


def waits_unread(records: Records, person: str) -> int:
    """How many messages somebody has not read."""
    return sum(side.unread for side in records.of(Conversation, "of", person) if not side.hidden)


def hide_side(draft: Draft, of: str, whom: str, hidden: bool) -> None:
    """Whether somebody blocked the other: their side is out of their sight."""
    side = draft.get(Conversation, side_id(of, whom))
    if side is not None and side.hidden != hidden:
        draft.put(replace(side, hidden=hidden))


def change_message(draft: Draft, changed: PrivateMessage) -> None:
    """A message has other words: so have the sides on which it is the newest, and both say that it has."""
    draft.put(changed)
    for of, whom in ((changed.by, changed.to), (changed.to, changed.by)):
        side = draft.get(Conversation, side_id(of, whom))
        if side is not None and changed.is_seen_by(of):
            is_newest = side.last is not None and side.last.id == changed.id
            last = newest(side, changed, side.last.before if side.last else "") if is_newest else side.last
            draft.put(replace(side, last=last, edition=side.edition + 1))


def drop_conversations(draft: Draft, person: str, most: int) -> bool:
    """Drop what is between somebody and others, so many messages at most; whether there is more."""
    left = most
    sides = [*draft.of(Conversation, "of", person), *draft.of(Conversation, "whom", person)]
    for side in sides:
        for message in list(islice(draft.of(PrivateMessage, "pair", side.pair), left)):
            draft.drop(message)
            left -= 1
        if left <= 0:
            return True
        draft.drop(side)
    return False


def unknown() -> Refusal:
    return Refusal("conversation.unknown", "Messages go to people with whom you are connected.")


def newest(side: Conversation, message: PrivateMessage, before: str | None = None) -> Last:
    if before is None:
        before = side.last.id if side.last else ""
    text = message.text[:LAST_MAX]
    cut = len(text) < len(message.text)
    return Last(id=message.id, by=message.by, text=text, at=message.at, before=before, cut=cut)


def order_of(message: PrivateMessage) -> tuple[int, str]:
    return (message.at, message.id)


def erase(draft: Draft, person: str, stump: str) -> None:
    while drop_conversations(draft, person, 1_000):
        pass


RECORDS: list[type[Record]] = [Conversation, PrivateMessage]
_LAST = Last(id="m2", by="tim", text="Shall we meet?", at=0, before="m1")
EXAMPLES = [
    Conversation(
        id="ada/tim", of="ada", whom="tim", name="Tim", organisation="Tulip Chargers", last=_LAST, unread=1
    )
]
COMMANDS: list[type[Command]] = []
