"""A client that is sometimes away: merges the frames the server makes, and should then see what is there."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import msgpack
import orjson

from tests.session.scene import seen_by
from webinar_server.live.telling.codec import JSON, MSGPACK
from webinar_server.live.telling.views import Lens
from webinar_server.state import Audience, Position, State

DECODE: dict[str, Callable[[bytes], Any]] = {JSON.name: orjson.loads, MSGPACK.name: msgpack.unpackb}

Copy = dict[tuple[str, str], Any]


class Client:
    """Holds views as a browser does, by nothing but `put`, `gone` and `reset`."""

    def __init__(self, lens: Lens, person: str, deflates: bool = False) -> None:
        self.lens = lens
        self.person = person
        self.deflates = deflates
        self.copy: Copy = {}
        self.at: Position | None = None

    def follow(self, state: State) -> None:
        """A flush reaches it; it may have been skipped before, but stayed connected."""
        if self.at is None:
            return self.attach(state)
        frame = self.lens.bundle(state, self.at.seq).frame(self.person, self.deflates)
        if frame:
            self._merge(frame)
        self.at = state.position

    def attach(self, state: State) -> None:
        """It (re)connects: from where it stood if the server knows that place, else from nothing."""
        resumes = self.at is not None and state.knows(self.at)
        seq = self.at.seq if self.at is not None and resumes else 0
        reset = self.at is not None and not resumes
        for frame in self.lens.bundle(state, seq).whole(self.person, reset, self.deflates):
            self._merge(frame)

    def _merge(self, frame: bytes) -> None:
        message = DECODE[self.lens.codec.name](payload(frame))
        if message.get("reset"):
            self.copy = {}
        for kind, views in message["put"].items():
            self.copy |= {(kind, id): view for id, view in views.items()}
        for kind, ids in message["gone"].items():
            for id in ids:
                self.copy.pop((kind, id), None)
        self.at = Position(*message["at"])


def payload(frame: bytes) -> bytes:
    """What an unmasked WebSocket frame carries; each message is compressed by itself (RFC 7692)."""
    carried = frame[{126: 4, 127: 10}.get(frame[1], 2) :]
    if not frame[0] & 0x40:
        return carried
    stream = zlib.decompressobj(-15)
    text = stream.decompress(carried + b"\x00\x00\xff\xff")
    assert not stream.unused_data and not stream.eof
    return text


def truth(state: State, audience: Audience, person: str) -> Copy:
    """What somebody should see, record by record."""
    seen = {(record.KIND, record.id): seen_by(record, audience, person) for record in state.records()}
    return {key: orjson.loads(orjson.dumps(view)) for key, view in seen.items() if view is not None}
