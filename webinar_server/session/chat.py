"""Chat: one stream of messages; a host can hide one and bring it back.

      say                hide
    ──────▶ SHOWN ◀──────────────▶ HIDDEN     (restore)

A hidden message leaves attendees' and the stage's state; hosts see it, marked.
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.session.people import Person
from webinar_server.session.programme import refuse_when_closed
from webinar_server.session.roles import HOSTS
from webinar_server.session.text import clean
from webinar_server.state import Actor, Audience, Command, Draft, Record, Role, View, replace

TEXT_MAX = 500
MESSAGES_KEPT = 500
"""Messages in the state, and so on screens; older ones stay in the log and in exports."""

MESSAGES_EACH = 100
"""Of one person; who says more loses the own oldest, so that nobody rolls away what others said."""

YOUNG_MS = 60_000
"""A message younger than this stays for everybody to see, however much its writer says."""


class Message(Record, frozen=True, kw_only=True):
    """Something said in the chat. `name` is the name at that moment; `hidden_by` a host's id."""

    KIND: ClassVar[str] = "message"
    INDEXES: ClassVar[tuple[str, ...]] = ("by",)
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("host", "attendee")

    by: str
    name: str
    role: Role
    text: str
    at: int
    hidden_by: str | None = None

    def view(self, audience: Audience) -> View | None:
        if audience == "stage" or (self.hidden_by and audience != "host"):
            return None
        seen = {"by": self.by, "name": self.name, "role": self.role, "text": self.text, "at": self.at}
        return seen | {"hidden": self.hidden_by is not None} if audience == "host" else seen

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.by,) if self.hidden_by else ()

    def own(self, person: str, audience: Audience) -> View | None:
        """Whoever wrote it is told that it was hidden: no secret shadow-bans."""
        return self.view("host")


class Say(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line in the chat."""

    NAME: ClassVar[str] = "say"

    text: str

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        refuse_when_closed(draft, actor)
        me = draft.get(Person, actor.id)
        message = Message(
            id=actor.fresh,
            by=actor.id,
            name=me.name if me else actor.name,
            role=actor.role,
            text=clean(self.text, "chat", TEXT_MAX, lines=True),
            at=actor.at,
        )
        draft.put(message)
        _drop_own(draft, actor)
        _drop_oldest(draft)
        return {"id": message.id}


class Hide(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take a message off every attendee's screen."""

    NAME: ClassVar[str] = "hide"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    message: str

    def run(self, draft: Draft, actor: Actor) -> None:
        draft.put(replace(draft.need(Message, self.message), hidden_by=actor.id))


class Restore(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Bring a hidden message back."""

    NAME: ClassVar[str] = "restore"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    message: str

    def run(self, draft: Draft, actor: Actor) -> None:
        draft.put(replace(draft.need(Message, self.message), hidden_by=None))


def _drop_own(draft: Draft, actor: Actor) -> None:
    own = draft.oldest_of(Message, "by", actor.id, beyond=MESSAGES_EACH)
    if own is not None and actor.at - own.at > YOUNG_MS and actor.role not in HOSTS:
        draft.drop(own)


def _drop_oldest(draft: Draft) -> None:
    # a batch may have said more than there is room for: its own messages are left to the next one
    while draft.count(Message) > MESSAGES_KEPT and (oldest := draft.oldest(Message)):
        draft.drop(oldest)


RECORDS: list[type[Record]] = [Message]
EXAMPLES = [
    Message(id="m1", by="ada", name="Ada", role="attendee", text="Hello", at=0),
    Message(id="m2", by="ada", name="Ada", role="attendee", text="!", at=0, hidden_by="hal"),
]
COMMANDS: list[type[Command]] = [Say, Hide, Restore]
