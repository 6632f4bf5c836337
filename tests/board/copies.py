"""Copies: what is shown on one board is copied to others, and each of those thanks for it; both once.

here                                     there
show ──▶ Note.shown ── copy_note ──▶ Copy (refused where the same is there)
         Thanks     ◀── thank ──────  Copy
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from tests.board.notes import Board, Note
from tests.board.roles import ROLES
from webinar_server.errors import Refusal
from webinar_server.state import Actor, Audience, Command, Draft, Record, Records, Turn, View, replace


class Copy(Record, frozen=True, kw_only=True):
    """A note of another board; `times` it was copied."""

    KIND: ClassVar[str] = "copy"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ROLES.audiences
    INDEXES: ClassVar[tuple[str, ...]] = ("same",)

    board: str
    text: str
    times: int = 1

    @property
    def same(self) -> str:
        return self.text.casefold()

    def view(self, audience: Audience) -> View:
        return {"text": self.text, "board": self.board, "times": self.times}


class Thanks(Record, frozen=True, kw_only=True):
    """How often it was said of a note that it was copied."""

    KIND: ClassVar[str] = "thanks"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("keepers",)

    times: int

    def view(self, audience: Audience) -> View:
        return {"times": self.times}


class CopyNote(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Said by another board."""

    NAME: ClassVar[str] = "copy_note"
    INTERNAL: ClassVar[bool] = True

    board: str
    note: str
    text: str

    def run(self, draft: Draft, actor: Actor) -> None:
        known = draft.get(Copy, self.note)
        new = Copy(id=self.note, board=self.board, text=self.text)
        draft.put(new if known is None else replace(known, times=known.times + 1))
        if any(other.id != self.note for other in draft.of(Copy, "same", new.same)):
            raise Refusal("copy.same", "This is here already.")


class Thank(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Said by the board that has the copy."""

    NAME: ClassVar[str] = "thank"
    INTERNAL: ClassVar[bool] = True

    note: str

    def run(self, draft: Draft, actor: Actor) -> None:
        known = draft.get(Thanks, self.note)
        draft.put(Thanks(id=self.note, times=1 + (known.times if known else 0)))


def tells(records: Records, turns: Sequence[Turn]) -> Iterator[tuple[str, Command]]:
    for before, after in turns:
        if isinstance(after, Note) and after.shown and not (isinstance(before, Note) and before.shown):
            yield from _copies(records, after)
        if isinstance(after, Copy) and before is None:
            yield after.board, Thank(note=after.id)


def _copies(records: Records, note: Note) -> Iterator[tuple[str, Command]]:
    (board,) = records.all(Board)
    for to in board.copies_to:
        yield to, CopyNote(board=f"board/{board.id}", note=note.id, text=note.text)


RECORDS: list[type[Record]] = [Copy, Thanks]
EXAMPLES = [Copy(id="n1", board="board/b1", text="Depots"), Thanks(id="n1", times=1)]
COMMANDS: list[type[Command]] = [CopyNote, Thank]
