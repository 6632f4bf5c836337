"""Agenda: when the next letter of each mission is due, as far as a worker heard of any."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress

from webinar_server.clock import now_ms
from webinar_server.mission import MISSION
from webinar_server.mission.letters import BULK, Letter
from webinar_server.mission.sending import is_due, next_due
from webinar_server.state import Entry, State

LOOK_EACH = 60.0
"""Seconds after which it is looked whether a letter is due, whatever our clock says: clocks are set."""


class Agenda:
    """That of one worker; blank before it looked at all missions, and once another worker ended, in whose
    rooms there may be letters that nobody else knows of."""

    def __init__(self) -> None:
        # when the next letter of a topic is due (Unix ms)
        self._due: dict[str, int] = {}
        self._wake = asyncio.Event()
        self.is_blank = True

    @property
    def is_empty(self) -> bool:
        return not self._due

    def changed(self, topic: str, state: State, entry: Entry | None, ours: bool) -> None:
        """An entry was applied to a topic's state, or, without one, it was read anew."""
        if not _is_mission(topic):
            return
        if entry is None:
            self.plan(topic, next_due(state))
            return
        letters = [change.record for change in entry.changes if isinstance(change.record, Letter)]
        dues = [letter.due for letter in letters if letter.waiting]
        if dues:
            self.plan(topic, min([*dues, self._due.get(topic, dues[0])]))

    def lost(self) -> None:
        self.is_blank = True
        self.wake()

    def fill(self, topics: Iterable[str]) -> None:
        """Look at all of these now."""
        for topic in filter(_is_mission, topics):
            self.plan(topic, now_ms())
        self.is_blank = False

    def plan(self, topic: str, due: int | None) -> None:
        if due is None:
            self._due.pop(topic, None)
        else:
            self._due[topic] = due
            self.wake()

    def due(self, now: int) -> list[str]:
        """The topics that are looked at now (Unix ms)."""
        return [topic for topic, due in self._due.items() if due <= now]

    def seconds(self) -> float:
        """Until there is something to do."""
        if self.is_blank:
            return 0.0
        now = now_ms()
        return min(((due - now) / 1000 for due in self._due.values()), default=LOOK_EACH)

    def wake(self) -> None:
        self._wake.set()

    async def wait(self, seconds: float) -> None:
        """So long, or until something comes; not at all where it came since the last time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(min(seconds, LOOK_EACH)):
                await self._wake.wait()
        self._wake.clear()


def due_of(state: State, now: int) -> list[str]:
    """Letters that may be claimed, in the order in which they go: answers first, somebody waits for them."""
    due = [letter for letter in state.of(Letter, "waiting", "yes") if is_due(letter, now)]
    return [one.id for one in sorted(due, key=lambda one: (one.about in BULK, one.due, one.id))]


def _is_mission(topic: str) -> bool:
    return topic.startswith(MISSION.topic(""))
