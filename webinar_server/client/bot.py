"""Bot: somebody who is a program. Comes in by a link, hears what changes, and does what people do.

async with Bot(link) as bot:
    async for change in bot:
        …
        await bot.do("say", text="hello")
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from webinar_server.client.connection import Connection
from webinar_server.client.conversation import Conversation, Done, Event, Here, News, Refused
from webinar_server.client.copy import Change, Record
from webinar_server.client.door import Request, Way, by_link, entered, entering

ENTER_WITHIN = 30.0
"""Seconds for the door to answer."""


class CommandRefused(Exception):
    """The server refused a command: its `code`, and `told`, the whole answer (docs/wire.md)."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__(f"{told['code']}: {told['text']}")
        self.code: str = told["code"]
        self.told = told


class Bot:
    """One of a session's people, from `async with` until its end.

    Iterating gives each record that changed since the bot came in; whoever is slow to look is told how a
    record was and is, and not what it was in between. It ends with Closed or Turned where the server ends it
    for good. With a `profile` it comes in through the door, as somebody of its own by a link that others
    have, too. `options` are those of `websockets.connect`. Raises ValueError for a link that is none.
    """

    def __init__(self, link: str, profile: dict[str, Any] | None = None, **options: Any) -> None:
        self._link = link
        self._profile = profile
        self._options = options
        self._topic = by_link(link).topic
        # a log remembers refs for minutes: no two bots may ever have the same
        self._conversation = Conversation(secrets.token_hex(6), random.random)
        self._copy = self._conversation.follow(self._topic)
        self._answers: dict[str, asyncio.Future[dict[str, Any]]] = {}
        # by kind and id, so that there are never more of them than records
        self._changes: dict[tuple[str, str], Change] = {}
        self._news = asyncio.Event()
        self._here = asyncio.Event()
        self._end: Exception | None = None

    @property
    def you(self) -> dict[str, Any]:
        """Who the server says the bot is: `id`, `name`, `role`."""
        return self._conversation.you

    def of(self, kind: str) -> Mapping[str, Record]:
        """All records of a kind as they are now, by id; nobody changes them."""
        return self._copy.of(kind)

    async def do(self, command: str, **args: Any) -> dict[str, Any]:
        """Do something; its result, however long the server is away meanwhile.

        Raises CommandRefused, Full where too much waits already, and what ended the bot.
        """
        if self._end is not None:
            raise self._end
        loop = asyncio.get_running_loop()
        asked = self._conversation.do(self._topic, command, args, loop.time())
        answer = self._answers[asked.ref] = loop.create_future()
        try:
            await self._connection.flush()
            result: dict[str, Any] = await answer
            return result
        finally:
            del self._answers[asked.ref]

    async def pulse(self, reaction: str) -> None:
        """React, like `clap`."""
        self._conversation.pulse(self._topic, reaction)
        await self._connection.flush()

    async def __aenter__(self) -> Bot:
        """Returns once the state is here. Raises NotIn, Closed or Turned where the bot may not be."""
        way = by_link(self._link) if self._profile is None else await _enter(self._link, self._profile)
        self._connection = Connection(way, self._conversation, self._hear, **self._options)
        self._living = asyncio.create_task(self._live(), name="bot")  # noqa: TID251 - this is the owner
        try:
            await self._here.wait()
        except asyncio.CancelledError:
            await self.__aexit__()
            raise
        if self._end is not None:
            raise self._end
        return self

    async def __aexit__(self, *error: object) -> None:
        self._living.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._living

    def __aiter__(self) -> Bot:
        return self

    async def __anext__(self) -> Change:
        while not self._changes:
            if self._end is not None:
                raise self._end
            self._news.clear()
            await self._news.wait()
        return self._changes.pop(next(iter(self._changes)))

    async def _live(self) -> None:
        self._end = await self._connection.live()
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(self._end)
        self._news.set()
        self._here.set()

    def _hear(self, event: Event) -> None:
        match event:
            case News(changes=changes, fresh=False):
                for change in changes:
                    self._note(change)
                self._news.set()
            case Here():
                self._here.set()
            case Done(asked, result):
                if (answer := self._waiting(asked.ref)) is not None:
                    answer.set_result(result)
            case Refused(asked, frame):
                if (answer := self._waiting(asked.ref)) is not None:
                    answer.set_exception(CommandRefused(frame))

    def _waiting(self, ref: str) -> asyncio.Future[dict[str, Any]] | None:
        answer = self._answers.get(ref)  # whoever asked may have given up
        return answer if answer is not None and not answer.done() else None

    def _note(self, change: Change) -> None:
        key = (change.kind, change.id)
        earlier = self._changes.get(key, change)
        if earlier.before is None and change.after is None:
            self._changes.pop(key, None)
        else:
            self._changes[key] = change._replace(before=earlier.before)


async def _enter(link: str, profile: dict[str, Any]) -> Way:
    """Through the door. Raises NotIn, or OSError where nobody answers."""
    status, cookies, body = await asyncio.to_thread(_post, entering(link, profile))
    return entered(link, status, cookies, body)


def _post(request: Request) -> tuple[int, list[str], bytes]:
    """Status, cookies and body of an answer."""
    asked = urllib.request.Request(request.url, request.body, request.headers, method="POST")
    try:
        with urllib.request.urlopen(asked, timeout=ENTER_WITHIN) as answer:
            return answer.status, answer.headers.get_all("Set-Cookie", []), answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, [], refused.read()
