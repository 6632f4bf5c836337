"""Moments: questions of participants that are on stage or were, as their sessions tell it.

By these somebody can be asked for contact who asked for their organisation alone: the one who asks knows the
question, and the mission knows whose it is. Of who asked anonymously, or did not agree to be named on stage,
no session tells anything, so nobody can ask them. Nobody is told of a moment.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from webinar_server.mission.contacts import Request
from webinar_server.mission.participants import Participant
from webinar_server.state import Actor, Command, Draft, Record, Records, Unseen, drop_all, replace

MOMENTS_MAX = 200
"""Of a session; of more the oldest goes."""


class Moment(Unseen, frozen=True, kw_only=True):
    """A participant's question, `SESSION/QUESTION`, since when it was live (Unix ms), and if it is."""

    KIND: ClassVar[str] = "moment"
    INDEXES: ClassVar[tuple[str, ...]] = ("participant", "session")

    session: str
    participant: str
    shown: Literal["named", "organisation"]
    at: int
    live: bool = False


class NoteMoment(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A session tells that somebody's question is live, or is not any more."""

    NAME: ClassVar[str] = "note_moment"
    INTERNAL: ClassVar[bool] = True

    session: str
    question: str
    participant: str
    shown: Literal["named", "organisation"]
    live: bool

    def run(self, draft: Draft, actor: Actor) -> None:
        who, id = draft.need(Participant, self.participant).id, moment_id(self.session, self.question)
        before = draft.get(Moment, id)
        if before is None:
            there = draft.of(Moment, "session", self.session)
            draft.make_room(there, MOMENTS_MAX, lambda one: (one.live, one.at, one.id))
        at = before.at if before else actor.at
        draft.put(
            Moment(id=id, session=self.session, participant=who, shown=self.shown, at=at, live=self.live)
        )
        if not is_live(draft, who):
            _tell_all(draft, who)


def moment_id(session: str, question: str) -> str:
    return f"{session}/{question}"


def is_live(records: Records, participant: str) -> bool:
    """Whether somebody is in the picture now, when nothing is to disturb them."""
    return any(moment.live for moment in records.of(Moment, "participant", participant))


def _tell_all(draft: Draft, participant: str) -> None:
    """What came meanwhile, as one."""
    for request in list(draft.of(Request, "to", participant)):
        if request.waits:
            draft.put(replace(request, waits=False))


def erase(draft: Draft, person: str, stump: str) -> None:
    drop_all(draft, Moment, ("participant",), person)


RECORDS: list[type[Record]] = [Moment]
COMMANDS: list[type[Command]] = [NoteMoment]
