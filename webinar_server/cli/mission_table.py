"""Mission table: what a log has of its missions, in figures, as the session table tells of sessions."""

from __future__ import annotations

import pathlib
from collections import Counter
from collections.abc import Sequence

from webinar_server.cli.session_table import Summary, drawn, states
from webinar_server.errors import StorageError
from webinar_server.mission import MISSION
from webinar_server.mission.mission import Mission
from webinar_server.mission.participants import Participant
from webinar_server.mission.programme import Slot
from webinar_server.state import State

COLUMNS = ("mission", "starts_on", "ends_on", "sessions", "here", "people", "title")
NONE = "there is no mission here yet; `webinar-server mission add` begins one"


async def summaries(data: pathlib.Path, redis: str | None, id: str | None = None) -> list[Summary]:
    """Of one mission, or of all. Raises StorageError where it is not there, or nothing can be read."""
    return [_summary(state) async for state in states(MISSION, data, redis, id)]


def table(rows: Sequence[Summary]) -> str:
    return drawn(rows, COLUMNS) if rows else NONE


def _summary(state: State) -> Summary:
    """`mission` is its id; `here` and `people` count participants, `entries` all that ever happened."""
    mission = next(iter(state.all(Mission)), None)
    if mission is None:
        raise StorageError(
            "a mission in this log does not say what it is; `webinar-server doctor` looks at it"
        )
    people = [*state.all(Participant)]
    return {
        "mission": mission.id,
        "title": mission.title,
        "starts_on": mission.starts_on,
        "ends_on": mission.ends_on,
        "places": dict(Counter(f"{place.name} ({place.zone})" for place in mission.places)),
        "entry": mission.entry,
        "sessions": state.count(Slot),
        "here": sum(one.here for one in people),
        "people": len(people),
        "states": dict(Counter(one.state for one in people)),
        "roles": dict(Counter(one.role for one in people)),
        "entries": state.position.seq,
    }
