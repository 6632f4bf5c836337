"""From bytes to rules and back, without a socket: decode, Connection, room, log; each answer is looked at."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from pathlib import Path
from typing import Any

import msgpack
import orjson

from tests.fuzz import LONG, OPEN, SEED, Faults
from tests.fuzz.frames import Frames, Message
from webinar_server.clock import fresh_id, now_ms
from webinar_server.errors import Malformed
from webinar_server.live.hub import Hub
from webinar_server.live.saying import say
from webinar_server.live.telling.codec import JSON, MSGPACK
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.session.programme import CreateSession, OpenSession
from webinar_server.session.roles import ROLES
from webinar_server.state import Identity
from webinar_server.web.sessions import create_session
from webinar_server.web.socket.admission import Admission
from webinar_server.web.socket.connection import Connection
from webinar_server.web.socket.frames import Do, Leave, Ping, Pulse, decode

FRAMES = 900_000 if LONG else 190_000
EACH = 2_000
"""Frames of one connection; the next has another seed, role and codec."""

EVERY = list(ROLES.audience_of)
SETTINGS = dataclasses.replace(OPEN, errors_max=1_000_000, inbox_max=1_000_000)
ERRORS = {"frame.too_large", "frame.malformed", "frame.invalid", "topic.forbidden", "pulse.unknown"}
ERRORS |= {"topic.not_joined"}
NEVER = {"command.failed", "room.failed", "log.unavailable"}
SLOWEST = 1.0


class Wire:
    """Where a connection writes to, kept."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.written, self.deflates = 0, False
        self.outlet = self
        self.ended: list[tuple[int, str]] = []
        self.transport = self

    def write(self, frame: bytes) -> None:
        self.frames.append(frame)
        self.written += len(frame)

    def offer(self, frame: bytes) -> bool:
        self.write(frame)
        return True

    def backlog(self) -> int:
        return 0

    def end(self, code: int, reason: str, patience: float | None = None) -> None:
        self.ended.append((code, reason))

    def said(self) -> list[dict[str, Any]]:
        """What was written since last asked."""
        frames, self.frames = self.frames, []
        return [_message(frame) for frame in frames]


def _message(frame: bytes) -> dict[str, Any]:
    begin = {126: 4, 127: 10}.get(frame[1], 2)
    message: dict[str, Any] = (
        orjson.loads(frame[begin:]) if frame[0] == 0x81 else msgpack.unpackb(frame[begin:])
    )
    return message


def shown(message: Message) -> str:
    return f"{'text' if message.text else 'binary'} {message.data[:2_000].hex()}"


class Somebody:
    """One connection that is fed, and what must come of each frame."""

    def __init__(self, hub: Hub, seed: int) -> None:
        self._hub = hub
        self._topic = f"session/z{seed}"
        self._role = EVERY[seed % len(EVERY)]
        self.frames = Frames(seed, self._topic, seed % 2 == 1, self._role)
        self._wire = Wire()
        self._asked: dict[str, int] = {}
        self.slowest = 0.0

    async def live(self, count: int) -> None:
        session = self._topic.removeprefix("session/")
        await create_session(self._hub, CreateSession(session=session, title="Fuzz"))
        live = await self._hub.room(self._topic)
        assert live is not None
        self._room = live
        await say(self._room, OpenSession())
        expires = now_ms() + 86_400_000
        who = Identity(
            id=fresh_id(), name="Zed", role=self._role, topic=f"session/{session}", expires=expires
        )
        codec = MSGPACK if self.frames.dice.random() < 0.5 else JSON
        self._connection = Connection(self._hub, Admission(self._hub), self._wire, who, codec)  # type: ignore[arg-type]
        self._connection.hello()
        await self._join()
        for number in range(count):
            message = self.frames.message()
            try:
                self._feed(message)
                if number % 40 == 0 or len(self._connection._waiting or ()) > 100:
                    await self._settle()
            except Exception as error:
                raise AssertionError(f"frame {number} {shown(message)}: {error!r}") from error
        await self._goodbye()

    async def _join(self) -> None:
        self._connection.received(orjson.dumps({"op": "join", "topic": self._topic}), True)
        while not any(said["op"] == "state" for said in self._wire.said()):  # noqa: ASYNC110
            await asyncio.sleep(0)

    def _feed(self, message: Message) -> None:
        limit = self._connection._frame_max
        try:
            frame = decode(message.data, message.text, limit)
        except Malformed as malformed:
            expected: Any = malformed.code
            assert expected.startswith("frame.") and malformed.text and len(malformed.text) <= 200
        else:
            expected = frame
        began = time.perf_counter()
        self._connection.received(message.data, message.text)
        self.slowest = max(self.slowest, time.perf_counter() - began)
        if isinstance(expected, Do):
            self._asked[expected.ref] = self._asked.get(expected.ref, 0) + 1
        elif self._connection._waiting is None:
            self._answered_at_once(expected)

    def _answered_at_once(self, expected: Any) -> None:
        """What needs no room has its answer before the next frame is looked at."""
        ops = [said["code"] if said["op"] == "error" else said["op"] for said in self._hear()]
        ops = [op for op in ops if op not in ("done", "refused", "state")]
        match expected:
            case str():
                assert ops == [expected], ops
            case Ping():
                assert ops == ["pong"], ops
            case Pulse() | Leave():
                assert ops in ([], ["pulse.unknown"], ["topic.not_joined"]), ops

    def _hear(self) -> list[dict[str, Any]]:
        said = self._wire.said()
        for message in said:
            if message["op"] in ("done", "refused"):
                left = self._asked[message["ref"]] - 1
                assert left >= 0, f"answered more often than asked: {message}"
                self._asked[message["ref"]] = left
                assert message.get("code") not in NEVER, message
                assert message["op"] == "done" or ("." in message["code"] and message["text"])
            elif message["op"] == "error":
                assert message["code"] in ERRORS and message["text"], message
            else:
                assert message["op"] in ("hello", "state", "pong", "pulse", "beat"), message
        return said

    async def _settle(self) -> None:
        await asyncio.sleep(0)
        while self._connection._waiting is not None:  # noqa: ASYNC110
            # more than 256 frames behind a join would be too many
            await asyncio.sleep(0)
        self._hear()
        if self.frames.dice.random() < 0.2:
            self.frames.ids = self._known()
            # whoever left is told only that; come back
            self._connection.received(orjson.dumps({"op": "join", "topic": self._topic}), True)

    def _known(self) -> list[str]:
        kinds = ("message", "question", "poll", "person")
        records = self._room.state._records
        return [id for kind in kinds for id in list(records[kind])[-3:]] or ["none"]

    async def _goodbye(self) -> None:
        """Everything asked is answered, and it is still understood."""
        async with asyncio.timeout(30):
            while any(self._asked.values()) or self._connection._waiting is not None:
                await asyncio.sleep(0.001)
                self._hear()
        self._connection.received(b'{"op":"ping"}', True)
        assert self._hear()[-1]["op"] == "pong"
        assert self._wire.ended == []
        self._connection.lost()


async def test_any_frame_has_its_answer_and_breaks_nothing(tmp_path: Path) -> None:
    hub = Hub(SqliteLog(tmp_path), SETTINGS)
    await hub.open()
    slowest = 0.0
    with Faults() as faults:
        for number in range(FRAMES // EACH):
            seed = SEED * 1_000_000 + number
            somebody = Somebody(hub, seed)
            try:
                await somebody.live(EACH)
            except Exception as error:
                raise AssertionError(f"seed {seed}: {error}") from error
            assert faults.seen == [], f"seed {seed}"
            slowest = max(slowest, somebody.slowest)
        await hub.close()
    assert faults.seen == []
    assert slowest < SLOWEST
