"""Erasing: somebody is erased from a mission and its sessions, by themselves, by an organiser, by the end of
the time for which people are kept, or again, where an older copy of the log brought them back.

    erase, forget_all, erase_again ──▶ nothing of them here ──`forget_people`──▶ nor in any session

Each noun says what of its own goes (`state/erasing.py`); numbers stay. What the logs held of before is given
up after that, and whoever has the mission open sees to it (`live/erasing.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Annotated, ClassVar

from webinar_server.errors import Refusal
from webinar_server.mission.admission import refuse_last_organiser
from webinar_server.mission.announcements import Announcement
from webinar_server.mission.imports import Import, ImportPart
from webinar_server.mission.meetings_leaving import leave
from webinar_server.mission.mission import kept_until, the_mission
from webinar_server.mission.participants import Participant
from webinar_server.mission.programme import Cancelled, Slot
from webinar_server.mission.roles import ORGANISERS
from webinar_server.state import (
    Actor,
    Alarm,
    Command,
    Draft,
    Record,
    Records,
    State,
    Turn,
    erase_people,
    erased_in,
)
from webinar_server.words.sizes import up_to

AT_ONCE = 50
"""People erased by one entry, where it is all."""

KIND = "session"
"""What kind of topic is told; a test holds that it is one."""

ID_MAX = 100


class Erase(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Erase me, or as an organiser somebody else. Said by HTTP, which tells when it is finished, and what
    software does not reach."""

    NAME: ClassVar[str] = "erase"
    INTERNAL: ClassVar[bool] = True

    participant: Annotated[str, up_to(ID_MAX)] = ""

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        who = self.participant or actor.id
        if who != actor.id and actor.role not in ORGANISERS:
            raise Refusal("command.not_allowed", "Only an organiser erases somebody else.")
        refuse_last_organiser(draft, draft.need(Participant, who))
        # whoever was to meet them hears that it is off
        leave(draft, actor, who)
        erase_people(draft, actor, [who])
        return {"erased": who}


class EraseAgain(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """They were erased, and an older copy of the log has them; whatever it has."""

    NAME: ClassVar[str] = "erase_again"
    INTERNAL: ClassVar[bool] = True

    people: tuple[str, ...]

    def run(self, draft: Draft, actor: Actor) -> None:
        erase_people(draft, actor, self.people)


class ForgetAll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The time is over for which people are kept: the next of them are erased, and what lists and
    announcements there are."""

    NAME: ClassVar[str] = "forget_all"
    INTERNAL: ClassVar[bool] = True

    def run(self, draft: Draft, actor: Actor) -> None:
        people = [one.id for one in islice(draft.all(Participant), AT_ONCE)]
        if not people or kept_until(the_mission(draft)) > actor.at:
            raise Refusal("participant.gone", "Somebody else saw to it first.")
        erase_people(draft, actor, people)
        for kind in (Announcement, Import, ImportPart):
            for record in list(draft.all(kind)):
                draft.drop(record)


class ForgetPeople(Command, frozen=True, kw_only=True):
    """What a session is told: these people were erased. It has its own of this name, with the same fields."""

    NAME: ClassVar[str] = "forget_people"

    mission: str
    people: tuple[str, ...]


def tells(records: Records, turns: Sequence[Turn]) -> Iterator[tuple[str, Command]]:
    """All sessions that are in the programme, or were."""
    if people := erased_in(turns):
        told = ForgetPeople(mission=the_mission(records).id, people=people)
        sessions = dict.fromkeys([*_ids(records, Slot), *_ids(records, Cancelled)])
        yield from ((f"{KIND}/{session}", told) for session in sessions)


def due(state: State) -> Alarm | None:
    """The end of the time for which people are kept, while there are any."""
    if not state.count(Participant):
        return None
    return Alarm(kept_until(the_mission(state)), ForgetAll())


def _ids(records: Records, kind: type[Record]) -> list[str]:
    return [record.id for record in records.all(kind)]


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [Erase, EraseAgain, ForgetAll]
