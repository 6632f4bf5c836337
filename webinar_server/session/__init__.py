"""One live webinar: its nouns, each a file with its records, commands and views, and the table of all.

Adding a noun is a file here and a line in this table; codec, log, room and socket do not change.
"""

from webinar_server.limits import COMMANDS
from webinar_server.session import (
    attendance,
    chat,
    devices,
    ends,
    guests,
    moderation,
    people,
    polls,
    profile,
    programme,
    questions,
    spotlight,
    stage,
    supports,
    votes,
)
from webinar_server.session.programme import Session
from webinar_server.session.reactions import REACTIONS
from webinar_server.session.roles import ROLES
from webinar_server.state import Topic

SESSION = Topic(
    "session",
    roles=ROLES,
    itself=Session,
    attendance=attendance.ATTENDANCE,
    ends=ends.ENDS,
    paces=COMMANDS,
    reactions=REACTIONS,
    records=[
        *programme.RECORDS,
        *people.RECORDS,
        *devices.RECORDS,
        *chat.RECORDS,
        *questions.RECORDS,
        *supports.RECORDS,
        *stage.RECORDS,
        *polls.RECORDS,
        *votes.RECORDS,
        *ends.RECORDS,
    ],
    commands=[
        *programme.COMMANDS,
        *people.COMMANDS,
        *attendance.COMMANDS,
        *profile.COMMANDS,
        *devices.COMMANDS,
        *chat.COMMANDS,
        *questions.COMMANDS,
        *supports.COMMANDS,
        *moderation.COMMANDS,
        *spotlight.COMMANDS,
        *polls.COMMANDS,
        *votes.COMMANDS,
        *ends.COMMANDS,
        *guests.COMMANDS,
    ],
)
"""Everything a session's log can hold and everything that can be asked of it."""

__all__ = ["SESSION"]
