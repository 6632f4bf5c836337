"""The pure ground: records, drafts, entries and their hash chain, commands. No clock, random or I/O."""

from webinar_server.state.answers import Answer, Answered
from webinar_server.state.command import Actor, Command, Result, need_seen, run
from webinar_server.state.draft import Draft, Turn
from webinar_server.state.entry import (
    START,
    Change,
    Entry,
    Position,
    Sealed,
    chain,
    encode_body,
    follows,
    seal,
    unseal,
)
from webinar_server.state.erased import Erased
from webinar_server.state.erasing import (
    LogCut,
    drop_all,
    drop_own,
    erase_people,
    erased,
    erased_in,
    is_erased,
)
from webinar_server.state.errand import Errand, ErrandsDone, Taken, Taking, note, take, takings, undone
from webinar_server.state.forgotten import Forgotten
from webinar_server.state.identity import Identity, Permit
from webinar_server.state.record import Kinds, Private, Record, Records, Unseen, View, Window, replace, sees
from webinar_server.state.roles import Audience, Role, Roles
from webinar_server.state.snapshot import may_hold
from webinar_server.state.state import State
from webinar_server.state.topic import Alarm, Attendance, Borrows, Ends, Here, Lends, Topic

__all__ = [
    "START",
    "Actor",
    "Alarm",
    "Answer",
    "Answered",
    "Attendance",
    "Audience",
    "Borrows",
    "Change",
    "Command",
    "Draft",
    "Ends",
    "Entry",
    "Erased",
    "Errand",
    "ErrandsDone",
    "Forgotten",
    "Here",
    "Identity",
    "Kinds",
    "Lends",
    "LogCut",
    "Permit",
    "Position",
    "Private",
    "Record",
    "Records",
    "Result",
    "Role",
    "Roles",
    "Sealed",
    "State",
    "Taken",
    "Taking",
    "Topic",
    "Turn",
    "Unseen",
    "View",
    "Window",
    "chain",
    "drop_all",
    "drop_own",
    "encode_body",
    "erase_people",
    "erased",
    "erased_in",
    "follows",
    "is_erased",
    "may_hold",
    "need_seen",
    "note",
    "replace",
    "run",
    "seal",
    "sees",
    "take",
    "takings",
    "undone",
    "unseal",
]
