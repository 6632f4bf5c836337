"""Sealing: messages between workers carry 16 bytes of HMAC-SHA256 (RFC 2104) over channel and payload.

Whoever can reach the Redis can PUBLISH; only who has the server's secret can seal. A message sealed for one
topic is worth nothing on another's channel.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import msgpack

SEAL_BYTES = 16


class Sealer:
    """Seals messages with the first secret and opens them with any: while a key is changed, workers that have
    the new one already hear those that have not."""

    def __init__(self, *secrets: str) -> None:
        self._keys = [hashlib.sha256(b"webinar news\0" + secret.encode()).digest() for secret in secrets]

    def seal(self, channel: str, *told: Any) -> bytes:
        # the old format without a type for bytes, which is all that scripts in Redis can read
        payload = bytes(msgpack.packb(told, use_bin_type=False))
        return _mark(self._keys[0], channel, payload) + payload

    def open(self, channel: str, message: bytes) -> list[Any] | None:
        """What was told, text as bytes; `None` if no secret of ours sealed it for this channel."""
        mark, payload = message[:SEAL_BYTES], message[SEAL_BYTES:]
        if not any(hmac.compare_digest(mark, _mark(key, channel, payload)) for key in self._keys):
            return None
        told: list[Any] = msgpack.unpackb(payload, raw=True)
        return told


def _mark(key: bytes, channel: str, payload: bytes) -> bytes:
    return hmac.digest(key, channel.encode() + b"\0" + payload, "sha256")[:SEAL_BYTES]
