"""Chat: one stream of messages; a host can hide one and bring it back.

      say                hide
    ──────▶ SHOWN ◀──────────────▶ HIDDEN     (restore)

A hidden message leaves attendees' and the stage's state; hosts see it, marked. What is said may
have to wait first (`held.py`).
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from webinar_server.session.held import Held, hold_back, why_held
from webinar_server.session.pacing import pacing_of, refuse_too_soon
from webinar_server.session.people import Person
from webinar_server.session.roles import HOSTS, LEADING
from webinar_server.session.timeouts import refuse_unheard
from webinar_server.state import (
    Actor,
    Audience,
    Command,
    Draft,
    Record,
    Role,
    View,
    Window,
    drop_all,
    replace,
)
from webinar_server.words.sizes import up_to
from webinar_server.words.text import clean

TEXT_MAX = 500
MESSAGES_KEPT = 5_000
"""Messages of a session: what a lively hour says, three times over. Of more the oldest go."""

MESSAGES_EACH = 200
"""Of one person, once a session is full: who said more loses the own oldest, so that nobody rolls away what
others said."""

YOUNG_MS = 60_000
"""A message younger than this stays for everybody to see, however much its writer says."""


class Message(Record, frozen=True, kw_only=True):
    """Something said in the chat. `name` is the name at that moment; `hidden_by` a host's id."""

    KIND: ClassVar[str] = "message"
    INDEXES: ClassVar[tuple[str, ...]] = ("by",)
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("host", "attendee")
    WINDOW: ClassVar[Window] = Window("at", newest=100, missed=500)

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

    text: Annotated[str, up_to(TEXT_MAX)]

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        refuse_unheard(draft, actor)
        me = draft.get(Person, actor.id)
        name = me.name if me else actor.name
        text = clean(self.text, "chat", TEXT_MAX, lines=True)
        if actor.role not in LEADING and _waits(draft, actor, name, text):
            return {"id": actor.fresh}
        at = draft.follows(Message, actor.at)
        draft.put(Message(id=actor.fresh, by=actor.id, name=name, role=actor.role, text=text, at=at))
        make_room(draft, actor)
        return {"id": actor.fresh}


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


def _waits(draft: Draft, actor: Actor, name: str, text: str) -> bool:
    """Whether it waits, and is put where it does. Raises Refusal `chat.slow`, `held.…`."""
    pacing = pacing_of(draft)
    if pacing.slow:
        said = (one.at for one in draft.of(Message, "by", actor.id))
        waits = (one.at for one in draft.of(Held, "by", actor.id))
        refuse_too_soon(pacing.slow, actor.at, [*said, *waits])
    why = why_held(pacing, text)
    if why is not None:
        hold_back(draft, actor, name, text, why, pacing.delay)
    return why is not None


def make_room(draft: Draft, actor: Actor) -> None:
    """Of more than there is room for the oldest go."""
    # a batch may have said more than there is room for: its own messages are left to the next one
    while draft.count(Message) > MESSAGES_KEPT and (one := _too_many(draft, actor) or draft.oldest(Message)):
        draft.drop(one)


def _too_many(draft: Draft, actor: Actor) -> Message | None:
    """The oldest of somebody who has said more than others may."""
    own = draft.oldest_of(Message, "by", actor.id, beyond=MESSAGES_EACH)
    if own is None or actor.at - own.at <= YOUNG_MS or actor.role in HOSTS:
        return None
    return own


def erase(draft: Draft, person: str, stump: str) -> None:
    drop_all(draft, Message, ("by",), person)
    for message in list(draft.all(Message)):
        if message.hidden_by == person:
            draft.put(replace(message, hidden_by=stump))


RECORDS: list[type[Record]] = [Message]
EXAMPLES = [
    Message(id="m1", by="ada", name="Ada", role="attendee", text="Hello", at=0),
    Message(id="m2", by="ada", name="Ada", role="attendee", text="!", at=0, hidden_by="hal"),
]
COMMANDS: list[type[Command]] = [Say, Hide, Restore]
