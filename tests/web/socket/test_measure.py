"""Measuring frames: what is cut out without the library is what the library would have read."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from webinar_server.web.socket.measure import measure, unmasked

SIZES = (0, 1, 125, 126, 127, 65_535, 65_536, 70_000)


@pytest.mark.parametrize("size", SIZES)
def test_a_masked_frame_is_found_and_unmasked(size: int) -> None:
    payload = os.urandom(size)
    frame = Frame(Opcode.TEXT, payload).serialize(mask=True)
    before = b"\x8a\x80\x00\x00\x00\x00"
    start, end = measure(before + frame, len(before))
    assert end == len(before) + len(frame)
    assert unmasked(before + frame, start, end) == payload


@pytest.mark.parametrize("size", SIZES)
def test_a_frame_that_is_not_masked_has_an_end_and_no_payload_for_us(size: int) -> None:
    frame = Frame(Opcode.BINARY, bytes(size)).serialize(mask=False)
    assert measure(frame, 0) == (0, len(frame))


@given(st.integers(0, 66_000), st.integers(0, 20))
def test_of_a_part_the_end_is_beyond_it(size: int, given_bytes: int) -> None:
    frame = Frame(Opcode.TEXT, bytes(size)).serialize(mask=True)
    part = frame[: min(given_bytes, len(frame) - 1)]
    _, end = measure(part, 0)
    assert len(part) < end <= len(frame)


@given(st.lists(st.binary(max_size=300), max_size=8))
def test_frames_in_a_row_are_found_one_by_one(payloads: Sequence[bytes]) -> None:
    data = b"".join(Frame(Opcode.TEXT, payload).serialize(mask=True) for payload in payloads)
    at, found = 0, []
    while at < len(data):
        start, at = measure(data, at)
        found.append(unmasked(data, start, at))
    assert found == list(payloads)
