"""Copying: a mission as the template of the next, with its places, its settings and its look, and without its
people but for who copies it. What is on, the server plans anew in it (`web/mission/copies.py`)."""

from __future__ import annotations

from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.mission.look import Picture
from webinar_server.mission.mission import TITLE_MAX, Mission, checked
from webinar_server.mission.participants import Participant
from webinar_server.mission.roles import ORGANISERS
from webinar_server.state import Actor, Command, Draft, Record, Role, replace
from webinar_server.words.text import clean


class BeginCopy(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """First entry of a copy's log, with its first organiser. Said again by who copied it, it changes
    nothing."""

    NAME: ClassVar[str] = "begin_copy"
    INTERNAL: ClassVar[bool] = True
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    mission: str
    of: Mission
    picture: Picture | None
    title: str
    starts_on: str
    ends_on: str
    organiser: Participant

    def run(self, draft: Draft, actor: Actor) -> None:
        there = next(draft.all(Mission), None)
        if there is not None:
            if is_copy(there, draft.get(Participant, self.organiser.id), self.of.id):
                return
            raise Refusal("mission.exists", "There is a mission of this address already.", field="mission")
        title = clean(self.title, "mission", TITLE_MAX, field="title")
        mission = replace(
            self.of,
            id=self.mission,
            title=title,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            copy_of=self.of.id,
        )
        draft.put(checked(mission))
        draft.put(first_organiser(self.organiser))
        if self.picture is not None:
            draft.put(replace(self.picture, id=self.mission))


def is_copy(mission: Mission, participant: Participant | None, of: str) -> bool:
    """Whether it is a copy of that one, and theirs who organise it from the beginning."""
    return mission.copy_of == of and participant is not None and participant.role in ORGANISERS


def first_organiser(participant: Participant) -> Participant:
    """Somebody with their card as they begin another mission: nobody has been in it yet."""
    return replace(
        participant,
        role="organiser",
        state="invited",
        reason="",
        generation=0,
        came=None,
        here=False,
        workers=(),
    )


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [BeginCopy]
