"""The board and its notes: one's own until they are shown."""

from __future__ import annotations

from typing import ClassVar

from tests.board.roles import ROLES
from webinar_server.errors import Refusal
from webinar_server.state import (
    Actor,
    Audience,
    Command,
    Draft,
    Record,
    Role,
    View,
    Window,
    need_seen,
    replace,
)

NOTES_EACH = 3
"""Notes of one member."""


class Board(Record, frozen=True, kw_only=True):
    """The one there is in its log."""

    KIND: ClassVar[str] = "board"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ROLES.audiences

    title: str
    copies_to: tuple[str, ...] = ()
    """Topics that are told what is shown here."""

    def view(self, audience: Audience) -> View:
        return {"title": self.title}


class Note(Record, frozen=True, kw_only=True):
    """A few words; `at` is when they were pinned (Unix ms)."""

    KIND: ClassVar[str] = "note"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ROLES.audiences
    INDEXES: ClassVar[tuple[str, ...]] = ("by", "same")
    WINDOW: ClassVar[Window] = Window("at", newest=3, missed=5)

    by: str
    text: str
    at: int
    shown: bool = False

    @property
    def same(self) -> str | None:
        """By what a note is the same as another on the board; one's own drafts may be anything."""
        return self.text.casefold() if self.shown else None

    def view(self, audience: Audience) -> View | None:
        if not self.shown:
            return None
        seen = {"text": self.text, "at": self.at}
        return seen if audience == "walls" else seen | {"by": self.by}

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.by,)

    def own(self, person: str, audience: Audience) -> View:
        return {"text": self.text, "at": self.at, "by": self.by, "shown": self.shown}


class CreateBoard(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """First entry of a board's log."""

    NAME: ClassVar[str] = "create_board"
    INTERNAL: ClassVar[bool] = True

    board: str
    title: str
    copies_to: tuple[str, ...] = ()

    def run(self, draft: Draft, actor: Actor) -> None:
        if draft.count(Board):
            raise Refusal("board.exists", "There is such a board already.")
        draft.put(Board(id=self.board, title=self.title, copies_to=self.copies_to))


class Pin(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A note of mine, for nobody's eyes yet."""

    NAME: ClassVar[str] = "pin"

    text: str

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        if len(list(draft.of(Note, "by", actor.id))) >= NOTES_EACH:
            raise Refusal("note.too_many", f"At most {NOTES_EACH} notes each.")
        draft.put(Note(id=actor.fresh, by=actor.id, text=self.text, at=draft.follows(Note, actor.at)))
        return {"id": actor.fresh}


class Show(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For all to see."""

    NAME: ClassVar[str] = "show"

    note: str

    def run(self, draft: Draft, actor: Actor) -> None:
        note = need_seen(draft, actor, Note, self.note)
        if note.by != actor.id:
            raise Refusal("command.not_allowed", "This is somebody else's.")
        shown = replace(note, shown=True)
        if any(other.id != note.id for other in draft.of(Note, "same", shown.same or "")):
            raise Refusal("note.same", "This is on the board already.")
        draft.put(shown)


class TakeDown(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One's own, or by a keeper any that is shown."""

    NAME: ClassVar[str] = "take_down"

    note: str

    def run(self, draft: Draft, actor: Actor) -> None:
        note = need_seen(draft, actor, Note, self.note)
        if note.by != actor.id and actor.role not in ROLES.leading:
            raise Refusal("command.not_allowed", "This is somebody else's.")
        draft.drop(note)


class Clear(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that is shown goes."""

    NAME: ClassVar[str] = "clear"
    ROLES: ClassVar[frozenset[Role]] = ROLES.leading

    def run(self, draft: Draft, actor: Actor) -> None:
        for note in [note for note in draft.all(Note) if note.shown]:
            draft.drop(note)


RECORDS: list[type[Record]] = [Board, Note]
EXAMPLES = [Board(id="b1", title="Ideas"), Note(id="n1", by="ada", text="Depots", at=0, shown=True)]
COMMANDS: list[type[Command]] = [CreateBoard, Pin, Show, TakeDown, Clear]
