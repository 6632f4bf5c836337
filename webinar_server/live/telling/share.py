"""Share: the part of a worker that telling viewers may use, among all rooms that are busy on it.

Each busy room may use as much as any other; what a cheap one leaves goes to those that cost more. So ten
busy rooms use no more than one, as far as their pauses may grow for it. Where telling would be more than half
of what the worker does all the same, they grow on, so that it does not fall behind instead.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from webinar_server.settings import Settings

BUSY = 2.0
"""Pauses after a flush for which a room counts as busy."""


class Share:
    """Of one worker. Costs are seconds of processor time for a flush, times monotonic seconds."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        # what all flushes cost so far
        self.spent = 0.0
        # by room what its last flush cost, and until when it counts
        self._busy: dict[Hashable, tuple[float, float]] = {}

    def pause(self, room: Hashable, cost: float, now: float) -> float:
        """Seconds until a room may tell again, whose flush that just ended cost so much."""
        settings = self._settings
        self._busy = {each: busy for each, busy in self._busy.items() if busy[1] > now and each is not room}
        others = [each for each, _ in self._busy.values()]
        part = _part((*others, cost), settings.fan_out_share * settings.pause_least) / settings.pause_least
        most = max(settings.pause_most, sum(others) / settings.fan_out_most)
        pause = min(max(cost / part, settings.pause_least), most)
        self._busy[room] = (cost, now + BUSY * pause)
        return pause


def _part(wants: Iterable[float], all_of_it: float) -> float:
    """What each may have at most, so that together they have no more than all of it (max-min fairness)."""
    ordered = sorted(wants)
    for number, want in enumerate(ordered):
        part = all_of_it / (len(ordered) - number)
        if want > part:
            return part
        all_of_it -= want
    return ordered[-1] + all_of_it
