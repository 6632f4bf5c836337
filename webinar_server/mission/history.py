"""History: what each participant did in the sessions of the week, as the sessions told it.

    a session ──`note_part`──▶ History of a participant ──`week_of`──▶ whoever leads the next session they
                                                                       come to: "third time this week"

What a session tells of somebody takes the place of what it told before, so telling it again changes nothing.
It is theirs, and for those who organise and lead: nobody else is shown any of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import msgspec

from webinar_server.mission.consent import may_see
from webinar_server.mission.heads import count_in
from webinar_server.mission.participants import Participant
from webinar_server.mission.programme import SLOTS_MAX, Cancelled, Slot
from webinar_server.mission.tallies import FIRST, OTHERS, count, count_greeting
from webinar_server.state import (
    Actor,
    Audience,
    Command,
    Draft,
    Private,
    Record,
    Records,
    View,
    drop_own,
    is_erased,
    replace,
)

TOLD_MAX = 3
"""Of the sessions in which somebody asked, and spoke, the newest so many are told."""


class Greeted(msgspec.Struct, frozen=True, kw_only=True):
    """Which host greeted somebody in a session, when (Unix ms), and whether aloud."""

    by: str
    name: str
    at: int
    aloud: bool = False


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody did in one session: since when they were there, had asked by name, had been in the
    picture with it (Unix ms), and who greeted them."""

    session: str
    came: int
    asked: int | None = None
    spoke: int | None = None
    greeted: Greeted | None = None


class History(Private, frozen=True, kw_only=True):
    """A participant's, whose id it has: their parts, in the order in which they came to the sessions; as what
    the score of the week has `counted` them, which is once; and what of each session, and of the week, is
    among the `heads` of the report."""

    KIND: ClassVar[str] = "history"

    parts: tuple[Part, ...] = ()
    counted: tuple[str, ...] = ()
    heads: dict[str, int] = msgspec.field(default_factory=dict)

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.id,)

    def own(self, person: str, audience: Audience) -> View:
        return {"parts": [msgspec.to_builtins(part) for part in self.parts]}


class NotePart(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A session tells what somebody did in it so far."""

    NAME: ClassVar[str] = "note_part"
    INTERNAL: ClassVar[bool] = True

    session: str
    participant: str
    came: int
    asked: int | None = None
    spoke: int | None = None
    greeted: Greeted | None = None

    def run(self, draft: Draft, actor: Actor) -> None:
        participant = draft.need(Participant, self.participant)
        who = participant.id
        part = Part(**{name: getattr(self, name) for name in Part.__struct_fields__})
        if part.greeted is not None and is_erased(draft, part.greeted.by):
            part = _unsigned(part, part.greeted.by)
        history = draft.get(History, who) or History(id=who)
        others = [one for one in history.parts if one.session != part.session]
        parts = sorted([*others, part], key=lambda one: (one.came, one.session))[-SLOTS_MAX:]
        if tuple(parts) != history.parts:
            heads = count_in(draft, history.heads, participant.kind, part.session, part)
            draft.put(_counted(draft, replace(history, parts=tuple(parts), heads=heads)))


def _counted(draft: Draft, history: History) -> History:
    """Somebody's, with what is new of it counted."""
    spoke = next((part for part in history.parts if part.spoke is not None), None)
    did = {"came": True, "greeted": _greeted_last(history.parts) is not None, "spoke": spoke is not None}
    new = [name for name, done in did.items() if done and name not in history.counted]
    if "came" in new or "greeted" in new:
        count_greeting(draft, history.id, "came" in new, "greeted" in new)
    if "spoke" in new:
        count(draft, FIRST if spoke is history.parts[0] else OTHERS, history.id)
    return replace(history, counted=(*history.counted, *new))


def week_of(records: Records, participant: str, besides: str = "") -> dict[str, Any]:
    """What whoever leads a session is told of a participant's week, `besides` that session; JSON-ready.

    `sessions` is how many they were in, `last` the one they were in last, `asked` and `spoke` the newest in
    which they did, `greeted` who greeted them last; of whom nobody has, `colleague` is somebody of the same
    organisation who was greeted last, by whom. All but the number are absent where there is none.
    """
    if not may_see(records, participant, "week", "desk"):
        return {"sessions": 0}
    parts = [part for part in parts_of(records, participant) if part.session != besides]
    greeting = _greeting(records, parts)
    found = {
        "last": _moment(records, parts[-1].session, parts[-1].came) if parts else None,
        "asked": [_moment(records, part.session, part.asked) for part in parts if part.asked][-TOLD_MAX:],
        "spoke": [_moment(records, part.session, part.spoke) for part in parts if part.spoke][-TOLD_MAX:],
        "greeted": greeting,
        "colleague": None if greeting else _colleague(records, participant),
    }
    return {"sessions": len(parts)} | {name: value for name, value in found.items() if value}


def parts_of(records: Records, participant: str) -> tuple[Part, ...]:
    history = records.get(History, participant)
    return history.parts if history else ()


def _moment(records: Records, session: str, at: int | None) -> dict[str, Any]:
    """In which session, and when."""
    slot = records.get(Slot, session)
    cancelled = records.get(Cancelled, session) if slot is None else None
    title = slot.title if slot else cancelled.slot.title if cancelled else ""
    return {"session": session, "title": title, "at": at}


def _greeting(records: Records, parts: list[Part]) -> dict[str, Any] | None:
    part = _greeted_last(parts)
    if part is None or part.greeted is None:
        return None
    moment = _moment(records, part.session, part.greeted.at)
    return moment | {"by": part.greeted.by, "name": part.greeted.name}


def _greeted_last(parts: list[Part] | tuple[Part, ...]) -> Part | None:
    greeted = [part for part in parts if part.greeted is not None]
    return max(greeted, key=_greeted_at, default=None)


def _greeted_at(part: Part) -> int:
    return part.greeted.at if part.greeted else 0


def _colleague(records: Records, participant: str) -> dict[str, Any] | None:
    """Who of the same organisation was greeted last, of those that others may know to take part."""
    found = max(
        _greeted_colleagues(records, participant), key=lambda each: _greeted_at(each[1]), default=None
    )
    if found is None or found[1].greeted is None:
        return None
    colleague, part = found
    return {
        "id": colleague.id,
        "name": colleague.name,
        "organisation": colleague.organisation,
        "by": part.greeted.by,  # type: ignore[union-attr]
        "by_name": part.greeted.name,  # type: ignore[union-attr]
        "at": _greeted_at(part),
    }


def _greeted_colleagues(records: Records, participant: str) -> Iterator[tuple[Participant, Part]]:
    me = records.get(Participant, participant)
    if me is None or me.employer is None:
        return
    for colleague in records.of(Participant, "employer", me.employer):
        part = _greeted_last(parts_of(records, colleague.id))
        if colleague.id != me.id and part is not None and may_see(records, colleague.id, "name", "directory"):
            yield colleague, part


def erase(draft: Draft, person: str, stump: str) -> None:
    """Whom they greeted was greeted, by nobody who is told. What they did is counted on (`heads.py`)."""
    drop_own(draft, History, person)
    for history in list(draft.all(History)):
        parts = tuple(_unsigned(part, person) for part in history.parts)
        if parts != history.parts:
            draft.put(replace(history, parts=parts))


def _unsigned(part: Part, person: str) -> Part:
    if part.greeted is None or part.greeted.by != person:
        return part
    return replace(part, greeted=replace(part.greeted, by="", name=""))


RECORDS: list[type[Record]] = [History]
_GREETED = Greeted(by="hal", name="Hal", at=0, aloud=True)
EXAMPLES = [History(id="ada", parts=(Part(session="s1", came=0, greeted=_GREETED),))]
COMMANDS: list[type[Command]] = [NotePart]
