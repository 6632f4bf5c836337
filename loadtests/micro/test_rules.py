"""From a frame to an entry: decode, parse, decide, seal; from an entry to the state: unseal, apply, since."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from loadtests.micro.room import SAID, asked, committed, evening, next_entries, says
from webinar_server.live.batch import Batch
from webinar_server.session import SESSION
from webinar_server.session.chat import Say
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
