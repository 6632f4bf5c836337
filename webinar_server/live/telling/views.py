"""Views: what one class of viewers gets to see of a room's news, each record encoded once.

A `Bundle` is the news since one seq, seen through a lens (`lens.py`); `Everything` is what a joiner gets.
What is news to whom the state knows (`state/sight.py`): a change that an audience cannot see is not told to
it, neither live nor later. Viewers who see the same share one frame, plain or compressed as they take it
(`deflate.py`); an owner (of a held question, of a vote) gets their own with it.

Of a kind with a window a joiner is told the newest, and so is somebody who missed more than they can be told
at once. Such a frame says in `older` before which of them there is more: of that kind it is all one holds.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from functools import cached_property
from typing import Any

from webinar_server.live.telling.calm import Calm
from webinar_server.live.telling.codec import Codec, state_frame
from webinar_server.live.telling.deflate import Forms, deflated
from webinar_server.live.telling.encoded import Encoded
from webinar_server.live.telling.news import News, Own, split
from webinar_server.live.telling.place import Place
from webinar_server.state import Audience, Position, Record, State

MUCH = 16 * 1024
"""Bytes of shared news from which on one's own come in a frame apart."""

HALF = Position(0, "half")
"""No log's position: who comes back from there starts anew."""


class Lens(Encoded):
    """What one audience is told of a topic, in one codec."""

    def __init__(self, topic: str, audience: Audience, codec: Codec) -> None:
        super().__init__(audience, codec)
        self.topic = topic
        self._at: tuple[Position, int] | None = None
        self.calm = Calm(audience)
        # news by where they begin
        self._bundles: dict[tuple[int, int], Bundle] = {}

    def bundle(self, state: State, seq: int, calm: int | None = None) -> Bundle:
        """The news since `seq`, of what nobody waits for since `calm`; made once for all who stand there."""
        self.calm.settle(state, due=False)
        if self._at != (state.position, self.calm.at):
            self._look(state)
        where = (seq, seq if calm is None else calm)
        if where not in self._bundles:
            self._bundles[where] = (Bundle if seq else Everything)(self, state, *where)
        return self._bundles[where]

    def live(self, state: State, seq: int, calm: int) -> Bundle:
        """The same to who is connected: what nobody waits for once it is time for it."""
        return self.bundle(state, seq, calm if calm < self.calm.at else state.position.seq)

    def clear(self) -> None:
        super().clear()
        self._bundles.clear()

    def _look(self, state: State) -> None:
        self._bundles.clear()
        for kind, id, record in state.since(self._at[0].seq) if self._at else ():
            if record is None:
                self.forget(kind, id)
        self._at = (state.position, self.calm.at)


class Bundle:
    """One lens's news since one seq, and since `calm` of what nobody waits for, and the frames made of it."""

    def __init__(self, lens: Lens, state: State, seq: int, calm: int) -> None:
        self._lens = lens
        self._state = state
        self._seq = seq
        self._calm = calm
        self._of_people = lens.audience in state.kinds.roles.owning
        self._head = {
            "op": "state",
            "topic": lens.topic,
            "at": Place(state.position, lens.calm.at).position(),
        }
        self._common: Forms | None = None
        self._wholes: dict[tuple[bool, bool, bool], bytes] = {}
        tag = state.tag(seq) if seq else None
        # where somebody stands who has heard only the half of it that all share
        self._half = HALF if tag is None or calm > seq else Place(Position(seq, tag), calm).position()

    def frame(self, person: str, deflates: bool = False) -> bytes:
        """What one person is told of these news; empty if there is nothing.

        Their own with what others wrote is not compressed. Of much it is two frames, as at a join: hundreds
        may have something of their own.
        """
        own = self._of(person)
        if not own:
            return self.common(deflates)
        if len(self.common()) > MUCH:
            return b"".join(self.whole(person, False, deflates))
        return self._merged(own)

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
        apart = state_frame(self._lens.codec, self._head, *split(own))
        return (self._wholes[key], deflated(apart) if deflates else apart)

    @cached_property
    def _news(self) -> News:
        news = News({}, {}, {}, {})
        for change in self._state.since(min(self._seq, self._calm)):
            self._collect(news, *change)
        for kind, window in self._state.kinds.windows.items():
            if len(news.put.get(kind, ())) > window.missed:
                self._tell_newest(news, kind)
        return news

    def _of(self, person: str) -> Own:
        """What one person sees differently."""
        # made as somebody is told: of thousands who are listed few are here
        owned = self._news.owned.get(person, ())
        return [(kind, id, self._lens.own(record, person)) for kind, id, record in owned]

    def _shared(self, head: dict[str, Any], deflates: bool) -> bytes:
        head = _beginning(head, self._news.older)
        frame = state_frame(self._lens.codec, head, self._news.put, self._news.gone)
        return deflated(frame) if deflates else frame

    def _collect(self, news: News, kind: str, id: str, record: Record | None) -> None:
        """Tell the audience if its sight changed, and its owners then too; else those whose own did."""
        audience, sight = self._lens.audience, self._state.sight(kind, id)
        whose = {who for (where, who), at in sight.items() if who and where == audience and at > self._seq}
        seen = sight.get((audience, ""), 0)
        is_told = seen > (self._calm if self._lens.calm.includes(self._state, kind) else self._seq)
        if is_told:
            self._tell_all(news, kind, id, record)
        if record is not None and (is_told or seen > self._seq):
            whose.update(record.owners)
        if self._of_people:
            for person in whose:
                news.owned.setdefault(person, []).append((kind, id, record))

    def _tell_all(self, news: News, kind: str, id: str, record: Record | None) -> None:
        view = None if record is None else self._lens.view(self._state, record)
        if view is None:
            news.gone.setdefault(kind, []).append(id)
        else:
            news.put.setdefault(kind, {})[id] = view

    def _tell_newest(self, news: News, kind: str) -> None:
        """Instead of more than can be told at once."""
        newest = self._lens.newest(self._state, kind)
        news.put[kind] = newest.views
        news.gone.pop(kind, None)
        news.older[kind] = oldest = next(iter(newest.views))
        for own in news.owned.values():
            own[:] = [each for each in own if each[0] != kind]
        for record in self._state.order(kind).back() if self._of_people else ():
            for person in record.owners:
                own = news.owned.setdefault(person, [])
                own.append((kind, record.id, record))
            if record.id == oldest:
                break

    def _merged(self, own: Own) -> bytes:
        """One frame of the shared news and one person's own, which count where both speak of a record."""
        put, gone, _, older = self._news
        if own:
            put = {kind: dict(views) for kind, views in put.items()}
            gone = {kind: list(ids) for kind, ids in gone.items()}
        for kind, id, view in own:
            put.get(kind, {}).pop(id, None)
            gone[kind] = [*filter(id.__ne__, gone.get(kind, ())), *([id] if view is None else ())]
            if view is not None:
                put.setdefault(kind, {})[id] = view
        gone = {kind: ids for kind, ids in gone.items() if ids}
        head = _beginning(self._head, older)
        return state_frame(self._lens.codec, head, put, gone) if put or gone else b""


class _Everybody:
    def __contains__(self, person: object) -> bool:
        return True


class Everything(Bundle):
    """All there is, for who comes from nothing: laid out in blocks, and one's own found by who owns it."""

    owners = _Everybody()

    def _of(self, person: str) -> Own:
        if not self._of_people:
            return ()
        owned = filter(self._is_told, self._state.owned(person))
        return [(each.KIND, each.id, self._lens.own(each, person)) for each in owned]

    def _is_told(self, record: Record) -> bool:
        """Whether it is none of those that are asked for."""
        return record.KIND not in self._begins or self._begins[record.KIND](record)

    @cached_property
    def _begins(self) -> dict[str, Callable[[Record], bool]]:
        return {kind: self._after(kind, id) for kind, id in self._lens.older(self._state).items()}

    def _after(self, kind: str, oldest: str) -> Callable[[Record], bool]:
        key = self._state.order(kind).key
        begin = key(self._state.get(self._state.kinds[kind], oldest))
        return lambda record: bool(key(record) >= begin)

    def _shared(self, head: dict[str, Any], deflates: bool) -> bytes:
        head = _beginning(head, self._lens.older(self._state))
        return self._lens.blocks(self._state).frame(head, deflates)


def _beginning(head: dict[str, Any], older: dict[str, str]) -> dict[str, Any]:
    """The head of a frame that says of which kinds there is more."""
    return head | {"older": older} if older else head
