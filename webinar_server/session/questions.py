"""Questions: asked by attendees, raised by supporters, brought on stage by a host.

      ask                approve        queue          deck            spotlight      answer
    ───────▶ HELD ──────▶ OPEN ──────▶ QUEUED ──────▶ ON_DECK ──────▶ LIVE ──────▶ ANSWERED
              │ (skipped when the session does not pre-moderate)       one at a time
              └──────── dismiss / withdraw, from every state before LIVE ─▶ DISMISSED / WITHDRAWN

Every step a host may mis-click has its way back (moderation.py: `approve`, `dismiss`; spotlight.py: from
`queue` on). The asker's choice of how to be shown (named, organisation, anonymous) holds in every view, the
hosts' included.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Annotated, ClassVar, Literal, get_args

from webinar_server.errors import Refusal
from webinar_server.session.people import Person
from webinar_server.session.programme import refuse_when_closed
from webinar_server.session.roles import AUDIENCES, HOSTS
from webinar_server.session.stage import leave_line, step_down
from webinar_server.state import Actor, Audience, Command, Draft, Record, Role, View, need_seen, replace
from webinar_server.state.card import SHOWN, Card
from webinar_server.words.sizes import up_to
from webinar_server.words.text import clean

TEXT_MAX = 500
OPEN_EACH = 20  # questions one person may have waiting at a time
ASKED_EACH = 60  # questions of one person in a session, whatever became of them
QUESTIONS_MAX = 1_000  # of a session; where more are asked, the oldest goes that is over
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


class Ask(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hand in a question."""

    NAME: ClassVar[str] = "ask"

    text: Annotated[str, up_to(TEXT_MAX)]
    shown: Shown = "named"

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        session = refuse_when_closed(draft, actor)
        text = clean(self.text, "question", TEXT_MAX, lines=True)
        _refuse_too_many(draft, actor)
        _make_room(draft)
        question = Question(
            id=actor.fresh,
            by=actor.id,
            text=text,
            shown=self.shown,
            asker=Asker.of(draft.need(Person, actor.id)),
            at=actor.at,
            state="held" if session.premoderated and actor.role not in HOSTS else "open",
        )
        draft.put(question)
        return {"id": question.id}


class Withdraw(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The asker takes it back, at any time before it is live."""

    NAME: ClassVar[str] = "withdraw"

    question: str

    def run(self, draft: Draft, actor: Actor) -> None:
        question = my_waiting_question(draft, actor, self.question)
        leave_line(draft, question.id)
        draft.put(replace(question, state="withdrawn"))


class ShowAs(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The asker sets how they are shown, until the instant of going live."""

    NAME: ClassVar[str] = "show_as"

    question: str
    shown: Shown

    def run(self, draft: Draft, actor: Actor) -> None:
        question = my_waiting_question(draft, actor, self.question)
        asker = Asker.of(draft.need(Person, actor.id)) if self.shown == "named" else question.asker
        draft.put(replace(question, shown=self.shown, asker=asker))


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


def _refuse_too_many(draft: Draft, actor: Actor) -> None:
    asked = list(draft.of(Question, "by", actor.id))
    waiting = sum(1 for question in asked if question.state in WAITING)
    if waiting >= OPEN_EACH:
        raise Refusal("question.too_many", f"You have {waiting} questions waiting; withdraw one first.")
    if len(asked) >= ASKED_EACH and actor.role not in HOSTS:
        raise Refusal("question.asked_enough", f"You have asked {ASKED_EACH} questions; let others ask, too.")


def _make_room(draft: Draft) -> None:
    """Raises Refusal `question.full` where none is over that could go."""
    if draft.count(Question) < QUESTIONS_MAX:
        return
    over = min((one for one in draft.all(Question) if one.state in OVER), key=attrgetter("at"), default=None)
    if over is None:
        raise Refusal("question.full", f"This session has {QUESTIONS_MAX} questions and takes no more.")
    draft.drop(over)


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
COMMANDS: list[type[Command]] = [Ask, Withdraw, ShowAs]
