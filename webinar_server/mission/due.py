"""Due: what the server itself says in a mission once it is time."""

from __future__ import annotations

from webinar_server.mission import expiring, imports, meetings_keeping
from webinar_server.state import Alarm, State


def due(state: State) -> Alarm | None:
    """The first of all there is."""
    alarms = filter(None, (imports.due(state), expiring.due(state), meetings_keeping.due(state)))
    return min(alarms, key=lambda alarm: alarm.at, default=None)
