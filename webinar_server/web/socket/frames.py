"""Frames from clients: decoded, bounded and checked before anything else looks at them.

A frame that cannot be understood raises Malformed with a code; the socket answers `error` and goes on, and
closes a client that keeps sending such.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import msgpack
import msgspec
import orjson

from webinar_server.errors import Malformed
from webinar_server.state import Position, Role

Topic = Annotated[str, msgspec.Meta(max_length=120)]
Ref = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Word = Annotated[str, msgspec.Meta(max_length=40)]
Seq = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Tag = Annotated[str, msgspec.Meta(max_length=64)]


NOWHERE = Position(0, "nowhere")


class _Frame(msgspec.Struct, frozen=True, tag_field="op", forbid_unknown_fields=True):
    """What all frames share: `op` says which it is, and no field is ignored."""


class Join(_Frame, frozen=True, tag="join"):
    """Follow a topic from a position, where one was told so as that role; or from nothing."""

    topic: Topic
    at: tuple[Seq, Tag] | None = None
    role: Word = ""

    def position(self, role: Role) -> Position | None:
        """For somebody of a role: who was another one has seen other things, and stands nowhere."""
        if self.at is None:
            return None
        return Position(*self.at) if self.role in ("", role) else NOWHERE


class Leave(_Frame, frozen=True, tag="leave"):
    """Stop following."""

    topic: Topic


class Do(_Frame, frozen=True, tag="do"):
    """A command, under the client's own ref."""

    topic: Topic
    ref: Ref
    command: Word
    args: dict[str, Any] = msgspec.field(default_factory=dict)


class Pulse(_Frame, frozen=True, tag="pulse"):
    """A reaction."""

    topic: Topic
    reaction: Word


class Ping(_Frame, frozen=True, tag="ping"):
    """Are you there?"""


Frame: TypeAlias = Join | Leave | Do | Pulse | Ping
_BY_OP: dict[Any, Any] = {"join": Join, "leave": Leave, "do": Do, "pulse": Pulse, "ping": Ping}


def decode(data: bytes, text: bool, limit: int) -> Frame:
    """One message as a frame. Raises Malformed `frame.too_large`, `.malformed` or `.invalid`."""
    if len(data) > limit:
        raise Malformed("frame.too_large", f"At most {limit} bytes; this is {len(data)}.")
    try:
        message = orjson.loads(data) if text else _unpack(data, limit)
    except (ValueError, msgpack.UnpackException, RecursionError):
        raise Malformed("frame.malformed", f"Not {'JSON' if text else 'msgpack'}.") from None
    try:
        op = message.get("op") if isinstance(message, dict) else None
        # one kind is a tenth of the work of all; what is none of them is told by all together
        kind = _BY_OP.get(op, Frame) if isinstance(op, str) else Frame
        frame: Frame = msgspec.convert(message, kind, strict=True)
        return frame
    except (msgspec.ValidationError, RecursionError) as error:
        raise Malformed("frame.invalid", str(error)[:200]) from None


def _unpack(data: bytes, limit: int) -> Any:
    return msgpack.unpackb(
        data,
        strict_map_key=True,
        ext_hook=_no_extensions,
        timestamp=0,
        max_str_len=limit,
        max_bin_len=0,
        max_array_len=256,
        max_map_len=32,
    )


def _no_extensions(code: int, data: bytes) -> Any:
    raise ValueError("no extension types")
