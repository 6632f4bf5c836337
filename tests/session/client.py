"""A client that is sometimes away: merges the frames the server makes, and should then see what is there.

Of a kind of which it was not told all it holds everything from one record on, and asks for older ones, as
docs/wire.md says; the answer may be long on its way.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any

import msgpack
import orjson

from tests.session.scene import seen_by
from webinar_server.errors import Refusal
from webinar_server.live.telling import place as telling
from webinar_server.live.telling.codec import JSON, MSGPACK
from webinar_server.live.telling.paging import asked_page
from webinar_server.live.telling.views import Lens
from webinar_server.state import Audience, Position, State

DECODE: dict[str, Callable[[bytes], Any]] = {JSON.name: orjson.loads, MSGPACK.name: msgpack.unpackb}

Copy = dict[tuple[str, str], Any]
Place = tuple[int, str]
"""Where a message stands among others."""

KIND = "message"


def place(id: str, view: Any) -> Place:
    return view["at"], id


class Client:
    """Holds views as a browser does, by nothing but `put`, `gone` and `reset`."""

    def __init__(self, lens: Lens, person: str, deflates: bool = False) -> None:
        self.lens = lens
        self.person = person
        self.deflates = deflates
        self.copy: Copy = {}
        self.at: Position | None = None
        self.seq = self.calm = 0
        # from where on it holds all messages, if there are older ones
        self.begins: Place | None = None
        # a page of them that is on its way, and what it was told of messages meanwhile
        self.page: Any = None
        self.meanwhile: dict[str, Any] = {}
        self.cuts = 0

    def follow(self, state: State) -> None:
        """A flush reaches it; it may have been skipped before, but stayed connected."""
        if self.at is None or self.calm < state.horizon:
            return self.attach(state)
        for frame in frames(self.lens.live(state, self.seq, self.calm).frame(self.person, self.deflates)):
            self._merge(frame)
        self._stand(state)
        self.at = telling.Place(state.position, self.calm).position()

    def attach(self, state: State) -> None:
        """It (re)connects: from where it stood if the server knows that place, else from nothing."""
        stood = telling.place(self.at) if self.at is not None else None
        resumes = stood is not None and stood.known(state)
        bundle = self.lens.bundle(state, *((stood.at.seq, stood.calm) if stood and resumes else (0, 0)))
        for frame in bundle.whole(self.person, stood is not None and not resumes, self.deflates):
            self._merge(frame)
        self._stand(state)

    def _stand(self, state: State) -> None:
        """As the room knows: it was told all there is but what its audience does not wait for."""
        self.seq, self.calm = state.position.seq, self.lens.calm.at

    def ask(self, state: State) -> None:
        """It wants to see older messages."""
        if self.begins is None or self.page is not None:
            return
        before = min(
            (place(id, view) for (kind, id), view in self.copy.items() if kind == KIND), default=None
        )
        try:
            whose = (self.lens.audience, self.person)
            answer = asked_page(state, KIND, *whose, before and before[1], count=2)
        except Refusal:
            return  # what it starts from is not there any more, as it is about to hear
        self.page, self.meanwhile = orjson.loads(answer), {}

    def answered(self) -> None:
        """The page is here. What it was told of meanwhile may be newer than what the page says of it."""
        if self.page is None:
            return
        views, older = self.page["put"][KIND], self.page["older"].get(KIND)
        self.page, self.begins = None, None if older is None else place(older, views[older])
        for id, view in (views | self.meanwhile).items():
            self._take(KIND, id, view)

    def page_to_the_end(self, state: State) -> None:
        self.answered()
        while self.begins is not None:
            self.ask(state)
            self.answered()

    def _merge(self, frame: bytes) -> None:
        message = DECODE[self.lens.codec.name](payload(frame))
        if message.get("reset"):
            self.copy, self.begins, self.page = {}, None, None
        for kind, older in message.get("older", {}).items():
            assert kind == KIND
            self.copy = {key: view for key, view in self.copy.items() if key[0] != kind}
            self.begins, self.page = place(older, message["put"][kind][older]), None
            self.cuts += 1
        for kind, views in message["put"].items():
            for id, view in views.items():
                self._hear(kind, id, view)
        for kind, ids in message["gone"].items():
            for id in ids:
                self._hear(kind, id, None)
        self.at = Position(*message["at"])

    def _hear(self, kind: str, id: str, view: Any) -> None:
        if kind == KIND:
            self.meanwhile[id] = view
        self._take(kind, id, view)

    def _take(self, kind: str, id: str, view: Any) -> None:
        """Older ones than it holds all of are left out, so that there are no holes."""
        if view is None:
            self.copy.pop((kind, id), None)
        elif kind != KIND or self.begins is None or place(id, view) >= self.begins:
            self.copy[kind, id] = view


def frames(told: bytes) -> Iterator[bytes]:
    """The whole ones that were told at once."""
    while told:
        start = {126: 4, 127: 10}.get(told[1], 2)
        end = start + (told[1] if start == 2 else int.from_bytes(told[2:start], "big"))
        yield told[:end]
        told = told[end:]


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


def window(right: Copy, begins: Place | None) -> Copy:
    """What of it somebody holds who holds messages from there on."""
    return {
        (kind, id): view
        for (kind, id), view in right.items()
        if kind != KIND or begins is None or place(id, view) >= begins
    }
