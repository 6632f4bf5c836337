"""Questions: asked by attendees, raised by supporters, brought on stage by a host.

      ask                approve        queue          deck            spotlight      answer
    ───────▶ HELD ──────▶ OPEN ──────▶ QUEUED ──────▶ ON_DECK ──────▶ LIVE ──────▶ ANSWERED
              │ (skipped but where questions are looked at first)       one at a time
              └──────── dismiss / withdraw, from every state before LIVE ─▶ DISMISSED / WITHDRAWN

What their askers do stands in `asking.py`. Every step a host may mis-click has its way back (moderation.py:
`approve`, `dismiss`; spotlight.py: from `queue` on). The asker's choice of how to be shown (named,
organisation, anonymous) holds in every view, the hosts' included.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, get_args

from webinar_server.errors import Refusal
from webinar_server.session.people import Person
from webinar_server.session.roles import AUDIENCES
from webinar_server.session.stage import step_down
from webinar_server.state import Actor, Audience, Command, Draft, Record, Role, View, need_seen, replace
from webinar_server.state.card import SHOWN, Card

TEXT_MAX = 500
OVER: tuple[str, ...] = ("withdrawn", "dismissed")
QuestionState = Literal["held", "open", "queued", "on_deck", "live", "answered", "dismissed", "withdrawn"]
Shown = Literal["named", "organisation", "anonymous"]

WAITING: tuple[QuestionState, ...] = ("held", "open", "queued", "on_deck")
"""Before the instant of going live: the asker may still change their mind."""

_SEEN_BY: Mapping[Audience, tuple[QuestionState, ...]] = {
    "host": get_args(QuestionState),
    "attendee": ("open", "queued", "on_deck", "live", "answered"),
    "stage": ("live", "answered"),
}


class Asker(Card, frozen=True, kw_only=True):
    """Who asks, as last known before going live; who corrects their name later is called by it here, too."""

    id: str
    role: Role = "attendee"
    imitates: bool = False
    organisation_imitates: bool = False
    named: bool = True

    @classmethod
    def of(cls, person: Person) -> Asker:
        return cls(**{name: getattr(person, name) for name in cls.__struct_fields__})

    def seen_as(self, shown: Shown) -> View:
        """The card others get: everything, the organisation only, or nothing at all."""
        seen = {name: getattr(self, name) for name in _SEEN_OF.get(shown, ())}
        # of an organisation alone, whether the name imitates would tell of the name
        return seen | {"imitates": True} if shown == "organisation" and self.organisation_imitates else seen


_SEEN_OF: Mapping[Shown, tuple[str, ...]] = {
    "named": ("id", *SHOWN, "role", "imitates"),
    "organisation": ("organisation", "kind", "country"),
}


class Question(Record, frozen=True, kw_only=True):
    """A question and where it stands. Times are Unix ms.

    `was` and `was_before` are its state, and who stood behind it in the line, before it left unasked:
    `stepped_down`, if with its asker.
    """

    KIND: ClassVar[str] = "question"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = AUDIENCES
    INDEXES: ClassVar[tuple[str, ...]] = ("by",)

    by: str
    text: str
    shown: Shown
    asker: Asker
    at: int
    state: QuestionState = "open"
    was: QuestionState = "open"
    was_before: str | None = None
    stepped_down: bool = False
    supporters: int = 0
    reason: str = ""
    live_at: int | None = None
    answered_at: int | None = None

    def view(self, audience: Audience) -> View | None:
        if self.state not in _SEEN_BY[audience]:
            return None
        # being next is between the hosts and the asker, until the moment itself
        private = self.state == "on_deck" and audience != "host"
        seen = self._seen("anonymous" if self._is_unnamed(audience) else self.shown)
        return seen | {"state": "queued"} if private else seen

    def _is_unnamed(self, audience: Audience) -> bool:
        """Whether an audience sees in the picture somebody who did not agree to be named there."""
        in_picture = audience == "stage" or (audience == "attendee" and self.state in ("live", "answered"))
        return in_picture and self.shown == "named" and not self.asker.named

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.by,)

    def own(self, person: str, audience: Audience) -> View:
        """The asker sees their own in every state, with their full card."""
        return self._seen(self.shown) | {
            "mine": True,
            "asker": self.asker.seen_as("named"),
            "reason": self.reason,
        }

    def _seen(self, shown: Shown) -> View:
        return {
            "text": self.text,
            "state": self.state,
            "supporters": self.supporters,
            "shown": shown,
            "asker": self.asker.seen_as(shown),
            "at": self.at,
            "live_at": self.live_at,
            "answered_at": self.answered_at,
        }


def known_otherwise(draft: Draft, person: Person) -> None:
    """What somebody asked by name is asked by who they are now, be it live or answered. Their other questions
    stay as they are: to change in the same instant would tell whose they are."""
    for question in list(draft.of(Question, "by", person.id)):
        if question.shown == "named":
            draft.put(replace(question, asker=_known_now(question, person)))


def _known_now(question: Question, person: Person) -> Asker:
    asker, was = Asker.of(person), question.asker
    # what they do was said with the question, once it has been live
    return asker if question.live_at is None else replace(asker, pitch=was.pitch, link=was.link)


def waiting_question(draft: Draft, id: str) -> Question:
    """A question before its moment, to make something of it. Refused for one that is live or over."""
    question = draft.need(Question, id)
    if question.state not in WAITING:
        raise Refusal(f"question.{question.state}", f"This question is {question.state} already.")
    return replace(question, stepped_down=False) if question.stepped_down else question


def my_waiting_question(draft: Draft, actor: Actor, id: str) -> Question:
    """One's own question before its moment."""
    if need_seen(draft, actor, Question, id).by != actor.id:
        raise Refusal("question.not_yours", "Only its asker can do that.")
    return waiting_question(draft, id)


def erase(draft: Draft, person: str, stump: str) -> None:
    """What is left of a question counts: that it was asked, supported, answered; of nobody, without words."""
    for question in list(draft.of(Question, "by", person)):
        step_down(draft, question.id)
        nobody = {"by": stump, "asker": Asker(id=stump, name=""), "shown": "anonymous", "text": ""}
        over = {"state": "withdrawn", "was": "withdrawn", "was_before": None, "reason": ""}
        draft.put(replace(question, **nobody, **over))


RECORDS: list[type[Record]] = [Question]
_ADA = Asker(id="ada", name="Ada")
_NAMED = Question(id="q1", by="ada", text="Why?", shown="named", asker=_ADA, at=0, state="answered")
EXAMPLES = [replace(_NAMED, id=f"q-{shown}", shown=shown) for shown in get_args(Shown)]
COMMANDS: list[type[Command]] = []
