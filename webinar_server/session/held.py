"""Held messages: said, and not yet seen by the others. Their writers are told so, and why.

      say          let_go, or its time has come                     stop
    ──────▶ HELD ────────────────────────────────▶ a message     HELD ─────▶ a hidden message (chat.py)

Nothing is dropped in silence: a message that was stopped is one that was hidden, which its writer sees, and
which hosts bring back. How long one waits says `pacing.py`.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from webinar_server.errors import Refusal
from webinar_server.session.pacing import Pacing
from webinar_server.state import Actor, Audience, Command, Draft, Record, Role, View, drop_all

HELD_MAX = 500
HELD_EACH = 10
"""Messages that wait, in a session and of one person."""

Why = Literal["delay", "reviewed", "word"]


class Held(Record, frozen=True, kw_only=True):
    """What somebody said, under the id that the message will have; `until` is when it goes by itself (Unix
    ms), and null where a host is to let it go."""

    KIND: ClassVar[str] = "held"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("host",)
    INDEXES: ClassVar[tuple[str, ...]] = ("by",)

    by: str
    name: str
    role: Role
    text: str
    at: int
    why: Why
    until: int | None = None

    def view(self, audience: Audience) -> View | None:
        if audience != "host":
            return None
        return {"by": self.by, "name": self.name, "role": self.role} | self._words()

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.by,)

    def own(self, person: str, audience: Audience) -> View | None:
        return self.view("host")

    def _words(self) -> View:
        return {"text": self.text, "at": self.at, "why": self.why, "until": self.until}


def why_held(pacing: Pacing, text: str) -> Why | None:
    """Why a text waits, if it does; first what waits longest."""
    if pacing.has_word(text):
        return "word"
    if pacing.reviewed:
        return "reviewed"
    return "delay" if pacing.delay else None


def hold_back(draft: Draft, actor: Actor, name: str, text: str, why: Why, delay: int) -> Held:
    """It waits. Raises Refusal `held.full`, `held.too_many`."""
    if draft.count(Held) >= HELD_MAX:
        raise Refusal("held.full", "Very many messages wait to be looked at; yours is kept, try again soon.")
    if len(list(draft.of(Held, "by", actor.id))) >= HELD_EACH:
        raise Refusal("held.too_many", f"{HELD_EACH} messages of yours wait to be looked at; wait for those.")
    until = actor.at + delay * 1_000 if why == "delay" else None
    held = Held(
        id=actor.fresh, by=actor.id, name=name, role=actor.role, text=text, at=actor.at, why=why, until=until
    )
    draft.put(held)
    return held


def erase(draft: Draft, person: str, stump: str) -> None:
    drop_all(draft, Held, ("by",), person)


RECORDS: list[type[Record]] = [Held]
EXAMPLES = [
    Held(id="m1", by="ada", name="Ada", role="attendee", text="Hello", at=0, why="delay", until=5_000),
    Held(id="m2", by="ada", name="Ada", role="attendee", text="Hello", at=0, why="word"),
]
COMMANDS: list[type[Command]] = []
