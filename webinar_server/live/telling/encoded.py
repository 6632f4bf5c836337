"""Encoded: a room's records as one audience sees them, in one codec, each encoded once.

All there is to be seen lies in blocks, for those who join. Of a kind with a window that is the newest; what
was encoded of it is kept for as many as are told at once, not for all there are.
"""

from __future__ import annotations

from typing import Any

from webinar_server.live.telling.blocks import Blocks
from webinar_server.live.telling.codec import Codec
from webinar_server.live.telling.paging import Page, page
from webinar_server.state import Audience, Record, State, sees


class Encoded:
    """The views of one audience in one codec."""

    def __init__(self, audience: Audience, codec: Codec) -> None:
        self.audience = audience
        self.codec = codec
        # by kind and id the encoded view of each record, and since when it looks so
        self._views: dict[str, dict[str, tuple[int, bytes | None]]] = {}
        # all there is, as it was at a seq, and by kind with a window what of it
        self._blocks = Blocks(codec)
        self._blocks_at = 0
        self._laid: dict[str, Page[bytes]] = {}

    def blocks(self, state: State) -> Blocks:
        """All that a joiner is told."""
        if self._blocks_at < state.horizon:
            # what went since then is not all known any more
            self._blocks, self._blocks_at, self._laid = Blocks(self.codec), 0, {}
        moved = set()
        for kind, id, record in state.since(self._blocks_at):
            if state.seen_since(kind, id, self.audience) > self._blocks_at:
                if kind in state.kinds.windows:
                    moved.add(kind)
                else:
                    self._lay(kind, id, None if record is None else self.view(state, record))
        for kind in moved:
            self._lay_newest(kind, self.newest(state, kind))
        self._blocks.tidy()
        self._blocks_at = state.position.seq
        return self._blocks

    def older(self, state: State) -> dict[str, str]:
        """Of each kind of which a joiner is not told all, the oldest record they are told."""
        self.blocks(state)
        return {kind: laid.older for kind, laid in self._laid.items() if laid.older is not None}

    def newest(self, state: State, kind: str) -> Page[bytes]:
        """The window of a kind."""
        return page(state, kind, lambda record: self.view(state, record), state.kinds.windows[kind].newest)

    def view(self, state: State, record: Record) -> bytes | None:
        """What the whole audience sees of a record."""
        kind, id = record.KIND, record.id
        since = state.seen_since(kind, id, self.audience)
        views = self._views.setdefault(kind, {})
        kept = views.get(id)
        if kept is None or kept[0] != since:
            if kind in state.kinds.windows and len(views) > state.kinds.windows[kind].missed:
                views.clear()
            kept = views[id] = (since, self.encoded(sees(record, self.audience)))
        return kept[1]

    def own(self, record: Record | None, person: str) -> bytes | None:
        """What one person sees of a record."""
        return self.encoded(sees(record, self.audience, person))

    def encoded(self, view: Any) -> bytes | None:
        return None if view is None else self.codec.view(view)

    def forget(self, kind: str, id: str) -> None:
        """A record that went."""
        self._views.get(kind, {}).pop(id, None)

    def clear(self) -> None:
        """Nothing that was encoded is kept."""
        self._views.clear()
        self._blocks, self._blocks_at, self._laid = Blocks(self.codec), 0, {}

    def _lay(self, kind: str, id: str, view: bytes | None) -> None:
        if view is None:
            self._blocks.drop(kind, id)
        else:
            self._blocks.put(kind, id, view)

    def _lay_newest(self, kind: str, now: Page[bytes]) -> None:
        before = self._laid[kind].views if kind in self._laid else {}
        for id in before:
            if id not in now.views:
                self._blocks.drop(kind, id)
        for id, view in now.views.items():
            if before.get(id) != view:
                self._blocks.put(kind, id, view)
        self._laid[kind] = now
