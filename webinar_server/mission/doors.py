"""Doors: what a session tells its mission of itself: whether it waits, is open or over, and its video."""

from __future__ import annotations

from typing import ClassVar

from webinar_server.mission.programme import Cancelled, Doors, Slot
from webinar_server.state import Actor, Command, Draft, replace


class NoteDoors(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A session tells that it was opened, closed, or waits."""

    NAME: ClassVar[str] = "note_doors"
    INTERNAL: ClassVar[bool] = True

    session: str
    doors: Doors

    def run(self, draft: Draft, actor: Actor) -> None:
        _note(draft, self.session, doors=self.doors)


class NoteVideo(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A session tells that its hosts chose another video."""

    NAME: ClassVar[str] = "note_video"
    INTERNAL: ClassVar[bool] = True

    session: str
    video: str

    def run(self, draft: Draft, actor: Actor) -> None:
        _note(draft, self.session, video=self.video)


def _note(draft: Draft, session: str, **told: str) -> None:
    """What a session tells of itself; its `sequence` stays, so it is not told of that in turn."""
    slot, cancelled = draft.get(Slot, session), draft.get(Cancelled, session)
    if slot is not None and (noted := replace(slot, **told)) != slot:
        draft.put(noted)
    elif cancelled is not None and (noted := replace(cancelled.slot, **told)) != cancelled.slot:
        draft.put(replace(cancelled, slot=noted))


COMMANDS: list[type[Command]] = [NoteDoors, NoteVideo]
