"""Unknown topics: a log that was emptied knows less than its workers, so they are asked, too.

That costs every worker something, so it is rationed by who asks and remembered for a moment: nobody who
invents names keeps others from opening a session that was lost, or from creating one. What is remembered
spares the others, never the log itself, which may have been given the topic by another worker since.
"""

from __future__ import annotations

from collections.abc import Iterable

from webinar_server.clock import monotonic
from webinar_server.limits import UNKNOWN
from webinar_server.live.pace import Pace
from webinar_server.log import Log

SUMMON_S = 2.0
"""How long other workers have to bring a topic that the log does not know."""

REMEMBERED_S = 10.0
REMEMBERED_MAX = 1_000


class Unknown:
    """What was asked for lately and is with nobody."""

    def __init__(self, log: Log, pace: Pace) -> None:
        self._log = log
        self._pace = pace
        # until when each is not asked for again, the oldest first
        self._until: dict[str, float] = {}

    async def summon(self, topic: str, witnesses: Iterable[str], by: str | None) -> None:
        """Have the others bring what they have of a topic. `by` is whose limit counts, `None` where
        something else bounds how often.

        Raises Refusal `pace.unknown`.
        """
        now = monotonic()
        if self._until.get(topic, now) > now:
            return
        if by is not None:
            text = "Too many sessions that do not exist; please wait."
            self._pace.require(by, {"unknown sessions": UNKNOWN}, now, "pace.unknown", text)
        await self._log.summon(topic, frozenset(witnesses), SUMMON_S)
        self._until.pop(topic, None)
        self._until[topic] = monotonic() + REMEMBERED_S
        if len(self._until) > REMEMBERED_MAX:
            del self._until[next(iter(self._until))]
