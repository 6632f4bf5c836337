"""Announcements: what organisers tell everybody, or one another.

 announce              withdraw_announcement
─────────▶ SHOWN ──────────────────────────▶ gone
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from webinar_server.errors import Refusal
from webinar_server.mission.roles import AUDIENCES, ORGANISERS
from webinar_server.state import Actor, Audience, Command, Draft, Record, Role, View
from webinar_server.words.sizes import up_to
from webinar_server.words.text import clean

TEXT_MAX = 500
ANNOUNCEMENTS_MAX = 100

For = Literal["all", "organisers"]


class Announcement(Record, frozen=True, kw_only=True):
    """Said by an organiser, whose name at that moment it bears, at a time (Unix ms)."""

    KIND: ClassVar[str] = "announcement"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = AUDIENCES

    by: str
    name: str
    text: str
    at: int
    to: For = "all"

    def view(self, audience: Audience) -> View | None:
        if self.to == "organisers" and audience != "organiser":
            return None
        return {"by": self.by, "name": self.name, "text": self.text, "at": self.at, "to": self.to}


class Announce(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Tell all, or organisers alone."""

    NAME: ClassVar[str] = "announce"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    text: Annotated[str, up_to(TEXT_MAX)]
    to: For = "all"

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        if draft.count(Announcement) >= ANNOUNCEMENTS_MAX:
            text = f"There are {ANNOUNCEMENTS_MAX} announcements; withdraw one that is old."
            raise Refusal("announcement.full", text)
        text = clean(self.text, "announcement", TEXT_MAX, lines=True)
        draft.put(
            Announcement(id=actor.fresh, by=actor.id, name=actor.name, text=text, at=actor.at, to=self.to)
        )
        return {"id": actor.fresh}


class WithdrawAnnouncement(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """It is said no more."""

    NAME: ClassVar[str] = "withdraw_announcement"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    announcement: str

    def run(self, draft: Draft, actor: Actor) -> None:
        draft.drop(draft.need(Announcement, self.announcement))


def erase(draft: Draft, person: str, stump: str) -> None:
    """What they announced is withdrawn."""
    for announcement in list(draft.all(Announcement)):
        if announcement.by == person:
            draft.drop(announcement)


RECORDS: list[type[Record]] = [Announcement]
EXAMPLES = [Announcement(id="a1", by="ori", name="Ori", text="Welcome", at=0)]
COMMANDS: list[type[Command]] = [Announce, WithdrawAnnouncement]
