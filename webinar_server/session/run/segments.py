"""Preparing the hour: segments are added, changed, moved and taken out, one by one or from an example.

What was on, or is, stays as it was; what is to come may be changed at any time. Each has its way back:
`add_segment` that of `remove_segment`, `empty_run` that of `fill_run`.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from msgspec import UNSET, Meta, UnsetType

from webinar_server.errors import Refusal
from webinar_server.session.polls.poll import Poll
from webinar_server.session.roles import HOSTS
from webinar_server.session.run.examples import EXAMPLES_OF, Part
from webinar_server.session.run.records import Run, Segment, SegmentKind, in_order, the_run
from webinar_server.state import Actor, Command, Draft, Record, Role, replace
from webinar_server.words.sizes import so_many, up_to
from webinar_server.words.text import clean_or_empty

TITLE_MAX = 100
WHO_MAX = 100
NOTES_MAX = 500
MINUTES_MAX = 240
SEGMENTS_MAX = 40

Minutes = Annotated[int, Meta(ge=1, le=MINUTES_MAX)]


class AddSegment(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Put a segment in, before another one or at the end."""

    NAME: ClassVar[str] = "add_segment"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    kind: SegmentKind
    minutes: Minutes
    title: Annotated[str, up_to(TITLE_MAX)] = ""
    who: Annotated[str, up_to(WHO_MAX)] = ""
    notes: Annotated[str, up_to(NOTES_MAX)] = ""
    poll: str = ""
    opens: bool = False
    before: str | None = None

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        run = the_run(draft)
        _refuse_too_many(run, 1)
        segment = Segment(
            id=actor.fresh,
            kind=self.kind,
            minutes=self.minutes,
            poll=_poll(draft, self.poll),
            opens=self.opens,
        )
        words = _cleaned({"title": self.title, "who": self.who, "notes": self.notes})
        segment = replace(segment, **words)
        draft.put(segment)
        draft.put(replace(run, order=_placed(run, segment.id, self.before)))
        return {"id": segment.id}


class ChangeSegment(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change what is given; what is left out stays. Of one that is over only the words change."""

    NAME: ClassVar[str] = "change_segment"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    segment: str
    kind: SegmentKind | UnsetType = UNSET
    minutes: Minutes | UnsetType = UNSET
    title: Annotated[str, up_to(TITLE_MAX)] | UnsetType = UNSET
    who: Annotated[str, up_to(WHO_MAX)] | UnsetType = UNSET
    notes: Annotated[str, up_to(NOTES_MAX)] | UnsetType = UNSET
    poll: str | UnsetType = UNSET
    opens: bool | UnsetType = UNSET

    def run(self, draft: Draft, actor: Actor) -> None:
        segment = draft.need(Segment, self.segment)
        fields = ("kind", "minutes", "title", "who", "notes", "poll", "opens")
        given: dict[str, Any] = {name: getattr(self, name) for name in fields}
        given = {name: value for name, value in given.items() if value is not UNSET}
        given |= _cleaned({name: given[name] for name in given.keys() & {"title", "who", "notes"}})
        if given.get("minutes", segment.minutes) != segment.minutes:
            _refuse_ran(the_run(draft), segment.id)
            given["given"] = None
        if given.get("poll", segment.poll) != segment.poll:
            given["poll"] = _poll(draft, given["poll"])
        draft.put(replace(segment, **given))


class MoveSegment(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Put one that is to come before another such one, or at the end."""

    NAME: ClassVar[str] = "move_segment"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    segment: str
    before: str | None = None

    def run(self, draft: Draft, actor: Actor) -> None:
        run = the_run(draft)
        segment = draft.need(Segment, self.segment)
        _refuse_ran(run, segment.id)
        if self.before != segment.id:
            draft.put(replace(run, order=_placed(run, segment.id, self.before)))


class RemoveSegment(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take one out that is to come."""

    NAME: ClassVar[str] = "remove_segment"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    segment: str

    def run(self, draft: Draft, actor: Actor) -> None:
        run = the_run(draft)
        segment = draft.need(Segment, self.segment)
        _refuse_ran(run, segment.id)
        draft.drop(segment)
        draft.put(replace(run, order=tuple(id for id in run.order if id != segment.id)))


class FillRun(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Begin with an example that ships with this, or with segments from elsewhere; only where there are
    none."""

    NAME: ClassVar[str] = "fill_run"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    example: Literal["good", "bad"] | None = None
    segments: Annotated[tuple[Part, ...], so_many(0, SEGMENTS_MAX)] = ()

    def run(self, draft: Draft, actor: Actor) -> dict[str, int]:
        run = the_run(draft)
        if run.order:
            raise Refusal("segment.filled", "There is a run of show already; take its segments out first.")
        parts = EXAMPLES_OF[self.example] if self.example else self.segments
        _refuse_too_many(run, len(parts))
        made = [_made(part, f"{actor.fresh}-{at}") for at, part in enumerate(parts, 1)]
        for segment in made:
            draft.put(segment)
        draft.put(replace(run, order=tuple(segment.id for segment in made)))
        return {"segments": len(made)}


class EmptyRun(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take all segments out, as long as none was on."""

    NAME: ClassVar[str] = "empty_run"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    def run(self, draft: Draft, actor: Actor) -> None:
        run = the_run(draft)
        for segment in in_order(draft):
            _refuse_ran(run, segment.id)
            draft.drop(segment)
        if run.order:
            draft.put(replace(run, order=()))


def _made(part: Part, id: str) -> Segment:
    words = _cleaned({"title": part.title, "who": part.who, "notes": part.notes})
    minutes = min(max(part.minutes, 1), MINUTES_MAX)
    return replace(part.segment(id), minutes=minutes, **words)


def _cleaned(words: dict[str, str]) -> dict[str, str]:
    most = {"title": TITLE_MAX, "who": WHO_MAX, "notes": NOTES_MAX}
    return {name: clean_or_empty(text, "segment", most[name], field=name) for name, text in words.items()}


def _poll(draft: Draft, id: str) -> str:
    return draft.need(Poll, id).id if id else ""


def _placed(run: Run, segment: str, before: str | None) -> tuple[str, ...]:
    """The order with a segment before that other one: never before what was on. Raises Refusal."""
    others = [id for id in run.order if id != segment]
    if before is not None and before in others:
        _refuse_ran(run, before)
        place = others.index(before)
    else:
        place = len(others)
    return (*others[:place], segment, *others[place:])


def _refuse_ran(run: Run, segment: str) -> None:
    if run.has_run(segment):
        raise Refusal("segment.ran", "This segment is on, or over; change what is to come.")


def _refuse_too_many(run: Run, more: int) -> None:
    if len(run.order) + more > SEGMENTS_MAX:
        raise Refusal("segment.full", f"A run of show has {SEGMENTS_MAX} segments at most.")


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [AddSegment, ChangeSegment, MoveSegment, RemoveSegment, FillRun, EmptyRun]
