"""Session table: what a log has of its sessions, in figures, for a terminal and for programs.

A data folder is read beside the server that may hold it, a Redis without becoming a worker.
"""

from __future__ import annotations

import datetime
import json
import pathlib
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from typing import Any, TypeAlias

from webinar_server import __version__
from webinar_server.cli.archive import source
from webinar_server.clock import now_ms
from webinar_server.errors import StorageError
from webinar_server.log.archive.write import state_of, take
from webinar_server.session import SESSION
from webinar_server.session.chat import Message
from webinar_server.session.people import Person
from webinar_server.session.polls.poll import Poll
from webinar_server.session.programme import Session
from webinar_server.session.questions import Question
from webinar_server.state import State, Topic
from webinar_server.topics import find

Summary: TypeAlias = dict[str, Any]

TIMES = ("starts_at", "ends_at", "opened_at", "closed_at")
COLUMNS = ("session", "state", "starts_at", "here", "people", "questions", "title")
NONE = "there is no session here yet; `webinar-server session add ID --title TITLE` makes one"


async def summaries(data: pathlib.Path, redis: str | None, id: str | None = None) -> list[Summary]:
    """Of one session, or of all. Raises StorageError where it is not there, or nothing can be read."""
    return [_summary(state) async for state in states(SESSION, data, redis, id)]


async def states(about: Topic, data: pathlib.Path, redis: str | None, id: str | None) -> AsyncIterator[State]:
    """Of the topics of a kind, or of one."""
    log = source(data, redis)
    await log.open()
    try:
        topics = [about.topic(id)] if id else [each for each in await log.topics() if find(each) is about]
        for topic in topics:
            yield await state_of(await take(log, topic, now_ms(), __version__))
    finally:
        await log.close()


def _summary(state: State) -> Summary:
    """`session` is its id; `here` and `people` count persons, `entries` all that ever happened."""
    session = next(iter(state.all(Session)), None)
    if session is None:
        raise StorageError(
            "a session in this log does not say what it is; `webinar-server doctor` looks at it"
        )
    people = [*state.all(Person)]
    return {
        "session": session.id,
        "title": session.title,
        "state": session.state,
        **{name: getattr(session, name) for name in TIMES},
        "video_kind": session.video_kind,
        "video": session.video,
        "premoderated": session.premoderated,
        "here": sum(bool(person.here) for person in people),
        "people": len(people),
        "roles": dict(Counter(person.role for person in people)),
        "questions": state.count(Question),
        "questions_by_state": dict(Counter(question.state for question in state.all(Question))),
        "polls": state.count(Poll),
        "messages": state.count(Message),
        "entries": state.position.seq,
    }


def as_json(rows: Sequence[Summary]) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def table(rows: Sequence[Summary]) -> str:
    return drawn(rows, COLUMNS) if rows else NONE


def drawn(rows: Sequence[Summary], columns: Sequence[str]) -> str:
    lines = [
        [name.removesuffix("_at") for name in columns],
        *([_shown(row, name) for name in columns] for row in rows),
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def page(row: Summary) -> str:
    """A line for each thing; of times and counts those there are."""
    width = max(map(len, row))
    return "\n".join(f"{name.ljust(width)}  {_shown(row, name)}" for name in row if _shown(row, name))


def _shown(row: Summary, name: str) -> str:
    value = row[name]
    if value is None:
        return ""
    if name in TIMES:
        return datetime.datetime.fromtimestamp(value / 1000).astimezone().isoformat(timespec="minutes")
    if isinstance(value, dict):
        return ", ".join(f"{count} {key}" for key, count in sorted(value.items()))
    return str(value) if not isinstance(value, bool) else "yes" if value else "no"
