"""Due: what the server itself says in a session once it is time."""

from __future__ import annotations

from webinar_server.session import letting_go, timing_out
from webinar_server.session.held import Held
from webinar_server.session.polls import running, sealing
from webinar_server.session.polls.poll import Poll
from webinar_server.session.timeouts import Timeout
from webinar_server.state import Alarm, Record, State

DUE_OF: tuple[type[Record], ...] = (Poll, Held, Timeout)
"""What the rules below look at."""


def due(state: State) -> Alarm | None:
    """The first of all there is."""
    alarms = (noun.due(state) for noun in (running, sealing, letting_go, timing_out))
    return min(filter(None, alarms), key=lambda alarm: alarm.at, default=None)
