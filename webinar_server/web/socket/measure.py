"""Measure: where a WebSocket frame from a client ends (RFC 6455, 5.2), without parsing it further.

Nearly every frame is one short masked message. Those are cut out and unmasked here, at a tenth of what the
library's parser costs; it still gets all the others, and decides about whatever is wrong with them.
"""

from __future__ import annotations

try:
    from websockets.speedups import apply_mask
except ImportError:
    from websockets.utils import apply_mask

MASKED = 0x80
MASK = 4


def measure(data: bytes, at: int) -> tuple[int, int]:
    """Where a frame's payload begins and where the frame ends, maybe beyond the data. 0 for the beginning if
    it is not masked, or the length is not all there yet."""
    size = len(data) - at
    if size < 2:
        return 0, at + 2
    second = data[at + 1]
    length, head = second & 0x7F, 2
    if length >= 126:
        head = 4 if length == 126 else 10
        if size < head:
            return 0, at + head
        length = int.from_bytes(data[at + 2 : at + head], "big")
    if not second & MASKED:
        return 0, at + head + length
    return at + head + MASK, at + head + MASK + length


def unmasked(data: bytes, start: int, end: int) -> bytes:
    """A masked payload as it was meant."""
    return apply_mask(data[start:end], data[start - MASK : start])


def is_utf8(payload: bytes) -> bool:
    """Whether a payload is text (RFC 6455, 8.1)."""
    try:
        payload.decode()
    except UnicodeDecodeError:
        return False
    return True
