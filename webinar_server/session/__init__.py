"""One live webinar: its nouns, each a file with its records, commands and views, and the table of all.

Adding a noun is a file here and a line in this table; codec, log, room and socket do not change.
"""

from webinar_server.limits import COMMANDS
from webinar_server.session import (
    answering,
    answers,
    asking,
    attendance,
    chat,
    devices,
    due,
    ends,
    erasing,
    feedback,
    guests,
    held,
    letting_go,
    members,
    moderation,
    pacing,
    people,
    planned,
    profile,
    programme,
    questions,
    spotlight,
    stage,
    supports,
    timeouts,
    timing_out,
    visits,
)
from webinar_server.session.polls import (
    counting,
    drafting,
    poll,
    results,
    running,
    said,
    sealing,
    splits,
    votes,
)
from webinar_server.session.reactions import REACTIONS, may_react
from webinar_server.session.roles import ROLES
from webinar_server.session.run import check, cues, cuts, records, segments, show
from webinar_server.session.tells import tells
from webinar_server.state import Topic

SESSION = Topic(
    "session",
    roles=ROLES,
    itself=programme.Session,
    nouns=[
        programme,
        planned,
        people,
        attendance,
        visits,
        profile,
        devices,
        guests,
        pacing,
        timeouts,
        timing_out,
        held,
        chat,
        letting_go,
        questions,
        asking,
        answers,
        supports,
        moderation,
        answering,
        stage,
        spotlight,
        poll,
        drafting,
        running,
        counting,
        votes,
        said,
        results,
        sealing,
        splits,
        feedback,
        records,
        segments,
        show,
        check,
        cuts,
        cues,
        ends,
        members,
        erasing,
    ],
    attendance=attendance.ATTENDANCE,
    ends=ends.ENDS,
    paces=COMMANDS,
    reactions=REACTIONS,
    may_react=may_react,
    tells=tells,
    due=due.due,
    borrows=planned.BORROWS,
    erases=lambda people: erasing.ForgetPeople(people=people),
)
"""Everything a session's log can hold and everything that can be asked of it."""

__all__ = ["SESSION"]
