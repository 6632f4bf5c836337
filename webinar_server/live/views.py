"""Views: what one class of viewers gets to see of a room's news, each record encoded once.

A `Lens` belongs to one audience and one codec and remembers the encoded view of each record version. A
`Bundle` is everything that changed since one seq, seen through a lens; viewers who see the same share one
frame, and a person who sees more (their own question, their vote) shares it with those who see the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from webinar_server.live.codec import Codec
from webinar_server.state import Audience, Change, Position, Record, State

Key = tuple[str, str]
Owned = Mapping[str, bytes]
"""person id → the encoded view that person has of one record."""

_NOBODY: Owned = {}


class Lens:
    """How one audience sees records, in one codec."""

    def __init__(self, topic: str, audience: Audience, codec: Codec) -> None:
        self.topic = topic
        self.audience = audience
        self.codec = codec
        self._views: dict[Key, tuple[Record, bytes | None, Owned]] = {}
        self._bundles: dict[int, Bundle] = {}
        self._at: Position | None = None

    def bundle(self, state: State, seq: int) -> Bundle:
        """What changed since `seq`; made once for all who stand there while the state stays the same."""
        if self._at != state.position:
            self._bundles.clear()
            self._at = state.position
        bundle = self._bundles.get(seq)
        if bundle is None:
            bundle = self._bundles[seq] = Bundle(self, state, seq)
        return bundle

    def see(self, record: Record, state: State) -> tuple[bytes | None, Owned]:
        """The encoded view of a record, and of those persons who see it differently."""
        key = (record.KIND, record.id)
        known = self._views.get(key)
        if known is None or known[0] is not record:
            view = record.view(self.audience)
            encoded = None if view is None else self.codec.view(view)
            known = self._views[key] = (record, encoded, self._owned(record, state))
        return known[1], known[2]

    def forget(self, key: Key) -> None:
        self._views.pop(key, None)

    def _owned(self, record: Record, state: State) -> Owned:
        if self.audience != "attendee":
            return _NOBODY
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

    def __init__(self, lens: Lens, state: State, seq: int) -> None:
        self._lens = lens
        self._head = {"op": "state", "topic": lens.topic, "at": state.position}
        self._put: dict[str, dict[str, bytes]] = {}
        self._gone: dict[str, list[str]] = {}
        self._owned: dict[str, list[tuple[str, str, bytes]]] = {}
        self._frames: dict[tuple[int, ...], tuple[bytes, ...]] = {}
        self._wholes: dict[bool, bytes] = {}
        self._collect(state, state.since(seq), fresh=seq == 0)

    def frames(self, person: str) -> tuple[bytes, ...]:
        """What one person is told of these news; nothing if there is nothing."""
        own = self._owned.get(person, ())
        key = tuple(id(view) for _, _, view in own)
        if key not in self._frames:
            self._frames[key] = self._merged(own)
        return self._frames[key]

    def whole(self, person: str, reset: bool) -> tuple[bytes, ...]:
        """All of it for somebody who attaches, even if it is nothing: a position is news too.

        What everybody sees is one frame shared by all who attach now; the person's own follows apart, so
        that three hundred joiners do not hold three hundred copies of the state.
        """
        if reset not in self._wholes:
            head = {**self._head, "reset": True} if reset else self._head
            self._wholes[reset] = self._lens.codec.state(head, self._put, self._gone)
        own = self._owned.get(person)
        return (self._wholes[reset], self._personal(own)) if own else (self._wholes[reset],)

    def _collect(self, state: State, changes: Iterable[Change], fresh: bool) -> None:
        for kind, id, record in changes:
            if self._lens.audience not in state.kinds[kind].SEEN_BY:
                continue
            view, owned = self._lens.see(record, state) if record else (None, _NOBODY)
            if record is None:
                self._lens.forget((kind, id))
            if view is not None:
                self._put.setdefault(kind, {})[id] = view
            elif not fresh:
                self._gone.setdefault(kind, []).append(id)
            for person, own in owned.items():
                self._owned.setdefault(person, []).append((kind, id, own))

    def _merged(self, own: Iterable[tuple[str, str, bytes]]) -> tuple[bytes, ...]:
        put, gone = self._put, self._gone
        if own:
            put = {kind: dict(views) for kind, views in put.items()}
            for kind, id, view in own:
                put.setdefault(kind, {})[id] = view
            gone = {kind: [id for id in ids if id not in put.get(kind, ())] for kind, ids in gone.items()}
        return (self._lens.codec.state(self._head, put, gone),) if put or gone else ()

    def _personal(self, own: Iterable[tuple[str, str, bytes]]) -> bytes:
        put: dict[str, dict[str, bytes]] = {}
        for kind, id, view in own:
            put.setdefault(kind, {})[id] = view
        return self._lens.codec.state(self._head, put, {})
