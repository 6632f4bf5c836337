"""A mission whose letters go to a mail server of the test's own."""

from __future__ import annotations

import asyncio
import pathlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import msgspec
import pytest

from tests.mission.scene import CREATED
from tests.post.mailbox import Office
from tests.web.client import DEADLINE
from webinar_server.live.hub import Hub
from webinar_server.live.saying import say
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.mission import MISSION
from webinar_server.mission.letters import Letter, Post
from webinar_server.mission.mission import CreateMission
from webinar_server.post.mailer import Patience
from webinar_server.post.opening import open_post
from webinar_server.post.postman import Postman
from webinar_server.settings import Settings
from webinar_server.state import Answer, Result
from webinar_server.web.who.tokens import Signer

TOPIC = MISSION.topic(CREATED["mission"])
SECRET = "tests-have-one-of-their-own-b7Kx2mQ9vR4tZ8wY"
BASE = "https://live.example"
QUICK = Patience(connect=1.0, answer=1.0, letter=1.0)


class House:
    """A worker with its postman, and a mission `ev-2027` of Ori's."""

    def __init__(self, hub: Hub, postman: Postman | None) -> None:
        self.hub = hub
        self.postman = postman

    @classmethod
    async def opened(cls, log: Any, office: Office, begins: bool = True) -> House:
        settings = Settings(pace=False, smtp=office.url, smtp_from="post@live.example")
        hub = Hub(log, settings)
        await hub.open()
        if begins:
            outcome = await hub.begin(TOPIC, msgspec.convert(CREATED, CreateMission))
            assert isinstance(outcome, Answer)
        postman = open_post(hub, Signer(SECRET), BASE, QUICK)
        assert postman is not None
        hub.worker.tasks.start("post", postman.run())
        return cls(hub, postman)

    async def do(self, command: str, **args: Any) -> Result:
        """As an organiser, or the server."""
        room = await self.hub.room(TOPIC)
        assert room is not None
        named = msgspec.convert(args, MISSION.commands[command])
        outcome = await say(room, named)
        assert isinstance(outcome, Answer), outcome
        return outcome.result

    async def invite(self, name: str, **card: Any) -> str:
        card = {"email": f"{name.lower()}@example.org"} | card
        return str((await self.do("invite", name=name, **card))["id"])

    async def letter(self, id: str) -> Letter | None:
        room = await self.hub.room(TOPIC)
        return room and room.state.get(Letter, id)

    async def post(self) -> Post:
        room = await self.hub.room(TOPIC)
        assert room is not None
        return room.state.get(Post, "post") or Post(id="post")

    async def until(self, so: Callable[[Post], bool], within: float = DEADLINE) -> Post:
        """As soon as the post's counts are so."""
        async with asyncio.timeout(within):
            while not so(await self.post()):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        return await self.post()

    async def until_state(self, id: str, state: str, reason: str | None = None) -> Letter:
        found: list[Letter] = []

        def so(post: Post) -> bool:
            room = self.hub.worker.rooms[TOPIC]
            letter = room.state.get(Letter, id)
            found[:] = [letter] if letter else []
            return letter is not None and letter.state == state and reason in (None, letter.reason)

        await self.until(so)
        return found[0]

    async def close(self) -> None:
        if self.postman is not None:
            self.postman.stop()
        await self.hub.close()


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    opened = await Office().open()
    yield opened
    await opened.close()


@pytest.fixture
async def house(tmp_path: pathlib.Path, office: Office) -> AsyncIterator[House]:
    opened = await House.opened(SqliteLog(tmp_path), office)
    yield opened
    await opened.close()
