"""The second host: whoever leads beside the reader, and puts the reader's own question in the picture. Pure.

    the reader asks ──15 s──▶ on deck ──10 s──▶ live, once others had half a minute ──45 s──▶ answered
    the first poll ──75 s──▶ open, but not over the reader's moment ──60 s──▶ closed ──5 s──▶ revealed

Whatever a host does by hand meanwhile goes before: who opens a poll has them all. Of all other questions, and
other polls, this one does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from webinar_server.client.copy import Copy, Record
from webinar_server.demo.contacts import Reader
from webinar_server.demo.script import POLLS

APPROVE, DECK, SHOW, ANSWER = 3.0, 15.0, 10.0, 45.0
OTHERS = 30.0
"""Seconds that anybody else who is live is left before the reader takes their place."""

POLL, VOTING, CLOSED = 75.0, 60.0, 5.0
"""Seconds from when this one came, or the poll stands so, until it is opened, closed and revealed."""

AFTER = 20.0
"""Seconds after the reader's moment that are theirs, for those who want to talk to them."""

Step = tuple[str, dict[str, Any]]


class Second(Copy):
    """Their copy of the session, and what is to be done by it."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(("question", "poll", "stage", "session"))
        self._reader = reader
        # the poll that this one opened
        self._opened = ""
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
        return self._poll(now)

    def _poll(self, now: float) -> Step | None:
        here = now - self._since.setdefault(("", "here"), now)
        polls = self.of("poll")
        if self._opened in polls:
            return self._about_opened(self._opened, polls[self._opened]["state"], now)
        first = next((id for id, poll in polls.items() if poll["question"] == POLLS[0].question), "")
        by_hand = any(poll["state"] != "draft" for poll in polls.values())
        if self._is_moment():
            self._since[("", "moment")] = now
        quiet = now - self._since.get(("", "moment"), now - AFTER)
        if not first or by_hand or here < POLL or quiet < AFTER:
            return None
        self._opened = first
        return "open_poll", {"poll": first}

    def _about_opened(self, id: str, state: str, now: float) -> Step | None:
        command, wait = {"open": ("close_poll", VOTING), "closed": ("reveal_poll", CLOSED)}.get(
            state, ("", 0.0)
        )
        stood = now - self._since.setdefault((id, state), now)
        if not command or stood < wait:
            return None
        self._since[(id, state)] = now
        return command, {"poll": id}

    def _is_moment(self) -> bool:
        """Whether the reader is in the picture or next."""
        return any(
            question["state"] in ("on_deck", "live") and self._is_theirs(question)
            for question in self.of("question").values()
        )

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
