"""Frames: the two languages of the wire, as bytes and as dicts."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

import msgpack
import orjson

SHARED = 64
"""Frames that a whole audience remembers having read."""


class Codec(NamedTuple):
    """One of them. Text frames are `str`, so that a WebSocket library knows which is which."""

    subprotocol: str
    encode: Callable[[dict[str, Any]], str | bytes]
    decode: Callable[[bytes], dict[str, Any]]


JSON = Codec("webinar.v1.json", lambda frame: orjson.dumps(frame).decode(), orjson.loads)
MSGPACK = Codec("webinar.v1.msgpack", msgpack.packb, msgpack.unpackb)


def shared(codec: Codec) -> Codec:
    """For many clients in one process: bytes that many got are read once; nobody changes what they say."""
    return codec._replace(decode=functools.lru_cache(maxsize=SHARED)(codec.decode))
