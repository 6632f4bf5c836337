"""The lean audience: hears every mark however the bytes are cut, answers pings, comes back when asked to."""

from __future__ import annotations

import asyncio
import itertools
import re
import time

import pytest
from websockets.asyncio.server import Server, ServerConnection, serve

from loadtests.swarm import Swarm
from loadtests.viewer import MARK_BYTES, Ear, Speech, frame_bounds
from webinar_server.live.telling.codec import TEXT, wrap

MARKS = b"".join(b'{"text":"a sentence @%019d"},' % (number + 1) for number in range(20))
PLAIN = Speech(path="/", message='{"text":"MARK","ref":"NUMBER"}')


def heard(*pieces: bytes) -> int:
    ear, rest = Ear(), b""
    for piece in pieces:
        ear.free[: len(piece)] = piece
        rest = ear.hear(rest, len(piece))
    return len(ear.latencies)


@pytest.mark.parametrize("size", range(1, 2 * MARK_BYTES + 3))
def test_every_mark_is_heard_once_however_it_is_cut(size: int) -> None:
    pieces = [MARKS[at : at + size] for at in range(0, len(MARKS), size)]
    assert heard(*pieces) == 20


def test_what_only_looks_like_a_mark_is_not_heard() -> None:
    assert heard(b"ada@example @123", b"45 @", b"x") == 0


def test_a_latency_is_the_time_since_the_mark() -> None:
    ear, sent = Ear(), time.monotonic_ns() - 5_000_000
    mark = b"@%019d" % sent
    ear.free[:MARK_BYTES] = mark
    assert ear.hear(b"", MARK_BYTES) == b""
    assert 5_000_000 <= ear.latencies[0] < 1_000_000_000


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536])
def test_frames_of_every_length_are_told_apart(size: int) -> None:
    frame = wrap(TEXT, b"x" * size)
    assert frame_bounds(frame + b"more") == (len(frame) - size, len(frame))
    assert all(frame_bounds(frame[:cut]) is None for cut in (0, 1, len(frame) - 1))


# with a real server


def port_of(server: Server) -> int:
    return int(next(iter(server.sockets)).getsockname()[1])


async def test_what_one_says_is_heard_by_all_who_are_in() -> None:
    viewers: set[ServerConnection] = set()

    async def follow(viewer: ServerConnection) -> None:
        viewers.add(viewer)
        async for message in viewer:
            for each in viewers:
                await each.send(message)

    async with serve(follow, "127.0.0.1", 0) as server:
        swarm = Swarm(port_of(server))
        assert len(await swarm.come(PLAIN, [""] * 5)) == 5
        sent = await swarm.talk(rate=100, seconds=0.2)
        await swarm.settled(sent * 5, within=10)
        assert (sent, len(swarm.ear.latencies), swarm.lost()) == (20, 100, 0)
        swarm.leave()


@pytest.mark.parametrize("ours_or_theirs", [b"", b"4444"])
async def test_pings_are_answered_by_who_only_counts(ours_or_theirs: bytes) -> None:
    answers: asyncio.Queue[object] = asyncio.Queue()

    async def ping(viewer: ServerConnection) -> None:
        await (await viewer.ping(ours_or_theirs))
        await viewer.send("2")
        answers.put_nowait(await viewer.recv())

    async with serve(ping, "127.0.0.1", 0) as server:
        swarm = Swarm(port_of(server))
        await swarm.come(PLAIN, [""])
        async with asyncio.timeout(10):
            assert await answers.get() == "3"
        swarm.leave()


async def test_who_is_asked_to_come_later_does() -> None:
    """With 503 as our door says it, and from within, by a close with `retry_after`."""
    tries = itertools.count()

    async def door(connection: ServerConnection, request: object) -> object:
        if next(tries):
            return None
        response = connection.respond(503, "busy\n")
        response.headers["Retry-After"] = "0"
        return response

    async def follow(viewer: ServerConnection) -> None:
        if next(tries) < 3:
            await viewer.close(1013, '{"retry_after":0.1}')
        await viewer.send("ready")
        await viewer.wait_closed()

    async with serve(follow, "127.0.0.1", 0, process_request=door) as server:
        swarm = Swarm(port_of(server))
        await swarm.come(PLAIN._replace(ready=re.compile(b"ready")), [""])
        assert next(tries) == 5
        swarm.leave()


async def test_who_is_refused_for_good_says_why() -> None:
    async def door(connection: ServerConnection, request: object) -> object:
        return connection.respond(403, "not you\n")

    async def nobody(viewer: ServerConnection) -> None:
        raise AssertionError("nobody is let in")

    async with serve(nobody, "127.0.0.1", 0, process_request=door) as server:
        with pytest.raises(ConnectionError, match="403"):
            await Swarm(port_of(server)).come(PLAIN, [""])
