"""The second host: whoever leads beside the reader, and puts the reader's own question in the picture. Pure.

    the reader asks ──15 s──▶ on deck ──10 s──▶ live, once others had half a minute ──45 s──▶ answered

Whatever a host does by hand meanwhile goes before; of all other questions this one does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from webinar_server.client.copy import Copy, Record
from webinar_server.demo.contacts import Reader

APPROVE, DECK, SHOW, ANSWER = 3.0, 15.0, 10.0, 45.0
OTHERS = 30.0
"""Seconds that anybody else who is live is left before the reader takes their place."""

Step = tuple[str, dict[str, Any]]


class Second(Copy):
    """Their copy of the session, and what is to be done by it."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(("question", "stage", "session"))
        self._reader = reader
        # since when a question stands as it does, by this clock
        self._since: dict[tuple[str, str], float] = {}

    def next(self, now: float) -> Step | None:
        """What to do now, if anything; asked again and again."""
        for id, question in self.of("question").items():
            stood = now - self._since.setdefault((id, question["state"]), now)
            if self._is_theirs(question) and (step := self._about(id, question["state"], stood, now)):
                # not again before it has shown
                self._since[(id, question["state"])] = now
                return step
        return None

    def _about(self, id: str, state: str, stood: float, now: float) -> Step | None:
        ways: dict[str, Callable[[], Step | None]] = {
            "held": lambda: ("approve", {"question": id}) if stood >= APPROVE else None,
            "open": lambda: ("deck", {"question": id}) if stood >= DECK else None,
            "queued": lambda: ("deck", {"question": id}) if stood >= DECK else None,
            "on_deck": lambda: self._show(id, now) if stood >= SHOW else None,
            "live": lambda: ("answer", {"question": id}) if stood >= ANSWER else None,
        }
        return ways[state]() if state in ways else None

    def _show(self, id: str, now: float) -> Step | None:
        live = (self.get("stage", "now") or {}).get("live")
        if live is not None and now - self._since.get((live, "live"), now) < OTHERS:
            return None
        return "spotlight", {"question": id, "instead_of": live}

    def _is_theirs(self, question: Record) -> bool:
        """As far as hosts are told whose it is: what is asked anonymously waits for a host's hand."""
        asker = question["asker"]
        return bool(
            asker.get("id") == self._reader.id
            if "id" in asker
            else asker.get("organisation") == self._reader.organisation
        )
