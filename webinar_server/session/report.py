"""Report: what came of an hour, at any moment of it and after: who came, stayed and was greeted, what they
asked and was answered; polls, whose voices were heard, and what people thought of it. JSON-ready.

It is read by others than the hosts, too, so it tells of nobody more than they agreed to: of who asked what
they chose to show, of who does not wish to be named no name, of no group that is of fewer than five. Without
names (`named`) it says of who asked their kind and country, and of who was greeted how many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec

from webinar_server.session.answers import WrittenAnswer
from webinar_server.session.chat import Message
from webinar_server.session.feedback import Totals
from webinar_server.session.groups import grouped
from webinar_server.session.outcomes import lines_of, middle_of
from webinar_server.session.people import Person
from webinar_server.session.polls.poll import Poll
from webinar_server.session.programme import Session
from webinar_server.session.questions import WAITING, Question
from webinar_server.session.roles import LEADING
from webinar_server.session.stays import MINUTE_MS, curve_of, hour_of, losses_of, stayed_of, stays_of
from webinar_server.session.tells import counts
from webinar_server.state import Records, View

Told = dict[str, Any]


def report_of(records: Records, now: int, named: bool = True) -> Told:
    """As of now (Unix ms). All times in it are Unix ms; `minute` is one of the hour, from 0 on."""
    session = next(iter(records.all(Session)))
    hour, stays = hour_of(records, session, now), list(stays_of(records, now).values())
    guests = [person for person in records.all(Person) if person.role not in LEADING]
    questions = _questions(records, hour.begins, named)
    return {
        "written_at": now,
        "named": named,
        "session": {
            "id": session.id,
            "title": session.title,
            "state": session.state,
            "begins": hour.begins,
            "ends": hour.ends,
            "minutes": (hour.ends - hour.begins) // MINUTE_MS,
        },
        "attendance": stayed_of(stays, hour)
        | curve_of(stays, hour)
        | {"losses": losses_of(stays, hour), "moments": _moments(records, hour.begins, hour.ends)},
        "greeted": _greeted(guests, named),
        "questions": questions,
        "polls": _polls(records, hour.begins),
        "voices": _voices(records, guests),
        "feedback": _feedback(records),
    }


def _moments(records: Records, begins: int, ends: int) -> list[Told]:
    """What happened when, in order: questions that were live, polls that were open."""
    live: list[Told] = [
        {"what": "question", "at": one.live_at, "until": one.answered_at, "text": one.text}
        for one in records.all(Question)
        if one.live_at is not None and one.state in ("live", "answered")
    ]
    polls: list[Told] = [
        {"what": "poll", "at": poll.opened_at, "until": poll.revealed_at, "text": poll.question}
        for poll in records.all(Poll)
        if poll.opened_at is not None
    ]
    found = [one for one in (*live, *polls) if begins <= one["at"] <= ends]
    return sorted(found, key=lambda one: (one["at"], one["text"]))


def _greeted(guests: list[Person], named: bool) -> Told:
    greeted = [person for person in guests if person.greeted is not None]
    new = [person for person in guests if person.first_time]
    by: dict[str, list[Person]] = {}
    for person in sorted(greeted, key=lambda person: (person.greeted.at, person.id)):  # type: ignore[union-attr]
        by.setdefault(person.greeted.name, []).append(person)  # type: ignore[union-attr]
    return {
        "people": len(guests),
        "greeted": len(greeted),
        "aloud": sum(person.greeted.aloud for person in greeted),  # type: ignore[union-attr]
        "waved": sum(person.greeted.waved is not None for person in greeted),  # type: ignore[union-attr]
        "new": len(new),
        "new_greeted": sum(person.greeted is not None for person in new),
        "by": [
            {
                "name": name,
                "names": [person.name for person in people if person.named],
                "unnamed": sum(not person.named for person in people),
            }
            for name, people in by.items()
        ]
        if named
        else [],
    }


def _questions(records: Records, begins: int, named: bool) -> Told:
    """Those that were answered aloud, in the order in which they were live; in writing; and those that still
    wait, with most support first. Of those that were put aside or taken back only how many."""
    states = Counter(question.state for question in records.all(Question))
    told = [_question(records, one, begins, named) for one in records.all(Question)]
    aloud = [one for one in told if one["state"] in ("live", "answered") and one["live_at"] is not None]
    written = [one for one in told if one["state"] == "answered" and one["live_at"] is None]
    # what was never let through is not for others to read
    waiting = [one for one in told if one["state"] in WAITING and (named or one["state"] != "held")]
    return {
        "asked": sum(states.values()) - states["withdrawn"],
        "dismissed": states["dismissed"],
        "aloud": sorted(aloud, key=lambda one: (one["live_at"], one["id"])),
        "written": sorted(written, key=lambda one: (-one["supporters"], one["at"], one["id"])),
        "waiting": sorted(waiting, key=lambda one: (-one["supporters"], one["at"], one["id"])),
    }


def _question(records: Records, question: Question, begins: int, named: bool) -> Told:
    answer = records.get(WrittenAnswer, question.id)
    live_at = question.live_at
    return {
        "id": question.id,
        "text": question.text,
        "state": question.state,
        "asker": asker_of(question, named),
        "supporters": question.supporters,
        "at": question.at,
        "live_at": live_at,
        "minute": None if live_at is None else max(0, (live_at - begins) // MINUTE_MS),
        "answer": answer and {"text": answer.text, "name": answer.name if named else ""},
    }


def asker_of(question: Question, named: bool) -> View:
    """Whose question it is, for who reads of it: as they chose to be shown, and nobody where they do not wish
    to be named in the picture. Without names their kind and country, of who showed those."""
    shown = "anonymous" if question.shown == "named" and not question.asker.named else question.shown
    seen = question.asker.seen_as(shown)
    fields = ("name", "organisation", "kind", "country") if named else ("kind", "country")
    return {field: seen[field] for field in fields if seen.get(field)}


def _polls(records: Records, begins: int) -> list[Told]:
    """Those that were opened, in that order, as hosts are told of them."""
    opened = [poll for poll in records.all(Poll) if poll.opened_at is not None]
    return [
        {
            "id": poll.id,
            "question": poll.question,
            "form": poll.form,
            "minute": max(0, ((poll.opened_at or 0) - begins) // MINUTE_MS),
            "voters": poll.voters,
            "counted": (poll.view("host") or {}).get("counted"),
            "lines": lines_of(records, poll),
            "middle": middle_of(poll),
        }
        for poll in sorted(opened, key=lambda poll: (poll.opened_at or 0, poll.id))
    ]


def _voices(records: Records, guests: list[Person]) -> Told:
    """Who was heard: wrote in the chat, or asked so that their name may be known. What was asked otherwise is
    in none of these numbers, for a number that grows with it would tell whose it is."""
    messages = Counter(message.by for message in records.all(Message) if not message.hidden_by)
    asked = {question.by for question in records.all(Question) if counts(question)}
    heard = {person.id for person in guests if person.id in messages or person.id in asked}
    return {
        "people": len(guests),
        "heard": len(heard),
        "messages": sum(messages.values()),
        "writers": sum(person.id in messages for person in guests),
        "kinds": _share(guests, "kind", heard),
        "countries": _share(guests, "country", heard),
    }


def _share(guests: Iterable[Person], field: str, heard: set[str]) -> Told:
    came, of_them = Counter[str](), Counter[str]()
    for person in guests:
        value = getattr(person, field)
        came[value] += 1
        of_them[value] += person.id in heard
    return grouped({value: {"came": came[value], "heard": of_them[value]} for value in came}, "came")


def _feedback(records: Records) -> Told:
    totals = next(iter(records.all(Totals)), None)
    told = totals.told if totals else None
    return {"given": totals.given if totals else 0, "told": told and msgspec.to_builtins(told)}
