"""Unknown topics: a log that was emptied knows less than its workers, so they are asked, too.

That costs every worker something, so it is rationed by who asks and remembered for a moment: nobody who
invents names keeps others from opening a session that was lost, or from creating one. What is remembered
spares the others, never the log itself, which may have been given the topic by another worker since.
"""

from __future__ import annotations

from collections import OrderedDict

from webinar_server.clock import monotonic
from webinar_server.limits import UNKNOWN
from webinar_server.live.worker import Worker

SUMMON_S = 2.0
"""How long other workers have to bring a topic that the log does not know."""

REMEMBERED_S = 10.0
REMEMBERED_MAX = 1_000


class Unknown:
    """What was asked for lately and is with nobody."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        # until when each is not asked for again, the oldest first
        self._until: OrderedDict[str, float] = OrderedDict()

    async def summon(self, topic: str, by: str | None) -> None:
        """Have the others bring what they have of a topic. `by` is whose limit counts, `None` where
        something else bounds how often.

        Raises Refusal `pace.unknown`.
        """
        now = monotonic()
        if self._until.get(topic, now) > now:
            return
        if by is not None:
            text = "Too many sessions that do not exist; please wait."
            self._worker.pace.require(by, {"unknown sessions": UNKNOWN}, now, "pace.unknown", text)
        await self._worker.log.summon(topic, await self._worker.find_witnesses(), SUMMON_S)
        self._until.pop(topic, None)
        self._until[topic] = monotonic() + REMEMBERED_S
        if len(self._until) > REMEMBERED_MAX:
            self._until.popitem(last=False)
