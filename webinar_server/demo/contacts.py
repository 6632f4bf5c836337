"""Who of the audience would like to talk to the reader once that is live, why, and how they go on. Pure.

Those whose organisation offers what the reader seeks, or seeks what the reader offers, follow the mission
beside the session and tap while the reader is in the picture. Who speaks Dutch writes it to the reader if
they asked in Dutch, whatever they speak in the session.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from webinar_server.demo.cast import Guest
from webinar_server.demo.script import SESSION
from webinar_server.demo.watch import Accepted, Live, Proposed, Written
from webinar_server.demo.wishes import WISHES

Language = Literal["nl", "en"]
SMALL_WORDS = frozenset(
    "de het een en ik je jij jullie wij ons bij hoe wat wie waar waarom wanneer welke voor niet dat".split()
)
"""Of Dutch, by which a sentence of it is known."""

Step = tuple[float, str, dict[str, Any]]

TAPPERS = 14
FEW = 3
"""So many at least, whatever a small audience offers."""

FITS: dict[Language, tuple[str, ...]] = {
    "en": (
        "We do {tag}. Ten minutes this week?",
        "You asked what our customers ask; {tag} is what we are made for.",
        "{tag}: we have a site you can visit.",
        "We solved this in {city}. I can show you the figures.",
    ),
    "nl": (
        "Wij doen {tag}. Tien minuten deze week?",
        "Precies onze vraag van vorig jaar; {tag} is waar wij voor gemaakt zijn.",
        "{tag}: kom gerust eens bij ons kijken.",
        "In {city} hebben we dit opgelost. Ik laat je de cijfers graag zien.",
    ),
}
WANTS: dict[Language, tuple[str, ...]] = {
    "en": (
        "We are looking for {tag}. Could that be with you?",
        "You offer what we look for: {tag}. Ten minutes this week?",
    ),
    "nl": (
        "Wij zoeken {tag}. Zou dat bij jullie kunnen?",
        "Jullie bieden wat wij zoeken: {tag}. Tien minuten deze week?",
    ),
}
IN_DUTCH = {
    "depot charging": "laden op het depot",
    "fleet leasing": "lease van een wagenpark",
    "pilot sites": "plekken voor een proef",
}
"""How the reader's tags are called within a Dutch sentence."""

OTHERS: dict[Language, tuple[str, ...]] = {
    "en": ("We have the same question in {city}. Shall we compare notes?", "Your question is ours, too."),
    "nl": ("Wij hebben dezelfde vraag in {city}. Zullen we vergelijken?", "Jouw vraag is ook de onze."),
}
THANKS: dict[Language, tuple[str, ...]] = {
    "en": (
        "Thank you for saying yes! When would suit you?",
        "Good to be in touch. Shall we find a quarter of an hour?",
    ),
    "nl": ("Dank voor je ja! Wanneer komt het uit?", "Fijn. Zullen we een kwartier zoeken?"),
}
ANSWERS: dict[Language, tuple[str, ...]] = {
    "en": (
        "Good point, I will ask our engineers.",
        "Gladly. Propose a time, and I will be there.",
        "Yes, that is just it.",
    ),
    "nl": (
        "Goed punt, ik vraag het na.",
        "Graag. Stel een moment voor, dan ben ik er.",
        "Ja, dat is het precies.",
    ),
}


class Reader(NamedTuple):
    """The participant whose links the reader of the demo gets."""

    id: str
    organisation: str
    offers: tuple[str, ...]
    seeks: tuple[str, ...]


def interested(guests: Sequence[Guest], reader: Reader) -> list[int]:
    """The numbers of those who tap."""
    fitting = [number for number, guest in enumerate(guests) if _fits(guest, reader)[0]]
    others = [number for number in range(len(guests)) if number not in fitting]
    return [*fitting, *others[: max(0, FEW - len(fitting))]][:TAPPERS]


def to_live(news: Live, guest: Guest, rng: random.Random, reader: Reader) -> Iterator[Step]:
    """A tap, if it is the reader whom they see, by name or as their organisation."""
    seen = reader.id if news.asker else reader.organisation
    if seen not in (news.asker, news.organisation) or not seen:
        return
    target = {"where": "spotlight", "session": SESSION, "question": news.question}
    (tag, fitting), tongue = _fits(guest, reader), tongue_of(guest, is_dutch(news.text))
    lines = fitting[tongue]
    reason = rng.choice(lines).format(tag=_within(tag, tongue), city=guest.organisation.city)
    yield rng.uniform(4, 24), "ask_contact", target | {"reason": reason[:1].upper() + reason[1:]}


def to_accepted(news: Accepted, tongue: Language, rng: random.Random) -> Iterator[Step]:
    yield rng.uniform(4, 9), "write", {"to": news.whom, "text": rng.choice(THANKS[tongue])}


def to_written(news: Written, guest: Guest, rng: random.Random) -> Iterator[Step]:
    tongue = tongue_of(guest, is_dutch(news.text))
    yield rng.uniform(5, 10), "write", {"to": news.whom, "text": rng.choice(ANSWERS[tongue])}


def to_proposed(news: Proposed, rng: random.Random) -> Iterator[Step]:
    yield rng.uniform(6, 12), "accept_meeting", {"meeting": news.text, "starts_at": news.at}


def tongue_of(guest: Guest, dutch: bool) -> Language:
    """In which language somebody writes to who wrote Dutch, or something else."""
    return "nl" if dutch and guest.organisation.country in ("NL", "BE") else "en"


def is_dutch(text: str) -> bool:
    """By its small words; `is` and `in` are those of both."""
    return any(word in SMALL_WORDS for word in re.findall(r"[a-z]+", text.lower()))


def _within(tag: str, language: Language) -> str:
    """A tag as it stands within a sentence."""
    small = tag[:1].lower() + tag[1:]
    return IN_DUTCH.get(small, small) if language == "nl" else small


def _fits(guest: Guest, reader: Reader) -> tuple[str, dict[Language, tuple[str, ...]]]:
    """What one has that the other wants, and what is said of it."""
    wishes = WISHES[guest.organisation.name]
    found = [(tag, FITS) for tag in wishes.offers if tag in reader.seeks]
    found += [(tag, WANTS) for tag in wishes.seeks if tag in reader.offers]
    return found[0] if found else ("", OTHERS)
