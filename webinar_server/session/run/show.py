"""Running the hour: it begins, goes on from segment to segment, and ends; a mis-press goes back.

            start_run         next_segment            end_run
    PLANNED ─────────▶ first ─────────────▶ … last ──────────▶ OVER
       ▲                 │  ▲                  │ ▲               │
       └─ back_segment ──┘  └── back_segment ──┘ └ back_segment ─┘

Each step names the segment that it leaves. Two hosts who press at once make one step, not two: the second
finds that segment left already, which is all they wanted.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import UNSET, UnsetType

from webinar_server.errors import Refusal
from webinar_server.session.polls.poll import Poll
from webinar_server.session.polls.running import OpenPoll
from webinar_server.session.programme import the_session
from webinar_server.session.roles import HOSTS
from webinar_server.session.run.records import MINUTE_MS, Ran, Run, Segment, in_order, the_run, to_come
from webinar_server.session.run.segments import Minutes
from webinar_server.state import Actor, Command, Draft, Record, Result, Role, replace


class StartRun(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first segment is on. It is to be over when the plan says, and no later than the session."""

    NAME: ClassVar[str] = "start_run"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    def run(self, draft: Draft, actor: Actor) -> Result:
        run, segments = the_run(draft), in_order(draft)
        if run.ran:
            return {}
        if not any(to_come(run, segments)):
            raise Refusal("segment.none", "There is no segment yet; add one first.")
        whole = actor.at + sum(one.length for one in segments) * MINUTE_MS
        ends_at = the_session(draft).ends_at
        end = min(ends_at, whole) if ends_at is not None and ends_at > actor.at else whole
        return _step(draft, replace(run, planned_end=end), actor)


class NextSegment(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """On to the next; after the last one the run is over."""

    NAME: ClassVar[str] = "next_segment"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    leaving: str

    def run(self, draft: Draft, actor: Actor) -> Result:
        run = the_run(draft)
        return _step(draft, run, actor) if _leaves(run, self.leaving) else {}


class EndRun(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Over, whatever was still to come."""

    NAME: ClassVar[str] = "end_run"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    leaving: str

    def run(self, draft: Draft, actor: Actor) -> None:
        run = the_run(draft)
        if _leaves(run, self.leaving):
            draft.put(replace(_left(run, actor.at), ended_at=actor.at))


class BackSegment(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Back to the one before, as if the last step had not been; after the end, to the last one."""

    NAME: ClassVar[str] = "back_segment"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    leaving: str

    def run(self, draft: Draft, actor: Actor) -> None:
        run = the_run(draft)
        if not run.ran or run.ran[-1].segment != self.leaving:
            return
        if run.ended_at is None:
            run = replace(run, ran=run.ran[:-1])
        if run.ran:
            draft.put(replace(run, ran=(*run.ran[:-1], run.ran[-1]._replace(ended_at=None)), ended_at=None))
        else:
            draft.put(replace(run, planned_end=None))


class ExtendSegment(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Give the one that is on, or is to come, more minutes than `was`: the length it had for who asks."""

    NAME: ClassVar[str] = "extend_segment"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    segment: str
    was: int
    minutes: Minutes

    def run(self, draft: Draft, actor: Actor) -> None:
        segment = changeable(draft, self.segment, self.was)
        draft.put(replace(segment, given=segment.length + self.minutes))


class ShowRun(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether screens tell where the hour is."""

    NAME: ClassVar[str] = "show_run"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    on_stage: bool | UnsetType = UNSET

    def run(self, draft: Draft, actor: Actor) -> None:
        if self.on_stage is not UNSET:
            draft.put(replace(the_run(draft), on_stage=self.on_stage))


def changeable(draft: Draft, id: str, was: int) -> Segment:
    """A segment that is not over, of the length that somebody saw. Raises Refusal."""
    run, segment = the_run(draft), draft.need(Segment, id)
    if run.has_run(id) and run.current != id:
        raise Refusal("segment.ran", "This segment is on, or over; change what is to come.")
    if segment.length != was:
        raise Refusal("segment.changed", "A colleague just changed how long this is; look again.")
    return segment


def _leaves(run: Run, leaving: str) -> bool:
    """Whether that one is still on."""
    if not run.ran:
        raise Refusal("segment.not_begun", "The run has not begun.")
    return run.current == leaving


def _left(run: Run, now: int) -> Run:
    if run.current is None:
        return run
    return replace(run, ran=(*run.ran[:-1], run.ran[-1]._replace(ended_at=now)))


def _step(draft: Draft, run: Run, actor: Actor) -> Result:
    """The next one is on, with its poll if it is so set; none is left after the last."""
    run = _left(run, actor.at)
    segment = next(to_come(run, in_order(draft)), None)
    if segment is None:
        draft.put(replace(run, ended_at=actor.at))
        return {"segment": None}
    draft.put(replace(run, ran=(*run.ran, Ran(segment.id, actor.at))))
    return {"segment": segment.id} | _opened(draft, segment, actor)


def _opened(draft: Draft, segment: Segment, actor: Actor) -> Result:
    """A poll that cannot be opened (any more) keeps nobody from going on."""
    poll = draft.get(Poll, segment.poll) if segment.opens and segment.poll else None
    if poll is None or poll.state != "draft":
        return {}
    try:
        OpenPoll(poll=poll.id).run(draft, actor)
    except Refusal:
        return {}
    return {"poll": poll.id}


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [StartRun, NextSegment, EndRun, BackSegment, ExtendSegment, ShowRun]
