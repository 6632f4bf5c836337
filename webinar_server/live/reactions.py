"""Reactions: counted here for a moment, then told to the other workers' viewers as well; never in the log."""

from __future__ import annotations

from webinar_server.live.fanout import FanOut
from webinar_server.live.tally import Tally
from webinar_server.log import Log
from webinar_server.tasks import Tasks


class Reactions:
    """What the viewers of one room on this worker showed since the others were last told."""

    def __init__(self, topic: str, log: Log, fanout: FanOut, tasks: Tasks, pause: float) -> None:
        self._topic = topic
        self._log = log
        self._fanout = fanout
        self._tasks = tasks
        self._tally = Tally(pause, self._tell)

    def count(self, reaction: str) -> None:
        self._fanout.pulse(reaction)
        if self._log.shared:
            self._tally.count(reaction)

    def stop(self) -> None:
        """What was counted is shown now or never."""
        self._tally.stop()

    def _tell(self, counts: dict[str, int]) -> None:
        self._tasks.start(f"reactions of {self._topic}", self._log.react(self._topic, counts))
