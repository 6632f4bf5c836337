"""Words of letters about meetings, in English and Dutch; each letter is its subject, lines and button."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from webinar_server.mission.letters import LetterKind


class MeetingWords(NamedTuple):
    """`{other}` is whom they meet, `{title}` the mission, `{minutes}` how long it takes."""

    letters: Mapping[LetterKind, tuple[str, tuple[str, ...], str]]
    weekdays: tuple[str, ...]
    where: str
    note: str
    soon: Mapping[bool, str]
    """What a reminder begins with: in ten minutes, or tomorrow."""
    quiet: str
    calendar: str
    nobody: str
    """Whom they were to meet who is not here any more."""


EN = MeetingWords(
    letters={
        "meeting_proposed": (
            "{other} would like to meet you",
            (
                "{other}, one of your contacts at {title}, would like to meet you for {minutes} minutes, at"
                " one of these times:",
            ),
            "Choose a time",
        ),
        "meeting_fixed": (
            "Fixed: you meet {other}",
            ("You meet {other} for {minutes} minutes:",),
            "See your meetings",
        ),
        "meeting_changed": (
            "Changed: your meeting with {other}",
            ("Your meeting with {other} was changed. It takes {minutes} minutes, and is now:",),
            "See your meetings",
        ),
        "meeting_cancelled": (
            "Cancelled: your meeting with {other}",
            ("The meeting with {other} that was to be at {title} is cancelled:",),
            "See your meetings",
        ),
        "meeting_declined": (
            "No time with {other} yet",
            ("{other} cannot meet you at these times. You can propose others:",),
            "See your meetings",
        ),
        "meeting_reminder": (
            "{soon}: you meet {other}",
            ("You meet {other} for {minutes} minutes:",),
            "See your meetings",
        ),
    },
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    where="Where: {place}",
    note="With it they wrote: {note}",
    soon={True: "In ten minutes", False: "In a day"},
    quiet="You can switch off reminders at your meetings.",
    calendar="What this means for your calendar is attached.",
    nobody="somebody who left",
)

NL = MeetingWords(
    letters={
        "meeting_proposed": (
            "{other} wil je graag spreken",
            (
                "{other}, een van je contacten bij {title}, wil je graag {minutes} minuten spreken, op een"
                " van deze momenten:",
            ),
            "Kies een moment",
        ),
        "meeting_fixed": (
            "Afgesproken: je spreekt {other}",
            ("Je spreekt {other}, {minutes} minuten:",),
            "Bekijk je afspraken",
        ),
        "meeting_changed": (
            "Gewijzigd: je afspraak met {other}",
            ("Je afspraak met {other} is gewijzigd. Hij duurt {minutes} minuten en is nu:",),
            "Bekijk je afspraken",
        ),
        "meeting_cancelled": (
            "Afgezegd: je afspraak met {other}",
            ("De afspraak met {other} die er bij {title} zou zijn, is afgezegd:",),
            "Bekijk je afspraken",
        ),
        "meeting_declined": (
            "Nog geen moment met {other}",
            ("{other} kan je op deze momenten niet spreken. Je kunt andere voorstellen:",),
            "Bekijk je afspraken",
        ),
        "meeting_reminder": (
            "{soon}: je spreekt {other}",
            ("Je spreekt {other}, {minutes} minuten:",),
            "Bekijk je afspraken",
        ),
    },
    weekdays=("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    where="Waar: {place}",
    note="Erbij stond: {note}",
    soon={True: "Over tien minuten", False: "Over een dag"},
    quiet="Herinneringen zet je uit bij je afspraken.",
    calendar="Wat dit voor je agenda betekent, zit erbij.",
    nobody="iemand die er niet meer is",
)
