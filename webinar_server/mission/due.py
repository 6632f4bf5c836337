"""Due: what the server itself says in a mission once it is time."""

from __future__ import annotations

from webinar_server.mission import erasing, expiring, imports, meetings_keeping, missing, reminders
from webinar_server.state import Alarm, State


def due(state: State) -> Alarm | None:
    """The first of all there is."""
    alarms = (noun.due(state) for noun in (erasing, imports, expiring, meetings_keeping, missing, reminders))
    return min(filter(None, alarms), key=lambda alarm: alarm.at, default=None)
