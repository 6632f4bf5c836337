"""Segments, and the run through them: which is on, since when, and when all is to be over.

A segment's `minutes` are the plan; `given` is what it has by now, where hosts gave it more or less (0: it was
dropped). The order stands in one record, with what ran: that decides every race between two hosts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, NamedTuple

from webinar_server.session.roles import AUDIENCES
from webinar_server.state import Audience, Draft, Record, Records, View

MINUTE_MS = 60_000
SegmentKind = Literal[
    "greeting", "talk", "video", "poll", "questions", "spotlight", "break", "borrel", "closing", "other"
]
"""`spotlight`: people of the audience are brought live with their questions, one after the other."""


class Segment(Record, frozen=True, kw_only=True):
    """One part of the hour, in whole minutes. Without a title it is called by its kind. `poll` is the one it
    is about, by id; with `opens` that is opened as the segment begins. `notes` are for hosts alone."""

    KIND: ClassVar[str] = "segment"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = AUDIENCES

    kind: SegmentKind
    minutes: int
    title: str = ""
    who: str = ""
    notes: str = ""
    poll: str = ""
    opens: bool = False
    given: int | None = None

    @property
    def length(self) -> int:
        """Its minutes by now; 0 where it was dropped."""
        return self.minutes if self.given is None else self.given

    def view(self, audience: Audience) -> View | None:
        if audience != "host":
            told: View = {"kind": self.kind, "title": self.title, "who": self.who, "minutes": self.length}
            return told if self.length else None
        return {
            "kind": self.kind,
            "title": self.title,
            "who": self.who,
            "minutes": self.minutes,
            "given": self.given,
            "notes": self.notes,
            "poll": self.poll,
            "opens": self.opens,
        }


class Ran(NamedTuple):
    """When a segment began and ended (Unix ms); `None` while it is on."""

    segment: str
    began_at: int
    ended_at: int | None = None


class Run(Record, frozen=True, kw_only=True):
    """One record, id `now`. `order` are all segments; `ran` those that were on, and last the one that is.
    `planned_end` is when it was to be over as it began; `on_stage` whether screens tell of it."""

    KIND: ClassVar[str] = "run"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = AUDIENCES

    id: str = "now"
    order: tuple[str, ...] = ()
    ran: tuple[Ran, ...] = ()
    planned_end: int | None = None
    ended_at: int | None = None
    on_stage: bool = True

    @property
    def current(self) -> str | None:
        return self.ran[-1].segment if self.ran and self.ended_at is None else None

    def has_run(self, segment: str) -> bool:
        """Whether it is on, or was."""
        return any(ran.segment == segment for ran in self.ran)

    def view(self, audience: Audience) -> View:
        seen: View = {
            "order": list(self.order),
            "current": self.current,
            "began_at": self.ran[-1].began_at if self.current else None,
            "planned_end": self.planned_end,
            "ended_at": self.ended_at,
            "on_stage": self.on_stage,
        }
        if audience != "host":
            # what is over, without how long each took
            return seen | {"over": [ran.segment for ran in self.ran if ran.segment != self.current]}
        ran = [
            {"segment": one.segment, "began_at": one.began_at, "ended_at": one.ended_at} for one in self.ran
        ]
        return seen | {"ran": ran}


def the_run(records: Draft | Records) -> Run:
    """Empty before the first segment."""
    return records.get(Run, "now") or Run()


def in_order(records: Draft | Records) -> list[Segment]:
    """All segments, in the order of the hour."""
    found = (records.get(Segment, id) for id in the_run(records).order)
    return [segment for segment in found if segment is not None]


def to_come(run: Run, segments: list[Segment]) -> Iterator[Segment]:
    """Those that were not on yet and were not dropped."""
    return (one for one in segments if one.length and not run.has_run(one.id))


NAMES_NOBODY = True
"""But as hosts wrote in the plan, as in a title."""

RECORDS: list[type[Record]] = [Segment, Run]
EXAMPLES = [
    Segment(id="g1", kind="talk", minutes=8, title="Charging", who="Ada", notes="Slides", poll="p1"),
    Segment(id="g2", kind="talk", minutes=8, given=0),
    Run(),
    Run(order=("g1", "g2"), ran=(Ran("g1", 0, 1), Ran("g2", 1)), planned_end=3_600_000),
    Run(order=("g1",), ran=(Ran("g1", 0, 1),), planned_end=3_600_000, ended_at=1),
]
COMMANDS: list[type] = []
