"""Words of an hour's sheets: their titles, those of their columns, and of what stands in them."""

from __future__ import annotations

from collections.abc import Mapping

SHEETS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "attendance": "Attendance",
        "people": "People",
        "questions": "Questions",
        "polls": "Polls",
        "chat": "Chat",
        "feedback": "Feedback",
    },
    "nl": {
        "attendance": "Aanwezigheid",
        "people": "Mensen",
        "questions": "Vragen",
        "polls": "Polls",
        "chat": "Chat",
        "feedback": "Feedback",
    },
}

_WHO = {
    "en": {"name": "Name", "organisation": "Organisation", "kind": "Kind", "country": "Country"},
    "nl": {"name": "Naam", "organisation": "Organisatie", "kind": "Soort", "country": "Land"},
}

TIMES = frozenset(("at", "since", "asked_at", "live_at", "answered_at", "opened_at"))
"""Columns of times."""

COLUMNS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "en": {
        "attendance": {"at": "Time ({zone})", "minute": "Minute", "there": "People"},
        "people": _WHO["en"]
        | {
            "role": "Role",
            "here": "Here now",
            "first_time": "First time",
            "since": "Came at ({zone})",
            "greeted_by": "Greeted by",
            "aloud": "Aloud",
        },
        "questions": {"state": "State", "text": "Question"}
        | _WHO["en"]
        | {
            "supporters": "Supporters",
            "asked_at": "Asked at ({zone})",
            "live_at": "On stage at ({zone})",
            "answered_at": "Answered at ({zone})",
            "written_answer": "Written answer",
            "answered_by": "Answered by",
        },
        "polls": {
            "poll": "Poll",
            "state": "State",
            "opened_at": "Opened at ({zone})",
            "voters": "Voters",
            "option": "Option",
            "votes": "Votes",
        },
        "chat": {
            "at": "Time ({zone})",
            "name": "Name",
            "role": "Role",
            "text": "Message",
            "hidden": "Hidden",
        },
        "feedback": {"about": "Question", "answer": "Answer", "people": "People"},
    },
    "nl": {
        "attendance": {"at": "Tijd ({zone})", "minute": "Minuut", "there": "Mensen"},
        "people": _WHO["nl"]
        | {
            "role": "Rol",
            "here": "Nu hier",
            "first_time": "Eerste keer",
            "since": "Gekomen om ({zone})",
            "greeted_by": "Begroet door",
            "aloud": "Hardop",
        },
        "questions": {"state": "Stand", "text": "Vraag"}
        | _WHO["nl"]
        | {
            "supporters": "Steun",
            "asked_at": "Gesteld om ({zone})",
            "live_at": "Op het podium om ({zone})",
            "answered_at": "Beantwoord om ({zone})",
            "written_answer": "Antwoord op schrift",
            "answered_by": "Beantwoord door",
        },
        "polls": {
            "poll": "Poll",
            "state": "Stand",
            "opened_at": "Geopend om ({zone})",
            "voters": "Stemmers",
            "option": "Keuze",
            "votes": "Stemmen",
        },
        "chat": {
            "at": "Tijd ({zone})",
            "name": "Naam",
            "role": "Rol",
            "text": "Bericht",
            "hidden": "Verborgen",
        },
        "feedback": {"about": "Vraag", "answer": "Antwoord", "people": "Mensen"},
    },
}

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "yes": "yes",
        "role.organiser": "Organiser",
        "role.host": "Host",
        "role.speaker": "Speaker",
        "role.attendee": "Participant",
        "state.held": "held",
        "state.open": "open",
        "state.queued": "in line",
        "state.on_deck": "next",
        "state.live": "live",
        "state.answered": "answered",
        "state.dismissed": "put aside",
        "state.draft": "draft",
        "state.closed": "closed",
        "state.revealed": "revealed",
        "about.worth": "Was it worth your time?",
        "about.length": "How was its length?",
        "about.again": "Would you come again?",
        "about.line": "One line",
        "answer.worth.yes": "Yes",
        "answer.worth.partly": "Partly",
        "answer.worth.no": "No",
        "answer.length.short": "Too short",
        "answer.length.right": "Just right",
        "answer.length.long": "Too long",
        "answer.again.yes": "Yes",
        "answer.again.maybe": "Perhaps",
        "answer.again.no": "No",
    },
    "nl": {
        "yes": "ja",
        "role.organiser": "Organisator",
        "role.host": "Host",
        "role.speaker": "Spreker",
        "role.attendee": "Deelnemer",
        "state.held": "wacht op goedkeuring",
        "state.open": "open",
        "state.queued": "in de rij",
        "state.on_deck": "de volgende",
        "state.live": "live",
        "state.answered": "beantwoord",
        "state.dismissed": "terzijde gelegd",
        "state.draft": "concept",
        "state.closed": "gesloten",
        "state.revealed": "onthuld",
        "about.worth": "Was het je tijd waard?",
        "about.length": "Hoe was de lengte?",
        "about.again": "Zou je weer komen?",
        "about.line": "Eén regel",
        "answer.worth.yes": "Ja",
        "answer.worth.partly": "Deels",
        "answer.worth.no": "Nee",
        "answer.length.short": "Te kort",
        "answer.length.right": "Precies goed",
        "answer.length.long": "Te lang",
        "answer.again.yes": "Ja",
        "answer.again.maybe": "Misschien",
        "answer.again.no": "Nee",
    },
}
