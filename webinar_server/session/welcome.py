"""Welcome: what the door says before somebody is in, which session this is, when it is and who leads it."""

from __future__ import annotations

from operator import attrgetter

from webinar_server.session.ends import standing_of
from webinar_server.session.people import Person
from webinar_server.session.programme import Session
from webinar_server.session.roles import HOSTS
from webinar_server.state import Records, View

HOSTS_NAMED = 5


def welcome(records: Records) -> View | None:
    """The session's title, state and times, and the names of those who lead it and have come in so far: those
    who are here before others, at most so many. `None` where there is no session."""
    session = next(iter(records.all(Session)), None)
    if session is None:
        return None
    leading = [person for role in sorted(HOSTS) for person in records.of(Person, "role", role)]
    leading = [person for person in leading if standing_of(records, person.id).removed is None]
    leading.sort(key=lambda person: (not person.here, person.since, person.id))
    return {
        "title": session.title,
        "state": session.state,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "hosts": list(dict.fromkeys(map(attrgetter("name"), leading)))[:HOSTS_NAMED],
    }
