"""Two plans of an hour: a good one to begin with, and a bad one that breaks every rule of the check.

Titles are left out, so that each segment is called by its kind in the language that is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from webinar_server.session.run.records import Segment, SegmentKind


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A segment that is not in a session yet."""

    kind: SegmentKind
    minutes: int
    title: str = ""
    who: str = ""
    notes: str = ""

    def segment(self, id: str) -> Segment:
        return Segment(
            id=id, kind=self.kind, minutes=self.minutes, title=self.title, who=self.who, notes=self.notes
        )


GOOD = (
    Part("greeting", 5),
    Part("talk", 8),
    Part("poll", 3),
    Part("spotlight", 10),
    Part("talk", 8),
    Part("questions", 6),
    Part("poll", 3),
    Part("spotlight", 12),
    Part("closing", 5),
)
"""Sixty minutes; nowhere more than eight without something for the audience to do."""

BAD = (
    Part("talk", 25),
    Part("talk", 20),
    Part("talk", 15),
    Part("questions", 10),
)
"""Seventy minutes of being talked to, questions if there is time, and the end in the middle of them."""

EXAMPLES_OF: Mapping[Literal["good", "bad"], tuple[Part, ...]] = {"good": GOOD, "bad": BAD}


def segments_of(parts: tuple[Part, ...]) -> list[Segment]:
    """As they would be in a session, with ids of their own."""
    return [part.segment(f"s{at}") for at, part in enumerate(parts, 1)]
