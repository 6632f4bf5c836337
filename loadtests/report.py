"""What looking back at an hour costs: `python -m loadtests.report [--people 300] [--keep FOLDER]`.

An hour with 300 people, 2,000 messages, 200 questions and 20 polls: its numbers, its page in both languages
with and without names, and its sheets. With `--keep` what came of it lies in a folder, to be looked at.
"""

from __future__ import annotations

import argparse
import pathlib
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from webinar_server.documents.report import report_page
from webinar_server.session import SESSION
from webinar_server.session.answers import WrittenAnswer
from webinar_server.session.chat import Message
from webinar_server.session.feedback import ANSWERS, Told, Totals
from webinar_server.session.people import Greeting, Person
from webinar_server.session.polls.ballots import Count, Telling
from webinar_server.session.polls.poll import Option, Poll
from webinar_server.session.programme import Session
from webinar_server.session.questions import Asker, Question
from webinar_server.session.report import report_of
from webinar_server.session.visits import Visit
from webinar_server.sheets.hour import Reader, workbook_of
from webinar_server.sheets.written import as_workbook
from webinar_server.state import Change, Entry, Record, State
from webinar_server.state.card import ORGANISATION_KINDS

T = TypeVar("T")
MINUTE = 60_000
BEGIN = 1_796_126_400_000
END = BEGIN + 62 * MINUTE
NAMES = ("Sofie de Vries", "Jan Peeters", "Amira El Idrissi", "Bram Jansen", "Chloé Dubois", "Mehmet Yılmaz")
ASKED = (
    "How do you pay for a charging point when the grid operator asks for two years?",
    "Which permits did the port need, and who gave them?",
    "Would the same depot work for a fleet of forty small vans?",
    "What did the pilot cost per kilometre, batteries included?",
)
POLLED = (
    "When will you charge your first lorry yourself?",
    "When does your grid operator have room?",
    "When would you share a depot?",
)
CHOICES = ("Next year", "Within three years", "Later", "We do not plan to")
COUNTRIES = ("NL", "NL", "NL", "BE", "BE", "DE", "FR", "LU", "DK")


def hour(people: int = 300, messages: int = 2_000, questions: int = 200, polls: int = 20) -> State:
    """A state as it stands after a full hour; the same each time."""
    state = State(SESSION.kinds)
    luck = Random(7)
    records = [*_people(people, luck), *_said(people, messages, luck), *_asked(people, questions, luck)]
    records += [*_polls(polls, luck), _totals()]
    title = "Charging on the quay: what three ports learned"
    session = Session(
        id="smart-ports", title=title, state="closed", starts_at=BEGIN, opened_at=BEGIN, closed_at=END
    )
    changes = tuple(Change(record.KIND, record.id, record) for record in (session, *records))
    entry = Entry(seq=1, at=END, by="server", command="ask", ref="r", result={}, changes=changes)
    state.put(entry, "tag")
    return state


def _people(people: int, luck: Random) -> Iterator[Record]:
    yield Person(id="hal", name="Hanneke Vos", role="host", since=BEGIN)
    for n in range(people):
        came = BEGIN + luck.randint(-9, 6) * MINUTE
        left = (
            END
            if luck.random() < 0.7
            else BEGIN + luck.choice((22, 23, 24, 41, 42, luck.randint(8, 58))) * MINUTE
        )
        greeted = Greeting(by="hal", name="Hanneke Vos", at=came + 30_000, aloud=n % 4 == 0)
        yield Person(
            id=f"p{n}",
            name=f"{NAMES[n % len(NAMES)]} {n}",
            organisation=f"Organisation {n % 60}",
            kind=ORGANISATION_KINDS[min(5, int(luck.triangular(0, 6, 0)))],
            country=luck.choice(COUNTRIES),
            first_time=n % 3 == 0,
            since=came,
            greeted=greeted if luck.random() < 0.6 else None,
            named=n % 20 != 0,
        )
        yield Visit(id=f"p{n}/{came}", person=f"p{n}", since=came, until=max(left, came + MINUTE))


def _said(people: int, messages: int, luck: Random) -> Iterator[Record]:
    for n in range(messages):
        by = min(people - 1, int(luck.expovariate(4 / people)))
        at = BEGIN + n * (END - BEGIN) // messages
        name = f"{NAMES[by % len(NAMES)]} {by}"
        yield Message(
            id=f"m{n}", by=f"p{by}", name=name, role="attendee", text=f"Line {n} of the hour", at=at
        )


def _asked(people: int, questions: int, luck: Random) -> Iterator[Record]:
    for n in range(questions):
        by = luck.randrange(people)
        asker = Asker(
            id=f"p{by}",
            name=f"{NAMES[by % len(NAMES)]} {by}",
            organisation=f"Organisation {by % 60}",
            kind=ORGANISATION_KINDS[by % 6],
            country=luck.choice(COUNTRIES),
            named=by % 20 != 0,
        )
        is_live, is_written = n < 12, 12 <= n < questions // 2
        live_at = BEGIN + (4 + 4 * n) * MINUTE if is_live else None
        answered = (live_at or END) + 3 * MINUTE if is_live or is_written else None
        yield Question(
            id=f"q{n}",
            by=f"p{by}",
            text=ASKED[n % len(ASKED)],
            shown=("named", "organisation", "named", "anonymous")[n % 4],  # type: ignore[arg-type]
            asker=asker,
            at=BEGIN + luck.randrange(END - BEGIN),
            state="answered" if answered else "open",
            supporters=int(luck.expovariate(0.15)),
            live_at=live_at,
            answered_at=answered,
        )
        if is_written:
            text = "In two steps: first the cable, then the grid.\nThe report has the figures."
            yield WrittenAnswer(id=f"q{n}", by="hal", name="Hanneke Vos", role="host", text=text, at=END)


def _polls(polls: int, luck: Random) -> Iterator[Record]:
    for n in range(polls):
        votes = tuple(luck.randint(4, 90) for _ in CHOICES)
        count = Count(voters=sum(votes), votes=votes)
        options = [Option(id=str(at), text=text, votes=votes[at]) for at, text in enumerate(CHOICES)]
        yield Poll(
            id=f"o{n}",
            question=POLLED[n % len(POLLED)],
            options=tuple(options),
            state="revealed",
            voters=count.voters,
            at=BEGIN,
            opened_at=BEGIN + (2 + 3 * n) * MINUTE,
            revealed_at=BEGIN + (3 + 3 * n) * MINUTE,
            telling=Telling(told=count, next=count),
        )


def _totals() -> Totals:
    counts = (61, 22, 4)
    answers = {name: dict(zip(of, counts, strict=True)) for name, of in ANSWERS.items()}
    lines = ("Good pace, and my question was answered.", "Meer tijd voor vragen, graag.")
    return Totals(id="now", given=90, told=Told(people=87, answers=answers, lines=lines))


def timed(name: str, what: Callable[[], T]) -> T:
    began = time.perf_counter()
    found = what()
    print(f"{name:<44} {(time.perf_counter() - began) * 1000:7.0f} ms")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--keep", type=pathlib.Path)
    given = parser.parse_args()
    state, zone = hour(given.people), ZoneInfo("Europe/Brussels")
    kept: dict[str, Any] = {}
    for named in (True, False):
        name = "with names" if named else "without names"
        told = timed(f"numbers, {name}", lambda named=named: report_of(state, END, named))  # type: ignore[misc]
        kept[f"report-{named}.html"] = timed(f"page, {name}", lambda told=told: report_page(told, "en", zone))  # type: ignore[misc]
    sheets = timed("sheets, as rows", lambda: workbook_of(state, END, Reader("nl", zone)))
    kept["sheets.xlsx"] = timed("sheets, as a workbook", lambda: as_workbook(sheets))
    for file, text in kept.items() if given.keep else ():
        (given.keep / file).write_bytes(text.encode() if isinstance(text, str) else text)


if __name__ == "__main__":
    main()
