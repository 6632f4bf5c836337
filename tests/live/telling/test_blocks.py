"""All there is, in blocks: whatever changes, both forms say the same as a frame made in one go."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.session.client import payload
from webinar_server.live.telling import blocks
from webinar_server.live.telling.blocks import Blocks
from webinar_server.live.telling.codec import CODECS, JSON, Codec, state_frame
from webinar_server.live.telling.deflate import SMALLEST, deflated, stored

HEAD = {"op": "state", "topic": "session/s", "at": (7, "tag")}
KINDS = ("message", "person", "poll")
RECORDS = [(kind, f"{kind}-{number}") for kind in KINDS for number in range(30)]

codecs = pytest.mark.parametrize("codec", CODECS.values(), ids=CODECS.keys())
steps = st.lists(st.tuples(st.sampled_from(RECORDS), st.integers(0, 4)), min_size=1, max_size=150)


@codecs
@given(steps)
@settings(max_examples=60, deadline=None)
def test_both_forms_hold_what_is_there_after_any_changes(codec: Codec, history: list) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "FULL", 200)
        laid, there = Blocks(codec), {}
        for number, ((kind, id), version) in enumerate(history):
            if version:
                there[kind, id] = view = codec.view({"text": f"{id} " * version})
                laid.put(kind, id, view)
            else:
                there.pop((kind, id), None)
                laid.drop(kind, id)
            if number % 10 == 0:
                laid.tidy()
                same(laid, codec, there)
        same(laid, codec, there)


def same(laid: Blocks, codec: Codec, there: dict[tuple[str, str], bytes]) -> None:
    put: dict[str, dict[str, bytes]] = {}
    for (kind, id), view in there.items():
        put.setdefault(kind, {})[id] = view
    wanted = payload(state_frame(codec, HEAD, put, {}))
    for deflates in (False, True):
        frame = laid.frame(HEAD, deflates)
        assert bool(frame[0] & 0x40) == deflates
        # kinds and records may stand in another order, so the length tells that nothing stands twice
        assert len(payload(frame)) == len(wanted)
        if codec is JSON:
            assert json.loads(payload(frame)) == json.loads(wanted)


def filled(count: int) -> Blocks:
    laid = Blocks(JSON)
    for number in range(count):
        laid.put("message", f"m{number}", JSON.view({"text": f"what number {number} says of the matter"}))
    return laid


def counted(laid: Blocks, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Bytes of each text that is compressed for a joiner."""
    sizes: list[int] = []
    piece = blocks.piece
    with monkeypatch.context() as patch:
        patch.setattr(blocks, "piece", lambda text, after: sizes.append(len(text)) or piece(text, after))
        laid.frame(HEAD, deflates=True)
    return sizes


def test_for_the_next_joiner_only_what_changed_is_compressed(monkeypatch: pytest.MonkeyPatch) -> None:
    laid = filled(2_000)
    assert len(counted(laid, monkeypatch)) > 6
    assert counted(laid, monkeypatch) == []
    laid.put("message", "new", JSON.view({"text": "hello"}))
    assert len(counted(laid, monkeypatch)) == 1
    laid.drop("message", "m3")
    assert len(counted(laid, monkeypatch)) == 2, "its block, and the one that was compressed behind it"


def test_blocks_that_became_small_are_laid_together(monkeypatch: pytest.MonkeyPatch) -> None:
    laid = filled(4_000)
    for number in range(4_000):
        if number % 100:
            laid.drop("message", f"m{number}")
    laid.tidy()
    assert len(counted(laid, monkeypatch)) == 1


def test_blocks_are_hardly_longer_than_one_stream() -> None:
    laid = filled(2_000)
    whole = deflated(laid.frame(HEAD, deflates=False))
    assert payload(laid.frame(HEAD, deflates=True)) == payload(whole)
    assert len(laid.frame(HEAD, deflates=True)) < 1.15 * len(whole) < 0.2 * len(payload(whole))


def test_a_frame_is_compressed_only_where_that_makes_it_smaller() -> None:
    small = JSON.frame({"op": "pong", "text": "a" * (SMALLEST - 40)})
    assert deflated(small) is small
    large = JSON.frame({"op": "pong", "text": "a" * SMALLEST})
    assert len(deflated(large)) < 60 and payload(deflated(large)) == payload(large)
    noise = JSON.frame({"text": bytes(range(32, 127)).decode().translate({34: None, 92: None}) * 1})
    assert deflated(noise) is noise


def test_what_is_stored_says_its_length() -> None:
    """RFC 1951, 3.2.4."""
    assert stored(b"abc") == b"\x00\x03\x00\xfc\xffabc"
