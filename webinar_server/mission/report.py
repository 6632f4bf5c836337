"""Report: what came of the week, in numbers: who came, was greeted, asked and spoke, in fives (`heads.py`),
and of each hour's feedback the totals that it told. It names nobody.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from webinar_server.mission.heads import DID, KINDS, OTHERS, in_session, in_week
from webinar_server.mission.history import parts_of
from webinar_server.mission.participants import Participant, takes_part
from webinar_server.mission.programme import SLOTS_MAX, Slot
from webinar_server.mission.roles import ORGANISERS
from webinar_server.state import Actor, Command, Draft, Record, Records, Unseen


class Feedback(Unseen, frozen=True, kw_only=True):
    """The totals of a session's feedback, whose id it has, as it told them last: of how many people, of each
    question how often each answer was given."""

    KIND: ClassVar[str] = "feedback"

    people: int
    answers: dict[str, dict[str, int]]


_GONE = "gone"


class Gone(Unseen, frozen=True, kw_only=True):
    """How many of those who were erased took part."""

    KIND: ClassVar[str] = "gone"

    participants: int = 0


class NoteFeedback(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A session tells the totals of its feedback."""

    NAME: ClassVar[str] = "note_feedback"
    INTERNAL: ClassVar[bool] = True

    session: str
    people: int
    answers: dict[str, dict[str, int]]

    def run(self, draft: Draft, actor: Actor) -> None:
        new = Feedback(id=self.session, people=self.people, answers=self.answers)
        known = draft.get(Feedback, new.id)
        if known != new and (known is not None or draft.count(Feedback) < SLOTS_MAX):
            draft.put(new)


def report_of(records: Records) -> dict[str, Any]:
    """The week in numbers, JSON-ready: of all `participants` who lead nothing how many did what, of each of
    `kinds` of organisation of which enough came, of the `others` in one, and of each session, in order;
    `others` is `None` where none are told, and `feedback` where none is."""
    sessions = sorted(records.all(Slot), key=lambda slot: (slot.starts_at, slot.id))
    leading = {host for slot in sessions for host in slot.hosts}
    people = [one for one in records.all(Participant) if _counts(records, one, leading)]
    all_kinds = {kind: in_week(records, kind) for kind in (*KINDS, OTHERS)}
    week = _within({name: sum(did[name] for did in all_kinds.values()) for name in DID})
    kinds = {kind: _within(did) for kind, did in sorted(all_kinds.items()) if kind != OTHERS and did["came"]}
    others = {name: week[name] - sum(did[name] for did in kinds.values()) for name in DID}
    return {
        "participants": sum(map(takes_part, people)) + gone_of(records).participants,
        **week,
        "kinds": kinds,
        "others": others if any(others.values()) else None,
        "sessions": [_hour(records, slot) for slot in sessions],
    }


def _within(did: dict[str, int]) -> dict[str, int]:
    """Those who did something came: what is told of them later than of the others is not told before it."""
    return {name: min(number, did["came"]) for name, number in did.items()}


def _counts(records: Records, one: Participant, leading: Collection[str]) -> bool:
    """Whether somebody is among those of whom the report tells."""
    return bool(parts_of(records, one.id)) or _is_guest(one, leading)


def _is_guest(one: Participant, leading: Collection[str]) -> bool:
    """Whether somebody takes part whom others are to welcome."""
    return takes_part(one) and one.role not in ORGANISERS and one.id not in leading


def _hour(records: Records, slot: Slot) -> dict[str, Any]:
    feedback = records.get(Feedback, slot.id)
    told = feedback and {"people": feedback.people, "answers": feedback.answers}
    seen = {"session": slot.id, "title": slot.title, "starts_at": slot.starts_at, "ends_at": slot.ends_at}
    return seen | in_session(records, slot.id) | {"feedback": told}


def erase(draft: Draft, person: str, stump: str) -> None:
    """That they took part stays counted; what they did is so by itself (`heads.py`)."""
    one = draft.get(Participant, person)
    leading = {host for slot in draft.all(Slot) for host in slot.hosts}
    if one is not None and _counts(draft, one, leading):
        gone = gone_of(draft)
        draft.put(Gone(id=_GONE, participants=gone.participants + takes_part(one)))


def gone_of(records: Records) -> Gone:
    return records.get(Gone, _GONE) or Gone(id=_GONE)


RECORDS: list[type[Record]] = [Feedback, Gone]
COMMANDS: list[type[Command]] = [NoteFeedback]
