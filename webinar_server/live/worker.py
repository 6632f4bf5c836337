"""Worker: this process among those that share a log: its name, whether it lives, slept, and is in step.

    every third of a lease    say that we live ──▶ who else does ──▶ whose people each room lets go
    every half second         did the loop stand still? ──for longer than a lease──▶ start anew, by a new name
    every `compare_every`     the heads of all rooms ──one is not what it should be──▶ that room looks

Whether another has ended is judged only while we hear from the log ourselves: after an outage everybody gets
time to say so again. One that slept for longer than its lease (a stopped machine, a debugger) wakes up among
others that went on without it, so it tells nothing of what it held. And since news are hints, of which the
last may be lost, heads are compared: nothing else tells of that gap, or of a log that lost its end.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

from webinar_server import metrics
from webinar_server.clock import fresh_id, monotonic
from webinar_server.errors import StorageError
from webinar_server.live.pace import Pace
from webinar_server.live.telling.share import Share
from webinar_server.log import Log
from webinar_server.seldom import seldom
from webinar_server.settings import Settings
from webinar_server.state import Entry, Position, State
from webinar_server.tasks import Tasks
from webinar_server.words.kept import forget_words

if TYPE_CHECKING:
    from webinar_server.live.room import Room

ALONE = ""
"""The name of the only worker there can be, kept across restarts."""

TICK = 0.5
MISSED_MAX = 3
"""Comparisons after which a worker counts as out of step."""

Changed: TypeAlias = Callable[[str, State, Entry | None, bool], None]
"""Called with each entry that was applied to a topic's state, or without one where that was read anew; and
whether the entry is of this worker's own."""

log = logging.getLogger("webinar_server")


class Worker:
    """What all rooms of a process share. `rooms` are those that are open, as they come and go."""

    def __init__(self, log: Log, settings: Settings) -> None:
        self.log, self.settings = log, settings
        self.name = fresh_id() if log.shared else ALONE
        self.tasks = Tasks()
        self.pace = Pace(settings.pace)
        self.share = Share(settings)
        self.rooms: dict[str, Room] = {}
        # told of what changed in any room, that nothing is to be kept of what people said before, since some
        # are erased, or may be without our hearing; and that another worker ended, or may have while we slept
        self.on_change: list[Changed] = [self.pace.changed]
        self.on_erased: list[Callable[[], None]] = [forget_words]
        self.on_loss: list[Callable[[], None]] = []
        self.draining = False
        # when the loop was last seen to run, and all rooms found in step with the log (monotonic)
        self.awake_at = self._in_step_at = monotonic()
        self._begin()

    def _begin(self) -> None:
        # under this name (monotonic)
        self._began_at = monotonic()
        self._living: frozenset[str] = frozenset((self.name,))
        # all that ever lived, when each other one last did, and since when one is missing (monotonic)
        self._met: set[str] = {self.name}
        self._seen: dict[str, float] = {}
        self._missing: dict[str, float] = {}

    async def open(self) -> None:
        """Raises StorageError where the log cannot be used."""
        await self.log.open()
        await self.renew()
        self.awake_at = self._began_at = monotonic()
        self.tasks.start("lease", self._keep_lease())
        if self.log.shared:
            self.tasks.start("wakefulness", self._keep_awake())
            self.tasks.start("comparison", self._keep_comparing())

    async def close(self) -> None:
        """Give back the lease, close the log."""
        await self.tasks.stop()
        try:
            await self.log.release(self.name)
        except StorageError as error:
            # it runs out by itself
            seldom.info("the lease could not be given back", error)
        await self.log.close()

    async def check(self) -> None:
        """Raises StorageError with the reason where this worker should get no new viewers."""
        if self.draining:
            raise StorageError("this worker is on its way out")
        await self.log.check()
        for room in self.rooms.values():
            if room.mirror.unreadable:
                raise StorageError(room.mirror.unreadable)
        if self.late():
            raise StorageError("what is open here was not compared with the log lately")

    def forget(self) -> None:
        """Somebody was erased from a topic, or it was closed, so that nothing will tell us."""
        for tell in self.on_erased:
            tell()

    # who lives

    @property
    def others(self) -> frozenset[str]:
        """The other workers that live, as far as the log last told."""
        return self._living - {self.name}

    @property
    def witnesses(self) -> frozenset[str]:
        """The other workers that may hold what a log has lost: it may have lost their leases, too."""
        now = monotonic()
        return frozenset(other for other, at in self._seen.items() if now - at < 2 * self.settings.lease)

    async def find_witnesses(self) -> frozenset[str]:
        """The same, once all have had the time to say that they live if we only just began: where a log lost
        its end and their leases we would know nobody, or some alone."""
        if self.log.shared and monotonic() < self._heard_all_at:
            await asyncio.sleep(self._heard_all_at - monotonic())
            await self.renew()
        return self.witnesses

    @property
    def is_alone(self) -> bool:
        """Whether nobody else holds anything: all have had that time, and nobody has said so."""
        return not self.witnesses and (not self.log.shared or monotonic() >= self._heard_all_at)

    @property
    def _heard_all_at(self) -> float:
        return self._began_at + self.settings.lease / 2

    def missing(self, other: str) -> float:
        """Seconds since a worker was first found missing; 0 if it lives."""
        if other in self._living:
            return 0.0
        now = monotonic()
        return now - self._missing.setdefault(other, now)

    def met(self, other: str) -> bool:
        """Whether it ever lived while we did."""
        return other in self._met

    async def renew(self) -> bool:
        """Say that we live; tells whether the log answered."""
        try:
            self._living = await self.log.renew(self.name, self.settings.lease)
        except StorageError as error:
            metrics.LEASES_FAILED.inc()
            seldom.info("the lease could not be renewed", error)
            self._missing.clear()
            return False
        self._met |= self._living
        self._seen |= dict.fromkeys(self.others, monotonic())
        for other in self._living:
            self._missing.pop(other, None)
        return True

    async def _keep_lease(self) -> None:
        while True:
            await asyncio.sleep(self.settings.lease / 3)
            living = self._living
            if await self.renew():
                if living - self._living:
                    # what was to be done in rooms that it alone had open
                    self._lost()
                for room in list(self.rooms.values()):
                    room.presence.check()

    def _lost(self) -> None:
        for tell in self.on_loss:
            tell()

    # whether we slept

    def asleep(self, now: float) -> bool:
        """Whether this process was stopped for longer than its lease: nothing it holds may be told at `now`
        (monotonic). One that is the only one there is cannot miss anything."""
        return self.log.shared and now - self.awake_at > self.settings.lease

    async def _keep_awake(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            if self.asleep(monotonic()):
                await self._start_anew()
            self.awake_at = monotonic()

    async def _start_anew(self) -> None:
        log.warning("this process was stopped for longer than its lease; reading everything anew")
        metrics.ASLEEP.inc()
        metrics.ROOMS.set(0)
        dropped = list(self.rooms.values())
        self.rooms.clear()
        for room in dropped:
            await room.abandon()
        # under a new name: who was with the one that slept is let go like anybody whose worker ended, also
        # where nobody joins us again and no room is open here to see to it
        self.name = fresh_id()
        self._begin()
        await self.renew()
        # others may have ended meanwhile
        self._lost()

    # whether our rooms are in step

    def late(self) -> bool:
        """Whether nothing was compared lately though it should have been."""
        return self.log.shared and monotonic() - self._in_step_at > MISSED_MAX * self.settings.compare_every

    async def _keep_comparing(self) -> None:
        while True:
            await asyncio.sleep(self.settings.compare_every)
            stood = {topic: room.state.position for topic, room in self.rooms.items()}
            with suppress(StorageError):
                heads = await self.log.heads(stood)
                # one that cannot be brought in step must not keep the others from being looked at
                if all([await self._in_step(topic, head, stood[topic]) for topic, head in heads.items()]):
                    self._in_step_at = monotonic()

    async def _in_step(self, topic: str, head: Position, before: Position) -> bool:
        room = self.rooms.get(topic)
        if room is not None and room.mirror.suspect(head, before):
            metrics.GAPS.labels("head").inc()
            try:
                await room.mirror.look()
            except StorageError as error:
                seldom.info("not in step with the log", error, topic=topic)
                return False
        return True
