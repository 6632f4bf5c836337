"""Planned: a session that belongs to a mission is called, and is on, as the mission's programme says.

            leave_programme                    follow_slot, planned anew
 WAITING ────────────────────▶ CLOSED, never opened ──────────────▶ WAITING

Said by the mission alone (`mission/sessions.py`), under the same names there. Whatever was said in a session
stays; one that is open goes on until its hosts end it.
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.session.programme import Session, the_session
from webinar_server.session.tells import KIND
from webinar_server.state import Actor, Borrows, Command, Draft, Record, Records, replace
from webinar_server.words.videos import guess_kind


class FollowSlot(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Be called so, and on then; `anew` where it was not in the programme before, with another `video` if one
    was named."""

    NAME: ClassVar[str] = "follow_slot"
    INTERNAL: ClassVar[bool] = True

    mission: str
    title: str
    starts_at: int
    ends_at: int
    anew: bool = False
    video: str | None = None

    def run(self, draft: Draft, actor: Actor) -> None:
        session = session_of(draft, self.mission)
        changed = replace(session, title=self.title, starts_at=self.starts_at, ends_at=self.ends_at)
        if self.video is not None and self.video != session.video:
            changed = replace(changed, video=self.video, video_kind=guess_kind(self.video))
        if self.anew and session.state == "closed" and session.opened_at is None:
            changed = replace(changed, state="waiting", closed_at=None)
        if changed != session:
            draft.put(changed)


class LeaveProgramme(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nobody waits any more for what is not to be."""

    NAME: ClassVar[str] = "leave_programme"
    INTERNAL: ClassVar[bool] = True

    mission: str

    def run(self, draft: Draft, actor: Actor) -> None:
        session = session_of(draft, self.mission)
        if session.state == "waiting":
            draft.put(replace(session, state="closed", closed_at=actor.at))


def session_of(draft: Draft, mission: str) -> Session:
    """The session, if it is that mission's. Raises Refusal `session.elsewhere`."""
    session = the_session(draft)
    if session.mission != mission:
        raise Refusal("session.elsewhere", "This session is not of that mission.")
    return session


def mission_of(records: Records) -> str:
    """The id of the one it belongs to, if it does."""
    session = next(iter(records.all(Session)), None)
    return session.mission if session is not None else ""


BORROWS = Borrows(KIND, mission_of)
RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [FollowSlot, LeaveProgramme]
