"""One mission: its nouns, each a file with its records, commands and views, and the table of all.

A mission is the week around the hours: who takes part, what is on, what organisers tell. It knows no session;
what the one tells the other are commands (`live/relay`).
"""

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
    due,
    expiring,
    history,
    imports,
    leads,
    lending,
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
from webinar_server.state import Topic

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
        attending,
        announcements,
        look,
        copying,
        history,
        report,
        imports,
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
    ],
    attendance=attendance.ATTENDANCE,
    ends=attendance.ENDS,
    paces={**COMMANDS, **PACES, **PACES_OF_MEETINGS, **WRITING},
    tells=sessions.tells,
    due=due.due,
    lends=lending.LENDS,
)
"""Everything a mission's log can hold and everything that can be asked of it."""

__all__ = ["MISSION"]
