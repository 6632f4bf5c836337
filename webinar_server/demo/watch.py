"""What one guest's client knows of the session, and what is news to it in a frame from the server. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from webinar_server.client.copy import Change, Copy, Record

KEPT = ("session", "poll", "vote", "question", "support", "stage")
"""What a guest reacts to, beside their own person; all else is forgotten at once."""


class Greeted(NamedTuple):
    """A host welcomed me; `text` is the host's name."""

    text: str


class PollOpened(NamedTuple):
    """I can vote; `text` is what is asked."""

    text: str
    poll: str
    options: tuple[str, ...]
    many: bool


class PollRevealed(NamedTuple):
    """The results are on my screen."""

    text: str


class Asked(NamedTuple):
    """Somebody else's question appeared."""

    text: str
    question: str


class OnDeck(NamedTuple):
    """I am next; `shown` is how I am going to be shown."""

    text: str
    question: str
    shown: str


class Live(NamedTuple):
    """A question, perhaps mine, is fully in the picture; `asker`: who asks, as far as they are named."""

    text: str
    mine: bool
    question: str = ""
    asker: str = ""
    organisation: str = ""


class Answered(NamedTuple):
    """A question that was live, perhaps mine, has had its answer."""

    text: str
    mine: bool


class Accepted(NamedTuple):
    """Whom I asked for contact said yes; `text` is what they are called."""

    text: str
    whom: str


class Written(NamedTuple):
    """Somebody wrote to me."""

    text: str
    whom: str


class Proposed(NamedTuple):
    """Somebody proposes to meet; `text` is the meeting's id, `at` the first of its times (Unix ms)."""

    text: str
    at: int


News = Greeted | PollOpened | PollRevealed | Asked | OnDeck | Live | Answered | Accepted | Written | Proposed


class Watch(Copy):
    """One guest's copy of the session, and what they make of a change in it."""

    def __init__(self, guest: str) -> None:
        super().__init__(KEPT)
        self.guest = guest

    @property
    def closed(self) -> bool:
        """Whether nobody says anything more."""
        return any(session["state"] == "closed" for session in self.of("session").values())

    @property
    def stage(self) -> Record:
        return self.get("stage", "now") or {}

    @property
    def supported(self) -> set[str]:
        """The questions this guest supports."""
        return {support["question"] for support in self.of("support").values()}

    def keep(self, kind: str, records: dict[str, Record]) -> dict[str, Record]:
        if kind == "person":
            return {self.guest: records[self.guest]} if self.guest in records else {}
        return super().keep(kind, records)

    def news(self, changes: Iterable[Change], fresh: bool) -> list[News]:
        """What is news in changes. In a `fresh` state, once it is whole, only open polls are."""
        if not fresh:
            return [news for change in changes if change.after for news in self._about(change, change.after)]
        polls = self.of("poll").items() if self.is_whole else ()
        return [_opened(id, poll) for id, poll in polls if self._can_vote(id, poll)]

    def _about(self, change: Change, after: Record) -> Iterator[News]:
        before = change.before or {}
        match change.kind:
            case "person":
                if after.get("greeted") and not before.get("greeted"):
                    yield Greeted(after["greeted"]["name"])
            case "poll":
                yield from self._about_poll(change.id, before, after)
            case "question":
                yield from _about_question(change.id, before, after)
            case "stage":
                yield from self._about_stage(before, after)

    def _about_poll(self, id: str, before: Record, poll: Record) -> Iterator[News]:
        if before.get("state") != "open" and self._can_vote(id, poll):
            yield _opened(id, poll)
        if poll["state"] == "revealed" and before.get("state") != "revealed":
            yield PollRevealed(poll["question"])

    def _about_stage(self, before: Record, stage: Record) -> Iterator[News]:
        live, next = self._question(stage.get("live")), self._question(stage.get("on_deck"))
        if live and stage["live"] != before.get("live"):
            yield _live(stage["live"], live)
        if next and stage["on_deck"] != before.get("on_deck"):
            yield OnDeck(next["text"], stage["on_deck"], next["shown"])

    def _can_vote(self, id: str, poll: Record) -> bool:
        return poll["state"] == "open" and self.get("vote", f"{id}/{self.guest}") is None

    def _question(self, id: str | None) -> Record | None:
        return self.get("question", id) if id else None


def _opened(id: str, poll: Record) -> PollOpened:
    options = tuple(option["id"] for option in poll["options"])
    return PollOpened(poll["question"], id, options, poll["choose"] == "many")


def _live(id: str, question: Record) -> Live:
    asker = question.get("asker", {})
    mine = bool(question.get("mine"))
    return Live(question["text"], mine, id, asker.get("id", ""), asker.get("organisation", ""))


def _about_question(id: str, before: Record, question: Record) -> Iterator[News]:
    mine = bool(question.get("mine"))
    if not before and not mine and question["state"] == "open":
        yield Asked(question["text"], id)
    if before.get("state") == "live" and question["state"] == "answered":
        yield Answered(question["text"], mine)
