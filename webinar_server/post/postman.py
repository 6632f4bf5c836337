"""Postman: sees to it that letters go out, one in each worker, whoever asked for them and whatever ends.

    a letter is queued, somewhere ──▶ its topic is due ──▶ is the mail server there? ──no──▶ say so, wait
                                          ▲                     │ yes
          others that are due ────────────┤           claim some in the log: each is one worker's
          put off, or claimed for long ───┘                     │ hand them over one by one, tell each

What there is to do stands in the missions' states and nowhere else, so whoever starts, or sees another end,
looks through all of them. Nothing is claimed while the mail server is away, so waiting costs the log nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from email.headerregistry import Address
from functools import partial
from typing import NamedTuple

from webinar_server import metrics
from webinar_server.clock import monotonic, now_ms
from webinar_server.errors import Refusal, StorageError
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import say
from webinar_server.mission.letters import AGAIN_MS, Letter, unsent
from webinar_server.mission.meetings_telling import is_stale
from webinar_server.mission.participants import Participant
from webinar_server.mission.sending import (
    ClaimLetters,
    LetterFailed,
    LetterSent,
    MailTrouble,
    PutBack,
    next_due,
)
from webinar_server.post.agenda import Agenda, due_of
from webinar_server.post.letter import Ways, mailbox, written
from webinar_server.post.mailer import Away, Line
from webinar_server.seldom import seldom
from webinar_server.state import Answer, Command

CLAIMED_AT_ONCE = 10
"""A worker that ends leaves so many of which nobody knows whether they went."""

BREATH = 0.05
"""Seconds at least between two looks at what is due."""

AGAIN_LEAST, AGAIN_MOST = 5.0, 120.0
"""Seconds after which a mail server, or a log, that was away is asked again."""

TOLD_WITHIN = 540.0
"""Seconds in which the log takes what came of a letter; after that another worker may claim it anyway."""


class Postman:
    """That of one worker. `line` opens a connection to the mail server."""

    def __init__(self, hub: Hub, line: Callable[[], Line], sender: Address, ways: Ways) -> None:
        self._hub = hub
        self._line = line
        self._sender = sender
        self._ways = ways
        self._agenda = Agenda()
        self._stopped = False
        self._pause = AGAIN_LEAST
        hub.worker.on_change.append(self._agenda.changed)
        hub.worker.on_loss.append(self._agenda.lost)

    async def run(self) -> None:
        """Send what is due, until told to stop."""
        while not self._stopped:
            try:
                if self._agenda.is_blank:
                    self._agenda.fill(await self._hub.worker.log.topics())
                await self._all_due()
            except StorageError as error:
                seldom.warning("letters wait for the log", error)
                await self._rest(AGAIN_LEAST)
            else:
                # not at once: by our clock it may be later than by the log's, or another worker was faster
                await self._agenda.wait(max(self._agenda.seconds(), BREATH))

    def stop(self) -> None:
        """Hand over the letter that is on its way, and no other."""
        self._stopped = True
        self._agenda.wake()

    # sending

    async def _all_due(self) -> None:
        """Some of each mission's in turn, so that none waits for another's thousands."""
        if self._agenda.is_empty:
            return
        now = await self._hub.worker.log.now()
        for topic in self._agenda.due(now):
            if self._stopped:
                return
            try:
                await self._due_in(topic, now)
            except Exception as error:
                # one that cannot be read, or a fault of ours, must not keep the letters of others
                seldom.error("letters of a mission wait", error, topic=topic)
                self._agenda.plan(topic, now + AGAIN_MS[0])

    async def _due_in(self, topic: str, now: int) -> None:
        room = await self._hub.room(topic)
        ids = due_of(room.state, now) if room is not None else []
        if room is not None and ids:
            await self._some_of(room, ids, now)
        else:
            self._agenda.plan(topic, next_due(room.state) if room is not None else None)

    async def _some_of(self, room: Room, ids: list[str], now: int) -> None:
        # where nothing went lately it may be that it takes letters no better than before
        ids = ids[: 1 if self._pause > AGAIN_LEAST else CLAIMED_AT_ONCE]
        try:
            async with self._line() as line:
                worker = self._hub.worker.name
                claim = ClaimLetters(worker=worker, letters=tuple(ids))
                outcome = await say(room, claim, at=now)
                if isinstance(outcome, Answer):
                    await self._hand_over(Round(room.topic, worker, line), outcome.result["letters"])
        except Away as away:
            metrics.LETTERS.labels("away").inc()
            seldom.warning("letters wait for the mail server", topic=room.topic, reason=away.trouble)
            await say(room, MailTrouble(trouble=away.trouble))
            self._pause, pause = min(2 * self._pause, AGAIN_MOST), self._pause
            await self._rest(pause)

    async def _rest(self, seconds: float) -> None:
        """Whatever is due meanwhile: the mail server is asked no sooner."""
        until = monotonic() + seconds
        while not self._stopped and monotonic() < until:
            await self._agenda.wait(until - monotonic())

    async def _hand_over(self, round: Round, letters: list[str]) -> None:
        """Raises Away and StorageError, once all is told."""
        left = list(letters)
        away: Exception | None = None
        async with asyncio.TaskGroup() as telling:
            while left and not (round.line.broke or self._stopped or away):
                try:
                    told = await self._handed(round, left[0])
                except (Away, StorageError) as problem:
                    away = problem
                else:
                    self._pause = AGAIN_LEAST
                    telling.create_task(self._tell(round.topic, told))
                    left.pop(0)
        if left:
            await self._tell(round.topic, PutBack(worker=round.worker, letters=tuple(left)))
        if away is not None:
            raise away

    async def _handed(self, round: Round, id: str) -> Command:
        """What came of a letter that is ours."""
        room = await self._opened(round.topic)
        letter = room.state.get(Letter, id)
        assert letter is not None
        to = room.state.get(Participant, letter.to)
        why = "out" if to is None else unsent(room.state, to, letter.about)
        now = now_ms()
        failed = partial(LetterFailed, letter=id, mark=letter.mark, worker=round.worker)
        if why or to is None:
            return failed(reason=why or "out")
        if is_stale(room.state, letter, now):
            return failed(reason="withdrawn")
        try:
            message = written(room.state, letter, self._sender, self._ways, now)
        except Exception as error:
            # a fault in one letter must not keep the others
            seldom.error("a letter could not be written", error, topic=round.topic)
            return failed(reason="refused", said="it could not be written")
        outcome = await round.line.hand(message, self._sender.addr_spec, mailbox(to.email))
        metrics.LETTERS.labels(outcome.what).inc()
        if outcome.what == "sent":
            return LetterSent(letter=id, mark=letter.mark)
        return failed(reason=outcome.what, said=outcome.said)

    async def _opened(self, topic: str) -> Room:
        room = await self._hub.room(topic)
        if room is None:
            raise StorageError("the mission of a letter is not there any more")
        return room

    async def _tell(self, topic: str, command: Command) -> None:
        """Say what came of letters, as long as nobody else may send them."""
        until = monotonic() + TOLD_WITHIN
        while monotonic() < until:
            try:
                outcome = await say(await self._opened(topic), command)
                if not isinstance(outcome, Refusal) or outcome.retry_after is None:
                    return
            except StorageError as error:
                seldom.warning("what came of a letter waits for the log", error, topic=topic)
            await asyncio.sleep(AGAIN_LEAST)


class Round(NamedTuple):
    """Letters of a topic that a worker claimed, and the connection over which they go."""

    topic: str
    worker: str
    line: Line
