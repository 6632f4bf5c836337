"""One compression for all: frames deflated once, the same bytes for everybody who takes such (RFC 7692).

The server never refers to an earlier message (`server_no_context_takeover`), so a compressed frame depends on
nothing but itself, and no connection keeps anything. What is compressed may be laid out of pieces that were
compressed before, each when its text was new: a stream of whole deflate blocks that end on a byte (RFC 1951).

Never compressed together: one person's own and what others wrote, for lengths would tell of the one to whom
tries the other (as CRIME and BREACH did).
"""

from __future__ import annotations

import zlib

from webinar_server.live.telling.codec import payload_of, wrap

DEFLATED = 0x40
"""RSV1 of a message's first frame (RFC 7692, 6)."""

LEVEL = 6
WINDOW = 15
"""Bits. A whole state takes 1.4 times the bytes with 12, so who cannot read 15 gets plain frames."""

SMALLEST = 300
"""Bytes of a frame from which on it pays: below, ids and hashes are most of it."""

TAIL = b"\x00\x00\xff\xff"
"""How a piece ends (an empty stored block), and what a message leaves out at its end (RFC 7692, 7.2.1)."""

END = b"\x00"
"""Ends a message whose last piece is stored: the beginning of an empty stored block, without its tail."""

STORED_MAX = 0xFFFF


def deflated(frame: bytes) -> bytes:
    """A whole frame compressed; itself where it is small, or would not become smaller."""
    if len(frame) < SMALLEST:
        return frame
    smaller = wrap(frame[0] | DEFLATED, piece(payload_of(frame)).removesuffix(TAIL))
    return smaller if len(smaller) < len(frame) else frame


def piece(text: bytes, before: bytes = b"") -> bytes:
    """A text as deflate blocks that end on a byte; `before` stands right before it in each message."""
    stream = zlib.compressobj(
        LEVEL, zlib.DEFLATED, -WINDOW, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY, before
    )
    return stream.compress(text) + stream.flush(zlib.Z_SYNC_FLUSH)


def stored(text: bytes) -> bytes:
    """A short text as it is (RFC 1951, 3.2.4); what stands before it ends on a byte."""
    size = len(text)
    assert size <= STORED_MAX
    return b"\x00" + size.to_bytes(2, "little") + (size ^ STORED_MAX).to_bytes(2, "little") + text


class Forms:
    """One frame, plain and compressed; the latter is made when somebody first takes it."""

    __slots__ = ("_deflated", "plain")

    def __init__(self, plain: bytes) -> None:
        self.plain = plain
        self._deflated = b""

    def form(self, deflates: bool) -> bytes:
        if not deflates or not self.plain:
            return self.plain
        if not self._deflated:
            self._deflated = deflated(self.plain)
        return self._deflated
