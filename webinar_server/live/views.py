"""Views: what one class of viewers gets to see of a room's news, each record encoded once.

A `Lens` belongs to one audience and one codec and remembers, for each record, the encoded view and since
when it has been so. A change that an audience cannot see is therefore not told to it at all: neither that a
question is held, nor that one is next. A `Bundle` is the news since one seq, seen through a lens; viewers
who see the same share one frame, and a person who sees more (their own question, their vote) shares it with
those who see the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from webinar_server.live.codec import Codec
from webinar_server.state import Audience, Position, Record, State

Key = tuple[str, str]
Personal = Iterable[tuple[str, str, bytes | None]]
"""kind, id and encoded view of what one person sees differently; `None`: not any more."""

HALF = Position(0, "half")
"""No log's position: who comes back from there starts anew."""

GONE_KEPT = 10_000
"""More than a state keeps tombstones, so none is forgotten that a viewer can still ask for."""


class Seen(NamedTuple):
    """A record through a lens. `since` and `own_since` are the seqs at which that view was new."""

    record: Record
    base: bytes | None
    since: int
    owned: Mapping[str, bytes]
    own_since: Mapping[str, int]


class Lens:
    """How one audience sees records, in one codec."""

    def __init__(self, topic: str, audience: Audience, codec: Codec) -> None:
        self.topic = topic
        self.audience = audience
        self.codec = codec
        # what was looked at so far, up to which seq, and what went out of sight when
        self.seen: dict[Key, Seen] = {}
        self.gone: dict[Key, int] = {}
        self._at: Position | None = None
        # news by the seq they begin at, and whether they leave out what cannot have been seen to change
        self._bundles: dict[tuple[int, bool], Bundle] = {}

    def bundle(self, state: State, seq: int, everything: bool = False) -> Bundle:
        """The news since `seq`; made once for all who stand there while the state stays the same.

        `everything` is for whoever did not see the state at `seq` through this lens: they are told all that
        changed, since what they saw there may not be what this lens saw.
        """
        if self._at != state.position:
            self._look(state)
        key = (seq, everything)
        bundle = self._bundles.get(key)
        if bundle is None:
            bundle = self._bundles[key] = Bundle(self, state, seq, everything)
        return bundle

    def _look(self, state: State) -> None:
        self._bundles.clear()
        now = state.position.seq
        for kind, id, record in state.since(self._at.seq if self._at else 0):
            if self.audience in state.kinds[kind].SEEN_BY:
                if record is None:
                    self._lose((kind, id), now)
                else:
                    self._see((kind, id), record, state, now)
        self._at = state.position

    def _see(self, key: Key, record: Record, state: State, now: int) -> None:
        before = self.seen.get(key)
        view = record.view(self.audience)
        base = None if view is None else self.codec.view(view)
        owned = self._owned(record, state)
        since, own_since = now, dict.fromkeys(owned, now)
        if base == (before.base if before else None):
            had = before.owned if before else {}
            changed = {person for person in owned.keys() | had.keys() if owned.get(person) != had.get(person)}
            since = before.since if before else 0
            own_since = dict(before.own_since if before else {}) | dict.fromkeys(changed, now)
        self.seen[key] = Seen(record, base, since, owned, own_since)

    def _lose(self, key: Key, now: int) -> None:
        before = self.seen.pop(key, None)
        if before is not None and (before.base is not None or before.owned):
            self.gone[key] = now
            if len(self.gone) > GONE_KEPT:
                del self.gone[next(iter(self.gone))]

    def _owned(self, record: Record, state: State) -> dict[str, bytes]:
        if self.audience != "attendee":
            return {}
        # people who see alike are given the same view object by `own`, and share its bytes
        encoded: dict[int, bytes] = {}
        owned = {}
        for person, view in record.own(state).items():
            if id(view) not in encoded:
                encoded[id(view)] = self.codec.view(view)
            owned[person] = encoded[id(view)]
        return owned


class Bundle:
    """One lens's news since one seq, and the frames made of it."""

    def __init__(self, lens: Lens, state: State, seq: int, everything: bool) -> None:
        self._lens = lens
        self._head = {"op": "state", "topic": lens.topic, "at": state.position}
        self._put: dict[str, dict[str, bytes]] = {}
        self._gone: dict[str, list[str]] = {}
        self._owned: dict[str, list[tuple[str, str, bytes | None]]] = {}
        self._frames: dict[tuple[tuple[str, str, int], ...], bytes] = {}
        # what those are told who see no more than their audience
        self._common: bytes | None = None
        self._wholes: dict[tuple[bool, bool], bytes] = {}
        tag = state.tag(seq) if seq else None
        # where somebody stands who has heard only the half of it that all share
        self._half = HALF if tag is None else Position(seq, tag)
        for kind, id, record in state.since(seq):
            if lens.audience in state.kinds[kind].SEEN_BY:
                self._collect((kind, id), record is None, seq, everything)

    def frame(self, person: str) -> bytes:
        """What one person is told of these news; empty if there is nothing."""
        own = self._owned.get(person) if self._owned else None
        if own is None:
            if self._common is None:
                self._common = self._merged(())
            return self._common
        # equal views are one object, which lives as long as the bundle
        key = tuple((kind, name, id(view)) for kind, name, view in own)
        if key not in self._frames:
            self._frames[key] = self._merged(own)
        return self._frames[key]

    def whole(self, person: str, reset: bool) -> tuple[bytes, ...]:
        """All of it for somebody who attaches, even if it is nothing: a position is news too.

        What everybody sees is one frame shared by all who attach now; the person's own follows apart, so
        that three hundred joiners do not hold three hundred copies of the state. Only the second brings them
        to the position: whose line breaks between the two is told both again.
        """
        own = self._owned.get(person)
        shared = self._shared(reset, half=bool(own))
        return (shared, self._lens.codec.state(self._head, *_split(own))) if own else (shared,)

    def _shared(self, reset: bool, half: bool) -> bytes:
        key = (reset, half)
        if key not in self._wholes:
            head: dict[str, Any] = self._head | ({"at": self._half} if half else {})
            head |= {"reset": True} if reset else {}
            self._wholes[key] = self._lens.codec.state(head, self._put, self._gone)
        return self._wholes[key]

    def _collect(self, key: Key, lost: bool, seq: int, everything: bool) -> None:
        kind, id = key
        if lost:
            if everything or self._lens.gone.get(key, 0) > seq:
                self._gone.setdefault(kind, []).append(id)
            return
        seen = self._lens.seen[key]
        if everything or seen.since > seq:
            self._tell_all(kind, id, seen, seq)
            return
        for person, since in seen.own_since.items():
            if since > seq:
                self._tell(person, kind, id, seen.owned.get(person, seen.base))

    def _tell_all(self, kind: str, id: str, seen: Seen, seq: int) -> None:
        if seen.base is not None:
            self._put.setdefault(kind, {})[id] = seen.base
        elif seq > 0:
            self._gone.setdefault(kind, []).append(id)
        for person, view in seen.owned.items():
            self._tell(person, kind, id, view)

    def _tell(self, person: str, kind: str, id: str, view: bytes | None) -> None:
        self._owned.setdefault(person, []).append((kind, id, view))

    def _merged(self, own: Personal) -> bytes:
        put, gone = self._put, self._gone
        if own:
            mine, lost = _split(own)
            put = {kind: put.get(kind, {}) | mine.get(kind, {}) for kind in put.keys() | mine.keys()}
            gone = {kind: [*gone.get(kind, []), *lost.get(kind, [])] for kind in gone.keys() | lost.keys()}
            gone = {kind: [id for id in ids if id not in put.get(kind, ())] for kind, ids in gone.items()}
        return self._lens.codec.state(self._head, put, gone) if put or gone else b""


def _split(own: Personal) -> tuple[dict[str, dict[str, bytes]], dict[str, list[str]]]:
    """What a person's own news put, and what they take away."""
    put: dict[str, dict[str, bytes]] = {}
    gone: dict[str, list[str]] = {}
    for kind, id, view in own:
        if view is None:
            gone.setdefault(kind, []).append(id)
        else:
            put.setdefault(kind, {})[id] = view
    return put, gone
