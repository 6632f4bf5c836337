"""Inflate: what clients compress, held to a bound before anything else looks at it (RFC 7692).

Each message by itself (`client_no_context_takeover`), so nothing is kept between two. A few bytes may be made
to stand for a thousand times as many; so a message has a size it may reach, at which inflating stops, and
what it came to counts for the pace of its socket like bytes that were sent.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from websockets.exceptions import NegotiationError
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory

from webinar_server.live.telling.deflate import TAIL, WINDOW


class TooLarge(Exception):
    """A message is larger than it may be."""


class _ForAll(ServerPerMessageDeflateFactory):
    """Takes an offer if what is compressed for everybody can be read by who makes it."""

    def process_request_params(self, params: Sequence[Any], accepted: Sequence[Any]) -> Any:
        answer, extension = super().process_request_params(params, accepted)
        if extension.local_max_window_bits < WINDOW:
            raise NegotiationError("one window for all")
        return answer, extension


OFFER = _ForAll(server_no_context_takeover=True, client_no_context_takeover=True)


def extension() -> PerMessageDeflate:
    """The library's side of it, for messages in fragments."""
    return PerMessageDeflate(True, True, zlib.MAX_WBITS, WINDOW)


def inflated(payload: bytes, most: int) -> bytes:
    """A message as it was meant. Raises TooLarge above `most` bytes, zlib.error for what is no deflate."""
    text = zlib.decompressobj(-zlib.MAX_WBITS).decompress(payload + TAIL, most + 1)
    if len(text) > most:
        raise TooLarge
    return text
