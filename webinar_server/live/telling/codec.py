"""Codecs: frames for clients, as JSON (browsers) or msgpack (native clients), ready for the wire.

A record's view is encoded once and embedded as bytes in every frame that carries it; a frame is built once
and the same bytes go to every transport. The WebSocket header is part of the frame (RFC 6455, 5.2: server
frames are unmasked, and without extensions any writer of the transport may send whole frames).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias

import msgpack
import orjson

Encoded: TypeAlias = Mapping[str, Mapping[str, bytes]]
"""kind → id → an encoded view."""

TEXT, BINARY = 0x81, 0x82


class Codec(Protocol):
    """One of the two languages of the wire."""

    name: str

    def view(self, view: Any) -> bytes:
        """A record's view, to be embedded in frames."""

    def frame(self, message: Mapping[str, Any]) -> bytes:
        """A whole WebSocket frame with one message."""

    def state(self, head: Mapping[str, Any], put: Encoded, gone: Mapping[str, Sequence[str]]) -> bytes:
        """A whole `state` frame with views that are encoded already."""


class JsonCodec:
    """`webinar.v1.json`: text frames."""

    name = "webinar.v1.json"

    def view(self, view: Any) -> bytes:
        # kept for as long as the record is: orjson's own bytes hold on to a buffer of a kilobyte or more
        return memoryview(orjson.dumps(view)).tobytes()

    def frame(self, message: Mapping[str, Any]) -> bytes:
        # a Position is a tuple with names, which orjson takes only when told
        return wrap(TEXT, orjson.dumps(message, default=list))

    def state(self, head: Mapping[str, Any], put: Encoded, gone: Mapping[str, Sequence[str]]) -> bytes:
        fragments = {
            kind: {id: orjson.Fragment(view) for id, view in views.items()} for kind, views in put.items()
        }
        return self.frame({**head, "put": fragments, "gone": gone})


class MsgpackCodec:
    """`webinar.v1.msgpack`: binary frames of the same shapes."""

    name = "webinar.v1.msgpack"

    def view(self, view: Any) -> bytes:
        return bytes(msgpack.packb(view))

    def frame(self, message: Mapping[str, Any]) -> bytes:
        return wrap(BINARY, msgpack.packb(message))

    def state(self, head: Mapping[str, Any], put: Encoded, gone: Mapping[str, Sequence[str]]) -> bytes:
        pack = msgpack.Packer()
        parts = [pack.pack_map_header(len(head) + 2)]
        for key, value in {**head, "gone": gone}.items():
            parts += (pack.pack(key), pack.pack(value))
        parts += (pack.pack("put"), pack.pack_map_header(len(put)))
        for kind, views in put.items():
            parts += (pack.pack(kind), pack.pack_map_header(len(views)))
            for id, view in views.items():
                parts += (pack.pack(id), view)
        return wrap(BINARY, b"".join(parts))


def wrap(opcode: int, payload: bytes) -> bytes:
    """One unmasked, unfragmented WebSocket frame."""
    size = len(payload)
    if size < 126:
        return bytes((opcode, size)) + payload
    if size < 65_536:
        return bytes((opcode, 126)) + size.to_bytes(2, "big") + payload
    return bytes((opcode, 127)) + size.to_bytes(8, "big") + payload


JSON = JsonCodec()
MSGPACK = MsgpackCodec()
CODECS: Mapping[str, Codec] = {JSON.name: JSON, MSGPACK.name: MSGPACK}
