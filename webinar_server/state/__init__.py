"""The pure ground: records, drafts, entries and their hash chain, commands. No clock, random or I/O."""

from webinar_server.state.answers import Answer
from webinar_server.state.command import (
    HOSTS,
    PEOPLE,
    ROLES,
    Actor,
    Command,
    Result,
    Role,
    Schema,
    audience_of,
    need_seen,
    run,
)
from webinar_server.state.draft import Draft
from webinar_server.state.entry import START, Change, Entry, Position, Sealed, chain, follows, seal, unseal
from webinar_server.state.record import (
    AUDIENCES,
    OWNERS_AUDIENCES,
    Audience,
    Private,
    Record,
    View,
    replace,
    sees,
)
from webinar_server.state.state import State

__all__ = [
    "AUDIENCES",
    "HOSTS",
    "OWNERS_AUDIENCES",
    "PEOPLE",
    "ROLES",
    "START",
    "Actor",
    "Answer",
    "Audience",
    "Change",
    "Command",
    "Draft",
    "Entry",
    "Position",
    "Private",
    "Record",
    "Result",
    "Role",
    "Schema",
    "Sealed",
    "State",
    "View",
    "audience_of",
    "chain",
    "follows",
    "need_seen",
    "replace",
    "run",
    "seal",
    "sees",
    "unseal",
]
