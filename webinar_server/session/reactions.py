"""Reactions: a clap is worth seeing now and nothing tomorrow, so it never enters the log.

Reactions are counted per tick and sent as a pulse to everybody; nobody is told who reacted.
After the end it is worth nothing more, as everything else that is added; only hosts still may.
"""

from webinar_server.session.programme import Session
from webinar_server.session.roles import HOSTS
from webinar_server.state import Records, Role

REACTIONS = ("clap", "heart", "laugh", "wow", "idea", "agree")


def may_react(records: Records, role: Role) -> bool:
    return role in HOSTS or any(session.state != "closed" for session in records.all(Session))
