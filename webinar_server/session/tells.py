"""Tells: what a session tells its mission of whoever takes part in that: when they came, who greeted them,
since when they asked and spoke; who is live; the totals of its feedback; whether its doors are open, and its
video.

    a command ──▶ somebody's part in this hour is another now ──▶ `note_part`, an errand for the mission

Each time the whole part is told, so saying it again changes nothing, and what was taken back (a greeting, a
question) is taken back there, too. Errands are done once and in order whatever ends meanwhile, so nothing is
repeated when a session closes. Of guests, whom no mission knows, nothing is told, and nothing of who leads.

**A moment** is a question that is live, or was, of who asked for others to know by name or as their
organisation; whose it is, is kept by the mission to itself.

**Asked** is who asked by name: what somebody asked otherwise, hosts are not to know of them. **Spoke** is who
was in the picture with such a question, whether or not somebody pressed that it was answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal

from webinar_server.session.feedback import Totals
from webinar_server.session.people import Greeting, Person
from webinar_server.session.programme import Session, SessionState
from webinar_server.session.questions import Question
from webinar_server.session.roles import HOSTS
from webinar_server.session.visits import Visit
from webinar_server.state import Command, Record, Records, Turn, replace

KIND = "mission"
"""What kind of topic is told; a test holds that it is one."""

TOLD_OF = (Person, Question, Totals, Session)
"""Records that may mean something for it."""


class NotePart(Command, frozen=True, kw_only=True):
    """What somebody did in a session so far, as its mission is told: each since when (Unix ms), or `None`. A
    mission has its own of this name, with the same fields."""

    NAME: ClassVar[str] = "note_part"

    session: str
    participant: str
    came: int
    asked: int | None = None
    spoke: int | None = None
    greeted: dict[str, Any] | None = None


class NoteFeedback(Command, frozen=True, kw_only=True):
    """The totals of a session's feedback, as far as they are told to hosts; likewise."""

    NAME: ClassVar[str] = "note_feedback"

    session: str
    people: int
    answers: dict[str, dict[str, int]]


class NoteDoors(Command, frozen=True, kw_only=True):
    """Whether a session waits, is open or was closed, which it may be earlier or later than planned;
    likewise."""

    NAME: ClassVar[str] = "note_doors"

    session: str
    doors: SessionState


class NoteVideo(Command, frozen=True, kw_only=True):
    """The address of the video that a session has now; likewise."""

    NAME: ClassVar[str] = "note_video"

    session: str
    video: str


class NoteMoment(Command, frozen=True, kw_only=True):
    """That somebody's question is live, or is not any more, so that they can be asked for contact by it, and
    are not disturbed meanwhile; likewise."""

    NAME: ClassVar[str] = "note_moment"

    session: str
    question: str
    participant: str
    shown: Literal["named", "organisation"]
    live: bool


def tells(records: Records, turns: Sequence[Turn]) -> Iterator[tuple[str, Command]]:
    """What these changes mean for the session's mission, if it is of one."""
    # most commands are of messages and votes, and every session asks this of each
    turns = [turn for turn in turns if isinstance(turn.after or turn.before, TOLD_OF)]
    session = next(iter(records.all(Session)), None) if turns else None
    if session is None or not session.mission:
        return
    people = dict.fromkeys(filter(None, map(_whose, turns)))
    told = [turn for turn in turns if isinstance(turn.after, Totals)]
    to = f"{KIND}/{session.mission}"
    were = {(turn.after or turn.before).id: turn.before for turn in turns if _whose(turn)}  # type: ignore[union-attr]
    for id in people:
        after, before = _part(records, id, session.id, {}), _part(records, id, session.id, were)
        if after is not None and after != before:
            yield to, after
    for turn in told:
        if (feedback := _feedback(session.id, turn.after)) != _feedback(session.id, turn.before):
            yield to, feedback  # type: ignore[misc]
    for moment in _moments(records, turns, session):
        yield to, moment
    for turn in turns:
        if isinstance(turn.after, Session):
            yield from ((to, told) for told in _of_itself(turn.before, turn.after))


def _of_itself(before: Record | None, after: Session) -> Iterator[Command]:
    if after.state != _doors(before):
        yield NoteDoors(session=after.id, doors=after.state)
    # what it began with, the programme has said
    if isinstance(before, Session) and after.video != before.video:
        yield NoteVideo(session=after.id, video=after.video)


def _moments(records: Records, turns: Sequence[Turn], session: Session) -> Iterator[NoteMoment]:
    """Questions that went live or off, first those that went off. After the end of a session nobody is live
    who was left so."""
    was = _live(records, (turn.before for turn in turns))
    now = _live(records, (turn.after for turn in turns))
    if any(isinstance(turn.after, Session) and turn.after.state == "closed" for turn in turns):
        was |= _live(records, records.all(Question))
    for live, told, others in ((False, was, now), (True, now, was)):
        for id in sorted(told.keys() - others.keys()):
            yield replace(told[id], session=session.id, live=live)


def _live(records: Records, there: Iterable[Record | None]) -> dict[str, NoteMoment]:
    """Those who are live with a question, of the mission's people who agreed to be known by it."""
    found = {}
    for question in there:
        if isinstance(question, Question) and question.state == "live" and question.shown != "anonymous":
            person = records.get(Person, question.by)
            if question.asker.named and person is not None and person.week is not None:
                found[question.id] = NoteMoment(
                    session="", question=question.id, participant=question.by, shown=question.shown, live=True
                )
    return found


def _whose(turn: Turn) -> str | None:
    """Whose part it may change."""
    record = turn.after or turn.before
    return record.by if isinstance(record, Question) else record.id if isinstance(record, Person) else None


def _part(records: Records, id: str, session: str, were: Mapping[str, Record | None]) -> NotePart | None:
    """Somebody's part, as it was where some records were others; `None` of whom nothing is told."""
    person = were.get(id, records.get(Person, id))
    if not isinstance(person, Person) or person.week is None or person.role in HOSTS:
        return None
    asked = (were.get(question.id, question) for question in records.of(Question, "by", id))
    named = [question for question in asked if isinstance(question, Question) and counts(question)]
    return NotePart(
        session=session,
        participant=id,
        came=min((visit.since for visit in records.of(Visit, "person", id)), default=person.since),
        asked=min((question.at for question in named), default=None),
        spoke=min((question.live_at for question in named if question.live_at is not None), default=None),
        greeted=_greeted(person.greeted),
    )


def counts(question: Question) -> bool:
    """Whether hosts may know that its asker asked."""
    return question.shown == "named" and question.state != "withdrawn"


def _greeted(greeting: Greeting | None) -> dict[str, Any] | None:
    if greeting is None:
        return None
    return {"by": greeting.by, "name": greeting.name, "at": greeting.at, "aloud": greeting.aloud}


def _doors(session: Record | None) -> SessionState:
    """As its mission knows them: one that is new waits."""
    return session.state if isinstance(session, Session) else "waiting"


def _feedback(session: str, totals: Record | None) -> NoteFeedback | None:
    told = totals.told if isinstance(totals, Totals) else None
    if told is None:
        return None
    return NoteFeedback(session=session, people=told.people, answers=told.answers)
