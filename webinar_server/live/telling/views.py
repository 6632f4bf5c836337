"""Views: what one class of viewers gets to see of a room's news, each record encoded once.

A `Lens` belongs to one audience and one codec and keeps each record's encoded view. A `Bundle` is the news
since one seq, seen through a lens; `Everything` is what a joiner gets. What is news to whom the state knows
(`state/sight.py`): a change that an audience cannot see is not told to it, neither live nor later. Viewers
who see the same share one frame, plain or compressed as they take it (`deflate.py`); an owner (of a held
question, of a vote) gets their own with it.
"""

from __future__ import annotations

from collections.abc import Collection, Container
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from webinar_server.live.telling.blocks import Blocks
from webinar_server.live.telling.codec import Codec, state_frame
from webinar_server.live.telling.deflate import Forms, deflated
from webinar_server.state import Audience, Position, Record, State, sees

Key = tuple[str, str]
Own: TypeAlias = Collection[tuple[str, str, bytes | None]]
"""kind, id and encoded view of what one person sees differently; `None`: not any more."""

HALF = Position(0, "half")
"""No log's position: who comes back from there starts anew."""


class Lens:
    """How one audience sees records, in one codec."""

    def __init__(self, topic: str, audience: Audience, codec: Codec) -> None:
        self.topic = topic
        self.audience = audience
        self.codec = codec
        # the encoded view of each record, and since when it looks so
        self._views: dict[Key, tuple[int, bytes | None]] = {}
        self._at: Position | None = None
        # news by the seq they begin at
        self._bundles: dict[int, Bundle] = {}
        # all there is, as it was at a seq
        self._blocks = Blocks(codec)
        self._blocks_at = 0

    def bundle(self, state: State, seq: int) -> Bundle:
        """The news since `seq`; made once for all who stand there while the state stays the same."""
        if self._at != state.position:
            self._look(state)
        if seq not in self._bundles:
            self._bundles[seq] = Bundle(self, state, seq) if seq else Everything(self, state, seq)
        return self._bundles[seq]

    def blocks(self, state: State) -> Blocks:
        """All that the audience sees."""
        if self._blocks_at < state.horizon:
            # what went since then is not all known any more
            self._blocks, self._blocks_at = Blocks(self.codec), 0
        for kind, id, record in state.since(self._blocks_at):
            since = state.seen_since(kind, id, self.audience)
            if since > self._blocks_at:
                self._lay(kind, id, None if record is None else self.view(state, record))
        self._blocks.tidy()
        self._blocks_at = state.position.seq
        return self._blocks

    def view(self, state: State, record: Record) -> bytes | None:
        """What the whole audience sees of a record."""
        key = (record.KIND, record.id)
        since = state.seen_since(*key, self.audience)
        kept = self._views.get(key)
        if kept is None or kept[0] != since:
            kept = self._views[key] = (since, self.encoded(sees(record, self.audience)))
        return kept[1]

    def own(self, record: Record | None, person: str) -> bytes | None:
        """What one person sees of a record."""
        return self.encoded(sees(record, self.audience, person))

    def encoded(self, view: Any) -> bytes | None:
        return None if view is None else self.codec.view(view)

    def _lay(self, kind: str, id: str, view: bytes | None) -> None:
        if view is None:
            self._blocks.drop(kind, id)
        else:
            self._blocks.put(kind, id, view)

    def _look(self, state: State) -> None:
        self._bundles.clear()
        for kind, id, record in state.since(self._at.seq) if self._at else ():
            if record is None:
                self._views.pop((kind, id), None)
        self._at = state.position


class News(NamedTuple):
    """What changed: for all of an audience, and for each who sees something differently."""

    put: dict[str, dict[str, bytes]]
    gone: dict[str, list[str]]
    owned: dict[str, list[tuple[str, str, bytes | None]]]


class Bundle:
    """One lens's news since one seq, and the frames made of it."""

    def __init__(self, lens: Lens, state: State, seq: int) -> None:
        self._lens = lens
        self._state = state
        self._seq = seq
        self._of_people = lens.audience in state.kinds.roles.owning
        self._head = {"op": "state", "topic": lens.topic, "at": state.position}
        # frames of those who see more than their audience, and what all others are told
        self._frames: dict[str, bytes] = {}
        self._common: Forms | None = None
        self._wholes: dict[tuple[bool, bool, bool], bytes] = {}
        tag = state.tag(seq) if seq else None
        # where somebody stands who has heard only the half of it that all share
        self._half = HALF if tag is None else Position(seq, tag)

    def frame(self, person: str, deflates: bool = False) -> bytes:
        """What one person is told of these news; empty if there is nothing.

        Where it is their own with what others wrote, it is not compressed.
        """
        own = self._of(person)
        if not own:
            return self.common(deflates)
        if person not in self._frames:
            self._frames[person] = self._merged(own)
        return self._frames[person]

    def common(self, deflates: bool = False) -> bytes:
        """What those are told who see no more than their audience."""
        if self._common is None:
            self._common = Forms(self._merged(()))
        return self._common.form(deflates)

    @property
    def owners(self) -> Container[str]:
        """Those who may be told something else."""
        return self._news.owned

    def whole(self, person: str, reset: bool, deflates: bool = False) -> tuple[bytes, ...]:
        """All of it for somebody who attaches, even if it is nothing: a position is news too.

        What everybody sees is one frame shared by all who attach now; the person's own follows apart, so
        that three hundred joiners do not hold three hundred copies of the state. Only the second brings them
        to the position: whose line breaks between the two is told both again.
        """
        own = self._of(person)
        key = (reset, bool(own), deflates)
        if key not in self._wholes:
            head: dict[str, Any] = self._head | ({"at": self._half} if own else {})
            self._wholes[key] = self._shared(head | ({"reset": True} if reset else {}), deflates)
        if not own:
            return (self._wholes[key],)
        apart = state_frame(self._lens.codec, self._head, *_split(own))
        return (self._wholes[key], deflated(apart) if deflates else apart)

    @cached_property
    def _news(self) -> News:
        news = News({}, {}, {})
        for change in self._state.since(self._seq):
            self._collect(news, *change)
        return news

    def _of(self, person: str) -> Own:
        """What one person sees differently."""
        return self._news.owned.get(person, ())

    def _shared(self, head: dict[str, Any], deflates: bool) -> bytes:
        frame = state_frame(self._lens.codec, head, self._news.put, self._news.gone)
        return deflated(frame) if deflates else frame

    def _collect(self, news: News, kind: str, id: str, record: Record | None) -> None:
        """Tell the audience if its sight changed, and its owners then too; else those whose own did."""
        audience, sight = self._lens.audience, self._state.sight(kind, id)
        whose = {who for (where, who), at in sight.items() if who and where == audience and at > self._seq}
        if sight.get((audience, ""), 0) > self._seq:
            self._tell_all(news, kind, id, record)
            whose.update(record.owners if record is not None else ())
        if self._of_people:
            for person in whose:
                news.owned.setdefault(person, []).append((kind, id, self._lens.own(record, person)))

    def _tell_all(self, news: News, kind: str, id: str, record: Record | None) -> None:
        view = None if record is None else self._lens.view(self._state, record)
        if view is None:
            news.gone.setdefault(kind, []).append(id)
        else:
            news.put.setdefault(kind, {})[id] = view

    def _merged(self, own: Own) -> bytes:
        """One frame of the shared news and one person's own, which count where both speak of a record."""
        put, gone, _ = self._news
        if own:
            put = {kind: dict(views) for kind, views in put.items()}
            gone = {kind: list(ids) for kind, ids in gone.items()}
        for kind, id, view in own:
            put.get(kind, {}).pop(id, None)
            gone[kind] = [*filter(id.__ne__, gone.get(kind, ())), *([id] if view is None else ())]
            if view is not None:
                put.setdefault(kind, {})[id] = view
        gone = {kind: ids for kind, ids in gone.items() if ids}
        return state_frame(self._lens.codec, self._head, put, gone) if put or gone else b""


class _Everybody:
    def __contains__(self, person: object) -> bool:
        return True


class Everything(Bundle):
    """All there is, for who comes from nothing: laid out in blocks, and one's own found by who owns it."""

    owners = _Everybody()

    def _of(self, person: str) -> Own:
        if not self._of_people:
            return ()
        owned = self._state.owned(person)
        return [(each.KIND, each.id, self._lens.own(each, person)) for each in owned]

    def _shared(self, head: dict[str, Any], deflates: bool) -> bytes:
        return self._lens.blocks(self._state).frame(head, deflates)


def _split(own: Own) -> tuple[dict[str, dict[str, bytes]], dict[str, list[str]]]:
    """What a person's own news put, and what they take away."""
    put: dict[str, dict[str, bytes]] = {}
    gone: dict[str, list[str]] = {}
    for kind, id, view in own:
        if view is None:
            gone.setdefault(kind, []).append(id)
        else:
            put.setdefault(kind, {})[id] = view
    return put, gone
