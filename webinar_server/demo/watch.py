"""What one guest's client knows of the session, and what is news to it in a frame from the server. Pure.

The counterpart of the browser's store, small: it keeps what a guest reacts to and forgets the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

Frame = dict[str, Any]
Records = dict[str, dict[str, Any]]


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
    """A question, perhaps mine, is fully in the picture."""

    text: str
    mine: bool


class Answered(NamedTuple):
    """A question that was live, perhaps mine, has had its answer."""

    text: str
    mine: bool


News = Greeted | PollOpened | PollRevealed | Asked | OnDeck | Live | Answered


class Watch:
    """One guest's copy of the session, merged from `state` frames."""

    def __init__(self, guest: str) -> None:
        self.guest = guest
        self.at: list[Any] | None = None
        self.polls: Records = {}
        self.questions: Records = {}
        self.stage: dict[str, Any] = {}
        # the polls this guest voted in, and the questions it supports
        self.voted: set[str] = set()
        self.supported: set[str] = set()
        self.greeted = False
        self.closed = False

    def merge(self, frame: Frame) -> list[News]:
        """Take over a frame. In the first one, or one that starts anew, only open polls are news."""
        fresh = self.at is None or bool(frame.get("reset"))
        if frame.get("reset"):
            self.polls, self.questions, self.stage = {}, {}, {}
        news = list(self._news(frame.get("put", {})))
        self._forget(frame.get("gone", {}))
        self.at = frame["at"]
        return [item for item in news if isinstance(item, PollOpened)] if fresh else news

    def _news(self, put: dict[str, Records]) -> Iterator[News]:
        for session in put.get("session", {}).values():
            self.closed = session["state"] == "closed"
        if self.guest in put.get("person", {}):
            yield from self._about_me(put["person"][self.guest])
        self.supported.update(support["question"] for support in put.get("support", {}).values())
        self.voted.update(vote["poll"] for vote in put.get("vote", {}).values())
        for id, poll in put.get("poll", {}).items():
            yield from self._about_poll(id, poll)
        # questions before the stage: a question that goes live is known when the stage names it
        for id, question in put.get("question", {}).items():
            yield from self._about_question(id, question)
        for stage in put.get("stage", {}).values():
            yield from self._about_stage(stage)

    def _about_me(self, me: dict[str, Any]) -> Iterator[News]:
        greeting = me.get("greeted")
        if greeting and not self.greeted:
            yield Greeted(greeting["name"])
        self.greeted = bool(greeting)

    def _about_poll(self, id: str, poll: dict[str, Any]) -> Iterator[News]:
        before = self.polls.get(id, {}).get("state")
        self.polls[id] = poll
        if poll["state"] == "open" and before != "open" and id not in self.voted:
            options = tuple(option["id"] for option in poll["options"])
            yield PollOpened(poll["question"], id, options, poll["choose"] == "many")
        if poll["state"] == "revealed" and before != "revealed":
            yield PollRevealed(poll["question"])

    def _about_question(self, id: str, question: dict[str, Any]) -> Iterator[News]:
        before = self.questions.get(id)
        self.questions[id] = question
        mine = bool(question.get("mine"))
        if before is None and not mine and question["state"] == "open":
            yield Asked(question["text"], id)
        if before and before["state"] == "live" and question["state"] == "answered":
            yield Answered(question["text"], mine)

    def _about_stage(self, stage: dict[str, Any]) -> Iterator[News]:
        before, self.stage = self.stage, stage
        live, next = stage.get("live"), stage.get("on_deck")
        if live in self.questions and live != before.get("live"):
            question = self.questions[live]
            yield Live(question["text"], bool(question.get("mine")))
        if next in self.questions and next != before.get("on_deck"):
            yield OnDeck(self.questions[next]["text"], next, self.questions[next]["shown"])

    def _forget(self, gone: dict[str, list[str]]) -> None:
        for id in gone.get("poll", []):
            self.polls.pop(id, None)
        for id in gone.get("question", []):
            self.questions.pop(id, None)
        # both are named by what they belong to, and whose they are
        self.voted -= {id.split("/")[0] for id in gone.get("vote", [])}
        self.supported -= {id.split("/")[0] for id in gone.get("support", [])}
