"""Contacts: who asks whom, for which reason, where it began, and what is kept of it for each side.

                    ┌─ `asking`, of who asks: stands until it is accepted, withdrawn, or 14 days are over
     ask_contact ───┤
                    └─ `request`, of whom they ask: waits, put off, gone by a decline or a block

**A decline is never disclosed.** Who asks sees their `asking` alone, and whatever the other side does but
accept touches only what is theirs: the request, and what hinders the next (`Declined`, `Block`). So neither
views, refusals, limits nor times of the one depend on the other. Whoever asks is refused by what they did
themselves, and by what all may see.

**Of an organisation.** Who asked a question on stage for their organisation alone can be asked, too, as that
question: the one who asks is told neither id nor name before it is accepted. Such an asking has nothing to do
with one by name between the same two, else the second would tell who the first is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

import msgspec

from webinar_server.mission.consent import Output, may_see
from webinar_server.mission.participants import Participant
from webinar_server.state import Audience, Draft, Private, Record, Records, Unseen, View, drop_all, drop_own
from webinar_server.state.card import OrganisationKind

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
KEPT_DAYS = 14

Where = Literal["directory", "people", "chat", "spotlight", "poll", "meeting"]


class Began(msgspec.Struct, frozen=True, kw_only=True):
    """Where it began, when (Unix ms): in which session, by which question, where there is one."""

    where: Where
    at: int
    session: str = ""
    question: str = ""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What one side is shown of the other."""

    name: str = ""
    organisation: str = ""
    kind: OrganisationKind = ""
    country: str = ""


class Asking(Private, frozen=True, kw_only=True):
    """What somebody asked of `whom`, until a time (Unix ms). `target` is whom they named, or the question, as
    `SESSION/QUESTION`, of whom they were shown the organisation alone."""

    KIND: ClassVar[str] = "asking"
    INDEXES: ClassVar[tuple[str, ...]] = ("by", "whom", "ends")

    by: str
    whom: str
    target: str
    shown: Shown
    reason: str
    began: Began
    until: int
    over: bool = False

    @property
    def ends(self) -> str | None:
        return None if self.over else str(self.until)

    @property
    def is_named(self) -> bool:
        return self.target == self.whom

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.by,)

    def own(self, person: str, audience: Audience) -> View:
        """The same whatever the other side did but accept: then it is a lead, and this is gone."""
        whom = self.whom if self.is_named else ""
        return {"whom": whom} | _told(self) | {"over": self.over}


class Request(Private, frozen=True, kw_only=True):
    """The same to whom it was asked of, with the id of the asking; not told while they are live (`waits`)."""

    KIND: ClassVar[str] = "request"
    INDEXES: ClassVar[tuple[str, ...]] = ("by", "to")

    to: str
    by: str
    shown: Shown
    reason: str
    began: Began
    until: int
    later: bool = False
    waits: bool = False

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.to,)

    def own(self, person: str, audience: Audience) -> View | None:
        if self.waits:
            return None
        return {"by": self.by} | _told(self) | {"later": self.later}


class Block(Private, frozen=True, kw_only=True):
    """Somebody wants nothing of another any more, and nothing goes from them to that one either."""

    KIND: ClassVar[str] = "block"
    INDEXES: ClassVar[tuple[str, ...]] = ("by", "whom")

    by: str
    whom: str
    shown: Shown
    at: int

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.by,)

    def own(self, person: str, audience: Audience) -> View:
        return {"whom": self.whom, "at": self.at} | fields_of(self.shown)


class Declined(Unseen, frozen=True, kw_only=True):
    """That somebody is not to be asked the same by the same person again before that time (Unix ms), though
    that one may withdraw and ask anew."""

    KIND: ClassVar[str] = "declined"
    INDEXES: ClassVar[tuple[str, ...]] = ("by", "whom", "ends")

    by: str
    whom: str
    until: int

    @property
    def ends(self) -> str:
        return str(self.until)


class Asked(Unseen, frozen=True, kw_only=True):
    """When somebody, whose id it has, asked in the last 24 hours (Unix ms)."""

    KIND: ClassVar[str] = "asked"

    at: tuple[int, ...]


def shown_of(records: Records, participant: str, output: Output) -> Shown:
    """What an output may show of somebody."""
    known = records.get(Participant, participant)
    seen: dict[str, Any] = {
        field: getattr(known, field)
        for field in Shown.__struct_fields__
        if may_see(records, participant, field, output)
    }
    return Shown(**seen)


def _told(one: Asking | Request) -> View:
    """What both sides see of it."""
    told = {"reason": one.reason, "began": told_of(one.began), "until": one.until}
    return fields_of(one.shown) | told


def told_of(began: Began) -> View:
    """As far as it is said."""
    return {name: value for name in Began.__struct_fields__ if (value := getattr(began, name)) != ""}


def fields_of(shown: Shown) -> View:
    return {field: getattr(shown, field) for field in Shown.__struct_fields__}


def block_id(by: str, whom: str) -> str:
    return f"{by}/{whom}"


def declined_id(asking: Asking) -> str:
    return f"{asking.whom}/{asking.by}/{asking.target}"


def is_blocked(records: Records, one: str, other: str) -> bool:
    """Whether either of them blocked the other."""
    return any(records.get(Block, block_id(*pair)) is not None for pair in ((one, other), (other, one)))


def blocked_by(records: Records, person: str) -> frozenset[str]:
    """Those whom somebody wants to see nowhere."""
    return frozenset(block.whom for block in records.of(Block, "by", person))


def open_askings(records: Records, person: str, now: int) -> Iterator[Asking]:
    """What somebody asked that may still be accepted."""
    return (one for one in records.of(Asking, "by", person) if not one.over and one.until > now)


def named(records: Records, by: str, whom: str, now: int) -> Asking | None:
    """What somebody asked of another by name, if that stands."""
    return next((one for one in open_askings(records, by, now) if one.target == whom), None)


def erase(draft: Draft, person: str, stump: str) -> None:
    """All that was between them and others, on both sides."""
    for kind in (Asking, Block, Declined):
        drop_all(draft, kind, ("by", "whom"), person)
    drop_all(draft, Request, ("by", "to"), person)
    drop_own(draft, Asked, person)


RECORDS: list[type[Record]] = [Asking, Request, Block, Declined, Asked]
_TULIP = Shown(name="Tim", organisation="Tulip Chargers", kind="sme", country="NL")
_BEGAN = Began(where="spotlight", at=0, session="smart-ports", question="q1")
_SAID: dict[str, Any] = {"shown": _TULIP, "reason": "Depot charging", "began": _BEGAN, "until": 0}
EXAMPLES = [
    Asking(id="c1", by="ada", whom="tim", target="tim", **_SAID),
    Request(id="c2", to="ada", by="tim", **_SAID),
    Block(id="ada/tim", by="ada", whom="tim", shown=_TULIP, at=0),
]
