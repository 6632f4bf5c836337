"""From the state to viewers: views encoded into frames, and the flush of a full room."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from loadtests.micro.room import PEOPLE, Counting, committed, evening, says
from webinar_server.live.telling.codec import CODECS, state_frame
from webinar_server.live.telling.fanout import FanOut
from webinar_server.live.telling.views import Lens
from webinar_server.settings import Settings
from webinar_server.state import State

TOPIC = "session/s"
AT_ONCE = Settings(fan_out_share=1e9, pause_least=0.0)
"""Flushes without a rest between them."""

codecs = pytest.mark.parametrize("codec", CODECS.values(), ids=CODECS.keys())


@pytest.fixture(scope="module")
def state() -> State:
    return evening()


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@codecs
@pytest.mark.parametrize("messages", [1, 15])
def test_encode_a_tick(benchmark: Any, codec: Any, messages: int) -> None:
    """So many messages as views, and one frame of them."""
    state = evening(0)
    entries = committed(state, says(messages))
    records = [change.record for entry, _ in entries for change in entry.changes if change.record is not None]
    head = {"op": "state", "topic": TOPIC, "at": state.position}

    def encode() -> bytes:
        put: dict[str, dict[str, bytes]] = {}
        for record in records:
            put.setdefault(record.KIND, {})[record.id] = codec.view(record.view("attendee"))
        return state_frame(codec, head, put, {})

    assert len(benchmark(encode)) > 100 * messages


@codecs
def test_encode_the_whole_state(benchmark: Any, codec: Any, state: State) -> None:
    """For the first who joins; a lens that knows nothing yet."""

    def encode() -> int:
        bundle = Lens(TOPIC, "attendee", codec).bundle(state, 0)
        return sum(map(len, bundle.whole("person-0", reset=False)))

    assert benchmark(encode) > 50_000


@codecs
def test_a_late_joiner(benchmark: Any, codec: Any, state: State) -> None:
    """For all who join after the first, in the same tick."""
    fanout = FanOut(TOPIC, state, AT_ONCE)
    fanout.attach(Counting("person-0", "attendee", codec), None)

    def attach() -> Counting:
        viewer = Counting("person-1", "attendee", codec)
        fanout.attach(viewer, None)
        fanout.detach(viewer)
        return viewer

    assert benchmark(attach).frames


@codecs
@pytest.mark.parametrize("messages", [1, 15])
def test_flush(benchmark: Any, loop: asyncio.AbstractEventLoop, codec: Any, messages: int) -> None:
    """Tell 300 viewers of so many messages; about 20 µs of it are the loop's."""
    state = evening()
    fanout = FanOut(TOPIC, state, AT_ONCE)
    viewers = [Counting(f"person-{number}", "attendee", codec) for number in range(PEOPLE)]
    for viewer in viewers:
        fanout.attach(viewer, None)
    before = [viewer.frames for viewer in viewers]

    async def tell() -> None:
        told = loop.create_future()
        fanout.notify(lambda: told.set_result(None))
        await told

    def news() -> None:
        committed(state, says(messages))

    rounds = 300
    benchmark.pedantic(lambda: loop.run_until_complete(tell()), setup=news, rounds=rounds)
    assert [viewer.frames for viewer in viewers] == [frames + rounds for frames in before]
