"""Polls as a file: a table (CSV) that a spreadsheet opens, or JSON, each of which is taken in again.

Of a poll a file holds what was prepared, never what came of it. In a cell of a table options stand one a
line; who writes by hand may put `|` between them. What is wrong with a file is told with its lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from webinar_server.errors import Refusal
from webinar_server.session.polls.drafting import POLLS_MAX, DraftPoll, drafted
from webinar_server.session.polls.poll import Poll
from webinar_server.sheets.decoding import decode
from webinar_server.sheets.poll_table import COLUMNS, Fault, Wrong, cells_of, of_table

FILE_MAX = 1024 * 1024
"""Bytes of a file: the largest that is made of a hundred polls is a third of it."""

WRONG_MAX = 20
"""Wrong lines that are told of one file."""


class Read(NamedTuple):
    """The polls of a file, and what is wrong with it: of one with anything wrong nothing is to be taken."""

    polls: tuple[DraftPoll, ...]
    wrong: tuple[Wrong, ...]


def as_asked(poll: Poll) -> dict[str, Any]:
    """What asks for a poll like this one, without what goes without saying."""
    places = {option.id: place for place, option in enumerate(poll.options, 1)}
    asked: dict[str, Any] = {
        "question": poll.question,
        "form": poll.form,
        "choose": poll.choose,
        "options": [option.text for option in poll.options],
        "results": poll.results,
        "names": poll.names,
        "scale": msgspec.to_builtins(poll.scale),
        "number": msgspec.to_builtins(poll.number),
        "right": [places[id] for id in poll.right],
        "points": poll.points,
        "moderated": poll.moderated if poll.how.ANSWER == "texts" else None,
        "seconds": poll.seconds,
    }
    return {name: value for name, value in asked.items() if value not in (None, [], False)} | (
        {"moderated": False} if asked["moderated"] is False else {}
    )


def written(polls: Iterable[Poll]) -> bytes:
    """As JSON."""
    told = {"polls": [as_asked(poll) for poll in polls]}
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def rows_of(polls: Iterable[Poll]) -> Iterator[list[str]]:
    """As a table, its titles first."""
    yield list(COLUMNS)
    for poll in polls:
        yield [*cells_of(as_asked(poll))]


def read(data: bytes) -> Read:
    """The polls of a file. Raises Refusal `polls.…` for one that is none at all."""
    if len(data) > FILE_MAX:
        raise Refusal("polls.large", f"A file of polls has at most {FILE_MAX // 1024} kB.")
    text = decode(data).text
    try:
        lines = list(_of_json(text) if text.lstrip()[:1] in ("{", "[") else of_table(text))
    except Fault as fault:
        return Read((), (fault.wrong,))
    if not lines:
        raise Refusal("polls.none", "There are no polls in this file.")
    if len(lines) > POLLS_MAX:
        raise Refusal("polls.many", f"A session holds {POLLS_MAX} polls.")
    found = [asked if isinstance(asked, Wrong) else _draft(line, asked) for line, asked in lines]
    wrong = tuple(one for one in found if isinstance(one, Wrong))
    polls = tuple(one for one in found if isinstance(one, DraftPoll))
    return Read(() if wrong else polls, wrong[:WRONG_MAX])


def _draft(line: int, asked: Mapping[str, Any]) -> DraftPoll | Wrong:
    try:
        draft = msgspec.convert(asked, DraftPoll, strict=True)
        drafted(draft, "", 0)
    except msgspec.ValidationError as error:
        return Wrong(line=line, code="polls.malformed", text=_without_words(str(error)))
    except Refusal as refusal:
        return Wrong(line=line, code=refusal.code, text=refusal.text, field=refusal.field)
    return draft


def _without_words(text: str) -> str:
    """What is wrong and where, not what stands there."""
    what, _, where = text.partition(" - at `$")
    return f"{'Invalid value' if what.startswith('Invalid') else what} at {where.strip('.`') or 'the poll'}"


# JSON


def _of_json(text: str) -> Iterator[tuple[int, Any]]:
    """Each poll, and the line on which it begins."""
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        raise Fault(error.lineno, f"This is no JSON: {error.msg}.") from None
    except RecursionError:
        raise Fault(1, "This is no JSON: it is nested too deep.") from None
    if isinstance(whole, dict) and whole.keys() != {"polls"}:
        raise Fault(1, 'A file of polls is {"polls": [ … ]}.')
    many = whole["polls"] if isinstance(whole, dict) else whole
    if not isinstance(many, list):
        raise Fault(1, 'A file of polls is {"polls": [ … ]}.')
    # nothing but the name of the list stands before it
    at, decoder = text.index("[") + 1, json.JSONDecoder()
    for _ in many:
        at += len(text[at:]) - len(text[at:].lstrip(" \t\r\n,"))
        line = text.count("\n", 0, at) + 1
        asked, at = decoder.raw_decode(text, at)
        if not isinstance(asked, dict) or asked.keys() & {"poll", "first"}:
            yield line, Wrong(line=line, code="polls.malformed", text="This is no poll.")
        else:
            yield line, asked
