"""What a message is made of: from a frame to an entry, from that to the state, from the state to viewers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from loadtests.micro.room import PEOPLE, SAID, Counting, asked, committed, evening, next_entries, says
from webinar_server.live.committing import Batch
from webinar_server.live.telling.codec import CODECS, state_frame
from webinar_server.live.telling.fanout import FanOut
from webinar_server.live.telling.views import Lens
from webinar_server.live.worker import Worker
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.session import SESSION
from webinar_server.session.chat import Say
from webinar_server.settings import Settings
from webinar_server.state import Change, Sealed, State, seal, unseal
from webinar_server.web.socket.frames import Do, decode

DO = {"op": "do", "topic": "session/s", "ref": "m-1", "command": "say", "args": {"text": SAID}}


@pytest.fixture(scope="module")
def state() -> State:
    return evening()


def test_decode_and_parse(benchmark: Any) -> None:
    data = orjson.dumps(DO)

    def read() -> Say:
        frame = decode(data, True, 16_384)
        assert isinstance(frame, Do)
        return SESSION.parse(frame.command, frame.args)  # type: ignore[return-value]

    assert benchmark(read).text == SAID


@pytest.mark.parametrize("count", [1, 10, 100])
def test_batch(benchmark: Any, state: State, count: int) -> None:
    requests = says(count)
    assert len(benchmark(Batch, state, requests).entries) == count


def test_seal(benchmark: Any, state: State) -> None:
    [(entry, sealed)] = next_entries(state)
    assert benchmark(seal, state.position, entry) == sealed


def test_unseal(benchmark: Any, state: State) -> None:
    [(entry, sealed)] = next_entries(state)
    assert benchmark(unseal, sealed, state.kinds) == entry


def test_apply(benchmark: Any) -> None:
    state = evening()

    def following() -> tuple[tuple[Any, str], dict[str, Any]]:
        [(entry, sealed)] = next_entries(state)
        return (entry, sealed.tag), {}

    benchmark.pedantic(state.put, setup=following, rounds=3_000)


@pytest.mark.parametrize(("who", "missed"), [("live tick", 5), ("resume", 200), ("late joiner", None)])
def test_since(benchmark: Any, state: State, who: str, missed: int | None) -> None:
    seq = 0 if missed is None else state.position.seq - missed
    news: list[Change] = benchmark(state.since, seq)
    assert len(news) >= (missed or 0)


def test_commit_and_apply_a_say(benchmark: Any) -> None:
    """All that a message costs before viewers are told, without the log."""
    state = evening()
    done: list[tuple[Any, Sealed]] = benchmark.pedantic(
        committed, setup=lambda: ((state, [asked(Say(text=SAID))]), {}), rounds=3_000
    )
    assert len(done) == 1


TOPIC = "session/s"
AT_ONCE = Settings(fan_out_share=1e9, pause_least=0.0)
"""Flushes without a rest between them."""

codecs = pytest.mark.parametrize("codec", CODECS.values(), ids=CODECS.keys())


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
    fanout = FanOut(TOPIC, state, Worker(SqliteLog("."), AT_ONCE))
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
    fanout = FanOut(TOPIC, state, Worker(SqliteLog("."), AT_ONCE))
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
