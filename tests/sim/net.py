"""Net: the way between a worker and the log's server, and the weather on it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextvars import Context
from typing import Any

from tests.sim.log import SimLog
from tests.sim.store import Store
from webinar_server.errors import StorageError, Unanswered

PATIENCE = 2.0
"""Seconds an engine waits for an answer."""

NATURE = Context()
"""The context of what belongs to no worker."""


class Weather:
    """What befalls everybody's way to the server: chances for each request or message."""

    def __init__(self) -> None:
        self.up = True
        self.lose_answer = 0.0
        self.lose_news = 0.0
        self.double_news = 0.0
        self.slow_news = 0.0
        # requests whose answers are on their way
        self.answering = 0

    def clear(self) -> None:
        self.lose_answer = self.lose_news = self.double_news = self.slow_news = 0.0


def later(delay: float, call: Callable[..., None], *args: Any, context: Context = NATURE) -> None:
    asyncio.get_running_loop().call_later(delay, call, *args, context=context)


class Cable:
    """One worker's connections to the server; a `Network`."""

    def __init__(self, store: Store, weather: Weather, dice: random.Random) -> None:
        self.store = store
        self.weather = weather
        self._dice = dice
        # requests, or answers and news, do not get through
        self.cut_out = self.cut_in = False
        # the connection for news is being made again
        self._deaf = 0

    def cut(self, out: bool, back: bool) -> None:
        self.cut_out, self.cut_in = out, back

    def mend(self, log: SimLog) -> None:
        self.cut_out = self.cut_in = False
        self.reconnect(log)

    def reconnect(self, log: SimLog) -> None:
        """No news until the connection for them is there again; then whoever listens looks."""
        self._deaf += 1
        later(self._dice.uniform(0.02, 1.0), self._reconnected, log)

    def reachable(self) -> bool:
        return self.weather.up and not (self.cut_out or self.cut_in or self._deaf)

    # a Network

    def ask(self, run: Callable[[], Any], waiter: asyncio.Future[Any]) -> None:
        if not self.weather.up:
            later(self._latency(), self._fail, waiter, Unanswered("the log's server is away"))
        elif self.cut_out:
            later(PATIENCE, self._fail, waiter, Unanswered("the log does not answer"))
        else:
            later(self._latency(), self._arrive, run, waiter)

    def tell(self, log: SimLog, deliver: Callable[[], None]) -> None:
        if self._deaf or self.cut_in or not self.weather.up:
            self.store.seen["news were lost with a connection"] += 1
            return
        if self._dice.random() < self.weather.lose_news:
            self.store.seen["news were lost in silence"] += 1
            return
        delay = self._latency()
        if self._dice.random() < self.weather.slow_news:
            delay += self._dice.uniform(0.0, 3.0)
        assert log.context is not None
        later(delay, deliver, context=log.context)
        if self._dice.random() < self.weather.double_news:
            self.store.seen["news came twice"] += 1
            later(delay + self._dice.uniform(0.0, 2.0), deliver, context=log.context)

    def _arrive(self, run: Callable[[], Any], waiter: asyncio.Future[Any]) -> None:
        if not self.weather.up:
            later(self._latency(), self._fail, waiter, Unanswered("the log's server went away"))
            return
        self.store.now = asyncio.get_running_loop().time()
        value, error = attempt(run)
        if self.cut_in or self._dice.random() < self.weather.lose_answer:
            self.store.seen["an answer was lost"] += 1
            wait = PATIENCE if self.cut_in else self._dice.uniform(0.01, PATIENCE)
            later(wait, self._fail, waiter, Unanswered("the log did not answer"))
            return
        self.weather.answering += 1
        later(self._latency(), self._answer, waiter, value, error)

    def _answer(self, waiter: asyncio.Future[Any], value: Any, error: StorageError | None) -> None:
        self.weather.answering -= 1
        if error is not None:
            self._fail(waiter, error)
        elif not waiter.done():
            waiter.set_result(value)

    def _fail(self, waiter: asyncio.Future[Any], error: StorageError) -> None:
        if not waiter.done():
            waiter.set_exception(error)
            waiter.exception()

    def _reconnected(self, log: SimLog) -> None:
        if not self.weather.up or self.cut_out or self.cut_in:
            later(0.5, self._reconnected, log)
            return
        self._deaf -= 1
        if not self._deaf and log.context is not None:
            later(0.0, log.look_everywhere, context=log.context)

    def _latency(self) -> float:
        if self._dice.random() < 0.02:
            return self._dice.uniform(0.01, 0.15)
        return self._dice.uniform(0.0003, 0.003)


def attempt(run: Callable[[], Any]) -> tuple[Any, StorageError | None]:
    try:
        return run(), None
    except StorageError as error:
        return None, error
