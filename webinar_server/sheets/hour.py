"""Hour as rows: what hosts see of a session, as tables for spreadsheets and programs, in both languages.

Nothing is in them that hosts are not told on their page: not who asked anonymously, nor who voted what.
Times are by the clocks of who reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from webinar_server.session.answers import WrittenAnswer
from webinar_server.session.chat import Message
from webinar_server.session.feedback import ANSWERS, Totals
from webinar_server.session.outcomes import lines_of as outcome_of
from webinar_server.session.people import Person
from webinar_server.session.polls.poll import Poll
from webinar_server.session.programme import Session
from webinar_server.session.questions import Question
from webinar_server.session.stays import MINUTE_MS, curve_of, hour_of, stays_of
from webinar_server.sheets.hour_words import COLUMNS, SHEETS, TIMES, WORDS
from webinar_server.sheets.listing import in_words
from webinar_server.state import Records
from webinar_server.state.card import ORGANISATION_KINDS

Line = dict[str, Any]
"""Values by their columns: texts, times (Unix ms), numbers, yes or no, or `None`."""


def lines_of(records: Records, sheet: str, now: int) -> list[Line]:
    """What stands in one of `SHEETS`, in the order of its rows; `now` is Unix ms."""
    return list(_LINES[sheet](records, now))


class Reader(NamedTuple):
    """Who reads it: in which language, and by which clocks."""

    lang: str
    zone: ZoneInfo


def rows_of(records: Records, sheet: str, now: int, reader: Reader) -> list[list[str]]:
    """The same as texts, below the titles of its columns."""
    columns = COLUMNS[reader.lang][sheet]
    titles = [title.format(zone=reader.zone.key) for title in columns.values()]
    told = ([_text(line[name], name, reader) for name in columns] for line in lines_of(records, sheet, now))
    return [titles, *told]


def workbook_of(records: Records, now: int, reader: Reader) -> dict[str, list[list[str]]]:
    """All sheets, by their titles."""
    return {title: rows_of(records, sheet, now, reader) for sheet, title in SHEETS[reader.lang].items()}


def _text(value: Any, column: str, reader: Reader) -> str:
    if value is None:
        return ""
    words = WORDS[reader.lang]
    if isinstance(value, bool):
        return words["yes"] if value else ""
    if column in TIMES:
        return datetime.fromtimestamp(value / 1000, reader.zone).strftime("%Y-%m-%d %H:%M:%S")
    is_word = column in ("role", "state", "about", "answer")
    return (
        words.get(f"{column}.{value}", str(value)) if is_word else in_words(column, str(value), reader.lang)
    )


def _attendance(records: Records, now: int) -> Iterator[Line]:
    session = next(iter(records.all(Session)))
    hour = hour_of(records, session, now)
    curve = curve_of(stays_of(records, now).values(), hour)
    for index, there in enumerate(curve["there"]):
        at = curve["from"] + index * curve["step"]
        yield {"at": at, "minute": (at - hour.begins) // MINUTE_MS, "there": there}


def _people(records: Records, now: int) -> Iterator[Line]:
    for person in sorted(records.all(Person), key=lambda one: (one.name.casefold(), one.id)):
        greeted = person.greeted
        yield {
            "name": person.name,
            "organisation": person.organisation,
            "kind": person.kind if person.kind in ORGANISATION_KINDS else "",
            "country": person.country,
            "role": person.role,
            "here": person.here,
            "first_time": person.first_time,
            "since": person.since or None,
            "greeted_by": greeted.name if greeted else None,
            "aloud": greeted.aloud if greeted else False,
        }


def _questions(records: Records, now: int) -> Iterator[Line]:
    for question in sorted(records.all(Question), key=lambda one: (one.at, one.id)):
        seen, answer = question.view("host") or {}, records.get(WrittenAnswer, question.id)
        if question.state != "withdrawn":
            yield {
                "state": question.state,
                "text": question.text,
                **{
                    field: seen["asker"].get(field, "")
                    for field in ("name", "organisation", "kind", "country")
                },
                "supporters": question.supporters,
                "asked_at": question.at,
                "live_at": question.live_at,
                "answered_at": question.answered_at,
                "written_answer": answer.text if answer else None,
                "answered_by": answer.name if answer else None,
            }


def _polls(records: Records, now: int) -> Iterator[Line]:
    """A line for each option, word or step; one alone where hosts are told nothing of it yet."""
    for poll in sorted(records.all(Poll), key=lambda one: (one.opened_at or one.at, one.id)):
        options = [{"text": option.text, "votes": None} for option in poll.options]
        for line in outcome_of(records, poll) or options or [{"text": "", "votes": None}]:
            yield {
                "poll": poll.question,
                "state": poll.state,
                "opened_at": poll.opened_at,
                "voters": poll.voters,
                "option": line["text"],
                "votes": line["votes"],
            }


def _chat(records: Records, now: int) -> Iterator[Line]:
    for message in sorted(records.all(Message), key=lambda one: (one.at, one.id)):
        yield {
            "at": message.at,
            "name": message.name,
            "role": message.role,
            "text": message.text,
            "hidden": message.hidden_by is not None,
        }


def _feedback(records: Records, now: int) -> Iterator[Line]:
    """Totals as far as they are told, and the lines, of nobody."""
    totals = next(iter(records.all(Totals)), None)
    if totals is None or totals.told is None:
        return
    for about, answers in ANSWERS.items():
        for answer in answers:
            yield {
                "about": about,
                "answer": f"{about}.{answer}",
                "people": totals.told.answers[about][answer],
            }
    for line in totals.told.lines:
        yield {"about": "line", "answer": line, "people": None}


_LINES: Mapping[str, Callable[[Records, int], Iterator[Line]]] = {
    "attendance": _attendance,
    "people": _people,
    "questions": _questions,
    "polls": _polls,
    "chat": _chat,
    "feedback": _feedback,
}
