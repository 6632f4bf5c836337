"""Moderation: what a host decides about a question before it stands in line.

    HELD ──approve──▶ OPEN            HELD, OPEN, QUEUED, ON_DECK ──dismiss──▶ DISMISSED
                                                    ▲                              │
                                                    └────────── approve ───────────┘

`hold` takes an approval back, of a question that is still open. A dismissal can be taken back, and so can an
answer in passing (spotlight.py) of a question that was never live: the question returns to the state, and the
place in the line, it had.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from webinar_server.errors import Refusal
from webinar_server.session.answers import WrittenAnswer
from webinar_server.session.merged import unmerge
from webinar_server.session.questions import Question, waiting_question
from webinar_server.session.roles import HOSTS
from webinar_server.session.stage import leave_line, line_up, next_in_line
from webinar_server.state import Actor, Command, Draft, Role, drop_own, replace
from webinar_server.words.sizes import up_to
from webinar_server.words.text import clean_or_empty

REASON_MAX = 200


class Approve(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A held question becomes visible; a dismissed or passed over one goes back to where it was."""

    NAME: ClassVar[str] = "approve"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    question: str

    def run(self, draft: Draft, actor: Actor) -> None:
        question = draft.need(Question, self.question)
        if question.state == "held":
            draft.put(replace(question, state="open"))
        elif question.state == "dismissed" or (question.state == "answered" and question.live_at is None):
            take_back(draft, question)
        elif question.state == "withdrawn":
            raise Refusal("question.withdrawn", "Its asker withdrew it.")


class Hold(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An open question waits for approval, again: nobody but its asker and the hosts sees it."""

    NAME: ClassVar[str] = "hold"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    question: str

    def run(self, draft: Draft, actor: Actor) -> None:
        question = waiting_question(draft, self.question)
        if question.state in ("queued", "on_deck"):
            raise Refusal(f"question.{question.state}", "It stands in line; dismiss it instead.")
        draft.put(replace(question, state="held"))


class Dismiss(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Not for this session; the reason is told to its asker."""

    NAME: ClassVar[str] = "dismiss"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    question: str
    reason: Annotated[str, up_to(REASON_MAX)] = ""

    def run(self, draft: Draft, actor: Actor) -> None:
        question = waiting_question(draft, self.question)
        reason = clean_or_empty(self.reason, "question", REASON_MAX, field="reason")
        draft.put(replace(leaving(draft, question), state="dismissed", reason=reason))


def leaving(draft: Draft, question: Question) -> Question:
    """Out of the line, remembering state and place in case it was a mis-click. Not put yet."""
    behind = next_in_line(draft, question.id)
    leave_line(draft, question.id)
    return replace(question, was=question.state, was_before=behind)


def take_back(draft: Draft, question: Question) -> None:
    """Back to where it was; what was written to it goes, and it stands under no other."""
    drop_own(draft, WrittenAnswer, question.id)
    unmerge(draft, question.id)
    back = "queued" if question.was == "on_deck" else question.was
    if back == "queued":
        line_up(draft, question.id, question.was_before)
    draft.put(replace(question, state=back, reason="", answered_at=None))


COMMANDS: list[type[Command]] = [Approve, Hold, Dismiss]
