"""Codecs: frames for clients, as JSON (browsers) or msgpack (native clients), ready for the wire.

A record's view is encoded once and embedded as bytes in every frame that carries it; a frame is built once
and the same bytes go to every transport. The WebSocket header is part of the frame (RFC 6455, 5.2: server
frames are unmasked, and any writer of the transport may send whole ones).
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
    opcode: int
    between: bytes
    """Stands between two named views."""

    def view(self, view: Any) -> bytes:
        """A record's view, to be embedded in frames."""

    def named(self, id: str, view: bytes) -> bytes:
        """A view under its record's id, as it stands among those of its kind."""

    def frame(self, message: Mapping[str, Any]) -> bytes:
        """A whole WebSocket frame with one message."""

    def around(
        self, head: Mapping[str, Any], sizes: Mapping[str, int], gone: Mapping[str, Sequence[str]]
    ) -> list[bytes]:
        """A `state` frame's message without its views: what stands before each kind's, and after the last.
        `sizes` says how many there are of each kind."""


def state_frame(
    codec: Codec, head: Mapping[str, Any], put: Encoded, gone: Mapping[str, Sequence[str]]
) -> bytes:
    """A whole `state` frame with views that are encoded already."""
    around = codec.around(head, {kind: len(views) for kind, views in put.items()}, gone)
    parts = [around[0]]
    for views, after in zip(put.values(), around[1:], strict=True):
        named = (codec.named(id, view) for id, view in views.items())
        parts += (codec.between.join(named), after)
    return wrap(codec.opcode, b"".join(parts))


class JsonCodec:
    """`webinar.v1.json`: text frames."""

    name = "webinar.v1.json"
    opcode = TEXT
    between = b","

    def view(self, view: Any) -> bytes:
        # kept for as long as the record is: orjson's own bytes hold on to a buffer of a kilobyte or more
        return memoryview(orjson.dumps(view)).tobytes()

    def named(self, id: str, view: bytes) -> bytes:
        return orjson.dumps(id) + b":" + view

    def frame(self, message: Mapping[str, Any]) -> bytes:
        # a Position is a tuple with names, which orjson takes only when told
        return wrap(TEXT, orjson.dumps(message, default=list))

    def around(
        self, head: Mapping[str, Any], sizes: Mapping[str, int], gone: Mapping[str, Sequence[str]]
    ) -> list[bytes]:
        begins = orjson.dumps({**head, "gone": gone}, default=list)[:-1] + b',"put":{'
        kinds = [orjson.dumps(kind) + b":{" for kind in sizes]
        return (
            [begins + b"}}"]
            if not kinds
            else [begins + kinds[0], *(b"}," + kind for kind in kinds[1:]), b"}}}"]
        )


class MsgpackCodec:
    """`webinar.v1.msgpack`: binary frames of the same shapes."""

    name = "webinar.v1.msgpack"
    opcode = BINARY
    between = b""

    def view(self, view: Any) -> bytes:
        return bytes(msgpack.packb(view))

    def named(self, id: str, view: bytes) -> bytes:
        return bytes(msgpack.packb(id)) + view

    def frame(self, message: Mapping[str, Any]) -> bytes:
        return wrap(BINARY, msgpack.packb(message))

    def around(
        self, head: Mapping[str, Any], sizes: Mapping[str, int], gone: Mapping[str, Sequence[str]]
    ) -> list[bytes]:
        pack = msgpack.Packer()
        parts = [pack.pack_map_header(len(head) + 2)]
        for key, value in {**head, "gone": gone}.items():
            parts += (pack.pack(key), pack.pack(value))
        parts += (pack.pack("put"), pack.pack_map_header(len(sizes)))
        kinds = [pack.pack(kind) + pack.pack_map_header(size) for kind, size in sizes.items()]
        begins = b"".join(parts)
        return [begins] if not kinds else [begins + kinds[0], *kinds[1:], b""]


def wrap(opcode: int, payload: bytes) -> bytes:
    """One unmasked, unfragmented WebSocket frame."""
    size = len(payload)
    if size < 126:
        return bytes((opcode, size)) + payload
    if size < 65_536:
        return bytes((opcode, 126)) + size.to_bytes(2, "big") + payload
    return bytes((opcode, 127)) + size.to_bytes(8, "big") + payload


def payload_of(frame: bytes) -> bytes:
    """What such a frame carries."""
    return frame[{126: 4, 127: 10}.get(frame[1], 2) :]


JSON = JsonCodec()
MSGPACK = MsgpackCodec()
CODECS: Mapping[str, Codec] = {JSON.name: JSON, MSGPACK.name: MSGPACK}
