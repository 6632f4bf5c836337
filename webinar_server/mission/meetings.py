"""Meetings: when two who have each other's contact see each other, and what each of them is told of it.

 propose_meeting            accept_meeting: one of its times
────────────────▶ PROPOSED ─────────────────────────────────▶ FIXED ──┐ change_meeting
                   │  ▲  │                                      │  ▲──┘
 decline_meeting ──┘  └──┘ propose_other_times: the other       │
                   │       answers now                          │
                   ▼                                            ▼ cancel_meeting
     DECLINED, EXPIRED, CANCELLED                           CANCELLED

Nobody is in two fixed meetings at once: whatever fixes or moves one reads both people's in the draft on which
it is decided, and the log takes it only where nothing came between.

**Of a person** there is every `Meeting` under the index `people`, and a `Diary` of their id: what keeps or
erases somebody finds them by these. The other's name stands in it as they gave it with their contact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar, Literal, NamedTuple, get_args

from webinar_server.errors import Refusal
from webinar_server.mission.contacts import Shown
from webinar_server.mission.participants import Participant
from webinar_server.state import Audience, Draft, Private, Record, Records, View, drop_own, replace

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
ZONE_MAX = 64
NOTE_MAX = 200

ANSWERED_BEFORE_MS = 5 * MINUTE_MS
"""A proposal stands until so long before the first of its times."""

Minutes = Literal[15, 20, 30]
MeetingState = Literal["proposed", "fixed", "declined", "cancelled", "expired"]

Bell = Literal["day", "soon"]
BELLS: dict[Bell, int] = {"day": DAY_MS, "soon": 10 * MINUTE_MS}
"""How long before a meeting its people are reminded of it."""

Quiet = Literal["day.page", "day.letter", "soon.page", "soon.letter"]
"""A reminder that somebody does not want: which, and by what."""
QUIETS: tuple[Quiet, ...] = get_args(Quiet)

ZONE = re.compile(r"UTC|[A-Z][A-Za-z_]{1,30}(/[A-Z][A-Za-z_+-]{1,30}){1,2}", re.ASCII)
"""A time zone's name (IANA); one that nobody knows is read as UTC."""


class Meeting(Private, frozen=True, kw_only=True):
    """Of `by`, who proposed it last, and `to`, who answers; each `…_shown` is what the other is shown of
    them, each `…_zone` the time zone in which they are.

    `times` are when it may begin, the first first; `starts_at` when it does, once it was fixed (all Unix ms);
    `minutes` how long it takes. `place` is an address of the web. `sequence` counts what calendars are told
    of it, `rung` is up to when reminders were sent. Of one that is `untold` the other side knows nothing;
    one that was cancelled because somebody `left` the mission is again where they come back.
    """

    KIND: ClassVar[str] = "meeting"
    INDEXES: ClassVar[tuple[str, ...]] = ("people", "booked", "ends", "bell")

    by: str
    to: str
    by_shown: Shown
    to_shown: Shown
    by_zone: str
    to_zone: str
    times: tuple[int, ...]
    minutes: Minutes
    place: str = ""
    note: str = ""
    state: MeetingState = "proposed"
    asked: int
    starts_at: int = 0
    sequence: int = 0
    rung: int = 0
    left: str = ""
    untold: bool = False

    @property
    def people(self) -> tuple[str, ...]:
        return (self.by, self.to)

    @property
    def booked(self) -> tuple[str, ...] | None:
        """Who is in it."""
        return self.people if self.state == "fixed" else None

    @property
    def until(self) -> int:
        """Until when it can be answered."""
        return self.times[0] - ANSWERED_BEFORE_MS

    @property
    def ends(self) -> str | None:
        return str(self.until) if self.state == "proposed" else None

    @property
    def ends_at(self) -> int:
        return self.starts_at + self.minutes * MINUTE_MS

    @property
    def bell(self) -> str | None:
        """When its people are reminded next."""
        if self.state != "fixed":
            return None
        rings = (self.starts_at - before for before in BELLS.values())
        return next((str(at) for at in sorted(rings) if at > self.rung), None)

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.by,) if self.untold else self.people

    def own(self, person: str, audience: Audience) -> View:
        """`mine` is what they proposed themselves; `zone` that of the other."""
        shown = self.to_shown if person == self.by else self.by_shown
        return {
            "whom": self.other(person),
            "mine": person == self.by,
            "name": shown.name,
            "organisation": shown.organisation,
            "zone": self.to_zone if person == self.by else self.by_zone,
            "times": list(self.times),
            "minutes": self.minutes,
            "place": self.place,
            "note": self.note,
            "state": self.state,
            "until": self.until,
            "starts_at": self.starts_at,
        }

    def other(self, person: str) -> str:
        return self.to if person == self.by else self.by

    def shown_to(self, person: str) -> Shown:
        """What that one of the two is shown of the other."""
        return self.to_shown if person == self.by else self.by_shown


class Diary(Private, frozen=True, kw_only=True):
    """How one participant, whose id it has, keeps their meetings: in which time zone, as their browser says,
    and which reminders they do not want."""

    KIND: ClassVar[str] = "diary"

    zone: str = ""
    off: tuple[Quiet, ...] = ()

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.id,)

    def own(self, person: str, audience: Audience) -> View:
        return {"zone": self.zone, "off": list(self.off)}

    def wants(self, bell: Bell, by: Literal["page", "letter"]) -> bool:
        return f"{bell}.{by}" not in self.off


class Span(NamedTuple):
    """From a moment until another (Unix ms)."""

    starts_at: int
    ends_at: int

    def meets(self, other: Span) -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def span_of(starts_at: int, minutes: int) -> Span:
    return Span(starts_at, starts_at + minutes * MINUTE_MS)


def booked(records: Records, person: str) -> Iterator[Meeting]:
    """Those in which somebody is, or was."""
    return iter(records.of(Meeting, "booked", person))


def clashing(records: Records, person: str, span: Span, besides: str = "") -> Meeting | None:
    """A fixed meeting of somebody at that time, but for the one of that id."""
    meetings = (one for one in booked(records, person) if one.id != besides)
    return next((one for one in meetings if span.meets(Span(one.starts_at, one.ends_at))), None)


def meetings_of(records: Records, person: str) -> list[Meeting]:
    """All that somebody is told of, in the order in which they were proposed."""
    meetings = (one for one in records.of(Meeting, "people", person) if person in one.owners)
    return sorted(meetings, key=lambda one: (one.asked, one.id))


def need_mine(records: Records, person: str, id: str) -> Meeting:
    """One of theirs; to everybody else there is none. Raises Refusal `meeting.unknown`."""
    meeting = records.get(Meeting, id)
    if meeting is None or person not in meeting.owners:
        raise Refusal("meeting.unknown", "This is not a meeting of yours (any more).")
    return meeting


def diary_of(records: Records, person: str) -> Diary:
    """Somebody's, blank before they kept any."""
    return records.get(Diary, person) or Diary(id=person)


def erase(draft: Draft, person: str, stump: str) -> None:
    """What was agreed with them is off, and the other, who may have it in a calendar, is left that it was."""
    drop_own(draft, Diary, person)
    for meeting in list(draft.of(Meeting, "people", person)):
        if meeting.starts_at and draft.get(Participant, meeting.other(person)) is not None:
            draft.put(_without(meeting, person, stump))
        else:
            draft.drop(meeting)


def _without(meeting: Meeting, person: str, stump: str) -> Meeting:
    """The same with nobody on that side, and without words."""
    by, to = (stump if one == person else one for one in meeting.people)
    sides = zip((by, to), (meeting.by_shown, meeting.to_shown), strict=True)
    shown = [Shown() if one == stump else was for one, was in sides]
    zone = meeting.to_zone if by == stump else meeting.by_zone
    off: MeetingState = "cancelled" if meeting.bell else meeting.state
    said = {"by": by, "to": to, "by_shown": shown[0], "to_shown": shown[1], "by_zone": zone, "to_zone": zone}
    return replace(meeting, state=off, note="", place="", left="", **said)


RECORDS: list[type[Record]] = [Meeting, Diary]
_SAID: dict[str, Any] = {
    "by": "ada",
    "to": "tim",
    "by_shown": Shown(name="Ada", organisation="Voltline"),
    "to_shown": Shown(name="Tim", organisation="Tulip Chargers"),
    "by_zone": "America/Los_Angeles",
    "to_zone": "Europe/Amsterdam",
    "minutes": 20,
    "times": (DAY_MS, 2 * DAY_MS),
    "asked": 0,
}
EXAMPLES = [
    Meeting(id="m1", note="Depots", place="https://meet.example/ada", **_SAID),
    Meeting(id="m2", state="fixed", starts_at=DAY_MS, **_SAID),
    Diary(id="ada", zone="Europe/Amsterdam", off=("day.letter",)),
]
COMMANDS: list[Any] = []
