"""Leads as rows: somebody's contacts of a mission as a table, in Dutch or English, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from webinar_server.calendar import zone_of
from webinar_server.mission.contacts import Began, told_of
from webinar_server.mission.leads import GIVEN, WRITTEN, Lead, leads_of
from webinar_server.mission.meetings_times import zone_called, zone_of_person
from webinar_server.mission.programme import Cancelled, Slot
from webinar_server.mission.sharing import SHOWN, shared_with
from webinar_server.sheets.listing import TITLES, in_words
from webinar_server.state import Records, View

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "en": {field: TITLES["en"][field] for field in GIVEN}
    | {
        "since": "Since",
        "where": "Where it began",
        "session": "Session",
        "minute": "Minute",
        "asked": "Who asked",
        "reason": "Reason",
        "notes": "Notes",
        "tags": "Tags",
        "next_step": "Next step",
        "due": "Day",
        "done": "Done",
    },
    "nl": {field: TITLES["nl"][field] for field in GIVEN}
    | {
        "since": "Sinds",
        "where": "Waar het begon",
        "session": "Sessie",
        "minute": "Minuut",
        "asked": "Wie vroeg",
        "reason": "Reden",
        "notes": "Notities",
        "tags": "Labels",
        "next_step": "Volgende stap",
        "due": "Dag",
        "done": "Gedaan",
    },
}

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "directory": "list of participants",
        "people": "people in the session",
        "chat": "chat",
        "spotlight": "question on stage",
        "poll": "poll",
        "meeting": "meeting",
        "I": "I did",
        "they": "they did",
        "done": "yes",
        "shared_by": "Shared by",
    },
    "nl": {
        "directory": "lijst van deelnemers",
        "people": "mensen in de sessie",
        "chat": "chat",
        "spotlight": "vraag op het podium",
        "poll": "poll",
        "meeting": "gesprek",
        "I": "ik",
        "they": "de ander",
        "done": "ja",
        "shared_by": "Gedeeld door",
    },
}


class Reader(NamedTuple):
    """Who reads it: in which language, and by which clocks."""

    lang: str
    zone: str

    def at(self, at: int) -> str:
        """A time, as spreadsheets know it for one and put it in order."""
        return datetime.fromtimestamp(at / 1000, zone_of(self.zone)).strftime("%Y-%m-%d %H:%M")


def rows_of(records: Records, person: str, lang: str, shared: bool = False) -> list[list[str]]:
    """The titles, and a row for each of somebody's leads; `lang` is `en` or `nl`. Times are by their own
    clocks, as the title of that column says. With `shared` those of colleagues, too, below them, each with
    whose it is in a last column."""
    reader = Reader(lang, zone_of_person(records, person))
    told = [_cells(records, lead, reader) for lead in leads_of(records, person)]
    titles = {**COLUMNS[lang]} | {"since": f"{COLUMNS[lang]['since']} ({zone_called(records, reader.zone)})"}
    rows = [[*titles.values()], *([cells[field] for field in COLUMNS[lang]] for cells in told)]
    if not shared:
        return rows
    whose = [WORDS[lang]["shared_by"], *[""] * len(told)]
    marked = [[*row, name] for row, name in zip(rows, whose, strict=True)]
    return [*marked, *_rows_of_colleagues(records, person, reader)]


def _rows_of_colleagues(records: Records, person: str, reader: Reader) -> list[list[str]]:
    return [
        [
            *(_shared_cells(records, lead, reader).get(field, "") for field in COLUMNS[reader.lang]),
            told["name"],
        ]
        for told in shared_with(records, person)
        for lead in told["leads"]
    ]


def _shared_cells(records: Records, lead: View, reader: Reader) -> dict[str, str]:
    words = WORDS[reader.lang]
    session = _session(records, Began(where=lead["where"], at=lead["at"], session=lead["session"]))
    cells = {field: in_words(field, lead[field], reader.lang) for field in SHOWN}
    return cells | {
        "next_step": lead["next_step"],
        "due": lead["due"],
        "since": reader.at(lead["at"]),
        "where": words[lead["where"]],
        "session": session["title"],
        "done": words["done"] if lead["done"] else "",
    }


def objects_of(records: Records, person: str) -> list[View]:
    """The same for programs: each lead whole, with the title of each session where it began, and in which of
    its minutes."""
    found = []
    for lead in leads_of(records, person):
        own: dict[str, Any] = lead.own(person, "participant") or {}
        given = {field: getattr(lead, field) for field in (*GIVEN, *WRITTEN)} | {"tags": list(lead.tags)}
        began = [told_of(each) | _session(records, each) for each in lead.began]
        found.append({"id": lead.id} | own | given | {"began": began})
    return found


def _cells(records: Records, lead: Lead, reader: Reader) -> dict[str, str]:
    words, session = WORDS[reader.lang], _session(records, lead.began[0])
    given = {field: in_words(field, getattr(lead, field), reader.lang) for field in GIVEN}
    return (
        {field: getattr(lead, field) for field in WRITTEN}
        | given
        | {
            "since": reader.at(lead.at),
            "where": words[lead.began[0].where],
            "session": session["title"],
            "minute": "" if session["minute"] is None else str(session["minute"]),
            "asked": words["I" if lead.asked else "they"] if lead.reason else "",
            "tags": "; ".join(lead.tags),
            "done": words["done"] if lead.done else "",
        }
    )


def _session(records: Records, began: Began) -> dict[str, Any]:
    """The title of the session in which it began, empty where it was none, and the minute, from 1 on."""
    slot = records.get(Slot, began.session)
    cancelled = records.get(Cancelled, began.session)
    slot = slot or (cancelled.slot if cancelled else None)
    if slot is None:
        return {"title": "", "minute": None}
    inside = slot.starts_at <= began.at < slot.ends_at
    return {"title": slot.title, "minute": (began.at - slot.starts_at) // 60_000 + 1 if inside else None}
