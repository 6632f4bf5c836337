"""One mission: its nouns, each a file with its records, commands and views, and the table of all.

A mission is the week around the hours: who takes part, what is on, what organisers tell. It knows no session;
what the one tells the other are commands (`live/relay`).
"""

from collections.abc import Iterator, Sequence

from webinar_server.limits import COMMANDS
from webinar_server.limits_of_contacts import PACES
from webinar_server.limits_of_conversations import PACES as WRITING
from webinar_server.limits_of_meetings import PACES as PACES_OF_MEETINGS
from webinar_server.mission import (
    admission,
    announcements,
    answering,
    asking,
    attendance,
    attending,
    cards,
    colleagues,
    consent,
    contacts,
    conversations,
    copying,
    devices,
    doors,
    due,
    erasing,
    expiring,
    heads,
    history,
    imports,
    leads,
    lending,
    letterbox,
    letters,
    look,
    meetings,
    meetings_keeping,
    meetings_making,
    missing,
    mission,
    moments,
    noting,
    participants,
    post,
    programme,
    reminders,
    report,
    reporting,
    sending,
    sessions,
    sharing,
    tallies,
    writing,
)
from webinar_server.mission.roles import ROLES
from webinar_server.state import Command, Records, Topic, Turn


def _tells(records: Records, turns: Sequence[Turn]) -> Iterator[tuple[str, Command]]:
    yield from sessions.tells(records, turns)
    yield from erasing.tells(records, turns)


MISSION = Topic(
    "mission",
    roles=ROLES,
    itself=mission.Mission,
    nouns=[
        mission,
        participants,
        cards,
        admission,
        consent,
        attendance,
        devices,
        programme,
        doors,
        attending,
        announcements,
        look,
        copying,
        heads,
        history,
        report,
        imports,
        letterbox,
        letters,
        post,
        sending,
        moments,
        contacts,
        asking,
        answering,
        expiring,
        leads,
        noting,
        colleagues,
        sharing,
        reminders,
        tallies,
        meetings,
        meetings_making,
        meetings_keeping,
        conversations,
        writing,
        reporting,
        missing,
        erasing,
    ],
    attendance=attendance.ATTENDANCE,
    ends=attendance.ENDS,
    paces={**COMMANDS, **PACES, **PACES_OF_MEETINGS, **WRITING},
    tells=_tells,
    due=due.due,
    lends=lending.LENDS,
    erases=lambda people: erasing.EraseAgain(people=people),
)
"""Everything a mission's log can hold and everything that can be asked of it."""

__all__ = ["MISSION"]
