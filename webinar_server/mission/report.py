"""Report: what came of the week, in numbers: who came, was greeted, asked and spoke, and of each hour's
feedback the totals that it told. It names nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, ClassVar

import msgspec

from webinar_server.mission.history import History, Part, parts_of
from webinar_server.mission.participants import Participant, takes_part
from webinar_server.mission.programme import SLOTS_MAX, Slot
from webinar_server.mission.roles import ORGANISERS
from webinar_server.mission.tallies import FEWEST
from webinar_server.state import Actor, Command, Draft, Record, Records, Unseen

DID: dict[str, Callable[[Part], bool]] = {
    "came": lambda part: True,
    "greeted": lambda part: part.greeted is not None,
    "asked": lambda part: part.asked is not None,
    "spoke": lambda part: part.spoke is not None,
}
"""What is counted, by people: each once in a session, and once in the week."""


class Feedback(Unseen, frozen=True, kw_only=True):
    """The totals of a session's feedback, whose id it has, as it told them last: of how many people, of each
    question how often each answer was given."""

    KIND: ClassVar[str] = "feedback"

    people: int
    answers: dict[str, dict[str, int]]


_GONE = "gone"


class Gone(Unseen, frozen=True, kw_only=True):
    """What those did who were erased, as `report_of` counts it: how many took part, and how many did what, in
    all, by kind of organisation, and by session."""

    KIND: ClassVar[str] = "gone"

    participants: int = 0
    did: dict[str, int] = msgspec.field(default_factory=dict)
    kinds: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)
    sessions: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)


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
    `others` is `None` where there are none, and `feedback` where none is told."""
    parts = {history.id: history.parts for history in records.all(History)}
    sessions = sorted(records.all(Slot), key=lambda slot: (slot.starts_at, slot.id))
    leading = {host for slot in sessions for host in slot.hosts}
    people = [one for one in records.all(Participant) if one.id in parts or _is_guest(one, leading)]
    in_session, gone = _by_session(parts.values()), gone_of(records)
    counted = {
        kind: _added(
            _did([parts_of(records, one.id) for one in people if one.kind == kind]),
            gone.kinds.get(kind, {}),
        )
        for kind in sorted({*(one.kind for one in people), *gone.kinds})
    }
    return {
        "participants": sum(map(takes_part, people)) + gone.participants,
        **_added(_did(parts.values()), gone.did),
        **_grouped(counted),
        "sessions": [_hour(records, slot, in_session.get(slot.id, [])) for slot in sessions],
    }


def _grouped(kinds: Mapping[str, dict[str, int]]) -> dict[str, Any]:
    """Kinds of which fewer than `FEWEST` came are told as `others`, with the next smallest where they are few
    even so: or they would be what the rest leaves of the whole. Nothing is told where all are too few, nor
    of kinds of which nobody came."""
    came = {kind: did["came"] for kind, did in kinds.items() if did["came"]}
    by_size = sorted(came, key=lambda kind: (-came[kind], kind))
    others: list[str] = []
    while by_size and (came[by_size[-1]] < FEWEST or 0 < sum(came[kind] for kind in others) < FEWEST):
        others.append(by_size.pop())
    is_told = sum(came[kind] for kind in others) >= FEWEST
    return {
        "kinds": {kind: kinds[kind] for kind in sorted(by_size)},
        "others": {name: sum(kinds[kind][name] for kind in others) for name in DID} if is_told else None,
    }


def _is_guest(one: Participant, leading: Collection[str]) -> bool:
    """Whether somebody takes part whom others are to welcome."""
    return takes_part(one) and one.role not in ORGANISERS and one.id not in leading


def _did(of_each: Iterable[Iterable[Part]]) -> dict[str, int]:
    """How many did what at least once; each item holds the parts of one."""
    of_each = [list(parts) for parts in of_each]
    return {name: sum(any(map(did, parts)) for parts in of_each) for name, did in DID.items()}


def _by_session(of_each: Iterable[Iterable[Part]]) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for parts in of_each:
        for part in parts:
            found.setdefault(part.session, []).append(part)
    return found


def _hour(records: Records, slot: Slot, parts: list[Part]) -> dict[str, Any]:
    feedback = records.get(Feedback, slot.id)
    told = feedback and {"people": feedback.people, "answers": feedback.answers}
    seen = {"session": slot.id, "title": slot.title, "starts_at": slot.starts_at, "ends_at": slot.ends_at}
    did = _added(_did([part] for part in parts), gone_of(records).sessions.get(slot.id, {}))
    return seen | did | {"feedback": told}


def _added(counts: Mapping[str, int], gone: Mapping[str, int]) -> dict[str, int]:
    return {name: count + gone.get(name, 0) for name, count in counts.items()}


def erase(draft: Draft, person: str, stump: str) -> None:
    """What they did stays counted."""
    one, parts = draft.get(Participant, person), parts_of(draft, person)
    leading = {host for slot in draft.all(Slot) for host in slot.hosts}
    if one is None or not (parts or _is_guest(one, leading)):
        return
    gone = gone_of(draft)
    sessions = {part.session: _did([[part]]) for part in parts}
    draft.put(
        Gone(
            id=_GONE,
            participants=gone.participants + takes_part(one),
            did=_sum(gone.did, _did([parts])),
            kinds=gone.kinds | {one.kind: _sum(gone.kinds.get(one.kind, {}), _did([parts]))},
            sessions=gone.sessions
            | {id: _sum(gone.sessions.get(id, {}), did) for id, did in sessions.items()},
        )
    )


def gone_of(records: Records) -> Gone:
    return records.get(Gone, _GONE) or Gone(id=_GONE)


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return dict(Counter(one) + Counter(other))


RECORDS: list[type[Record]] = [Feedback, Gone]
COMMANDS: list[type[Command]] = [NoteFeedback]
